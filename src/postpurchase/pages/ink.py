"""Writes facts out as the values of a page, in one language, one zone and one set of digits."""

from datetime import datetime
from decimal import Decimal
from typing import Final

from attrs import frozen
from babel.numbers import format_percent

from postpurchase.domain.decision import Says
from postpurchase.domain.money import Money
from postpurchase.domain.order import Line, Promise
from postpurchase.domain.shipment import Eta
from postpurchase.messages.figures import script_table
from postpurchase.messages.pen import Pen
from postpurchase.messages.tongues import Digits, Direction, direction, tongue
from postpurchase.messages.views import tidy
from postpurchase.pages.values import Amount, Item, Span, When

_ISOLATED: Final = "\u2068%s\u2069"


@frozen
class Ink:
    """A pen that keeps the bare value beside every word it writes."""

    pen: Pen

    @property
    def lang(self) -> str:
        """The language of the page, as BCP 47."""
        return self.pen.tag.replace("_", "-")

    @property
    def dir(self) -> Direction:
        """Which way the page is written."""
        return direction(self.pen.tag)

    def say(self, sentence: Says, /, **values: str) -> str:
        """A sentence in the page's language; in one from right to left, values are set apart."""
        text = self.pen.sentences.say(sentence.one)
        if self.dir is Direction.RTL:
            values = {name: _ISOLATED % value for name, value in values.items()}
        return text % values

    def amount(self, money: Money, /) -> Amount:
        """An amount."""
        return Amount(text=self.pen.money(money), minor=money.minor, currency=money.currency)

    def day(self, at: datetime, /) -> When:
        """An instant, written out as its local day."""
        return When(text=self.pen.day(at), at=at.isoformat())

    def moment(self, at: datetime, /) -> When:
        """An instant, written out as its local day and time."""
        return When(text=self.pen.moment(at), at=at.isoformat())

    def span(self, when: Promise | Eta, /) -> Span:
        """When something comes."""
        text = self.pen.span(when.start, when.end)
        return Span(text=text, start=when.start.isoformat(), end=when.end.isoformat())

    def item(self, line: Line, units: int, /) -> Item:
        """So many units of a line."""
        return Item(
            title=tidy(line.title or line.sku),
            options=tidy(", ".join(line.options.values())),
            quantity=units,
            written=self.pen.number(units),
        )

    def rate(self, rate: Decimal, /) -> str:
        """A fraction as per cent, with all its decimals."""
        text = format_percent(
            rate,
            locale=tongue(self.pen.tag),
            decimal_quantization=False,
            numbering_system="latn",
        )
        table = script_table(self.pen.tag) if self.pen.digits is Digits.NATIVE else None
        return text.translate(table) if table else text
