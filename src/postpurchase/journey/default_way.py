"""The default journeys of a parcel on its way."""

from datetime import time
from typing import Final

from postpurchase.domain import kinds
from postpurchase.domain.shipment import Stage
from postpurchase.journey.exits import IfDelivered
from postpurchase.journey.journey import Journey
from postpurchase.journey.requires import AboutOrder, Passes
from postpurchase.journey.step import Step
from postpurchase.journey.triggers.story import (
    ExpectedLater,
    Overdue,
    ParcelDelivered,
    ParcelReached,
    ParcelShipped,
    Silent,
)
from postpurchase.journey.triggers.turns import ArrivesSoon, ExchangeShipped, PartShipped
from postpurchase.support import Roadblocks, Survey

_GONE: Final = (IfDelivered(),)
_WAY_OUT: Final = (AboutOrder(Roadblocks()),)
"""What somebody can do about what went wrong with the order."""

WAY: Final = (
    # It asks how it went so far where a `Survey` is among the known answers; the question is left
    # out where asking counts as advertising and nobody agreed to that.
    Journey(
        id="shipped",
        trigger=ParcelShipped(),
        priority=95,
        exits=_GONE,
        steps=(Step(id="notice", kind=kinds.SHIPPED, lateness_hours=48, brings=(Passes(Survey),)),),
    ),
    Journey(
        id="partly_shipped",
        trigger=PartShipped(),
        priority=95,
        exits=_GONE,
        steps=(
            Step(
                id="notice",
                kind=kinds.PARTLY_SHIPPED,
                lateness_hours=48,
                supersedes=("shipped",),
            ),
        ),
    ),
    Journey(
        id="exchange_shipped",
        trigger=ExchangeShipped(),
        priority=95,
        exits=_GONE,
        steps=(
            Step(
                id="notice",
                kind=kinds.EXCHANGE_SHIPPED,
                lateness_hours=48,
                supersedes=("shipped", "partly_shipped"),
            ),
        ),
    ),
    Journey(
        id="arriving_tomorrow",
        trigger=ArrivesSoon(days=1),
        priority=90,
        exits=_GONE,
        steps=(
            Step(
                id="notice",
                kind=kinds.ARRIVING_TOMORROW,
                local_time=time(17),
                lateness_hours=6,
            ),
        ),
    ),
    Journey(
        id="out_for_delivery",
        trigger=ParcelReached(Stage.OUT_FOR_DELIVERY),
        priority=96,
        exits=_GONE,
        steps=(
            Step(
                id="notice",
                kind=kinds.OUT_FOR_DELIVERY,
                lateness_hours=6,
                supersedes=("shipped", "partly_shipped", "arriving_tomorrow"),
            ),
        ),
    ),
    Journey(
        id="ready_for_pickup",
        trigger=ParcelReached(Stage.AVAILABLE_FOR_PICKUP),
        priority=97,
        exits=_GONE,
        steps=(
            Step(
                id="notice",
                kind=kinds.READY_FOR_PICKUP,
                lateness_hours=48,
                supersedes=("shipped", "partly_shipped", "arriving_tomorrow"),
            ),
        ),
    ),
    Journey(
        id="delivered",
        trigger=ParcelDelivered(),
        priority=93,
        steps=(Step(id="notice", kind=kinds.DELIVERED, lateness_hours=24),),
    ),
    # One notice for each revision of the expected day: an old day is wrong by then.
    Journey(
        id="delay",
        trigger=ExpectedLater(),
        priority=97,
        exits=_GONE,
        steps=(Step(id="notice", kind=kinds.DELAYED, lateness_hours=24, supersedes=("stalled",)),),
    ),
    Journey(
        id="late",
        trigger=Overdue(),
        priority=96,
        exits=_GONE,
        steps=(
            Step(
                id="notice",
                kind=kinds.DELAYED,
                hours=2,
                lateness_hours=72,
                supersedes=("stalled",),
                brings=_WAY_OUT,
            ),
        ),
    ),
    # Three days without a scan: many carriers scan nothing on a weekend.
    Journey(
        id="stalled",
        trigger=Silent(),
        priority=94,
        exits=_GONE,
        steps=(
            Step(id="notice", kind=kinds.DELAYED, hours=72, lateness_hours=48, brings=_WAY_OUT),
        ),
    ),
    Journey(
        id="attempt_failed",
        trigger=ParcelReached(Stage.ATTEMPT_FAILED),
        priority=97,
        exits=_GONE,
        steps=(
            Step(id="notice", kind=kinds.DELIVERY_EXCEPTION, lateness_hours=24, brings=_WAY_OUT),
        ),
    ),
    Journey(
        id="lost",
        trigger=ParcelReached(Stage.LOST),
        priority=97,
        exits=_GONE,
        steps=(
            Step(
                id="notice",
                kind=kinds.DELIVERY_EXCEPTION,
                lateness_hours=48,
                supersedes=("late", "delay", "stalled"),
                brings=_WAY_OUT,
            ),
        ),
    ),
)
"""From the first scan to the door, and everything that may go wrong between."""
