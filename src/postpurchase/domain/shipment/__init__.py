"""Where it is, when it will come, and how far an order has come."""

from postpurchase.domain.order import Promise as Promise
from postpurchase.domain.shipment.eta import Eta as Eta
from postpurchase.domain.shipment.eta import EtaSource as EtaSource
from postpurchase.domain.shipment.fold import Notice as Notice
from postpurchase.domain.shipment.fold import State as State
from postpurchase.domain.shipment.fold import fold as fold
from postpurchase.domain.shipment.progress import Delivery as Delivery
from postpurchase.domain.shipment.progress import Fulfilment as Fulfilment
from postpurchase.domain.shipment.progress import LineProgress as LineProgress
from postpurchase.domain.shipment.progress import Progress as Progress
from postpurchase.domain.shipment.progress import progress as progress
from postpurchase.domain.shipment.scan import Flag as Flag
from postpurchase.domain.shipment.scan import Scan as Scan
from postpurchase.domain.shipment.scan import Stage as Stage
from postpurchase.domain.shipment.shipment import Direction as Direction
from postpurchase.domain.shipment.shipment import Leg as Leg
from postpurchase.domain.shipment.shipment import Proof as Proof
from postpurchase.domain.shipment.shipment import Scanned as Scanned
from postpurchase.domain.shipment.shipment import Shipment as Shipment

__all__ = [
    "Delivery",
    "Direction",
    "Eta",
    "EtaSource",
    "Flag",
    "Fulfilment",
    "Leg",
    "LineProgress",
    "Notice",
    "Progress",
    "Promise",
    "Proof",
    "Scan",
    "Scanned",
    "Shipment",
    "Stage",
    "State",
    "fold",
    "progress",
]
