"""What ends a journey early, and what makes it wait: facts about what an entry is about."""

from typing import final

from attrs import frozen
from typing_extensions import override

from postpurchase.domain.customer import Consent, ConsentState
from postpurchase.domain.decision import Reason
from postpurchase.domain.event import (
    AccountCreated,
    ReturnClosed,
    ReturnDeclined,
    ReturnOpened,
    ReviewPosted,
    SignedUp,
    SurveyAnswered,
    TicketClosed,
    TicketOpened,
    TicketReplied,
    settled,
)
from postpurchase.domain.message import Channel
from postpurchase.domain.shipment import Shipment
from postpurchase.journey import began, reason
from postpurchase.journey.entry import Entry, Exit
from postpurchase.journey.scene import Scene


@final
@frozen
class IfCancelled(Exit):
    """The order was cancelled whole."""

    @override
    def met(self, entry: Entry, scene: Scene, /) -> Reason | None:
        order = entry.order
        if order is None or not order.cancellations or not order.cancelled:
            return None
        return reason.OrderCancelled(order.id)


@final
@frozen
class IfRefunded(Exit):
    """Nothing of the order was kept; a partial refund does not end anything."""

    @override
    def met(self, entry: Entry, scene: Scene, /) -> Reason | None:
        order = entry.order
        return reason.OrderRefunded(order.id) if order and scene.refunded(order) else None


@final
@frozen
class IfReturning(Exit):
    """A return of the order was opened and not declined, or all that was delivered goes back."""

    @override
    def met(self, entry: Entry, scene: Scene, /) -> Reason | None:
        if entry.order is None:
            return None
        id = entry.order.id
        opened = [each.id for each in scene.all(ReturnOpened) if each.order == id]
        if opened:
            declined = {each.return_id for each in scene.all(ReturnDeclined)}
            if not declined.issuperset(opened):
                return reason.ReturnOpened(id)
        return _going_back(scene.parcels(id))


def _going_back(parcels: tuple[Shipment, ...], /) -> Reason | None:
    arrived = [each for each in parcels if each.state.delivered_at]
    if not arrived or any(each.delivered for each in arrived):
        return None
    return began.ParcelIs(arrived[-1].id, arrived[-1].state.stage)


@final
@frozen
class IfDelivered(Exit):
    """The parcel arrived."""

    @override
    def met(self, entry: Entry, scene: Scene, /) -> Reason | None:
        parcel = entry.parcel
        if parcel is None or parcel.state.delivered_at is None:
            return None
        return began.ParcelWasDelivered(parcel.id)


@final
@frozen
class IfOrderedAgain(Exit):
    """A newer order came that was not cancelled."""

    @override
    def met(self, entry: Entry, scene: Scene, /) -> Reason | None:
        since = entry.order.at if entry.order else entry.anchor
        newer = (each for each in scene.orders if each.at > since and not each.cancelled)
        found = next(newer, None)
        return reason.OrderedAgain(found.id) if found else None


@final
@frozen
class IfBoughtAgain(Exit):
    """The same variant is in a newer order that was not cancelled."""

    @override
    def met(self, entry: Entry, scene: Scene, /) -> Reason | None:
        if entry.order is None:
            return None
        for order in scene.orders:
            newer = order.at > entry.order.at and not order.cancelled
            if newer and any(line.sku == entry.sku for line in order.lines):
                return reason.BoughtAgain(entry.sku)
        return None


@final
@frozen
class IfReviewed(Exit):
    """A review of the order, or of something in it, was posted."""

    @override
    def met(self, entry: Entry, scene: Scene, /) -> Reason | None:
        reviews = scene.all(ReviewPosted)
        if not reviews or entry.order is None:
            return None
        order = entry.order
        bought = {line.product for line in order.lines if line.product}
        for review in reviews:
            later = review.order is None and review.at >= order.at
            if review.order == order.id or (later and review.product in bought):
                return reason.ReviewWasPosted(order.id)
        return None


@final
@frozen
class IfAnswered(Exit):
    """A survey was answered since: about this order, or about none.

    Attributes:
        survey: the name of the survey; any when empty.
    """

    survey: str = ""

    @override
    def met(self, entry: Entry, scene: Scene, /) -> Reason | None:
        for answer in scene.all(SurveyAnswered):
            meant = self.survey in {"", answer.survey}
            about = entry.order is not None and answer.order == entry.order.id
            loose = answer.order is None and answer.at >= entry.anchor
            if meant and (about or loose):
                return reason.SurveyWasAnswered()
        return None


@final
@frozen
class IfAccount(Exit):
    """The customer has an account."""

    @override
    def met(self, entry: Entry, scene: Scene, /) -> Reason | None:
        customer = scene.customer
        has = scene.all(AccountCreated) or (customer is not None and not customer.guest)
        return reason.AccountWasCreated() if has else None


@final
@frozen
class IfGranted(Exit):
    """The customer has said yes to a channel, and has not taken it back."""

    channel: Channel

    @override
    def met(self, entry: Entry, scene: Scene, /) -> Reason | None:
        said = [each for each in scene.all(Consent) if each.channel is self.channel]
        granted = bool(said) and said[-1].state is ConsentState.GRANTED
        return reason.AlreadyGranted(self.channel) if granted else None


@final
@frozen
class IfSignedUp(Exit):
    """The customer has joined already: `newsletter`, `alerts`, `community`, `programme`."""

    what: str

    @override
    def met(self, entry: Entry, scene: Scene, /) -> Reason | None:
        joined = any(each.what == self.what for each in scene.all(SignedUp))
        return reason.AlreadySignedUp(self.what) if joined else None


@final
@frozen
class WhileTicketOpen(Exit):
    """A support ticket of the customer is open: nothing is asked and nothing is sold."""

    @override
    def met(self, entry: Entry, scene: Scene, /) -> Reason | None:
        opened = scene.all(TicketOpened)
        if not opened:
            return None
        closed = settled(scene.all(TicketReplied), scene.all(TicketClosed))
        found = next((each for each in opened if each.id not in closed), None)
        return reason.TicketIsOpen(found.id) if found else None


@final
@frozen
class WhileReturnOpen(Exit):
    """Something of the customer is on its way back."""

    @override
    def met(self, entry: Entry, scene: Scene, /) -> Reason | None:
        opened = scene.all(ReturnOpened)
        if not opened:
            return None
        ended = {each.return_id for each in scene.all(ReturnClosed)}
        ended |= {each.return_id for each in scene.all(ReturnDeclined)}
        found = next((each for each in opened if each.id not in ended), None)
        return reason.ReturnIsOpen(found.id) if found else None
