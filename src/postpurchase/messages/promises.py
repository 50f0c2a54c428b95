"""Words that promise something, by language: they draw attention, and must be true."""

from typing import Final

PROMOTIONAL: Final[dict[str, tuple[str, ...]]] = {
    "en": (
        *("bargain", "best price", "bonus", "cheap", "deal", "discount", "free", "gift"),
        *("guaranteed", "last chance", "limited time", "only today", "sale", "save"),
        *("special offer", "voucher", "win", "winner"),
    ),
    "hi": ("छूट", "मुफ़्त", "मुफ्त", "सेल", "बचत", "उपहार", "इनाम", "सस्ता", "अंतिम मौका"),
    "ur": (
        *("رعایت", "رعایتی", "ڈسکاؤنٹ", "مفت", "فری", "سیل", "بچت", "تحفہ", "انعام", "سستا"),
        "آخری موقع",
    ),
    "bn": ("ছাড়", "বিনামূল্যে", "ফ্রি", "সেল", "সাশ্রয়", "উপহার", "পুরস্কার", "সস্তা"),
}
"""The lists are this library's own, from what shops commonly write; a shop checks against them
with `lint`, and names those that are true in `allowed`."""
