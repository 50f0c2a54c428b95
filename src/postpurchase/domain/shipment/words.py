"""Where a parcel stands, as pages and replies say it: literals, for catalogs are made from them."""

from typing import Final

from postpurchase.domain.decision import Says, says
from postpurchase.domain.shipment.scan import Stage

STAGES: Final[dict[Stage, Says]] = {
    Stage.PENDING: says("Being prepared"),
    Stage.INFO_RECEIVED: says("Being prepared"),
    Stage.PICKED_UP: says("Picked up by the carrier"),
    Stage.IN_TRANSIT: says("On its way"),
    Stage.CUSTOMS: says("At customs"),
    Stage.OUT_FOR_DELIVERY: says("Out for delivery"),
    Stage.AVAILABLE_FOR_PICKUP: says("Ready for pickup"),
    Stage.ATTEMPT_FAILED: says("Nobody was there"),
    Stage.DELIVERED: says("Handed over"),
    Stage.RETURNING: says("On its way back"),
    Stage.RETURNED: says("Back with us"),
    Stage.LOST: says("Lost on its way"),
    Stage.DISPOSED: says("Could not be delivered"),
    Stage.CANCELLED: says("Cancelled"),
    Stage.EXCEPTION: says("Something went wrong"),
    Stage.UNKNOWN: says("News from the carrier"),
}
