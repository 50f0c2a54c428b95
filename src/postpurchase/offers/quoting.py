"""What an order comes to with offers, codes and points, and why each one applied or did not."""

from datetime import datetime
from html import escape
from typing import Final

from attrs import evolve, frozen

from postpurchase.domain.decision import Decision, Declined, Outcome
from postpurchase.domain.money import Money
from postpurchase.domain.offer import Gift, Offer
from postpurchase.domain.order import Order
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.rule import NOTHING, Known
from postpurchase.errors import InvalidProgramme
from postpurchase.offers.adjustment import Adjustment
from postpurchase.offers.cart import Cart
from postpurchase.offers.code import normalised
from postpurchase.offers.promotions import Promotion
from postpurchase.offers.stacking import STACKING, Stacking
from postpurchase.offers.tax import tax_on_top
from postpurchase.offers.till import Till
from postpurchase.offers.why import BudgetSpent, Ended, Foreign, NotYet, UnknownCode, UsedUp


@frozen
class Answer:
    """What was decided about one offer."""

    offer: str
    decision: Decision[Adjustment]


@frozen
class CodeAnswer:
    """What was decided about one code that was entered, and what may be said to anybody.

    `public` is the same for a code that does not exist, one of somebody else and one that is
    over; what is missing is told only for a code that holds.
    """

    code: str
    decision: Decision[Adjustment]
    public: Decision[Adjustment]


@frozen(kw_only=True)
class Quote(Outcome):
    """What an order comes to.

    Before taxes on top it is what the order came to less the sum of all adjustments, and no offer
    takes it below zero.

    Attributes:
        lines: what each line comes to, by line id.
        shipping: what all shipping charges come to.
        charges: what stands beside them, which no offer touches.
        tax: the taxes on top of all that, which `lines`, `shipping` and `charges` leave out; zero
            where prices include their taxes, and where the order has none (yet).
        adjustments: what was taken off or given, in the order in which it was applied.
        points_worth: what points pay of it.
        to_pay: what is left to pay.
        answers: what was decided about every offer, by its id.
        codes: what was decided about every code that was entered.
    """

    lines: tuple[tuple[str, Money], ...]
    shipping: Money
    charges: Money
    tax: Money
    adjustments: tuple[Adjustment, ...]
    points_worth: Money
    to_pay: Money
    answers: tuple[Answer, ...]
    codes: tuple[CodeAnswer, ...] = ()

    @property
    def goods(self) -> Money:
        """What all lines come to."""
        return Money.sum((net for _, net in self.lines), currency=self.shipping.currency)

    @property
    def before_tax(self) -> Money:
        """Lines, shipping and charges, before taxes on top."""
        return self.goods + self.shipping + self.charges

    @property
    def total(self) -> Money:
        """Lines, shipping, charges and taxes on top, before points pay."""
        return self.before_tax + self.tax

    @property
    def discount(self) -> Money:
        """All that was taken off."""
        off = (adjustment.amount for adjustment in self.adjustments)
        return Money.sum(off, currency=self.shipping.currency)

    @property
    def gifts(self) -> tuple[tuple[Gift, int], ...]:
        """What goes into the box for free, and how often."""
        return tuple(
            (each.gives, each.times) for each in self.adjustments if isinstance(each.gives, Gift)
        )

    @property
    def given(self) -> tuple[Offer, ...]:
        """What is given for later."""
        return tuple(
            each.gives
            for each in self.adjustments
            if each.gives is not None and not isinstance(each.gives, Gift)
        )

    def taxed(self, tax: Money, /, *, points_worth: Money | None = None) -> "Quote":
        """The same with these taxes on top, for a shop whose platform counts them on the nets.

        Args:
            tax: all taxes that come on top of lines, shipping and charges.
            points_worth: what the points are worth that shall be used; unless stated, points pay
                what they paid before.
        """
        total = self.before_tax + tax
        paid = _paid(self.points_worth if points_worth is None else points_worth, total)
        return evolve(self, tax=tax, points_worth=paid, to_pay=total - paid)

    def why(self, offer: str, /) -> Decision[Adjustment] | None:
        """What was decided about the offer of this id; None where it was not among them."""
        return next((each.decision for each in self.answers if each.offer == offer), None)

    def explain(self) -> str:
        """A line for every offer, those that did not apply too."""
        return "\n".join(
            f"{'+' if each.decision else '-'} {each.offer}: "
            + "; ".join(str(reason) for reason in each.decision.reasons)
            for each in self.answers
        )

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td>{escape(each.offer)}</td><td>{escape(str(each.amount))}</td></tr>"
            for each in self.adjustments
        )
        return f"<table><caption>{escape(str(self.to_pay))}</caption>{rows}</table>"


