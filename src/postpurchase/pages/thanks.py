"""The page after the purchase: thanks first, then what was bought and what comes next."""

from collections.abc import Iterator
from typing import ClassVar

from attrs import frozen

from postpurchase.domain.order import Order
from postpurchase.messages.pen import address
from postpurchase.messages.views import MOST_TEXT, BlockView, View, tidy
from postpurchase.pages import words
from postpurchase.pages.bill import charged
from postpurchase.pages.ink import Ink
from postpurchase.pages.invoice import Row
from postpurchase.pages.scene import Scene
from postpurchase.pages.values import Amount, Page, Span, When


@frozen(kw_only=True)
class AccountPart(View):
    """What an account is good for, where it is opened, and what the address is used for."""

    benefits: tuple[str, ...]
    url: str
    assurance: str


@frozen(kw_only=True)
class ThankYouPage(Page):
    """What somebody sees who has just bought.

    Attributes:
        lead: the thanks in a sentence; somebody who came back reads another one.
        first: whether it is their first order.
        customer: how the customer is called; empty where nobody knows.
        number, placed, url: the order.
        rows: lines, delivery and charges; together with `tax`, where that comes on top, they are
            the `total`.
        tax: all taxes; None where there are none.
        taxes_included: whether the amounts of the rows include the taxes.
        promised: when it comes, as promised.
        ship_to: where it goes, as lines.
        next: what happens next, one sentence each.
        account: for a guest, where the shop has a page for accounts; None for all others.
        blocks: what else is shown.
    """

    name: ClassVar[str] = "thank_you"
    lead: str
    first: bool
    customer: str
    number: str
    placed: When
    url: str
    rows: tuple[Row, ...]
    tax: Amount | None
    taxes_included: bool
    total: Amount
    promised: Span | None
    ship_to: tuple[str, ...]
    gift_message: str
    next: tuple[str, ...]
    account: AccountPart | None
    blocks: tuple[BlockView, ...]


def thank_you_page(scene: Scene, blocks: tuple[BlockView, ...], /) -> ThankYouPage:
    """The thanks for the order of a scene."""
    order, ink, customer = scene.order, scene.ink, scene.customer
    bill = charged(order, ink)
    items = ink.pen.titles([tidy(line.title or line.sku) for line in order.lines])
    title, lead = (
        (words.WELCOME, words.FIRST_ORDER)
        if customer.first
        else (words.ONCE_AGAIN, words.CAME_BACK)
    )
    return ThankYouPage(
        lang=ink.lang,
        dir=ink.dir,
        title=ink.say(title),
        shop=scene.shop,
        at=ink.moment(scene.at),
        lead=ink.say(lead, items=items),
        first=customer.first,
        customer=customer.name,
        number=scene.number,
        placed=ink.day(order.at),
        url=scene.url,
        rows=bill.rows(ink),
        tax=ink.amount(bill.tax) if bill.tax else None,
        taxes_included=bill.taxes_included,
        total=ink.amount(bill.total),
        promised=ink.span(order.promise) if order.promise else None,
        ship_to=address(order.ship_to, ink.pen.tag),
        gift_message=tidy(order.gift_message, MOST_TEXT),
        next=tuple(_next(order, ink)),
        account=_account(scene.shop.links.get("account", ""), ink) if customer.guest else None,
        blocks=blocks,
    )


def _next(order: Order, ink: Ink) -> Iterator[str]:
    """What happens next; what needs no parcel is not waited for."""
    yield ink.say(words.GET_READY)
    if any(line.requires_shipping for line in order.lines):
        yield ink.say(words.TELL_YOU)
        if order.promise:
            yield ink.say(words.EXPECTED, when=ink.span(order.promise).text)
    yield ink.say(words.REACH_US)


def _account(url: str, ink: Ink) -> AccountPart | None:
    """What an account is good for; None where there is no page to open one."""
    if not url:
        return None
    return AccountPart(
        benefits=tuple(ink.say(each) for each in words.BENEFITS),
        url=url,
        assurance=ink.say(words.ASSURANCE),
    )
