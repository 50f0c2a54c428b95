"""A parcel, and how far an order has come in its parcels."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum, unique
from functools import cached_property
from html import escape
from typing import Self

from attrs import evolve, field, frozen
from typing_extensions import override

from postpurchase.domain.customer.address import Address
from postpurchase.domain.expected import expected
from postpurchase.domain.fact import Fact
from postpurchase.domain.moment import instant
from postpurchase.domain.order import Promise
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.shipment.eta import Eta
from postpurchase.domain.shipment.fold import State, fold
from postpurchase.domain.shipment.scan import Scan, Stage
from postpurchase.domain.told import told


@unique
class Direction(StrEnum):
    """Which way a parcel goes."""

    OUTBOUND = "outbound"
    RETURN = "return"


@frozen(kw_only=True)
class Proof:
    """What shows that it was handed over: who signed, a picture, where it was left."""

    __repr__ = told

    signed_by: str = ""
    picture: str = ""
    place: str = ""


@frozen(kw_only=True)
class Leg:
    """One carrier's part of the way; `mode` is how it travels, such as `air`, `road`, `bike`."""

    __repr__ = told

    carrier: str
    number: str = ""
    mode: str = ""


@frozen(kw_only=True, repr=False)
class Shipment(Fact):
    """One parcel of one order.

    Attributes:
        at: when the parcel was made known, such as when its label was made; in UTC.
        order: the id of its order.
        carrier: its name, as the shop knows it.
        number: the tracking number; `aliases` are other numbers of the same parcel.
        lines: how many units of each line of the order are in it, by line id.
        promise: what was promised for it, where that is not the order's own promise.
        etas: what was expected, as it was said over time.
        legs: the carriers on the way, where there are several, first to last mile.
        packing: how it was packed, such as `Pairs(wrap="kraft", card="thank-you")`.
        ship_to: where it goes, where that is not the order's address.
    """

    order: str
    direction: Direction = field(
        default=Direction.OUTBOUND,
        validator=expected(Direction, "Direction.OUTBOUND or Direction.RETURN"),
    )
    carrier: str = ""
    service: str = ""
    number: str = ""
    aliases: tuple[str, ...] = ()
    url: str = ""
    lines: Pairs[int] = Pairs()
    scans: tuple[Scan, ...] = ()
    promise: Promise | None = None
    etas: tuple[Eta, ...] = ()
    proof: Proof | None = None
    legs: tuple[Leg, ...] = ()
    packing: Pairs[str] = Pairs()
    ship_to: Address | None = None

    @cached_property
    def state(self) -> State:
        """Where it stands after all its scans."""
        return fold(self.scans)

    @property
    def delivered(self) -> bool:
        """Whether it was handed over and stayed."""
        return self.state.stage is Stage.DELIVERED

    @property
    def delivered_at(self) -> datetime | None:
        """When it was handed over; None where it was not, or came back."""
        return self.state.return_anchor

    @property
    def eta(self) -> Eta | None:
        """What was expected last."""
        return max(self.etas, key=_said, default=None)

    @override
    def until(self, at: datetime, /) -> Self:
        """This parcel as it was known: later scans and expectations are not in it."""
        scans = tuple(scan for scan in self.scans if scan.recorded_at <= at)
        etas = tuple(eta for eta in self.etas if eta.recorded_at <= at)
        if (scans, etas) == (self.scans, self.etas):
            return self
        handed_over = scans == self.scans or any(_handed_over(scan) for scan in scans)
        return evolve(self, scans=scans, etas=etas, proof=self.proof if handed_over else None)

    @property
    @override
    def as_of(self) -> datetime:
        """When the newest scan or expectation became known."""
        scans = (scan.recorded_at for scan in self.scans)
        etas = (eta.recorded_at for eta in self.etas)
        return max((*scans, *etas), default=self.recorded_at)

    def joined(self, heard: Iterable["Scanned"], /) -> Self:
        """This parcel with those of the scans and expectations that name it."""
        own = tuple(each for each in heard if each.shipment == self.id)
        if not own:
            return self
        scans = (*self.scans, *(each.scan for each in own if each.scan))
        etas = (*self.etas, *(each.eta for each in own if each.eta))
        return evolve(self, scans=tuple(dict.fromkeys(scans)), etas=tuple(dict.fromkeys(etas)))

    def delayed(self, at: datetime, /) -> bool:
        """Whether the carrier says it is late, at that instant.

        Scans do not end this; delivery does, or a newer expectation within the promise.
        """
        known = self.until(instant(at))
        since, eta = known.state.delayed_at, known.eta
        if since is None or known.state.stage.terminal:
            return False
        kept = self.promise and eta and eta.as_of > since and eta.end <= self.promise.end
        return not kept

    def held(self, at: datetime, /) -> bool:
        """Whether it waits for something at that instant; the next move ends this."""
        return self.until(instant(at)).state.held_at is not None

    def stale(self, at: datetime, /, *, after: timedelta = timedelta(hours=72)) -> bool:
        """Whether it moved but was silent for so long, or the tracker gave it up."""
        at = instant(at)
        state = self.until(at).state
        if state.stage.terminal or not state.scans:
            return False
        heard = max((scan.at for scan in state.scans if scan.at), default=self.at)
        return state.expired_at is not None or at - heard >= after

    @override
    def __repr__(self) -> str:
        of = f"{self.carrier} {self.number}".strip()
        stage = str(self.state.stage)
        parts = [part for part in (of, f"order {self.order}", stage) if part]
        return f"<Shipment {self.id}: {', '.join(parts)}>"

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td>{scan.at or scan.recorded_at:%Y-%m-%d %H:%M}</td><td>{scan.stage}</td>"
            f"<td>{escape(scan.place)}</td><td>{escape(scan.text)}</td></tr>"
            for scan in self.state.scans
        )
        return f"<table><caption>{escape(repr(self))}</caption>{rows}</table>"


@frozen(kw_only=True)
class Scanned(Fact):
    """A scan or an expectation that came alone; a history reads it as part of its parcel.

    Attributes:
        shipment: the id of the parcel.
        order: the id of its order, where the carrier knows.
    """

    shipment: str
    order: str = ""
    scan: Scan | None = None
    eta: Eta | None = None


def _said(eta: Eta, /) -> tuple[datetime, datetime, datetime]:
    return (eta.as_of, eta.recorded_at, eta.end)


def _handed_over(scan: Scan, /) -> bool:
    return scan.stage is Stage.DELIVERED
