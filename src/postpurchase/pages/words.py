"""The sentences that stand in the pages' values: literals, because catalogs are made from them."""

from typing import Final

from postpurchase.domain.decision import Says, says
from postpurchase.domain.order import ChargeKind

ORDERED: Final = says("Ordered")
HANDED_OVER: Final = says("With the carrier")

PREPARING: Final = says("Your order is being prepared")
ON_ITS_WAY: Final = says("Your order is on its way")
PARTLY_HERE: Final = says("Part of your order has arrived")
HERE: Final = says("Your order has arrived")
LATE: Final = says("Your order is late, and we are sorry")
CALLED_OFF: Final = says("Your order is cancelled")
TROUBLE: Final = says("Something went wrong with your order")
COMING_BACK: Final = says("Your order is on its way back to us")
NO_PARCEL: Final = says("Your order needs no parcel")

NOTHING_TO_DO: Final = says(
    "You need to do nothing: we watch the parcel and tell you when the day changes."
)
SOONER: Final = says("If you need it sooner, write to us and we look for another way.")
NO_LONGER: Final = says(
    "If you no longer want it, write to us: we take it back and return your money."
)
CARD_AT_THE_DOOR: Final = says(
    "Look for a card of the carrier at your door: it says when they come again."
)
BRING_A_NAME: Final = says("Please bring something that shows your name when you pick it up.")
AT_THE_BORDER: Final = says(
    "Parcels from abroad can wait here for some days. The carrier writes to you if anything is "
    "needed."
)
ASK_US: Final = says("Please write to us: we look for it, send it again or return your money.")
NOT_WITH_YOU: Final = says("Is it not with you? Please ask your neighbours, then write to us.")
STILL_WANTED: Final = says("Please write to us if you still want it.")
SILENT: Final = says(
    "There has been no news for some days. Please write to us if that worries you."
)

WELCOME: Final = says("Thank you, and welcome")
ONCE_AGAIN: Final = says("Thank you for your trust, once again")
FIRST_ORDER: Final = says(
    "This is your first order with us, and we are delighted about it: %(items)s."
)
CAME_BACK: Final = says("It means a lot to us that you came back. This time you chose: %(items)s.")

GET_READY: Final = says("We have received your order and are getting it ready.")
TELL_YOU: Final = says("You hear from us as soon as it is on its way, with a link to follow it.")
EXPECTED: Final = says("Expected delivery: %(when)s")
REACH_US: Final = says(
    "You can write to us at any time, before the parcel arrives and long after it."
)

BENEFITS: Final = (
    says("all orders, invoices and parcels in one place"),
    says("returns and exchanges with a few clicks"),
    says("faster ordering, because your address is known"),
)
ASSURANCE: Final = says(
    "We use your address only for your account and your orders, and delete both when you ask us to."
)

CHARGES: Final[dict[ChargeKind, Says]] = {
    ChargeKind.DUTY: says("Import duty"),
    ChargeKind.FEE: says("Fee"),
    ChargeKind.GIFT_WRAP: says("Gift wrapping"),
    ChargeKind.ROUNDING: says("Rounding"),
    ChargeKind.TIP: says("Tip"),
}
DELIVERY: Final = says("Delivery")
ADJUSTMENT: Final = says("Adjustment")
REFUND_OF: Final = says("Refund for order %(order)s")
INVOICE_OF: Final = says("Invoice %(number)s")
CREDIT_NOTE_OF: Final = says("Credit note %(number)s")
UNTAXED: Final = says("No tax")
TAX: Final = says("Tax")
INCLUDED: Final = says("Prices include tax.")
ON_TOP: Final = says("Tax is added to the prices.")

LABELS: Final[dict[str, Says]] = {
    "number": says("Number"),
    "issued": says("Date of issue"),
    "corrects": says("For invoice"),
    "order": says("Order"),
    "ordered": says("Placed on"),
    "seller": says("Sold by"),
    "buyer": says("Billed to"),
    "ship_to": says("It goes to"),
    "item": says("Item"),
    "quantity": says("Quantity"),
    "unit": says("Unit price"),
    "discount": says("Discount"),
    "rate": says("Tax rate"),
    "amount": says("Amount"),
    "base": says("Taxable amount"),
    "net": says("Total without tax"),
    "tax": says("Tax"),
    "total": says("Total"),
    "paid": says("Paid"),
    "due": says("Still to pay"),
    "refunded": says("Refunded"),
    "page": says("Page"),
}
