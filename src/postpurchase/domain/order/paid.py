"""What became of the money: payments, refunds and cancellations."""

from enum import StrEnum, unique

from attrs import field, frozen

from postpurchase.domain.expected import expected
from postpurchase.domain.fact import Fact
from postpurchase.domain.money import Money
from postpurchase.domain.order.line import units
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.told import told


@unique
class PaymentKind(StrEnum):
    """What was paid with."""

    CARD = "card"
    GIFT_CARD = "gift_card"
    STORE_CREDIT = "store_credit"
    CASH = "cash"
    OTHER = "other"


@unique
class PaymentState(StrEnum):
    """How far a payment got: only what is captured was paid; a refund says what went back for."""

    PENDING = "pending"
    AUTHORIZED = "authorized"
    CAPTURED = "captured"
    FAILED = "failed"
    VOIDED = "voided"
    REFUNDED = "refunded"


@frozen(kw_only=True, repr=False)
class Payment(Fact):
    """Money that came in, or was to come in, for an order.

    Attributes:
        order: the id of its order, where the payment stands alone.
        parent: the id of the authorisation that it captures or voids.
    """

    amount: Money
    state: PaymentState = field(
        default=PaymentState.CAPTURED,
        validator=expected(PaymentState, "PaymentState.CAPTURED or the like"),
    )
    kind: PaymentKind = PaymentKind.OTHER
    order: str = ""
    parent: str | None = None
    gateway: str = ""


@frozen(kw_only=True)
class RefundLine:
    """The part of a refund that is for one line; `amount` without taxes that came on top of it."""

    __repr__ = told

    line: str
    quantity: int = field(default=1, validator=units)
    amount: Money
    tax: Money | None = None
    restocked: bool = False


@frozen(kw_only=True, repr=False)
class Refund(Fact):
    """Money that went back.

    Attributes:
        amount: all that was given back, taxes and shipping included.
        lines: what it was for; units without money stand here, too.
        shipping: the part that is for shipping.
        order: the id of its order, where the refund stands alone.
        shop_amount: the amount in the shop's currency.
        declared: totals that the platform states for it, by the platform's names.
    """

    amount: Money
    lines: tuple[RefundLine, ...] = ()
    shipping: Money | None = None
    reason: str = ""
    order: str = ""
    payment: str | None = None
    shop_amount: Money | None = None
    declared: Pairs[Money] = Pairs()


@frozen(kw_only=True, repr=False)
class Cancellation(Fact):
    """Units that will not be sent: those in `lines`, or the whole order where that is empty."""

    lines: Pairs[int] = Pairs()
    reason: str = ""
    order: str = ""
