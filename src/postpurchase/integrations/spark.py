"""Decisions over millions of customers on Spark (extra `spark`), equal to those made here.

A decision needs the facts of one customer alone, so the histories are decided where they lie; the
playbook travels once to each worker, as plain data.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final, TypeAlias

from postpurchase import plain
from postpurchase.domain.customer import Shop
from postpurchase.domain.history import History
from postpurchase.domain.rule import NOTHING, Known
from postpurchase.extras import extra
from postpurchase.journey import DEFAULT, Plan, Playbook, decide_many

with extra("spark"):
    from pyspark import RDD, Broadcast

SCHEMA: Final = (
    "customer string, key string, status string, channel string, basis string, "
    "target timestamp, until timestamp, why string"
)
"""The columns of `rows`, for `spark.createDataFrame`."""

PlanRow: TypeAlias = tuple[str, str, str, str | None, str | None, datetime, datetime | None, str]
"""One row of a plan, as a data frame holds it; see `SCHEMA`."""


def decide_all(
    histories: RDD[History],
    /,
    *,
    at: datetime,
    shop: Shop,
    playbook: Playbook = DEFAULT,
    known: Known = NOTHING,
) -> RDD[Plan]:
    """A plan for each history, decided on the workers; lazy, as everything on Spark.

    Args:
        histories: one for each customer, in any partitions.
        at: the instant of the decision; aware.
        shop: who writes.
        playbook: the journeys; every word in it needs a name in `plain`.
        known: answers of other rooms, the same for everybody.

    Raises:
        InvalidPlain: something in the playbook has no name, so that it cannot travel.
    """
    shared = histories.context.broadcast(plain.dump(playbook))
    return histories.mapPartitions(_decided(shared, at, shop, known))


def rows(plan: Plan, /) -> Iterator[PlanRow]:
    """A plan as rows of a data frame: `plans.flatMap(rows).toDF(SCHEMA)`."""
    for row in plan.rows:
        yield (
            plan.customer,
            row.key,
            row.status.value,
            row.channel.value if row.channel else None,
            row.basis.value if row.basis else None,
            row.target,
            row.until,
            "; ".join(map(str, row.reasons)),
        )


def _decided(
    shared: Broadcast[dict[str, object]], at: datetime, shop: Shop, known: Known, /
) -> Callable[[Iterable[History]], Iterator[Plan]]:
    def decided(part: Iterable[History], /) -> Iterator[Plan]:
        data: Mapping[str, object] = shared.value
        playbook = plain.load(Playbook, data)
        return decide_many(part, at=at, shop=shop, playbook=playbook, known=known)

    return decided
