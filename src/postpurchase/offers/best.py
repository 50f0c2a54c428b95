"""Which offers to take together, and which one is nearly reached."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from itertools import chain, combinations
from typing import ClassVar, Final, TypeAlias

from attrs import evolve, frozen

from postpurchase.domain.decision import Decision, Declined, Granted, Outcome, Reason, Says, says
from postpurchase.domain.money import Money
from postpurchase.domain.order import Line, Order
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.product import Catalog
from postpurchase.domain.rule import NOTHING, Known
from postpurchase.offers.adjustment import Adjustment
from postpurchase.offers.cart import bought
from postpurchase.offers.promotions import Promotion
from postpurchase.offers.quoting import Quote, quote
from postpurchase.offers.stacking import STACKING, Stacking
from postpurchase.offers.why import AddMore, SpendMore

MOST_TRIED: Final = 12
"""Up to so many offers every combination is tried; above, the best next one is added each time."""

_NO_FLOORS: Final[Pairs[Money]] = Pairs()
_Chosen: TypeAlias = tuple[Promotion, ...]


@frozen(kw_only=True)
class Combination(Outcome):
    """Offers that together take off most: their ids, and what the order comes to with them."""

    offers: tuple[str, ...]
    quote: Quote


@frozen
class AllTried(Reason):
    """Every combination was tried."""

    says: ClassVar[Says] = says("all %(count)s combinations were tried")
    count: int


@frozen
class Greedy(Reason):
    """There were too many to try them all, so a better combination may exist."""

    says: ClassVar[Says] = says("%(count)s offers are too many to try all their combinations")
    count: int


def best_combination(
    order: Order,
    /,
    *,
    offers: tuple[Promotion, ...],
    at: datetime,
    codes: tuple[str, ...] = (),
    known: Known = NOTHING,
    floors: Pairs[Money] = _NO_FLOORS,
    stacking: Stacking = STACKING,
) -> Granted[Combination]:
    """The offers that together take off most; as few of them as do.

    It helps where offers stand in one another's way, such as one that applies alone. Up to
    `MOST_TRIED` offers every combination is tried; the reason says so, or that it was not. Of
    equally good ones of one size the first by ids is taken.
    """
    price = partial(quote, order, at=at, codes=codes, known=known, floors=floors, stacking=stacking)
    ordered = tuple(sorted(offers, key=_id))
    if len(ordered) > MOST_TRIED:
        chosen = _greedily(ordered, lambda few: price(offers=few))
        return _combined(chosen, price(offers=chosen), Greedy(len(ordered)))
    tried = [(few, price(offers=few)) for few in _subsets(ordered)]
    chosen, found = max(tried, key=_discount)
    return _combined(chosen, found, AllTried(len(tried)))


def _combined(chosen: _Chosen, found: Quote, how: Reason) -> Granted[Combination]:
    ids = tuple(offer.id for offer in chosen)
    return Granted(Combination(offers=ids, quote=found), (how,))


def _greedily(offers: _Chosen, price: Callable[[_Chosen], Quote]) -> _Chosen:
    chosen: _Chosen = ()
    while True:
        best = price(chosen).discount
        longer: list[_Chosen] = [(*chosen, offer) for offer in offers if offer not in chosen]
        saving = [few for few in longer if price(few).discount > best]
        if not saving:
            return tuple(sorted(chosen, key=_id))
        chosen = max(saving, key=lambda few: price(few).discount.minor)


def _subsets(offers: _Chosen) -> Iterator[_Chosen]:
    return chain.from_iterable(combinations(offers, size) for size in range(len(offers) + 1))


def _discount(tried: tuple[_Chosen, Quote]) -> int:
    return tried[1].discount.minor


def _id(offer: Promotion) -> str:
    return offer.id


@frozen(kw_only=True)
class NextOffer(Outcome):
    """An offer that is nearly reached.

    Attributes:
        offer: its id.
        missing: how much more must be spent, or None where units are missing.
        units: how many more units are needed.
        saves: what it would take off then.
    """

    offer: str
    missing: Money | None
    units: int
    saves: Money


@frozen
class NearlyThere(Reason):
    """What is missing to an offer, and what it would save."""

    says: ClassVar[Says] = says("%(offer)s would save %(saves)s")
    offer: str
    saves: Money


@frozen
class NoneNear(Reason):
    """No offer is within reach by buying more."""

    says: ClassVar[Says] = says("no other offer can be reached by buying more")


def next_best_offer(
    order: Order,
    /,
    *,
    offers: tuple[Promotion, ...],
    at: datetime,
    codes: tuple[str, ...] = (),
    known: Known = NOTHING,
    floors: Pairs[Money] = _NO_FLOORS,
    stacking: Stacking = STACKING,
) -> Granted[NextOffer] | Declined:
    """The offer that would save most of those that more money or more units would bring.

    Each is tried on the order with more of the dearest line that it judges, exactly as much as
    is missing. One that saves nothing then, or that takes the place of a better one, is left out.
    """
    price = partial(
        quote, offers=offers, at=at, codes=codes, known=known, floors=floors, stacking=stacking
    )
    found: list[tuple[NextOffer, Reason]] = []
    now = price(order)
    decisions = {answer.offer: answer.decision for answer in now.answers}
    for offer in sorted(offers, key=_id):
        lacks = _lacking(decisions[offer.id])
        line = _dearest(order, offer, known.find(Catalog))
        if lacks is None or line is None:
            continue
        missing, units, why = lacks
        after = price(_with_more(order, line, missing, units))
        decision = after.why(offer.id)
        if decision and after.discount > now.discount:
            saves = decision.value.amount
            found.append(
                (NextOffer(offer=offer.id, missing=missing, units=units, saves=saves), why)
            )
    if not found:
        return Declined((NoneNear(),))
    best, lacking = max(found, key=lambda each: each[0].saves.minor)
    return Granted(best, (NearlyThere(best.offer, best.saves), lacking))


def _lacking(
    decision: Decision[Adjustment],
) -> tuple[Money | None, int, SpendMore | AddMore] | None:
    """The money and the units that are missing, if nothing else is."""
    missing: Money | None = None
    units = 0
    lacks: list[SpendMore | AddMore] = []
    for reason in decision.reasons:
        if isinstance(reason, SpendMore):
            missing = reason.missing
        elif isinstance(reason, AddMore):
            units = reason.units
        else:
            return None
        lacks.append(reason)
    return missing, units, lacks[0]


def _dearest(order: Order, offer: Promotion, catalog: Catalog | None) -> Line | None:
    selection = offer.basis or offer.gives.meant
    meant = [line for line in order.lines if bought(line) and selection.has(line, catalog)]
    return max(meant, key=lambda line: line.unit_price.minor, default=None)


def _with_more(order: Order, line: Line, missing: Money | None, units: int) -> Order:
    """The order with more units of a line, or with one more of them at just what is missing."""
    price = line.unit_price if missing is None else missing
    ids = "".join(each.id for each in order.lines)
    more = evolve(line, id=f"{ids}+", quantity=max(units, 1), unit_price=price, discounts=())
    return evolve(order, lines=(*order.lines, more))
