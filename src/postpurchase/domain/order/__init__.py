"""What was bought, and what became of the money; totals to the minor unit."""

from postpurchase.domain.order.line import Charge as Charge
from postpurchase.domain.order.line import ChargeKind as ChargeKind
from postpurchase.domain.order.line import Discount as Discount
from postpurchase.domain.order.line import Line as Line
from postpurchase.domain.order.line import Shipping as Shipping
from postpurchase.domain.order.line import Tax as Tax
from postpurchase.domain.order.order import Order as Order
from postpurchase.domain.order.paid import Cancellation as Cancellation
from postpurchase.domain.order.paid import Payment as Payment
from postpurchase.domain.order.paid import PaymentKind as PaymentKind
from postpurchase.domain.order.paid import PaymentState as PaymentState
from postpurchase.domain.order.paid import Refund as Refund
from postpurchase.domain.order.paid import RefundLine as RefundLine
from postpurchase.domain.order.promise import Promise as Promise

__all__ = [
    "Cancellation",
    "Charge",
    "ChargeKind",
    "Discount",
    "Line",
    "Order",
    "Payment",
    "PaymentKind",
    "PaymentState",
    "Promise",
    "Refund",
    "RefundLine",
    "Shipping",
    "Tax",
]
