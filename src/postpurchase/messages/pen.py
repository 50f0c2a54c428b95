"""Writes facts out as views, in one language, one zone and one set of digits."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Final, cast
from zoneinfo import ZoneInfo

from attrs import frozen

from postpurchase.domain.customer import Address, Shop, Support
from postpurchase.domain.decision import Reason, spoken
from postpurchase.domain.money import Money
from postpurchase.domain.order import Line, Order, Promise, Shipping
from postpurchase.domain.shipment import Eta, Scan, Shipment
from postpurchase.messages import dates
from postpurchase.messages.catalogs import Sentences
from postpurchase.messages.facts import Facts
from postpurchase.messages.figures import number, pattern
from postpurchase.messages.links import link_or_none
from postpurchase.messages.tongues import Digits, tongue
from postpurchase.messages.views import (
    MOST_NAME,
    MOST_TEXT,
    CustomerView,
    LineView,
    LinkView,
    OrderView,
    ParcelView,
    ShopView,
    StepView,
    SumView,
    SupportView,
    tidy,
)

_A_DAY: Final = timedelta(hours=23)
_MOST_TITLES: Final = 3


@frozen(kw_only=True)
class Pen:
    """How this message writes: a tag for the formats, a zone for the clocks.

    Attributes:
        tag: the locale of the formats.
        zone: the customer's zone, where instants are shown.
        digits: Latin, or those of the language's script.
        sentences: the language's sentences, for reasons.
    """

    tag: str
    zone: ZoneInfo
    digits: Digits
    sentences: Sentences

    def money(self, amount: Money, /) -> str:
        """An amount."""
        return pattern(self.tag, amount.currency, self.digits).write(amount.minor)

    def number(self, count: int, /) -> str:
        """A whole number."""
        return number(count, self.tag, digits=self.digits)

    def day(self, when: datetime, /) -> str:
        """The local day of an instant."""
        return dates.day(when.astimezone(self.zone).date(), self.tag, digits=self.digits)

    def moment(self, when: datetime, /) -> str:
        """The local day and time of an instant."""
        return dates.moment(when, self.zone, self.tag, digits=self.digits)

    def span(self, start: datetime, end: datetime, /) -> str:
        """When something comes: an instant, hours of a day, a day, or days."""
        if start == end:
            return dates.moment(start, self.zone, self.tag, length="full", digits=self.digits)
        last = end - timedelta(microseconds=1)
        first_day = start.astimezone(self.zone).date()
        last_day = last.astimezone(self.zone).date()
        if first_day != last_day:
            return dates.days(first_day, last_day, self.tag, digits=self.digits)
        day = dates.day(first_day, self.tag, length="full", digits=self.digits)
        if end - start >= _A_DAY:
            return day
        clocks = (
            dates.clock(each, self.zone, self.tag, digits=self.digits) for each in (start, end)
        )
        return f"{day}, {'–'.join(clocks)}"

    def expected(self, when: Promise | Eta | None, /) -> str:
        """When it comes, or nothing where nobody said."""
        return self.span(when.start, when.end) if when else ""

    def order(self, order: Order, /) -> OrderView:
        """An order with all its amounts."""
        kept = order.kept
        whole = len(kept) == len(order.lines) and all(
            kept.get(line.id) == line.quantity for line in order.lines
        )
        lines = tuple([self.line(line, line.quantity) for line in order.lines])
        left = lines
        if not whole:
            left = tuple([self.line(line, kept[line.id]) for line in order.kept_lines])
        return OrderView(
            number=tidy(order.number or order.id),
            placed=self.day(order.at),
            url=link_or_none(order.url),
            lines=lines,
            kept=left,
            sums=self._sums(order),
            total=self.money(order.total),
            refunded=self.money(order.refunded) if order.refunds else "",
            ship_to=address(order.ship_to, self.tag),
            gift_message=tidy(order.gift_message, MOST_TEXT),
            promise=self.expected(order.promise),
            titles=self.titles([line.title for line in left]),
        )

    def titles(self, titles: list[str], /) -> str:
        """Up to three titles as one phrase."""
        shown = titles[:_MOST_TITLES]
        more = len(titles) > _MOST_TITLES
        return f"{', '.join(shown)} …" if more else dates.listed(shown, self.tag)

    def line(self, line: Line, quantity: int, /) -> LineView:
        """A line with so many of its units; the amounts are those of the line as ordered."""
        write = pattern(self.tag, line.unit_price.currency, self.digits).write
        off = line.discount.minor if line.discounts else 0
        return LineView(
            tidy(line.title or line.sku),
            tidy(", ".join(line.options.values())) if line.options else "",
            self.number(quantity),
            write(line.unit_price.minor),
            write(line.unit_price.minor * line.quantity - off),
            write(-off) if off else "",
            tidy(", ".join(f"{name}: {text}" for name, text in line.properties.items()))
            if line.properties
            else "",
        )

    def _sums(self, order: Order) -> tuple[SumView, ...]:
        sums = [SumView("subtotal", self.money(order.subtotal), "")]
        parts: tuple[Line | Shipping, ...] = (*order.lines, *order.shipping)
        if any(part.discounts for part in parts):
            sums.append(SumView("discount", self.money(-order.discount), ", ".join(order.codes)))
        sums += [
            SumView("shipping", self.money(each.price), tidy(each.title)) for each in order.shipping
        ]
        sums += [
            SumView(str(each.kind), self.money(each.amount), tidy(each.title))
            for each in order.charges
        ]
        if (order.charges or any(part.taxes for part in parts)) and order.tax:
            name = "tax_included" if order.taxes_included else "tax"
            sums.append(SumView(name, self.money(order.tax), ""))
        return tuple(sums)

    def parcel(self, parcel: Shipment, order: Order | None, /) -> ParcelView:
        """A parcel: what is in it, where it is, when it comes."""
        promise = parcel.promise or (order.promise if order else None)
        eta = parcel.eta
        state = parcel.state
        handed = parcel.delivered_at
        proof = parcel.proof
        return ParcelView(
            carrier=tidy(parcel.carrier),
            number=tidy(parcel.number),
            url=link_or_none(parcel.url),
            lines=self._inside(parcel, order),
            expected=self.expected(eta or promise),
            promised=self.expected(promise),
            late=bool(eta and promise and eta.end > promise.end),
            stage=str(state.stage),
            delivered=self.moment(handed) if handed else "",
            place=tidy(proof.place) if proof else "",
            signed_by=tidy(proof.signed_by, MOST_NAME) if proof else "",
            pickup=address(parcel.ship_to, self.tag),
            steps=tuple(self._steps(state.scans)),
        )

    def _inside(self, parcel: Shipment, order: Order | None) -> tuple[LineView, ...]:
        if order is None:
            return ()
        if not parcel.lines:
            return tuple([self.line(line, line.quantity) for line in order.lines])
        return tuple(
            [
                self.line(each, parcel.lines[each.id])
                for each in order.lines
                if each.id in parcel.lines
            ]
        )

    def _steps(self, scans: Iterable[Scan]) -> Iterable[StepView]:
        for scan in scans:
            at = self.moment(scan.at) if scan.at else ""
            yield StepView(stage=str(scan.stage), at=at, place=tidy(scan.place))

    def why(self, reasons: tuple[Reason, ...], /) -> str:
        """The first of the reasons that this language has a sentence for, or nothing."""
        known = next((each for each in reasons if self.sentences.has(each)), None)
        return self.sentences.speak(known, write=self.fact) if known is not None else ""

    def fact(self, value: object, /) -> str:
        """A fact as it stands in a sentence: amounts, days and numbers as the language does."""
        match value:
            case str():
                return tidy(value)
            case Money():
                return self.money(value)
            case datetime():
                return self.moment(value)
            case date():
                return dates.day(value, self.tag, digits=self.digits)
            case int():
                return self.number(value)
            case _:
                return spoken(value)

    def customer(self, facts: Facts, /) -> CustomerView:
        """Who reads it."""
        who = facts.customer
        called = (who.given_name or who.name) if who else ""
        return CustomerView(
            name=tidy(called, MOST_NAME),
            full_name=tidy(who.name, MOST_NAME) if who else "",
            guest=who.guest if who else True,
            first=facts.first,
        )


@frozen(kw_only=True)
class ShopSign:
    """A shop's own view, worked out once for a locale: it says the same in every message."""

    shop: Shop
    tag: str

    @cached_property
    def view(self) -> ShopView:
        """The shop as templates see it."""
        shop = self.shop
        return ShopView(
            name=tidy(shop.name),
            legal_name=tidy(shop.legal_name),
            legal_id=tidy(shop.legal_id),
            url=link_or_none(shop.url),
            logo=link_or_none(shop.logo),
            address=address(shop.address, self.tag),
            support=_support(shop.support) if shop.support else None,
            categories=tuple(
                LinkView(tidy(name), link_or_none(url)) for name, url in shop.categories.items()
            ),
            links={name: link_or_none(url) for name, url in shop.links.items()},
        )


def address(of: Address | None, tag: str, /) -> tuple[str, ...]:
    """An address as lines, top to bottom; only its country is put into words."""
    if of is None:
        return ()
    town = " ".join(part for part in (of.postcode, of.city) if part)
    countries = cast("dict[str, str]", tongue(tag).territories)
    country = countries.get(of.country, of.country)
    lines = (of.name, of.company, *of.lines, town, of.region, country)
    return tuple(tidy(line) for line in lines if line)


def _support(support: Support) -> SupportView:
    digits = "".join(each for each in support.phone if each in "+0123456789")
    return SupportView(
        email=tidy(support.email),
        phone=tidy(support.phone),
        phone_url=f"tel:{digits}" if digits else "",
        url=link_or_none(support.url),
        chat=link_or_none(support.chat),
        hours=tidy(support.hours),
        answers_within=tidy(support.answers_within),
    )
