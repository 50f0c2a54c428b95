"""What to say: every word a customer gets after the sale, in their language and script."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from postpurchase.messages.blocks import Block as Block
    from postpurchase.messages.blocks import Question as Question
    from postpurchase.messages.blocks import Shown as Shown
    from postpurchase.messages.blocks import Shows as Shows
    from postpurchase.messages.catalogs import Sentences as Sentences
    from postpurchase.messages.catalogs import read_catalog as read_catalog
    from postpurchase.messages.facts import Facts as Facts
    from postpurchase.messages.findings import Finding as Finding
    from postpurchase.messages.findings import Rule as Rule
    from postpurchase.messages.findings import lint as lint
    from postpurchase.messages.message import Message as Message
    from postpurchase.messages.message import Sender as Sender
    from postpurchase.messages.mime import Attachment as Attachment
    from postpurchase.messages.pen import Pen as Pen
    from postpurchase.messages.push import Push as Push
    from postpurchase.messages.sandbox import Budget as Budget
    from postpurchase.messages.showing import BLOCKS as BLOCKS
    from postpurchase.messages.sms import Encoding as Encoding
    from postpurchase.messages.sms import Sms as Sms
    from postpurchase.messages.theme import Styles as Styles
    from postpurchase.messages.theme import Theme as Theme
    from postpurchase.messages.tongues import Digits as Digits
    from postpurchase.messages.tongues import Direction as Direction
    from postpurchase.messages.views import ArticlesView as ArticlesView
    from postpurchase.messages.views import ArticleView as ArticleView
    from postpurchase.messages.views import AvailabilityView as AvailabilityView
    from postpurchase.messages.views import BlockView as BlockView
    from postpurchase.messages.views import CustomerView as CustomerView
    from postpurchase.messages.views import IdeaView as IdeaView
    from postpurchase.messages.views import LineView as LineView
    from postpurchase.messages.views import LinkView as LinkView
    from postpurchase.messages.views import OfferView as OfferView
    from postpurchase.messages.views import OrderView as OrderView
    from postpurchase.messages.views import ParcelView as ParcelView
    from postpurchase.messages.views import PathView as PathView
    from postpurchase.messages.views import PointsView as PointsView
    from postpurchase.messages.views import ProductsView as ProductsView
    from postpurchase.messages.views import ProductView as ProductView
    from postpurchase.messages.views import ShopView as ShopView
    from postpurchase.messages.views import StepView as StepView
    from postpurchase.messages.views import SumView as SumView
    from postpurchase.messages.views import SupportView as SupportView
    from postpurchase.messages.views import TierView as TierView
    from postpurchase.messages.views import View as View
    from postpurchase.messages.voice import Voice as Voice

__all__ = [
    "BLOCKS",
    "ArticleView",
    "ArticlesView",
    "Attachment",
    "AvailabilityView",
    "Block",
    "BlockView",
    "Budget",
    "CustomerView",
    "Digits",
    "Direction",
    "Encoding",
    "Facts",
    "Finding",
    "IdeaView",
    "LineView",
    "LinkView",
    "Message",
    "OfferView",
    "OrderView",
    "ParcelView",
    "PathView",
    "Pen",
    "PointsView",
    "ProductView",
    "ProductsView",
    "Push",
    "Question",
    "Rule",
    "Sender",
    "Sentences",
    "ShopView",
    "Shown",
    "Shows",
    "Sms",
    "StepView",
    "Styles",
    "SumView",
    "SupportView",
    "Theme",
    "TierView",
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
            "postpurchase.messages.blocks": ("Block", "Question", "Shown", "Shows"),
            "postpurchase.messages.catalogs": ("Sentences", "read_catalog"),
            "postpurchase.messages.facts": ("Facts",),
            "postpurchase.messages.findings": ("Finding", "Rule", "lint"),
            "postpurchase.messages.message": ("Message", "Sender"),
            "postpurchase.messages.mime": ("Attachment",),
            "postpurchase.messages.pen": ("Pen",),
            "postpurchase.messages.push": ("Push",),
            "postpurchase.messages.sandbox": ("Budget",),
            "postpurchase.messages.showing": ("BLOCKS",),
            "postpurchase.messages.sms": ("Encoding", "Sms"),
            "postpurchase.messages.theme": ("Styles", "Theme"),
            "postpurchase.messages.tongues": ("Digits", "Direction"),
            "postpurchase.messages.views": (
                "ArticleView",
                "ArticlesView",
                "AvailabilityView",
                "BlockView",
                "CustomerView",
                "IdeaView",
                "LineView",
                "LinkView",
                "OfferView",
                "OrderView",
                "ParcelView",
                "PathView",
                "PointsView",
                "ProductView",
                "ProductsView",
                "ShopView",
                "StepView",
                "SumView",
                "SupportView",
                "TierView",
                "View",
            ),
            "postpurchase.messages.voice": ("Voice",),
        },
    )


def __dir__() -> list[str]:
    return __all__
