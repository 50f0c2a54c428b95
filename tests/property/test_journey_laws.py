"""What holds for every customer, every playbook and every clock."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from postpurchase.domain.customer import Consent, ConsentState, Customer, Shop
from postpurchase.domain.event import (
    MessageSent,
    ReviewPosted,
    TicketClosed,
    TicketOpened,
)
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.message import Channel, Kind, Purpose
from postpurchase.domain.moment import Calendar
from postpurchase.domain.money import Money
from postpurchase.domain.order import Line, Order, Refund
from postpurchase.domain.shipment import Scan, Shipment, Stage
from postpurchase.journey import (
    DEFAULT,
    Plan,
    Playbook,
    Step,
    apply_global_limits,
    bids,
    decide,
    decide_many,
    simulate,
)
from postpurchase.journey.clock import Clock
from postpurchase.journey.many import Limit
from postpurchase.journey.timing import target
from postpurchase.privacy import OWN_GROUND, WORLD, Basis, permitted
from postpurchase.support import CAREFUL

START = datetime(2026, 10, 1, tzinfo=UTC)
SHOP = Shop(name="Kitchen & Co", zone=ZoneInfo("Europe/Berlin"))
ZONES = (
    "Asia/Kolkata",
    "America/New_York",
    "Europe/London",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Asia/Kathmandu",
    "America/Santiago",
    "Africa/Cairo",
    "Asia/Dhaka",
)
COUNTRIES = ("US", "IN", "DE", "FR", "CA", "GB", "BD", None)
EUROS = Money.of("10.00", "EUR")

instants = st.integers(0, 150 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes))


@st.composite
def orders(draw: st.DrawFn, number: int) -> list[Fact]:
    """An order, perhaps its parcel, perhaps its refund, perhaps a review and a ticket."""
    at = draw(instants)
    line = Line(sku="KNIVES", unit_price=EUROS)
    sold_by = draw(st.sampled_from(["", "", "etsy", "Amazon", "bazaar"]))
    facts: list[Fact] = [
        Order(id=f"O{number}", at=at, currency="EUR", lines=(line,), marketplace=sold_by)
    ]
    if draw(st.booleans()):
        left = at + timedelta(hours=draw(st.integers(1, 72)))
        scans = [Scan(at=left, stage=Stage.IN_TRANSIT)]
        if draw(st.booleans()):
            there = left + timedelta(hours=draw(st.integers(1, 96)))
            late = timedelta(hours=draw(st.integers(0, 30)))
            scans.append(Scan(at=there, stage=Stage.DELIVERED, recorded_at=there + late))
        facts.append(Shipment(id=f"S{number}", at=left, order=f"O{number}", scans=tuple(scans)))
    if draw(st.booleans()):
        paid_back = at + timedelta(days=draw(st.integers(1, 20)))
        facts.append(Refund(id=f"R{number}", at=paid_back, order=f"O{number}", amount=EUROS))
    if draw(st.booleans()):
        posted = at + timedelta(days=draw(st.integers(1, 30)))
        facts.append(ReviewPosted(id=f"V{number}", at=posted, order=f"O{number}"))
    if draw(st.booleans()):
        opened = at + timedelta(days=draw(st.integers(0, 10)))
        facts.append(TicketOpened(id=f"T{number}", at=opened))
        closed = opened + timedelta(hours=draw(st.integers(1, 200)))
        facts.append(TicketClosed(id=f"TC{number}", at=closed, ticket=f"T{number}"))
    return facts


@st.composite
def lives(draw: st.DrawFn) -> tuple[Fact, ...]:
    """Everything that happens to one customer in five months."""
    facts: list[Fact] = [
        Customer(
            id=draw(st.sampled_from(["C1", "C2", "ग्राहक"])),
            at=START,
            email="guest@example.com",
            phone="+10000",
            account=draw(st.sampled_from([None, "A1"])),
            zone=ZoneInfo(draw(st.sampled_from(ZONES))),
            country=draw(st.sampled_from(COUNTRIES)),
        )
    ]
    for number in range(draw(st.integers(0, 3))):
        facts += draw(orders(number))
    for number in range(draw(st.integers(0, 3))):
        facts.append(
            Consent(
                id=f"consent {number}",
                at=draw(instants),
                channel=draw(st.sampled_from([Channel.EMAIL, Channel.SMS, None])),
                state=draw(st.sampled_from(ConsentState)),
            )
        )
    return tuple(facts)


def decided(facts: Sequence[Fact], at: datetime, playbook: Playbook = DEFAULT) -> Plan:
    return decide(History.of(*facts), at=at, shop=SHOP, playbook=playbook)


def recorded(plan: Plan) -> list[MessageSent]:
    return [
        MessageSent(id=each.key, at=plan.at, channel=each.channel, purpose=each.kind.purpose)
        for each in plan.due
    ]


@given(lives(), instants)
def test_recording_what_is_due_leaves_nothing_due(facts: tuple[Fact, ...], at: datetime) -> None:
    """Quiescence: the same facts plus the sent log give nothing new."""
    plan = decided(facts, at)
    keys = [row.key for row in plan.rows]
    assert len(set(keys)) == len(keys)
    again = decided((*facts, *recorded(plan)), at)
    assert not again.due
    assert not {row.key for row in again.rows} & {each.key for each in plan.due}


@given(lives(), instants, st.randoms(use_true_random=False))
def test_order_and_duplicates_of_facts_never_matter(
    facts: tuple[Fact, ...], at: datetime, chance: object
) -> None:
    """Facts are a set."""
    shuffled = [*facts, *facts]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # Hypothesis' own random.Random
    one, other = decided(facts, at), decided(shuffled, at)
    assert (one, one.due) == (other, other.due)


@given(lives(), instants, st.integers(1, 400))
def test_nothing_is_due_strictly_before_the_next_wakeup(
    facts: tuple[Fact, ...], at: datetime, share: int
) -> None:
    """With unchanged facts nothing can become due before `next_wakeup`."""
    plan = decided(facts, at)
    known = (
        *(fact.until(at) for fact in facts if fact.recorded_at <= at),
        *recorded(plan),
    )
    quiet = decided(known, at)
    wake = quiet.next_wakeup or at + timedelta(days=700)
    assert wake > at
    between = at + (wake - at) * share / 401
    if between < wake:
        assert not decided(known, between).due


@settings(max_examples=15)
@given(lives())
def test_no_key_goes_out_twice_and_caps_hold_in_every_window(facts: tuple[Fact, ...]) -> None:
    """Over simulated months: at most one promotion in 24 hours, three in 168."""
    end = START + timedelta(days=160)
    (line,) = simulate([History.of(*facts)], shop=SHOP, start=START, end=end).timelines
    keys = [each.key for each in line.sent]
    assert len(set(keys)) == len(keys)
    purposes = {
        step.kind.name: step.kind.purpose for each in DEFAULT.journeys for step in each.steps
    }
    times = [each.at for each in line.sent if purposes[each.kind] >= Purpose.SOLICITATION]
    for limit, hours in ((1, 24), (3, 168)):
        for first in times:
            inside = [at for at in times if first <= at < first + timedelta(hours=hours)]
            assert len(inside) <= limit


@settings(max_examples=15)
@given(lives())
def test_no_promotion_in_quiet_hours_or_after_a_withdrawal(facts: tuple[Fact, ...]) -> None:
    """Over simulated months, in the recipient's zone and by the recipient's country."""
    history = History.of(*facts)
    end = START + timedelta(days=160)
    (line,) = simulate([history], shop=SHOP, start=START, end=end).timelines
    customer = history.customer
    assert customer is not None
    rules = WORLD.of(customer.country)
    zone = customer.zone or SHOP.zone
    kinds = {step.kind.name: step.kind for each in DEFAULT.journeys for step in each.steps}
    for each in line.sent:
        purpose = kinds[each.kind].purpose
        for hours in (*rules.hours, *DEFAULT.hours):
            if hours.hold(each.channel, purpose, customer.country):
                assert hours.open.contains(each.at, zone)
        if rules.purpose(purpose, each.channel) is Purpose.MARKETING:
            said = [
                (consent.at, consent.state is ConsentState.WITHDRAWN)
                for consent in history.all(Consent)
                if consent.at <= each.at and consent.channel in {None, each.channel}
            ]
            assert not said or not max(said)[1]


@given(lives(), instants)
def test_a_marketplaces_buyer_is_never_advertised_to_without_a_yes(
    facts: tuple[Fact, ...], at: datetime
) -> None:
    """Neither by a message of its own nor by a block in another, but for where they come by.

    What the marketplace itself allows once, to ask for a review, brings nothing stricter.
    """
    once = next(limits.once for limits in CAREFUL if limits.marketplace == "etsy")
    sold = [evolve(each, marketplace="etsy") if isinstance(each, Order) else each for each in facts]
    bought = any(isinstance(each, Order) and each.recorded_at <= at for each in facts)
    for action in decided(sold, at).due:
        strictest = max(action.kind.purpose, action.ceiling)
        allowed = Purpose.SOLICITATION if action.kind.name in once else Purpose.SERVICE
        if bought and action.channel not in OWN_GROUND and strictest > allowed:
            basis = permitted(History.of(*sold), action.channel, Purpose.SOLICITATION, at=at)
            assert basis
            assert basis.value is Basis.CONSENT


@settings(max_examples=15)
@given(lives(), st.integers(1, 72))
def test_a_slower_tick_never_adds_a_message(facts: tuple[Fact, ...], hours: int) -> None:
    """A worker that slept sends what still makes sense, and nothing that nobody wanted."""
    needed = DEFAULT.only("order_confirmation", "thank_you", "review_request", "check_in")
    end = START + timedelta(days=160)
    fast = simulate([History.of(*facts)], needed, shop=SHOP, start=START, end=end).sent
    slow: set[str] = set()
    history, at = History.of(*facts), START
    while at < end:
        plan = decide(history, at=at, shop=SHOP, playbook=needed)
        slow |= {each.key for each in plan.due}
        history = history.add(*recorded(plan))
        at += timedelta(hours=hours)
    assert slow <= {each.key for each in fast}


@given(st.lists(lives(), max_size=4), st.integers(0, 4), instants)
def test_any_split_of_the_customers_gives_the_same_plans(
    people: list[tuple[Fact, ...]], cut: int, at: datetime
) -> None:
    """Partition invariance: the union of the parts is the whole."""
    histories = [History.of(*facts) for facts in people]
    whole = list(decide_many(histories, at=at, shop=SHOP))
    parts = [
        *decide_many(histories[:cut], at=at, shop=SHOP),
        *decide_many(histories[cut:], at=at, shop=SHOP),
    ]
    assert parts == whole


@given(st.lists(lives(), max_size=4), instants, st.integers(0, 3))
def test_global_limits_do_not_depend_on_the_order(
    people: list[tuple[Fact, ...]], at: datetime, most: int
) -> None:
    """The reduce is a sort and a count: deterministic, and no limit is exceeded."""
    named = [
        History.of(*(evolve(f, id=f"C{n}") if isinstance(f, Customer) else f for f in facts))
        for n, facts in enumerate(people)
    ]
    wanted = list(bids(decide_many(named, at=at, shop=SHOP)))
    one = apply_global_limits(wanted, [Limit(most=most)])
    other = apply_global_limits(reversed(wanted), [Limit(most=most)])
    assert one == other
    assert len(one.kept) == min(most, len(wanted))
    assert len(one.kept) + len(one.held) == len(wanted)


@settings(max_examples=250)
@given(
    st.sampled_from(sorted(available_timezones())),
    st.dates(date(2020, 1, 1), date(2037, 12, 31)),
    st.times(),
    st.integers(0, 40),
)
def test_a_step_at_a_local_time_comes_at_that_time_in_every_zone(
    name: str, day: date, clock: time, days: int
) -> None:
    """Wall time is kept over every change of clocks; a gap gives the first instant after it."""
    zone = ZoneInfo(name)
    anchor = datetime.combine(day, time(12), tzinfo=UTC)
    step = Step(id="a", kind=Kind(name="n", purpose=Purpose.SERVICE), days=days, local_time=clock)
    found = target(Clock(zone, Calendar()), step, anchor)
    assert found >= anchor
    shown = found.astimezone(zone)
    wanted = anchor.astimezone(zone).date() + timedelta(days=days)
    gap = shown.replace(tzinfo=None) - datetime.combine(wanted, clock)
    assert timedelta(0) <= gap <= timedelta(days=2)
    if shown.time() != clock:
        before = (found - timedelta(seconds=1)).astimezone(zone)
        assert before.utcoffset() != shown.utcoffset()


@given(lives(), instants)
def test_moving_everything_by_whole_weeks_moves_the_plan(
    facts: tuple[Fact, ...], at: datetime
) -> None:
    """In a zone whose clocks never change, a plan has no calendar but the week."""
    still = [
        evolve(fact, zone=ZoneInfo("Asia/Kolkata")) if isinstance(fact, Customer) else fact
        for fact in facts
    ]
    weekly = DEFAULT.without("purchase_anniversary", "birthday", "stalled", "arriving_tomorrow")
    one = decided(still, at, weekly)
    other = decided([_later(fact) for fact in still], at + timedelta(days=7), weekly)
    assert [(row.key, row.status, row.target + timedelta(days=7)) for row in one.rows] == [
        (row.key, row.status, row.target) for row in other.rows
    ]


def _later(fact: Fact) -> Fact:
    week = timedelta(days=7)
    moved = evolve(fact, at=fact.at + week, recorded_at=fact.recorded_at + week)
    if isinstance(moved, Shipment):
        scans = tuple(
            evolve(
                scan, at=scan.at + week if scan.at else None, recorded_at=scan.recorded_at + week
            )
            for scan in moved.scans
        )
        return evolve(moved, scans=scans)
    return moved
