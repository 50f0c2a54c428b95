"""What a shop may write to whom, what it may ask, and what it must forget."""

from postpurchase.privacy.law import OWN_GROUND as OWN_GROUND
from postpurchase.privacy.law import Cap as Cap
from postpurchase.privacy.law import Cited as Cited
from postpurchase.privacy.law import Counting as Counting
from postpurchase.privacy.law import Duty as Duty
from postpurchase.privacy.law import Honour as Honour
from postpurchase.privacy.law import Hours as Hours
from postpurchase.privacy.law import Jurisdiction as Jurisdiction
from postpurchase.privacy.law import Language as Language
from postpurchase.privacy.law import Law as Law
from postpurchase.privacy.permission import Basis as Basis
from postpurchase.privacy.permission import Permissions as Permissions
from postpurchase.privacy.permission import country as country
from postpurchase.privacy.permission import erased as erased
from postpurchase.privacy.permission import permitted as permitted
from postpurchase.privacy.permission import reachable as reachable
from postpurchase.privacy.world import STRICTEST as STRICTEST
from postpurchase.privacy.world import WORLD as WORLD

__all__ = [
    "OWN_GROUND",
    "STRICTEST",
    "WORLD",
    "Basis",
    "Cap",
    "Cited",
    "Counting",
    "Duty",
    "Honour",
    "Hours",
    "Jurisdiction",
    "Language",
    "Law",
    "Permissions",
    "country",
    "erased",
    "permitted",
    "reachable",
]
