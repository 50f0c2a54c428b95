import subprocess
import sys
from pathlib import Path

STORY = Path(__file__).parents[2] / "examples" / "help_desk.py"


def test_the_story_is_told_in_hindi_from_the_lost_parcel_to_the_card_by_hand() -> None:
    ran = subprocess.run(
        [sys.executable, "-X", "utf8", STORY], capture_output=True, encoding="utf-8", check=True
    )
    assert ran.stdout.splitlines() == [
        "ऑर्डर 1001: पार्सल खो गया है",
        "  - अपने पैसे वापस आने तक प्रतीक्षा करें।",
        "  - इसे फिर से ऑर्डर करें।",
        "  - हमें लिखें।",
        "chat: हमने ऑर्डर 1001 देखा है: पार्सल खो गया है। क्या हम आपकी मदद कर सकते हैं?",
        "desk: answer by 15:30",
        "  प्रिय आशा, हमें लिखने के लिए धन्यवाद।",
        "  आपने लिखा: “मेरा पार्सल कहाँ है?”",
        "  हम समझते हैं कि कुछ नहीं पहुँचा, और हमें इसका खेद है।",
        "  यह 2026-05-03 के ऑर्डर 1001 के बारे में है, राशि 2400.00 INR: 1 × कड़ाही।",
        "  पार्सल BD1: रास्ते में खो गया।",
        "  अभी हम यह कर रहे हैं: हम कूरियर से पूछ रहे हैं कि पार्सल कहाँ है।",
        "  आप चाहें तो यह भी किया जा सकता है: हम इसे फिर से भेजते हैं, हम आपके पैसे लौटाते हैं।",
        "  15:30 तक आपको हमसे उत्तर मिलेगा।",
        "  जब भी मदद चाहिए, कृपया हमें लिखें। सादर, Kitchen & Co",
        "survey: क्या आपकी समस्या हल हो गई?",
        "surprise: delight/trouble/t1, ticket t1 was solved",
    ]
