"""Decisions on a real Spark session are those made here; needs Java."""

import json
import pickle
import sys
import warnings
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, cast
from zoneinfo import ZoneInfo

import pytest
from attrs import frozen

from postpurchase.domain.customer import Consent, ConsentState, Customer, Shop
from postpurchase.domain.history import History
from postpurchase.domain.message import Channel
from postpurchase.domain.money import Money
from postpurchase.domain.order import Line, Order
from postpurchase.domain.shipment import Scan, Shipment, Stage
from postpurchase.integrations.spark import SCHEMA, decide_all, rows
from postpurchase.journey import DEFAULT, Plan, decide, decide_many

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pyspark import RDD
    from pyspark.sql import SparkSession

SHOP = Shop(name="Kitchen & Co", zone=ZoneInfo("Asia/Kolkata"))
AT = datetime(2026, 11, 12, 4, 30, tzinfo=UTC)


def buyer(number: int) -> History:
    placed = AT - timedelta(days=number % 40, hours=number % 7)
    order = Order(
        id=f"O{number}",
        at=placed,
        currency="EUR",
        lines=(Line(sku="A", unit_price=Money.of("1.00", "EUR")),),
    )
    there = placed + timedelta(days=2)
    parcel = Shipment(
        id=f"S{number}",
        at=placed,
        order=order.id,
        scans=(Scan(at=there, stage=Stage.DELIVERED),),
    )
    customer = Customer(
        id=f"C{number}", at=placed, email="guest@example.com", zone=ZoneInfo("Asia/Dhaka")
    )
    yes = Consent(id="c", at=placed, channel=Channel.EMAIL, state=ConsentState.GRANTED)
    return History.of(customer, order, parcel, yes)


def copied(value: object) -> object:
    found: object = pickle.loads(pickle.dumps(value))  # noqa: S301 - written one line before
    return found


def test_a_history_and_a_plan_can_travel() -> None:
    history = buyer(7)
    plan = decide(history, at=AT, shop=SHOP)
    assert copied(history) == history
    assert copied(plan) == plan
    assert len(pickle.dumps(plan)) < 20_000


WHY = "order O9 was delivered; 7 days later; at 10:00 local time; consent for email of 2026-11-03"


def test_a_plan_is_rows_of_a_data_frame() -> None:
    plan = decide(buyer(9), at=AT, shop=SHOP, playbook=DEFAULT.only("review_request"))
    assert list(rows(plan)) == [
        (
            "C9",
            "review_request/order:O9/ask",
            "due",
            "email",
            "consent",
            datetime(2026, 11, 12, 4, tzinfo=UTC),
            None,
            WHY,
        )
    ]
    bare = decide(buyer(2), at=AT, shop=SHOP, playbook=DEFAULT.only("review_request"))
    ((*_, channel, basis, _target, until, why),) = rows(bare)
    assert (channel, basis, until) == (None, None, None)
    assert why.startswith("order O2 was delivered")


@frozen
class Shared:
    """What a worker got of the driver."""

    value: object


class Here:
    """As much of a set of partitions as is asked for, worked through in this process."""

    def __init__(self, *people: History) -> None:
        self.people = people
        self.context = self

    def broadcast(self, value: object) -> Shared:
        return Shared(json.loads(json.dumps(value)))

    def mapPartitions(self, work: "Callable[[Iterable[History]], Iterator[Plan]]") -> list[Plan]:  # noqa: N802 - Spark's name
        return list(work(iter(self.people)))


def test_what_a_worker_does_needs_no_more_than_plain_data() -> None:
    people = [buyer(number) for number in range(20)]
    plans: object = decide_all(cast("RDD[History]", Here(*people)), at=AT, shop=SHOP)
    assert plans == list(decide_many(people, at=AT, shop=SHOP))


@pytest.fixture(scope="module")
def spark() -> "Iterator[SparkSession]":
    with warnings.catch_warnings(), pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        warnings.simplefilter("ignore")
        sql = pytest.importorskip("pyspark.sql")
        session = (
            sql.SparkSession.builder.master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.session.timeZone", "UTC")
            .getOrCreate()
        )
        yield session
        session.stop()


@pytest.mark.heavy
@pytest.mark.filterwarnings("ignore")
def test_spark_decides_as_this_machine_does(spark: "SparkSession") -> None:
    people = [buyer(number) for number in range(200)]
    here = list(decide_many(people, at=AT, shop=SHOP))
    spread = spark.sparkContext.parallelize(people, 5)
    plans = decide_all(spread, at=AT, shop=SHOP)
    assert plans.collect() == here
    frame = spark.createDataFrame(plans.flatMap(rows), SCHEMA)
    assert frame.filter("status = 'due'").count() == sum(len(plan.due) for plan in here)
    assert frame.count() == sum(len(plan.rows) for plan in here)
