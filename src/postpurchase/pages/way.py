"""The way of one parcel: its milestones, its scans, and what to do now."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import StrEnum, unique
from typing import Final

from attrs import evolve, frozen

from postpurchase.domain.decision import Says
from postpurchase.domain.order import Order
from postpurchase.domain.shipment import Scan, Shipment, Stage
from postpurchase.domain.shipment.words import STAGES
from postpurchase.messages.links import link_or_none
from postpurchase.messages.pen import address
from postpurchase.messages.views import MOST_NAME, MOST_TEXT, View, tidy
from postpurchase.pages import words
from postpurchase.pages.ink import Ink
from postpurchase.pages.values import Item, Span, When

WRONG: Final = frozenset({Stage.LOST, Stage.DISPOSED, Stage.EXCEPTION})
BACK: Final = frozenset({Stage.RETURNING, Stage.RETURNED})
_OVER: Final = frozenset({Stage.DELIVERED, Stage.CANCELLED, *WRONG, *BACK})
_NEAR: Final = (Stage.OUT_FOR_DELIVERY, Stage.AVAILABLE_FOR_PICKUP)
_BEFORE: Final = frozenset({Stage.PENDING, Stage.INFO_RECEIVED, Stage.UNKNOWN, Stage.CANCELLED})
_MOVING: Final = frozenset({Stage.PICKED_UP, Stage.IN_TRANSIT})
_CLOSE: Final = frozenset({*_NEAR, Stage.ATTEMPT_FAILED})
_LATE: Final = (words.NOTHING_TO_DO, words.SOONER, words.NO_LONGER)
_ADVICE: Final[dict[Stage, Says]] = {
    Stage.ATTEMPT_FAILED: words.CARD_AT_THE_DOOR,
    Stage.AVAILABLE_FOR_PICKUP: words.BRING_A_NAME,
    Stage.CUSTOMS: words.AT_THE_BORDER,
    Stage.DELIVERED: words.NOT_WITH_YOU,
    **dict.fromkeys(WRONG, words.ASK_US),
    **dict.fromkeys(BACK, words.STILL_WANTED),
}


@unique
class Mark(StrEnum):
    """How far a milestone is: behind the parcel, where it is now, or ahead of it."""

    DONE = "done"
    NOW = "now"
    AHEAD = "ahead"


@frozen(kw_only=True)
class Milestone(View):
    """One of the few great steps, in their order; `when` it was reached, where that is known."""

    name: str
    mark: Mark
    when: When | None


@frozen(kw_only=True)
class Seen(View):
    """What the carrier said once: its stage by name and in words, when, where, and a remark."""

    stage: str
    name: str
    when: When | None
    place: str
    note: str


@frozen(kw_only=True)
class LegPart(View):
    """One carrier's part of the way."""

    carrier: str
    number: str
    mode: str


@frozen(kw_only=True)
class ParcelPart(View):
    """A parcel.

    Attributes:
        stage, status: where it stands, by name and in words; `since` when.
        carrier, number, url: who carries it, and where the carrier shows it.
        legs: the carriers on the way, where there are several.
        items: what is in it.
        milestones: the great steps, first to last.
        promised: what was promised at the checkout.
        expected: when it comes by what is known; None once it came, or where that has passed.
        late: whether it will break the promise, or has.
        advice: what to do now.
        delivered, place, signed_by: when and where it was handed over, and to whom.
        pickup: where it waits, as lines.
        seen: everything that the carrier said, oldest first; what bears no time stands last.
    """

    stage: str
    status: str
    since: When | None
    carrier: str
    number: str
    url: str
    legs: tuple[LegPart, ...]
    items: tuple[Item, ...]
    milestones: tuple[Milestone, ...]
    promised: Span | None
    expected: Span | None
    late: bool
    advice: tuple[str, ...]
    delivered: When | None
    place: str
    signed_by: str
    pickup: tuple[str, ...]
    seen: tuple[Seen, ...]


def parcel_part(
    parcel: Shipment, order: Order, ink: Ink, /, *, at: datetime, rest: Mapping[str, int]
) -> ParcelPart:
    """A parcel of an order as it stood at an instant; one that says nothing holds the *rest*."""
    parcel = evolve(parcel, promise=parcel.promise or order.promise)
    state, proof = parcel.state, parcel.proof
    handed = parcel.delivered_at
    waits = state.stage is Stage.AVAILABLE_FOR_PICKUP
    late = broken(parcel, at)
    return ParcelPart(
        stage=str(state.stage),
        status=ink.say(_status(state.stage, parcel)),
        since=ink.moment(state.since) if state.since else None,
        carrier=tidy(parcel.carrier),
        number=tidy(parcel.number),
        url=link_or_none(parcel.url),
        legs=tuple(
            LegPart(carrier=tidy(leg.carrier), number=tidy(leg.number), mode=tidy(leg.mode))
            for leg in parcel.legs
        ),
        items=tuple(_inside(parcel.lines or rest, order, ink)),
        milestones=tuple(_milestones(parcel, order, ink)),
        promised=ink.span(parcel.promise) if parcel.promise else None,
        expected=_expected(parcel, ink, at),
        late=late,
        advice=tuple(_advice(parcel, ink, at, late=_LATE if late else ())),
        delivered=ink.moment(handed) if handed else None,
        place=tidy(proof.place) if proof else "",
        signed_by=tidy(proof.signed_by, MOST_NAME) if proof else "",
        pickup=address(parcel.ship_to, ink.pen.tag) if waits else (),
        seen=tuple(_seen(scan, ink) for scan in state.scans),
    )


