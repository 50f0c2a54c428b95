"""What to say: every word a customer gets after the sale, in their language and script."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from postpurchase.messages.blocks import Block as Block
    from postpurchase.messages.blocks import Question as Question
    from postpurchase.messages.catalogs import Sentences as Sentences
    from postpurchase.messages.catalogs import read_catalog as read_catalog
    from postpurchase.messages.findings import Finding as Finding
    from postpurchase.messages.findings import Rule as Rule
    from postpurchase.messages.findings import lint as lint
    from postpurchase.messages.message import Message as Message
    from postpurchase.messages.message import Sender as Sender
    from postpurchase.messages.mime import Attachment as Attachment
    from postpurchase.messages.push import Push as Push
    from postpurchase.messages.sandbox import Budget as Budget
    from postpurchase.messages.showing import BLOCKS as BLOCKS
    from postpurchase.messages.sms import Sms as Sms
    from postpurchase.messages.theme import Theme as Theme
    from postpurchase.messages.tongues import Digits as Digits
    from postpurchase.messages.views import View as View
    from postpurchase.messages.voice import Voice as Voice

__all__ = [
    "BLOCKS",
    "Attachment",
    "Block",
    "Budget",
    "Digits",
    "Finding",
    "Message",
    "Push",
    "Question",
    "Rule",
    "Sender",
    "Sentences",
    "Sms",
    "Theme",
    "View",
    "Voice",
    "lint",
    "read_catalog",
]

if not TYPE_CHECKING:
    from postpurchase.doors import opening

    __getattr__ = opening(
        __name__,
        {
            "postpurchase.messages.blocks": ("Block", "Question"),
            "postpurchase.messages.catalogs": ("Sentences", "read_catalog"),
            "postpurchase.messages.findings": ("Finding", "Rule", "lint"),
            "postpurchase.messages.message": ("Message", "Sender"),
            "postpurchase.messages.mime": ("Attachment",),
            "postpurchase.messages.push": ("Push",),
            "postpurchase.messages.sandbox": ("Budget",),
            "postpurchase.messages.showing": ("BLOCKS",),
            "postpurchase.messages.sms": ("Sms",),
            "postpurchase.messages.theme": ("Theme",),
            "postpurchase.messages.tongues": ("Digits",),
            "postpurchase.messages.views": ("View",),
            "postpurchase.messages.voice": ("Voice",),
        },
    )


def __dir__() -> list[str]:
    return __all__
