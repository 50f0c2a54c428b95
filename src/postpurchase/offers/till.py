"""The till: it asks every offer whether it holds, and applies them phase by phase."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import groupby

from postpurchase.domain.decision import Decision, Declined, Granted, Reason
from postpurchase.domain.moment import instant
from postpurchase.domain.money import Money
from postpurchase.domain.offer import Offer
from postpurchase.domain.order import Order
from postpurchase.domain.product import Catalog
from postpurchase.domain.rule import Known
from postpurchase.offers.adjustment import Adjustment
from postpurchase.offers.benefit import Cutting, Phase
from postpurchase.offers.cart import Cart
from postpurchase.offers.code import normalised
from postpurchase.offers.extra import GiftWith, GiveAfter
from postpurchase.offers.promotions import NO_LIMIT, Beside, Promotion
from postpurchase.offers.stacking import Mode, Stacking
from postpurchase.offers.uses import NEVER, Usage, Used
from postpurchase.offers.why import (
    AddMore,
    BudgetSpent,
    CodeNeeded,
    Cut,
    Ended,
    Excluded,
    Foreign,
    Gives,
    NothingLeft,
    NothingMeant,
    NotYet,
    OtherCountry,
    OtherCurrency,
    OtherHours,
    Outdone,
    Saves,
    SpendMore,
    UsedByYou,
    UsedUp,
)


class Till:
    """One order on its way through the offers."""

    order: Order
    at: datetime
    codes: frozenset[str]
    known: Known
    used: dict[str, Used]
    cart: Cart

    def __init__(
        self,
        order: Order,
        *,
        at: datetime,
        codes: frozenset[str],
        known: Known,
        floors: Mapping[str, Money],
    ) -> None:
        """An order, the codes that were entered (normalised), and what is known."""
        self.order, self.at, self.codes = order, instant(at), codes
        self.known = known.add(order)
        self.used = dict((known.find(Usage) or Usage()).by_scope)
        self.cart = Cart(order, floors, known.find(Catalog))
        self.adjustments: list[Adjustment] = []

    def apply(
        self, offers: Iterable[Promotion], stacking: Stacking, /
    ) -> dict[str, Decision[Adjustment]]:
        """Apply what applies of these, in this order within a lane; what was decided, by id."""
        answers: dict[str, Decision[Adjustment]] = {}
        open_: list[Promotion] = []
        for offer in offers:
            barred = tuple(self._bars(offer))
            if barred:
                answers[offer.id] = Declined(barred)
            else:
                open_.append(offer)
        alone = next((offer for offer in open_ if self._alone(offer)), None)
        if alone is not None:
            others = [offer for offer in open_ if offer is not alone]
            answers.update({each.id: Declined((Excluded(alone.id),)) for each in others})
            open_ = [alone]
        for _, group in groupby(sorted(open_, key=_lane_order(stacking)), key=_lane):
            members = list(group)
            answers.update(self._run(members, stacking.mode(members[0].lane)))
        return answers

    # -- whether an offer holds at all

    def _bars(self, offer: Promotion) -> Iterator[Reason]:
        if offer.code and normalised(offer.code) not in self.codes:
            yield CodeNeeded()
            return
        if offer.customer and offer.customer != self.order.customer:
            yield Foreign()
            return
        yield from self._times(offer)
        yield from self._uses(offer)
        country = self.order.ship_to.country if self.order.ship_to is not None else ""
        if offer.countries and country not in offer.countries:
            yield OtherCountry()
        currency = self.order.currency
        unlike = _unlike(offer.minimum, currency) or _unlike(offer.limit.budget, currency)
        if unlike or not offer.gives.speaks(currency):
            yield OtherCurrency(currency)
        if offer.when is not None:
            finding = offer.when.check(self.known)
            if not finding:
                yield from finding.reasons()

    def _times(self, offer: Promotion) -> Iterator[Reason]:
        validity = offer.validity
        if validity.starts is not None and self.at < validity.starts:
            yield NotYet(validity.starts)
        if validity.ends is not None and validity.ends <= self.at:
            yield Ended(validity.ends)
        if validity.hours is not None and not validity.hours.containing(self.at, validity.zone):
            yield OtherHours()

    def _uses(self, offer: Promotion) -> Iterator[Reason]:
        limit = offer.limit
        if limit is NO_LIMIT:
            return
        used = self.used.get(offer.scope, NEVER)
        if limit.total is not None and used.total >= limit.total:
            yield UsedUp(used.total)
        if limit.each is not None and used.by_customer >= limit.each:
            yield UsedByYou()

    def _alone(self, offer: Promotion) -> bool:
        return offer.beside is Beside.NOTHING and isinstance(
            self._try(offer, self.cart.net), Cutting
        )

    # -- one lane of one phase

    def _run(self, members: list[Promotion], mode: Mode) -> dict[str, Decision[Adjustment]]:
        start = list(self.cart.net)
        if mode is Mode.BEST:
            return self._choose(members, self._best(members))
        if mode is Mode.FIRST:
            holds = (each for each in members if isinstance(self._try(each, start), Cutting))
            return self._choose(members, next(holds, None))
        answers: dict[str, Decision[Adjustment]] = {}
        for offer in members:
            base = start if mode is Mode.ALL_FROM_START else self.cart.net
            answers[offer.id] = self._decide(offer, self._try(offer, base))
        return answers

    def _best(self, members: list[Promotion]) -> Promotion | None:
        found = [(each, self._try(each, self.cart.net)) for each in members]
        saving = [(cut.amount, each) for each, cut in found if isinstance(cut, Cutting)]
        return max(saving, key=_amount)[1] if saving else None

    def _choose(
        self, members: list[Promotion], chosen: Promotion | None
    ) -> dict[str, Decision[Adjustment]]:
        tried = {each.id: self._try(each, self.cart.net) for each in members}
        answers: dict[str, Decision[Adjustment]] = {}
        for offer in members:
            found = tried[offer.id]
            if chosen is not None and offer is not chosen and isinstance(found, Cutting):
                answers[offer.id] = Declined((Outdone(chosen.id),))
            else:
                answers[offer.id] = self._decide(offer, found)
        return answers

    # -- one offer

    def _try(self, offer: Promotion, start: list[int]) -> Cutting | tuple[Reason, ...]:
        """What it would take off now, or what is missing."""
        gone = tuple(self._uses(offer))  # others of its scope may have been applied just now
        if gone:
            return gone
        meant = self.cart.chosen(offer.gives.meant)
        if not meant:
            return (NothingMeant(),)
        missing: list[Reason] = []
        judged = meant if offer.basis is None else self.cart.chosen(offer.basis)
        if offer.minimum is not None:
            short = offer.minimum.minor - sum([self.cart.net[at] for at in judged])
            if short > 0:
                missing.append(SpendMore(Money(short, self.cart.currency)))
        units = offer.units - sum([self.cart.quantity[at] for at in judged])
        units = max(units, offer.gives.lacks(self.cart))
        if units > 0:
            missing.append(AddMore(units))
        if missing:
            return tuple(missing)
        cut = offer.gives.cut(self.cart, start)
        if not cut.amount and not cut.gifts:
            return (NothingLeft(),)
        left = self._budget_left(offer)
        if left is not None and cut.amount > left.minor:
            return (BudgetSpent(left),)
        return cut

    def _budget_left(self, offer: Promotion) -> Money | None:
        budget = offer.limit.budget
        if budget is None:
            return None
        return budget - self.used.get(offer.scope, NEVER).spent_in(budget.currency)

    def _decide(
        self, offer: Promotion, found: Cutting | tuple[Reason, ...]
    ) -> Decision[Adjustment]:
        if not isinstance(found, Cutting):
            return Declined(found)
        self.cart.take(found.parts)
        if found.shipping:
            self.cart.take_shipping(found.shipping)
        adjustment = self._adjustment(offer, found)
        self.adjustments.append(adjustment)
        self.used[offer.scope] = self.used.get(offer.scope, NEVER).again(adjustment.amount)
        saves = Saves(adjustment.amount) if found.amount else Gives()
        cut = (Cut(Money(found.left, self.cart.currency)),) if found.left else ()
        return Granted(adjustment, (saves, *cut))

    def _adjustment(self, offer: Promotion, cut: Cutting) -> Adjustment:
        currency, lines = self.cart.currency, self.cart.lines
        return Adjustment(
            offer=offer.id,
            amount=Money(cut.amount, currency),
            lines=tuple(
                [(lines[at].id, Money(part, currency)) for at, part in sorted(cut.parts.items())]
            ),
            shipping=Money(sum(cut.shipping), currency) if cut.shipping else None,
            gives=_given(offer),
            times=cut.gifts,
        )


def _given(offer: Promotion) -> Offer | None:
    gives = offer.gives
    if isinstance(gives, GiftWith):
        return gives.gift
    return gives.offer if isinstance(gives, GiveAfter) else None


def _lane(offer: Promotion) -> tuple[Phase, str]:
    return (offer.gives.phase, offer.lane)


def _lane_order(stacking: Stacking) -> Callable[[Promotion], tuple[int, tuple[int, str]]]:
    def place(offer: Promotion) -> tuple[int, tuple[int, str]]:
        return (offer.gives.phase.value, stacking.place(offer.lane))

    return place


def _amount(found: tuple[int, Promotion]) -> int:
    return found[0]


def _unlike(money: Money | None, currency: str) -> bool:
    return money is not None and money.currency != currency
