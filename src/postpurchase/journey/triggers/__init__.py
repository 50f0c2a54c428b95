"""Everything that can begin a journey: triggers under one roof."""

from postpurchase.journey.triggers.season import Birthday as Birthday
from postpurchase.journey.triggers.season import PurchaseAnniversary as PurchaseAnniversary
from postpurchase.journey.triggers.season import UsedUp as UsedUp
from postpurchase.journey.triggers.story import ExpectedLater as ExpectedLater
from postpurchase.journey.triggers.story import FirstOrderDelivered as FirstOrderDelivered
from postpurchase.journey.triggers.story import Happened as Happened
from postpurchase.journey.triggers.story import LatestOrder as LatestOrder
from postpurchase.journey.triggers.story import OrderDelivered as OrderDelivered
from postpurchase.journey.triggers.story import OrderPlaced as OrderPlaced
from postpurchase.journey.triggers.story import Overdue as Overdue
from postpurchase.journey.triggers.story import ParcelDelivered as ParcelDelivered
from postpurchase.journey.triggers.story import ParcelReached as ParcelReached
from postpurchase.journey.triggers.story import ParcelShipped as ParcelShipped
from postpurchase.journey.triggers.story import Silent as Silent
from postpurchase.journey.triggers.turns import ArrivesSoon as ArrivesSoon
from postpurchase.journey.triggers.turns import ExchangeShipped as ExchangeShipped
from postpurchase.journey.triggers.turns import MoneyReturned as MoneyReturned
from postpurchase.journey.triggers.turns import OrderCancelled as OrderCancelled
from postpurchase.journey.triggers.turns import OrderChanged as OrderChanged
from postpurchase.journey.triggers.turns import OrderWithdrawn as OrderWithdrawn
from postpurchase.journey.triggers.turns import PaidLater as PaidLater
from postpurchase.journey.triggers.turns import PartShipped as PartShipped
from postpurchase.journey.triggers.turns import PaymentFailed as PaymentFailed
from postpurchase.journey.triggers.turns import PointsExpire as PointsExpire
from postpurchase.journey.triggers.turns import TierReached as TierReached

__all__ = [
    "ArrivesSoon",
    "Birthday",
    "ExchangeShipped",
    "ExpectedLater",
    "FirstOrderDelivered",
    "Happened",
    "LatestOrder",
    "MoneyReturned",
    "OrderCancelled",
    "OrderChanged",
    "OrderDelivered",
    "OrderPlaced",
    "OrderWithdrawn",
    "Overdue",
    "PaidLater",
    "ParcelDelivered",
    "ParcelReached",
    "ParcelShipped",
    "PartShipped",
    "PaymentFailed",
    "PointsExpire",
    "PurchaseAnniversary",
    "Silent",
    "TierReached",
    "UsedUp",
]