def _in_order(offers: tuple[Promotion, ...]) -> list[Promotion]:
    """By priority, the highest first, and then by id."""
    ids = [offer.id for offer in offers]
    if len(set(ids)) != len(ids):
        raise InvalidProgramme(
            part="quote",
            what="each offer has an id of its own",
            given=", ".join(ids),
            advice="uses and reasons are told apart by it",
        )
    return sorted(offers, key=_rank)


def _rank(offer: Promotion) -> tuple[int, str]:
    return (-offer.priority, offer.id)


def _paid(points_worth: Money, total: Money) -> Money:
    """What points pay of a total."""
    if points_worth.minor < 0:
        raise InvalidProgramme(
            part="quote",
            what="points are worth nothing or more",
            given=str(points_worth),
            advice="pass what redeeming them takes off",
        )
    return min(points_worth, max(total, Money.zero(total.currency)))


_NO_FLOORS: Final[Pairs[Money]] = Pairs()


def quote(
    order: Order,
    /,
    *,
    offers: tuple[Promotion, ...],
    at: datetime,
    codes: tuple[str, ...] = (),
    points_worth: Money | None = None,
    known: Known = NOTHING,
    floors: Pairs[Money] = _NO_FLOORS,
    stacking: Stacking = STACKING,
) -> Quote:
    """What an order comes to with these offers.

    They run in phases (lines, order, shipping, what is given on top; points pay last), lane by
    lane, in a lane by priority and id. Minimums are judged on what those before left.

    Args:
        order: what is to be bought; discounts that stand on its lines are already off.
        offers: all that might apply.
        at: the instant.
        codes: what was entered, however it was typed.
        points_worth: what the points are worth that shall be used, as far as there is a total.
        known: `Catalog`, `Usage`, and what the conditions ask for.
        floors: the least that each line may come to, by line id; no discount goes below it.
        stacking: how offers of one lane stand to each other.

    Raises:
        InvalidProgramme: two offers have one id, or points are worth less than nothing.
        CurrencyMismatch: an amount that is passed is not in the currency of the order.
    """
    ordered = _in_order(offers)
    typed = {code: normalised(code) for code in codes}
    till = Till(order, at=at, codes=frozenset(typed.values()), known=known, floors=floors)
    answers = till.apply(ordered, stacking)
    cart, currency = till.cart, order.currency
    tax = tax_on_top(order, cart.net, cart.shipping)
    total = Money(cart.goods() + sum(cart.shipping), currency) + order.charged + tax
    paid = _paid(points_worth or Money.zero(currency), total)
    return Quote(
        lines=_nets(cart),
        shipping=Money(sum(cart.shipping), currency),
        charges=order.charged,
        tax=tax,
        adjustments=tuple(till.adjustments),
        points_worth=paid,
        to_pay=total - paid,
        answers=tuple(Answer(offer.id, answers[offer.id]) for offer in ordered),
        codes=tuple(_answered(code, raw, ordered, answers) for raw, code in typed.items()),
    )


def _nets(cart: Cart) -> tuple[tuple[str, Money], ...]:
    pairs = zip(cart.lines, cart.net, strict=True)
    return tuple((line.id, Money(net, cart.currency)) for line, net in pairs)


_HIDDEN: Final = (BudgetSpent, Ended, Foreign, NotYet, UnknownCode, UsedUp)


def _answered(
    code: str, raw: str, offers: list[Promotion], answers: dict[str, Decision[Adjustment]]
) -> CodeAnswer:
    """What is said of a code: by an offer that applies, else by one that its holder may hear of."""
    found = [answers[offer.id] for offer in offers if offer.code and normalised(offer.code) == code]
    decision = min(found, key=_told, default=Declined((UnknownCode(),)))
    if isinstance(decision, Declined) and _hides(decision):
        return CodeAnswer(raw, decision, decision.public())
    return CodeAnswer(raw, decision, decision)


def _told(decision: Decision[Adjustment]) -> tuple[bool, bool]:
    """Granted ones first, then those that hide nothing."""
    return (not decision, isinstance(decision, Declined) and _hides(decision))


def _hides(decision: Declined) -> bool:
    return any(isinstance(reason, _HIDDEN) for reason in decision.reasons)
