"""What something done earns: matching rules, boosts, caps, and one rounding at the end."""

from datetime import datetime
from fractions import Fraction
from math import floor
from typing import Final
from zoneinfo import ZoneInfo

from attrs import field, frozen

from postpurchase.domain.decision import Declined, Granted, Outcome, Reason
from postpurchase.domain.moment import instant
from postpurchase.domain.money import Money
from postpurchase.domain.product import Catalog
from postpurchase.domain.rule import NOTHING, Known
from postpurchase.errors import InvalidProgramme
from postpurchase.rewards.basis import Basis
from postpurchase.rewards.deed import Deed
from postpurchase.rewards.earn import Boost, Combine, Earn, Round
from postpurchase.rewards.limit import Budgets, Given, GivenSoFar, counted, too_soon
from postpurchase.rewards.why import (
    BoostedBy,
    Capped,
    EarnedBy,
    LessThanOne,
    NoRule,
    NotMeant,
    NotNow,
    OtherCurrency,
    SpendMore,
    Superseded,
    TooOften,
    shown,
)

_UTC: Final = ZoneInfo("UTC")
_DEFAULT_BASIS: Final = Basis()


@frozen
class Share:
    """What one rule contributed: exact after boosts and caps, and the whole points of it."""

    rule: str
    exact: Fraction
    points: int


@frozen(kw_only=True)
class Award(Outcome):
    """Points earned for one thing done.

    Attributes:
        deed: the key of what was done.
        points: how many are given.
        desired: how many it would have been without caps and budgets.
        shares: what each rule contributed; their points add up to those given.
    """

    deed: str
    points: int
    desired: int
    shares: tuple[Share, ...]


def _named_once(_: object, __: object, rules: tuple[Earn, ...], /) -> None:
    names = [rule.name for rule in rules]
    if len(set(names)) != len(names):
        raise InvalidProgramme(
            part="Earning",
            what="each rule has a name of its own",
            given=", ".join(names),
            advice="limits and budgets are counted by name",
        )


