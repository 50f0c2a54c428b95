"""One line of a parcel's story, and what it is made of."""

from datetime import UTC, datetime
from enum import StrEnum, unique

from attrs import Factory, field, frozen
from attrs.converters import optional

from postpurchase.domain.expected import expected
from postpurchase.domain.moment import instant
from postpurchase.domain.told import told
from postpurchase.errors import InvalidFact


@unique
class Stage(StrEnum):
    """Where a parcel stands; being late, held or silent is a flag beside it, never a stage."""

    PENDING = "pending"
    INFO_RECEIVED = "info_received"
    PICKED_UP = "picked_up"
    IN_TRANSIT = "in_transit"
    CUSTOMS = "customs"
    OUT_FOR_DELIVERY = "out_for_delivery"
    AVAILABLE_FOR_PICKUP = "available_for_pickup"
    ATTEMPT_FAILED = "attempt_failed"
    DELIVERED = "delivered"
    RETURNING = "returning"
    RETURNED = "returned"
    LOST = "lost"
    DISPOSED = "disposed"
    CANCELLED = "cancelled"
    EXCEPTION = "exception"
    UNKNOWN = "unknown"

    @property
    def rank(self) -> int:
        """Its place in the list above: which of two scans of one instant reads first."""
        return _RANKS[self]

    @property
    def terminal(self) -> bool:
        """Whether what comes later is ignored, but for the few ways back that carriers have."""
        return self in TERMINAL


_RANKS = {stage: rank for rank, stage in enumerate(Stage)}

TERMINAL = frozenset({Stage.DELIVERED, Stage.RETURNED, Stage.DISPOSED, Stage.CANCELLED})

WAYS_BACK = frozenset({(Stage.DELIVERED, Stage.RETURNING), (Stage.CANCELLED, Stage.PICKED_UP)})
"""What may follow a terminal stage: a parcel comes back, a void label was used all the same."""


@unique
class Flag(StrEnum):
    """What a scan says beside the stage."""

    DELAYED = "delayed"
    HELD = "held"
    EXPIRED = "expired"


_NEVER = datetime.min.replace(tzinfo=UTC)


def _when(scan: "Scan", /) -> datetime:
    return scan.at or _NEVER


def _heard(_scan: object, _: object, recorded_at: datetime, /) -> None:
    if recorded_at == _NEVER:
        raise InvalidFact(
            fact="Scan", name="recorded_at", got=None, expected="an instant where `at` is None"
        )


@frozen(kw_only=True)
class Scan:
    """What a carrier said about a parcel at an instant.

    Attributes:
        at: when it happened, in UTC; None where the carrier gave no usable time.
        recorded_at: when it became known; `at` unless told otherwise.
        id: the provider's id of this scan, where it has one.
        sub: the finer status, such as `picked_up_by_customer`.
        code: the carrier's own code, kept as it came.
        reason: why, such as `weather`, for an exception or a flag.
    """

    __repr__ = told

    at: datetime | None = field(default=None, converter=optional(instant))
    stage: Stage = field(
        default=Stage.UNKNOWN, validator=expected(Stage, "Stage.DELIVERED or the like")
    )
    recorded_at: datetime = field(
        default=Factory(_when, takes_self=True), converter=instant, validator=_heard
    )
    id: str = ""
    sub: str = ""
    code: str = ""
    text: str = ""
    place: str = ""
    flag: Flag | None = None
    reason: str = ""
