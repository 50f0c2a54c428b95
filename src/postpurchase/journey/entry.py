"""How somebody comes into a journey: triggers, and the entries that they find."""

from abc import ABC, abstractmethod
from datetime import datetime

from attrs import frozen

from postpurchase.domain.decision import Reason
from postpurchase.domain.message import Subject
from postpurchase.domain.order import Order
from postpurchase.domain.shipment import Shipment
from postpurchase.journey.scene import Scene


@frozen(kw_only=True, eq=False)
class Entry:
    """One thing that a journey is about, and the instant from which its steps count.

    Attributes:
        subject: what it is about; part of every key.
        anchor: when it began; in UTC, as every fact has its instants.
        why: what happened, in words.
        order, parcel: what it is about, for exits and requirements.
        sku: the variant that it is about.
        recurring: whether it comes again by itself: then one whose time has gone is not shown.
    """

    subject: Subject
    anchor: datetime
    why: Reason
    order: Order | None = None
    parcel: Shipment | None = None
    sku: str = ""
    recurring: bool = False

    @property
    def about(self) -> str:
        """The subject as it stands in keys."""
        return str(self.subject)


class Trigger(ABC):
    """What begins a journey. Subclasses are frozen values that find entries in a scene.

    A trigger must find an entry whose time is still to come as soon as its facts are known, and
    must not look at the clock to hide one: else `next_wakeup` could not promise anything.
    """

    __slots__ = ()

    @abstractmethod
    def entries(self, scene: Scene, /) -> tuple[Entry, ...]:
        """Everything in the scene that begins the journey, at most one for each subject."""


class Exit(ABC):
    """What ends a journey early, or makes it wait. Subclasses are frozen values."""

    __slots__ = ()

    @abstractmethod
    def met(self, entry: Entry, scene: Scene, /) -> Reason | None:
        """The fact that ends it, as a reason; None where there is none."""
