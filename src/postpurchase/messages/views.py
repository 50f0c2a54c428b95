"""What templates see: plain words, written out for one language. No domain object, no method."""

import re
from typing import Final

from attrs import frozen

from postpurchase.domain.cut import shortened

_HARMFUL: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]+"
)
MOST_NAME: Final = 80
MOST_TITLE: Final = 160
MOST_TEXT: Final = 2000


def tidy(text: str, most: int = MOST_TITLE, /) -> str:
    """Text from a fact, fit to be shown: without control and direction characters, not too long."""
    text = shortened(text, most)
    return text if text.isprintable() else _HARMFUL.sub(" ", text).strip()


class View:
    """A value that templates may read; the names of its slots are all that there is."""

    __slots__ = ()


@frozen(kw_only=True)
class SupportView(View):
    """How the shop is reached: addresses to follow, and what to write beside them."""

    email: str
    phone: str
    phone_url: str
    url: str
    chat: str
    hours: str
    answers_within: str


@frozen(kw_only=True)
class ShopView(View):
    """The shop; `address` is a list of lines, `categories` and `links` are names with addresses."""

    name: str
    legal_name: str
    legal_id: str
    url: str
    logo: str
    address: tuple[str, ...]
    support: SupportView | None
    categories: tuple["LinkView", ...]
    links: dict[str, str]


@frozen
class LinkView(View):
    """A name and where it leads."""

    name: str
    url: str


@frozen(kw_only=True)
class CustomerView(View):
    """Who reads it: `name` is how they are called, empty where nobody knows."""

    name: str
    full_name: str
    guest: bool
    first: bool


@frozen
class LineView(View):
    """A line of an order or a parcel, its amounts written out."""

    title: str
    options: str
    quantity: str
    unit: str
    total: str
    discount: str
    note: str


@frozen
class SumView(View):
    """A line under the lines: its name in the templates, what it adds, and a title of its own."""

    name: str
    amount: str
    title: str


@frozen(kw_only=True)
class OrderView(View):
    """An order; `kept` are the lines that were neither refunded nor cancelled."""

    number: str
    placed: str
    url: str
    lines: tuple[LineView, ...]
    kept: tuple[LineView, ...]
    sums: tuple[SumView, ...]
    total: str
    refunded: str
    ship_to: tuple[str, ...]
    gift_message: str
    promise: str
    titles: str


@frozen(kw_only=True)
class StepView(View):
    """One step of a parcel's way: its stage, when, where."""

    stage: str
    at: str
    place: str


@frozen(kw_only=True)
class ParcelView(View):
    """A parcel: who carries it, what is in it, when it comes."""

    carrier: str
    number: str
    url: str
    lines: tuple[LineView, ...]
    expected: str
    promised: str
    late: bool
    stage: str
    delivered: str
    place: str
    signed_by: str
    pickup: tuple[str, ...]
    steps: tuple[StepView, ...]


@frozen(kw_only=True)
class ProductView(View):
    """Something that is offered or asked about."""

    title: str
    url: str
    image: str
    price: str
    why: str


@frozen(kw_only=True)
class OfferView(View):
    """Something that is given; `what` names its sort in the templates."""

    what: str
    title: str
    code: str
    value: str
    minimum: str
    ends: str
    url: str
    place: str
    when: str


@frozen(kw_only=True)
class ProductsView(View):
    """Products to suggest, the best first."""

    items: tuple[ProductView, ...]


@frozen(kw_only=True)
class PointsView(View):
    """Points: how many, as a number and written out, and until when they hold."""

    count: int
    written: str
    ends: str


@frozen(kw_only=True)
class TierView(View):
    """A tier: until when it holds, and what is missing to the next one."""

    name: str
    until: str
    next_name: str
    missing: str


@frozen(kw_only=True)
class ArticleView(View):
    """A guide, a video, an answer; `medium` is empty where it is neither."""

    title: str
    url: str
    summary: str
    medium: str


@frozen(kw_only=True)
class ArticlesView(View):
    """Articles, the most helpful first."""

    items: tuple[ArticleView, ...]


@frozen(kw_only=True)
class PathView(View):
    """A way out of a problem: its steps, one sentence each, and articles that help with it."""

    steps: tuple[str, ...]
    articles: tuple[ArticleView, ...]


@frozen(kw_only=True)
class AvailabilityView(View):
    """When somebody answers, in a sentence, and how they are reached: names and addresses."""

    statement: str
    channels: tuple[tuple[str, str], ...]


@frozen(kw_only=True)
class IdeaView(View):
    """Something to show of what was bought; `prompt` is the shop's own words for it."""

    what: str
    prompt: str


@frozen(kw_only=True)
class BlockView(View):
    """A block: `name` picks its template, `purpose` says how strict it is."""

    name: str
    items: tuple[View, ...]
