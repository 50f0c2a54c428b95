import subprocess
import sys
from pathlib import Path

STORY = Path(__file__).parents[2] / "examples" / "what_goes_with_it.py"


def test_the_story_suggests_a_sharpener_and_never_a_roast() -> None:
    ran = subprocess.run([sys.executable, STORY], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines() == [
        "+ knife sharpener: goes with your set of kitchen knives",
        "+ A hundred greens: bought together by 12 customers",
        "+ toothbrush heads: runs out about 2026-05-16",
        "+ tea towel: a bestseller, number 1",
        "- roasts: the customer avoids meat",
        "in the parcel: tea towel",
    ]
