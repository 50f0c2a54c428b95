"""Triggers of the calendar: birthdays, anniversaries, and what is used up by now."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Final, final

from attrs import frozen
from typing_extensions import override

from postpurchase.domain.message import Subject
from postpurchase.domain.moment import Leap, MonthDay, shift
from postpurchase.domain.order import Line, Order
from postpurchase.domain.product import Catalog
from postpurchase.journey import began
from postpurchase.journey.entry import Entry, Trigger
from postpurchase.journey.scene import Scene

_MIDNIGHT: Final = time()
_DAY: Final = timedelta(days=1)


@final
@frozen
class Birthday(Trigger):
    """The customer's birthday, from local midnight: the last one up to today, and the next one.

    Attributes:
        leap: which day stands for 29 February in a year without one.
    """

    leap: Leap = Leap.FEB28

    @override
    def entries(self, scene: Scene, /) -> tuple[Entry, ...]:
        customer = scene.customer
        if customer is None or customer.birthday is None:
            return ()
        born = MonthDay(customer.birthday.month, customer.birthday.day)
        days = _around(scene, born, self.leap)
        first = scene.clock.wall(customer.at).date()
        return tuple(
            Entry(
                subject=Subject("year", str(day.year)),
                anchor=scene.clock.instant(day, _MIDNIGHT),
                why=began.BirthdayIn(day.year),
                recurring=True,
            )
            for day in days
            if day >= first
        )


def _around(scene: Scene, day: MonthDay, leap: Leap, /) -> tuple[date, date]:
    """The last such day up to today, where the customer is, and the next one."""
    today = scene.clock.wall(scene.at).date()
    this = day.in_year(today.year, leap=leap)
    if this > today:
        return day.in_year(today.year - 1, leap=leap), this
    return this, day.in_year(today.year + 1, leap=leap)


@final
@frozen
class PurchaseAnniversary(Trigger):
    """The last and the next anniversary of the first order that was kept, from local midnight.

    An order before it that was cancelled or refunded is shown once, so that the plan says why
    nothing comes of it.

    Attributes:
        leap: which day stands for 29 February in a year without one.
    """

    leap: Leap = Leap.FEB28

    @override
    def entries(self, scene: Scene, /) -> tuple[Entry, ...]:
        found: list[Entry] = []
        for order in scene.orders:
            kept = not order.cancelled and not scene.refunded(order)
            found += self._years(scene, order)
            if kept:
                break
        return tuple(found)

    def _years(self, scene: Scene, order: Order, /) -> Iterator[Entry]:
        bought = scene.clock.wall(order.at).date()
        for day in _around(scene, MonthDay.of(bought), self.leap):
            years = day.year - bought.year
            if years > 0:
                yield Entry(
                    subject=Subject("order", order.id, f"{years}y"),
                    anchor=scene.clock.instant(day, _MIDNIGHT),
                    why=began.YearsSince(order.id, years),
                    order=order,
                    recurring=True,
                )


@final
@frozen
class UsedUp(Trigger):
    """What was bought and delivered, some days before it will be used up.

    How long a unit lasts is said by the product; the `Catalog` among the known answers has it.

    Attributes:
        lead_days: how many days before.
    """

    lead_days: int = 7

    @override
    def entries(self, scene: Scene, /) -> tuple[Entry, ...]:
        catalog = scene.known.find(Catalog)
        if catalog is None:
            return ()
        return tuple(each for order in scene.orders for each in self._order(scene, catalog, order))

    def _order(self, scene: Scene, catalog: Catalog, order: Order, /) -> Iterator[Entry]:
        arrived = scene.delivered(order)
        if arrived is None:
            return
        wall = scene.clock.wall(arrived)
        for line in order.kept_lines:
            days = _lasts(catalog, line, order.kept[line.id])
            if days is not None:
                day: date = shift(wall.date(), days - self.lead_days)
                yield Entry(
                    subject=Subject("order", order.id, f"sku:{line.sku}"),
                    anchor=scene.clock.instant(day, wall.time()),
                    why=began.LastsDays(line.title or line.sku, days),
                    order=order,
                    sku=line.sku,
                )


def _lasts(catalog: Catalog, line: Line, units: int, /) -> int | None:
    product = catalog.sold_as(line.sku) or catalog.find(line.product or "")
    return product.lasts * units // _DAY if product and product.lasts else None
