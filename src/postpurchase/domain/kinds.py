"""The kinds of message that the library has words for: what each says, never when.

`requires` names what must be found before a kind can be rendered: the order, the parcel, the
review that it is about, or an answer that the action brings. A shop's own kind is another `Kind`.
"""

from typing import Final

from postpurchase.domain.message import Channel, Kind, Purpose

_MAIL: Final = (Channel.EMAIL,)
_ALL: Final = (Channel.EMAIL, Channel.SMS, Channel.PUSH, Channel.WHATSAPP, Channel.IN_APP)
_SEEN: Final = (Channel.EMAIL, Channel.PUSH, Channel.IN_APP, Channel.SITE)
_URGENT: Final = (Channel.PUSH, Channel.SMS, Channel.WHATSAPP, Channel.EMAIL, Channel.IN_APP)
_ASKED: Final = (Channel.EMAIL, Channel.SMS, Channel.IN_APP, Channel.SITE)

_HELP: Final = ("path", "guides", "answers", "availability")
_MORE: Final = ("suggestions", "offer", "invitation")


def _contract(
    name: str,
    *requires: str,
    channels: tuple[Channel, ...] = _ALL,
    blocks: tuple[str, ...] = (*_HELP, "points", "tier", "survey", "feedback", "idea", *_MORE),
) -> Kind:
    return Kind(
        name=name,
        purpose=Purpose.TRANSACTIONAL,
        channels=channels,
        requires=requires,
        blocks=blocks,
    )


def _service(name: str, *requires: str, channels: tuple[Channel, ...] = _SEEN) -> Kind:
    return Kind(
        name=name,
        purpose=Purpose.SERVICE,
        channels=channels,
        requires=requires,
        blocks=(*_HELP, "points", "tier", "survey", "feedback", "idea", *_MORE),
    )


def _asking(name: str, *requires: str, channels: tuple[Channel, ...] = _ASKED) -> Kind:
    return Kind(
        name=name,
        purpose=Purpose.SOLICITATION,
        channels=channels,
        requires=requires,
        blocks=(*_HELP, "points", "tier", "idea", *_MORE),
    )


def _promotion(name: str, *requires: str, channels: tuple[Channel, ...] = _ASKED) -> Kind:
    return Kind(
        name=name,
        purpose=Purpose.MARKETING,
        channels=channels,
        requires=requires,
        blocks=("points", "tier", *_MORE, "guides"),
    )


ORDER_CONFIRMATION: Final = _contract("order_confirmation", "order")
THANK_YOU: Final = _service("thank_you", "order")
INVOICE: Final = _contract("invoice", "order", channels=_MAIL)
PAYMENT_FAILED: Final = _contract("payment_failed", "order")
ORDER_CHANGED: Final = _contract("order_changed", "order")
ORDER_CANCELLED: Final = _contract("order_cancelled", "order")

SHIPPED: Final = _contract("shipped", "order", "shipment")
PARTLY_SHIPPED: Final = _contract("partly_shipped", "order", "shipment")
ARRIVING_TOMORROW: Final = _contract("arriving_tomorrow", "order", "shipment", channels=_URGENT)
OUT_FOR_DELIVERY: Final = _contract("out_for_delivery", "order", "shipment", channels=_URGENT)
READY_FOR_PICKUP: Final = _contract("ready_for_pickup", "order", "shipment", channels=_URGENT)
DELIVERED: Final = _contract("delivered", "order", "shipment")
DELAYED: Final = _contract("delayed", "order", "shipment")
DELIVERY_EXCEPTION: Final = _contract("delivery_exception", "order", "shipment")

HOW_TO: Final = _service("how_to", "order")
CHECK_IN: Final = _service("check_in", "order")
SURVEY: Final = _asking("survey", "order")
REVIEW_REQUEST: Final = _asking("review_request", "order")
REVIEW_REMINDER: Final = _asking("review_reminder", "order")
REVIEW_PUBLISHED: Final = _service("review_published", "review")

COMPLEMENT: Final = _promotion("complement", "order", "suggestions")
REFILL: Final = _promotion("refill", "order")
POINTS_EARNED: Final = _service("points_earned", "points")
POINTS_EXPIRING: Final = _service("points_expiring", "points")
TIER_REACHED: Final = _service("tier_reached", "tier")
BIRTHDAY: Final = _promotion("birthday")
PURCHASE_ANNIVERSARY: Final = _promotion("purchase_anniversary", "order")
WIN_BACK: Final = _promotion("win_back", "order")
COUPON: Final = _promotion("coupon", "offer")
REFERRAL_INVITATION: Final = _promotion("referral_invitation")
ACCOUNT_INVITATION: Final = _promotion("account_invitation", "order")
NEWSLETTER_INVITATION: Final = _asking("newsletter_invitation")
ALERT_INVITATION: Final = _asking("alert_invitation")

RETURN_APPROVED: Final = _contract("return_approved", "order")
RETURN_RECEIVED: Final = _contract("return_received", "order")
REFUNDED: Final = _contract("refunded", "order")
EXCHANGE_SHIPPED: Final = _contract("exchange_shipped", "order", "shipment")
WITHDRAWAL_ACKNOWLEDGED: Final = _contract("withdrawal_acknowledged", "order", channels=_MAIL)

KINDS: Final = (
    ORDER_CONFIRMATION,
    THANK_YOU,
    INVOICE,
    PAYMENT_FAILED,
    ORDER_CHANGED,
    ORDER_CANCELLED,
    SHIPPED,
    PARTLY_SHIPPED,
    ARRIVING_TOMORROW,
    OUT_FOR_DELIVERY,
    READY_FOR_PICKUP,
    DELIVERED,
    DELAYED,
    DELIVERY_EXCEPTION,
    HOW_TO,
    CHECK_IN,
    SURVEY,
    REVIEW_REQUEST,
    REVIEW_REMINDER,
    REVIEW_PUBLISHED,
    COMPLEMENT,
    REFILL,
    POINTS_EARNED,
    POINTS_EXPIRING,
    TIER_REACHED,
    BIRTHDAY,
    PURCHASE_ANNIVERSARY,
    WIN_BACK,
    COUPON,
    REFERRAL_INVITATION,
    ACCOUNT_INVITATION,
    NEWSLETTER_INVITATION,
    ALERT_INVITATION,
    RETURN_APPROVED,
    RETURN_RECEIVED,
    REFUNDED,
    EXCHANGE_SHIPPED,
    WITHDRAWAL_ACKNOWLEDGED,
)