def broken(parcel: Shipment, at: datetime, /) -> bool:
    """Whether its promise is broken at that instant, or will be by what is expected."""
    if parcel.state.stage in _OVER:
        return False
    promise, eta = parcel.promise, parcel.eta
    passed = promise is not None and (at >= promise.end or bool(eta and eta.end > promise.end))
    return passed or parcel.delayed(at)


def _status(stage: Stage, parcel: Shipment) -> Says:
    said_nothing = stage is Stage.UNKNOWN and not parcel.state.scans
    return STAGES[Stage.PENDING if said_nothing else stage]


def _expected(parcel: Shipment, ink: Ink, at: datetime) -> Span | None:
    """The newest expectation, else the promise; none that has passed."""
    if parcel.state.stage in _OVER:
        return None
    said = (parcel.eta, parcel.promise)
    return next((ink.span(when) for when in said if when and when.end > at), None)


def _advice(
    parcel: Shipment, ink: Ink, at: datetime, /, *, late: tuple[Says, ...]
) -> Iterator[str]:
    own = _ADVICE.get(parcel.state.stage)
    if own:
        yield ink.say(own)
    for sentence in late:
        yield ink.say(sentence)
    if not (own or late) and parcel.stale(at):
        yield ink.say(words.SILENT)


def _inside(units: Mapping[str, int], order: Order, ink: Ink) -> Iterator[Item]:
    for line in order.lines:
        if line.requires_shipping and units.get(line.id, 0) > 0:
            yield ink.item(line, units[line.id])


def _seen(scan: Scan, ink: Ink) -> Seen:
    return Seen(
        stage=str(scan.stage),
        name=ink.say(STAGES[scan.stage]),
        when=ink.moment(scan.at) if scan.at else None,
        place=tidy(scan.place),
        note=tidy(scan.text, MOST_TEXT),
    )


@frozen(kw_only=True)
class _Step:
    """A milestone: a parcel in one of `holds` is at it now, in one of `leaves` just past it."""

    name: Says
    at: datetime | None
    holds: frozenset[Stage] = frozenset()
    leaves: frozenset[Stage] = frozenset()


def _milestones(parcel: Shipment, order: Order, ink: Ink) -> Iterator[Milestone]:
    """The great steps: those behind, at most one now, those ahead; their times never go back."""
    steps, stage = tuple(_steps(parcel, order)), parcel.state.stage
    reached = _reached(steps, stage)
    last = order.at
    for place, step in enumerate(steps):
        shown = step.at if step.at and place <= reached and step.at >= last else None
        last = shown or last
        mark = Mark.AHEAD if place > reached else Mark.DONE
        if place == reached and stage not in step.leaves:
            mark = Mark.NOW
        when = ink.moment(shown) if shown else None
        yield Milestone(name=ink.say(step.name), mark=mark, when=when)


def _steps(parcel: Shipment, order: Order) -> Iterator[_Step]:
    firsts = _firsts(parcel)
    border = firsts.get(Stage.CUSTOMS)
    near = next((stage for stage in reversed(_NEAR) if stage in firsts), Stage.OUT_FOR_DELIVERY)
    yield _Step(name=words.ORDERED, at=order.at, holds=_BEFORE)
    yield _Step(
        name=words.HANDED_OVER,
        at=parcel.state.shipped_at,
        holds=frozenset() if border else _MOVING,
    )
    if border:
        name = STAGES[Stage.CUSTOMS]
        yield _Step(name=name, at=border, holds=frozenset({Stage.CUSTOMS}), leaves=_MOVING)
    yield _Step(name=STAGES[near], at=firsts.get(near), holds=_CLOSE)
    yield _Step(
        name=STAGES[Stage.DELIVERED],
        at=parcel.delivered_at,
        leaves=frozenset({Stage.DELIVERED}),
    )


def _firsts(parcel: Shipment) -> dict[Stage, datetime]:
    firsts: dict[Stage, datetime] = {}
    for scan in parcel.state.scans:
        if scan.at:
            firsts.setdefault(scan.stage, scan.at)
    return firsts


def _reached(steps: tuple[_Step, ...], stage: Stage) -> int:
    """Up to which milestone it has come; what went astray is where it was last seen."""
    for place, step in enumerate(steps):
        if stage in step.holds | step.leaves:
            return place
    return max(place for place, step in enumerate(steps[:-1]) if step.at)
