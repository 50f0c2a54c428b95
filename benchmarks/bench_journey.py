"""What deciding costs: one customer, many customers, a stream, and a day of ticks.

    python benchmarks/bench_journey.py [CUSTOMERS_IN_THE_STREAM]

Ratios come from one run; the best of five rounds counts.
"""

import heapq
import resource
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import process_time
from zoneinfo import ZoneInfo

from postpurchase.domain.customer import Birthday, Consent, ConsentState, Customer, Shop
from postpurchase.domain.draw import unit
from postpurchase.domain.event import MessageSent
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.message import Channel
from postpurchase.domain.money import Money
from postpurchase.domain.order import Line, Order
from postpurchase.domain.shipment import Scan, Shipment, Stage
from postpurchase.journey import DEFAULT, Playbook, decide, decide_many

SHOP = Shop(name="Kitchen & Co", zone=ZoneInfo("Asia/Kolkata"))
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
EURO = Money.of("10.00", "EUR")
ZONES = tuple(map(ZoneInfo, ("Asia/Kolkata", "Europe/Berlin", "America/New_York", "Asia/Dhaka")))
COUNTRIES = ("IN", "DE", "US", "BD")
TWENTY = Playbook(
    journeys=tuple(
        DEFAULT.journey(id)
        for id in (
            *("order_confirmation", "thank_you", "order_cancelled", "refunded", "shipped"),
            *("out_for_delivery", "delivered", "delay", "late", "stalled", "how_to"),
            *("checkout_survey", "review_request", "check_in", "account_invitation"),
            *("complement", "refill", "birthday", "purchase_anniversary", "win_back"),
        )
    ),
    caps=DEFAULT.caps,
    hours=DEFAULT.hours,
)
EMPTY = Playbook()
ROUNDS = 5


def share(salt: str, number: int) -> float:
    """A number from 0 to 1 that is the same on every run."""
    return unit(salt, str(number))


def facts(number: int, orders: int | None = None) -> tuple[Fact, ...]:
    """One customer: one to five orders in a year, their parcels, and what was sent about them."""
    spot = number % len(ZONES)
    found: list[Fact] = [
        Customer(
            id=f"C{number}",
            at=NOW - timedelta(days=400),
            email="guest@example.com",
            zone=ZONES[spot],
            country=COUNTRIES[spot],
            birthday=Birthday(1 + number % 12, 1 + number % 28),
        ),
        Consent(
            id="yes",
            at=NOW - timedelta(days=300),
            channel=Channel.EMAIL,
            state=ConsentState.GRANTED,
        ),
    ]
    for n in range(orders or 1 + int(5 * share("orders", number))):
        at = NOW - timedelta(days=365 * share(f"order {n}", number))
        id = f"{number}-{n}"
        line = Line(sku="KNIVES", product="knives", unit_price=EURO)
        found.append(Order(id=id, at=at, currency="EUR", lines=(line,)))
        left, there = at + timedelta(days=1), at + timedelta(days=4)
        scans = (Scan(at=left, stage=Stage.IN_TRANSIT), Scan(at=there, stage=Stage.DELIVERED))
        found.append(Shipment(id=f"S{id}", at=left, order=id, scans=scans))
        for key, days in (
            (f"order_confirmation/order:{id}/confirm", 0),
            (f"thank_you/order:{id}/thanks", 0),
            (f"shipped/shipment:S{id}/notice", 1),
            (f"delivered/shipment:S{id}/notice", 4),
            (f"review_request/order:{id}/ask", 11),
        ):
            if at + timedelta(days=days) < NOW:
                found.append(MessageSent(id=key, at=at + timedelta(days=days)))
    return tuple(found)


def best(work: Callable[[], object]) -> float:
    """The processor seconds of the best of some rounds: a busy machine changes little."""
    times: list[float] = []
    for _ in range(ROUNDS):
        start = process_time()
        work()
        times.append(process_time() - start)
    return min(times)


def one_customer() -> None:
    """One customer with five orders, by the whole default playbook."""
    history = History.of(*facts(7, orders=5))
    plan = decide(history, at=NOW, shop=SHOP)
    seconds = best(lambda: [decide(history, at=NOW, shop=SHOP) for _ in range(100)]) / 100
    print(
        f"one customer with five orders, {len(DEFAULT.journeys)} journeys: "
        f"{seconds * 1e6:.0f} us, {len(plan.rows)} rows"
    )


def many_customers(count: int = 1000) -> None:
    """Twenty journeys against none, one to five orders each, from facts to plans."""
    people = [facts(number) for number in range(count)]

    def run(playbook: Playbook) -> Callable[[], object]:
        return lambda: [
            decide(History.of(*each), at=NOW, shop=SHOP, playbook=playbook) for each in people
        ]

    histories = [History.of(*each) for each in people]
    ready = best(lambda: list(decide_many(histories, at=NOW, shop=SHOP, playbook=TWENTY)))
    twenty, none = best(run(TWENTY)), best(run(EMPTY))
    print(f"twenty journeys: {count / ready:.0f} customers a second and core, histories at hand")
    print(f"from facts: {count / twenty:.0f} a second, {twenty / none:.1f} x an empty playbook")


def a_stream(count: int) -> None:
    """Memory over a stream: the most that the process ever held, after a tenth and at the end."""

    def peak(first: int, last: int) -> float:
        stream = (History.of(*facts(number)) for number in range(first, last))
        for plan in decide_many(stream, at=NOW, shop=SHOP, playbook=TWENTY):
            assert plan.customer
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

    tenth, whole = peak(0, count // 10), peak(count // 10, count)
    print(f"a stream of {count}: {tenth:.1f} MiB after a tenth of it, {whole:.1f} MiB at its end")


def a_day_of_ticks(count: int = 2000) -> None:
    """A tick each minute of a day: who is decided because of `next_wakeup`, and who is not."""
    histories = {number: History.of(*facts(number)) for number in range(count)}
    wakes = [(NOW, number) for number in histories]
    heapq.heapify(wakes)
    touched: list[int] = []
    for minute in range(24 * 60):
        at = NOW + timedelta(minutes=minute)
        due = 0
        while wakes and wakes[0][0] <= at:
            _, number = heapq.heappop(wakes)
            due += 1
            history = histories[number]
            plan = decide(history, at=at, shop=SHOP, playbook=TWENTY)
            sent = [
                MessageSent(id=each.key, at=at, channel=each.channel, purpose=each.kind.purpose)
                for each in plan.due
            ]
            if sent:
                history = histories[number] = history.add(*sent)
                plan = decide(history, at=at, shop=SHOP, playbook=TWENTY)
            if plan.next_wakeup is not None:
                heapq.heappush(wakes, (plan.next_wakeup, number))
        touched.append(due)
    later = touched[1:]
    print(
        f"a day of ticks, {count} customers: the first tick decides {touched[0]}, the others "
        f"{sum(later) / len(later):.2f} on average and {max(later)} at most"
    )


if __name__ == "__main__":
    one_customer()
    many_customers()
    a_day_of_ticks()
    a_stream(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