@frozen(kw_only=True)
class Earning:
    """How a programme gives points.

    The base of every matching rule is added up exactly, multiplied by every matching boost,
    bounded by caps and budgets, and rounded once.

    Attributes:
        rules: what gives points; their order does not matter.
        boosts: what multiplies them.
        basis: which part of an order earns.
        combine: whether matching rules add up.
        rounding: what happens to a part of a point.
        zone: where the days and hours of limits and happy hours are counted.
    """

    rules: tuple[Earn, ...] = field(validator=_named_once)
    boosts: tuple[Boost, ...] = ()
    basis: Basis = _DEFAULT_BASIS
    combine: Combine = Combine.SUM
    rounding: Round = Round.FLOOR
    zone: ZoneInfo = _UTC

    def decide(
        self, subject: Deed, /, *, at: datetime, known: Known = NOTHING
    ) -> Granted[Award] | Declined:
        """What a deed earns, less what was refunded of it.

        Hours, limits and periods are judged at the instant of the deed, not at *at*, so that the
        same deed earns the same whenever it is asked.

        Args:
            subject: what was done; the refunds that count stand on it.
            at: the instant of the decision; a deed of the future earns nothing yet.
            known: `Catalog`, `GivenSoFar`, `Budgets` where they matter, and what the rules ask for.
        """
        if subject.at > instant(at):
            return Declined((LessThanOne(),))
        known = known.add(subject) if subject.order is None else known.add(subject, subject.order)
        matching, why = self._matching(subject, known)
        chosen, superseded = self._choose(matching)
        factor, boosted = self._factor(subject, known)
        wanted = {rule.name: exact * factor for rule, exact in chosen}
        allowed = {
            rule.name: self._allowed(rule, wanted[rule.name], subject, known) for rule, _ in chosen
        }
        points = self.rounding.of(sum(allowed.values(), start=Fraction(0)))
        capped = tuple(
            Capped(name, shown(allowed[name])) for name in wanted if allowed[name] < wanted[name]
        )
        if points < 1:
            nothing = (LessThanOne(),) if chosen and not capped else ()
            return Declined((*capped, *superseded, *why, *nothing) or (NoRule(),))
        award = Award(
            deed=subject.key,
            points=points,
            desired=self.rounding.of(sum(wanted.values(), start=Fraction(0))),
            shares=_shares(allowed, points),
        )
        earned = tuple(EarnedBy(rule.name, shown(exact)) for rule, exact in chosen)
        return Granted(award, (*earned, *boosted, *capped, *superseded))

    def _matching(
        self, deed: Deed, known: Known
    ) -> tuple[list[tuple[Earn, Fraction]], list[Reason]]:
        matching: list[tuple[Earn, Fraction]] = []
        why: list[Reason] = []
        for rule in sorted(self.rules, key=_name):
            if rule.on is not deed.trigger:
                continue
            base = self._base(rule, deed, known)
            if isinstance(base, Fraction):
                matching.append((rule, base))
            else:
                why.extend(base)
        return matching, why

    def _base(self, rule: Earn, deed: Deed, known: Known) -> Fraction | tuple[Reason, ...]:
        """The exact points of a rule before boosts, or why it does not match."""
        if rule.what not in {"", deed.what} or (rule.numbers and deed.number not in rule.numbers):
            return (NotMeant(rule.name),)
        if rule.hours is not None and rule.hours.containing(deed.at, self.zone) is None:
            return (NotNow(rule.name),)
        if rule.often is not None and too_soon(_given(rule, known), rule.often, deed.at, self.zone):
            return (TooOften(rule.name),)
        if rule.when is not None:
            finding = rule.when.check(known)
            if not finding:
                return finding.reasons()
        return self._of_order(rule, deed, known)

    def _of_order(self, rule: Earn, deed: Deed, known: Known) -> Fraction | tuple[Reason, ...]:
        order = deed.order
        if order is None:
            return Fraction(rule.points)
        for money in (rule.per, rule.minimum):
            if money is not None and money.currency != order.currency:
                return (OtherCurrency(rule.name, order.currency),)
        selection, catalog = rule.selection, known.find(Catalog)
        basis = self.basis.of(order, deed.refunds, selection=selection, catalog=catalog)
        if rule.minimum is not None and basis < rule.minimum.minor:
            missing = rule.minimum.minor - floor(basis)
            return (SpendMore(rule.name, Money(missing, order.currency)),)
        if rule.per is not None:
            return Fraction(rule.points) * basis / rule.per.minor
        return Fraction(rule.points) if basis else (NotMeant(rule.name),)

    def _choose(
        self, matching: list[tuple[Earn, Fraction]]
    ) -> tuple[list[tuple[Earn, Fraction]], list[Superseded]]:
        if not matching:
            return [], []
        if any(rule.alone for rule, _ in matching):
            best = max(matching, key=_rank)
        elif self.combine is Combine.BEST:
            best = max(matching, key=_points)
        else:
            return matching, []
        others = [rule for rule, _ in matching if rule is not best[0]]
        return [best], [Superseded(rule.name, best[0].name) for rule in others]

    def _factor(self, deed: Deed, known: Known) -> tuple[Fraction, list[BoostedBy]]:
        factor = Fraction(1)
        why: list[BoostedBy] = []
        for boost in self.boosts:
            now = boost.hours is None or boost.hours.containing(deed.at, self.zone) is not None
            holds = boost.when is None or bool(boost.when.check(known))
            if boost.on is deed.trigger and now and holds:
                factor *= Fraction(boost.factor)
                why.append(BoostedBy(boost.name, boost.factor))
        return factor, why

    def _allowed(self, rule: Earn, wanted: Fraction, deed: Deed, known: Known) -> Fraction:
        if rule.cap is not None:
            used = counted(_given(rule, known), rule.cap.every, deed.at, self.zone)
            wanted = rule.cap.short.of(wanted, rule.cap.most - used)
        budgets = known.find(Budgets)
        budget = budgets.of(rule.name) if budgets is not None else None
        return wanted if budget is None else budget.short.of(wanted, budget.left)


def _given(rule: Earn, known: Known) -> tuple[Given, ...]:
    so_far = known.find(GivenSoFar)
    return so_far.of(rule.name) if so_far is not None else ()


def _name(rule: Earn) -> str:
    return rule.name


def _rank(match: tuple[Earn, Fraction]) -> int:
    return match[0].alone


def _points(match: tuple[Earn, Fraction]) -> Fraction:
    return match[1]


def _shares(exact: dict[str, Fraction], points: int) -> tuple[Share, ...]:
    """Whole points for each rule that add up: the largest fractions are rounded up."""
    whole = {name: floor(share) for name, share in exact.items()}
    rest = sorted(exact, key=lambda name: exact[name] - whole[name], reverse=True)
    for name in rest[: points - sum(whole.values())]:
        whole[name] += 1
    return tuple(Share(name, exact[name], whole[name]) for name in exact)
