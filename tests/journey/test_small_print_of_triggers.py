"""Edges of triggers, re-entry, simulations and errors that are easily got wrong."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from letters import EURO, NOTE, PROMO
from postpurchase.domain.customer import Birthday, Consent, ConsentState, Customer, Shop
from postpurchase.domain.draw import variant
from postpurchase.domain.event import MessageSent, Visited
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.message import Action, Channel, Purpose
from postpurchase.domain.moment import Leap, Window
from postpurchase.domain.offer import Points
from postpurchase.domain.order import Line, Order
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.product import Catalog, Product, Relation, RelationKind, Variant
from postpurchase.domain.rule import NOTHING, Known
from postpurchase.domain.shipment import Scan, Shipment, Stage
from postpurchase.errors import InvalidPlaybook
from postpurchase.journey import (
    DEFAULT,
    BestChannel,
    BestTime,
    Cooldown,
    Entry,
    Journey,
    Once,
    Playbook,
    Row,
    Scene,
    Step,
    Trigger,
    decide,
    diff,
    requires,
    simulate,
    triggers,
)
from postpurchase.journey.reason import CapReached, NotTold
from postpurchase.privacy import WORLD, Cap, Hours

SHOP = Shop(name="Kitchen & Co", zone=ZoneInfo("UTC"))
AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
CUSTOMER = Customer(
    id="C1", at=LONG_AGO, email="guest@example.com", devices=("t",), account="A1", country="IN"
)
ORDER = Order(id="O1", at=AT, currency="EUR", lines=(Line(sku="A", unit_price=EURO),))
STORY = Journey(
    id="story",
    trigger=triggers.OrderPlaced(),
    steps=(Step(id="a", kind=NOTE, lateness_hours=2400),),
)
YES = tuple(
    Consent(id=each, at=LONG_AGO, channel=each, state=ConsentState.GRANTED) for each in Channel
)


def scene(*facts: Fact, at: datetime = AT) -> Scene:
    return Scene(History.of(*facts), at, SHOP, NOTHING, WORLD)


def found(trigger: Trigger, *facts: Fact, at: datetime = AT) -> dict[str, datetime]:
    return {each.about: each.anchor for each in trigger.entries(scene(*facts, at=at))}


def rows(journey: Journey, *facts: Fact, at: datetime = AT, **more: object) -> dict[str, Row]:
    playbook = evolve(Playbook(journeys=(journey,)), **more)  # type: ignore[arg-type]  # attributes of a playbook
    history = History.of(CUSTOMER, *YES, *facts)
    plan = decide(history, at=at, shop=SHOP, playbook=playbook)
    return {row.key: row for row in plan.rows}


def after(days: int, id: str) -> Order:
    return evolve(ORDER, id=id, at=AT + timedelta(days=days))


# ---------------------------------------------------------------- the calendar


def test_on_the_day_itself_it_is_this_years() -> None:
    born = evolve(CUSTOMER, birthday=Birthday(11, 20))
    assert list(found(triggers.Birthday(), born)) == ["year:2026", "year:2027"]
    eve = AT - timedelta(days=1)
    assert list(found(triggers.Birthday(), born, at=eve)) == ["year:2025", "year:2026"]


@pytest.mark.parametrize(("leap", "month", "day"), [(Leap.FEB28, 2, 28), (Leap.MAR1, 3, 1)])
def test_29_february_is_a_choice(leap: Leap, month: int, day: int) -> None:
    born = evolve(CUSTOMER, birthday=Birthday(2, 29))
    bought = evolve(ORDER, at=datetime(2024, 2, 29, 12, tzinfo=UTC))
    spring = datetime(2027, 1, 5, tzinfo=UTC)
    expected = datetime(2027, month, day, tzinfo=UTC)
    assert found(triggers.Birthday(leap), born, at=spring)["year:2027"] == expected
    assert found(triggers.Birthday(leap), born)["year:2027"] == expected
    years = found(triggers.PurchaseAnniversary(leap), bought, at=spring)
    assert years == {
        "order:O1#2y": datetime(2026, month, day, tzinfo=UTC),
        "order:O1#3y": expected,
    }


# ---------------------------------------------------------------- parcels


def test_a_line_that_is_in_no_parcel_is_more_to_come() -> None:
    lines = (Line(sku="A", unit_price=EURO), Line(sku="B", unit_price=EURO))
    scans = (Scan(at=AT, stage=Stage.IN_TRANSIT),)
    box = Shipment(id="S1", at=AT, order="O1", lines=Pairs(A=1), scans=scans)
    assert found(triggers.PartShipped(), evolve(ORDER, lines=lines), box) == {"shipment:S1": AT}


def test_a_parcel_without_an_order_is_expected_by_nobody() -> None:
    box = Shipment(id="S1", at=AT, order="O9", scans=(Scan(at=AT, stage=Stage.IN_TRANSIT),))
    assert found(triggers.Overdue(), box) == {}
    assert found(triggers.ParcelShipped(), box) == {"shipment:S1": AT}


# ---------------------------------------------------------------- re-entry after what is gone


def test_what_was_sent_about_a_thing_that_is_gone_still_counts() -> None:
    gone = MessageSent(id="story/order:O0/a", at=AT + timedelta(days=5))
    at = AT + timedelta(days=20)
    once = evolve(STORY, reentry=Once())
    assert rows(once, ORDER, gone, at=at) == {}
    assert list(rows(once, ORDER, at=at)) == ["story/order:O1/a"]
    pause = evolve(STORY, reentry=Cooldown(10))
    orders = (after(8, "O8"), after(16, "O16"))
    assert list(rows(pause, *orders, gone, at=at)) == ["story/order:O16/a"]


def test_nobody_enters_where_nothing_began_since_the_activation() -> None:
    fresh = evolve(STORY, reentry=Once(), active_from=AT + timedelta(days=1))
    gone = MessageSent(id="story/order:O0/a", at=AT)
    assert rows(fresh, ORDER, gone) == {}


# ---------------------------------------------------------------- caps and hours


def test_of_two_caps_the_one_that_frees_last_counts() -> None:
    first, second = (
        MessageSent(id=f"x/{hours}/a", at=AT - timedelta(hours=hours), purpose=Purpose.MARKETING)
        for hours in (40, 1)
    )
    promo = evolve(STORY, steps=(Step(id="a", kind=PROMO),))
    caps = (Cap(limit=1, hours=24), Cap(limit=2, hours=72))
    for order in (caps, caps[::-1]):
        row = rows(promo, ORDER, first, second, caps=order)["story/order:O1/a"]
        assert (row.reasons, row.until) == ((CapReached(2, 72),), AT + timedelta(hours=32))


def test_the_best_hour_is_open_in_the_customers_country_on_the_best_channel() -> None:
    visits = [
        Visited(id=f"{n}", at=AT - timedelta(days=7 * n) + timedelta(hours=2), place="app")
        for n in range(1, 6)
    ]
    mails = [
        MessageSent(id=f"m/{n}/a", at=AT - timedelta(days=9), channel=Channel.EMAIL)
        for n in range(6)
    ]
    step = Step(
        id="a",
        kind=PROMO,
        channels=(Channel.EMAIL, Channel.PUSH),
        best_time=BestTime(),
        best_channel=BestChannel(),
    )
    journey = evolve(STORY, steps=(step,))
    there = Hours(channel=Channel.PUSH, open=Window(time(12), time(20)), countries=("IN",))
    elsewhere = evolve(there, countries=("US",))
    plain = rows(journey, ORDER, *visits, *mails)["story/order:O1/a"]
    assert plain.target == AT + timedelta(hours=2)
    closed = rows(journey, ORDER, *visits, *mails, hours=(there,))["story/order:O1/a"]
    assert closed.target == AT + timedelta(hours=3)
    other = rows(journey, ORDER, *visits, *mails, hours=(elsewhere,))["story/order:O1/a"]
    assert other.target == AT + timedelta(hours=2)


# ---------------------------------------------------------------- requirements


def test_a_complement_is_found_by_sku_or_by_product() -> None:
    pan = Product(id="pan", title="Pan", variants=(Variant(sku="PAN"),))
    lid = Product(id="lid", title="Lid", relations=(Relation(RelationKind.COMPLETES, "pan"),))
    catalog = Catalog((pan, lid))
    for line, holds in (
        (Line(sku="PAN", unit_price=EURO), True),
        (Line(product="pan", unit_price=EURO), True),
        (Line(title="a gift", unit_price=EURO), False),
    ):
        order = evolve(ORDER, lines=(line,))
        (entry,) = triggers.OrderPlaced().entries(scene(order))
        known = Known(scene(CUSTOMER, order), entry, catalog)
        assert bool(requires.HasComplement().check(known)) is holds
    owned = evolve(
        ORDER,
        lines=(Line(product="pan", unit_price=EURO), Line(id="2", product="lid", unit_price=EURO)),
    )
    (entry,) = triggers.OrderPlaced().entries(scene(owned))
    assert not requires.HasComplement().check(Known(scene(owned), entry, catalog))
    assert isinstance(entry, Entry)


# ---------------------------------------------------------------- simulations


def test_a_simulation_knows_what_it_was_told() -> None:
    told = Playbook(journeys=(evolve(STORY, requires=(requires.Told(Points),)),))
    silent = Playbook(journeys=(STORY,))
    people = [History.of(CUSTOMER, ORDER)]
    end = AT + timedelta(days=3)
    run = simulate(people, told, shop=SHOP, start=AT, end=end, known=Known(Points(count=1)))
    assert (run.start, run.end, len(run.sent)) == (AT, end, 1)
    (gone,) = diff(silent, told, people, shop=SHOP, start=AT, end=end)
    assert gone.reasons == (NotTold("Points"),)
    assert str(gone) == (
        "C1  story/order:O1/a  email 2026-11-20 09:00 -> not sent  "
        "no Points among the known answers"
    )
    (new,) = diff(told, silent, people, shop=SHOP, start=AT, end=end)
    assert (new.before, new.reasons) == (None, (NotTold("Points"),))
    known = Known(Points(count=1))
    assert diff(silent, told, people, shop=SHOP, start=AT, end=end, known=known) == ()


class Remembers:
    """Keeps what the customer got before each message."""

    def __init__(self) -> None:
        self.seen: list[tuple[MessageSent, ...]] = []

    def after(self, action: Action, history: History, /, *, at: datetime) -> tuple[Fact, ...]:
        assert action.key.startswith("story/"), at
        self.seen.append(history.all(MessageSent))
        return ()


def test_what_a_simulation_sends_is_noted_with_all_that_is_known() -> None:
    first = Step(id="a", kind=PROMO, channels=(Channel.PUSH,), variants=Pairs(warm=1))
    second = Step(id="b", kind=NOTE, days=1)
    memory = Remembers()
    run = simulate(
        [History.of(CUSTOMER, ORDER, *YES)],
        Playbook(journeys=(evolve(STORY, steps=(first, second)),)),
        shop=SHOP,
        start=AT,
        end=AT + timedelta(days=3),
        responses=memory,
    )
    assert memory.seen[1] == (
        MessageSent(
            id="story/order:O1/a",
            at=AT,
            channel=Channel.PUSH,
            purpose=Purpose.MARKETING,
            kind="promo",
            about="order:O1",
            variant="warm",
        ),
    )
    assert run.timelines[0].decisions == 4


def test_a_variant_is_drawn_by_journey_step_and_customer() -> None:
    weights = Pairs(a=1, b=1, c=1)
    step = Step(id="a", kind=NOTE, variants=weights)
    playbook = Playbook(journeys=(evolve(STORY, steps=(step,)),))
    for number in range(9):
        customer = evolve(CUSTOMER, id=f"C{number}")
        (action,) = decide(History.of(customer, ORDER), at=AT, shop=SHOP, playbook=playbook).due
        assert action.variant == variant("story/a", customer.id, weights)


# ---------------------------------------------------------------- errors, to the letter


NO_EARLIER = "it comes after 'a', which is no earlier step of this journey"


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (
            lambda: DEFAULT.journey("thank_yuo"),
            "the playbook: it has no 'thank_yuo'; the nearest is 'thank_you'",
        ),
        (
            lambda: DEFAULT.change("thank_you/thank", days=1),
            "journey 'thank_you': it has no 'thank'; the nearest is 'thanks'",
        ),
        (
            lambda: DEFAULT.change("thank_you/thanks", dayz=1),
            "step 'thanks' of journey 'thank_you': it has no 'dayz'; the nearest is 'days'",
        ),
        (
            lambda: DEFAULT.change("thank_you", prioritty=1),
            "journey 'thank_you': it has no 'prioritty'; the nearest is 'priority'",
        ),
        (
            lambda: evolve(STORY, steps=(STORY.steps[0], STORY.steps[0])),
            "journey 'story', step 'a': its id is used twice: each step has its own",
        ),
        (
            lambda: evolve(STORY, steps=(Step(id="b", kind=NOTE, after="a", days=1),)),
            f"journey 'story', step 'b': {NO_EARLIER}",
        ),
        (
            lambda: evolve(STORY, steps=()),
            "journey 'story': it has no steps: leave it out",
        ),
        (
            lambda: evolve(STORY, id="a/b"),
            "journey 'a/b': its id names it for ever, without a '/'",
        ),
        (
            lambda: Playbook(journeys=(STORY, STORY)),
            "journey 'story': defined twice: give the newer one an effective_from, or drop one",
        ),
        (
            lambda: Step(id="a/b", kind=NOTE),
            "step 'a/b': its id names it for ever, without a '/'",
        ),
        (lambda: Step(id="a", kind=NOTE, days=-1), "step 'a': days is 0 or more, got -1"),
        (
            lambda: Step(id="a", kind=NOTE, weekdays=frozenset({9})),
            "step 'a': weekdays are 0 (Monday) to 6 (Sunday), got [9]",
        ),
        (
            lambda: Step(id="b", kind=NOTE, after="a"),
            "step 'b': it comes after 'a', so it needs hours or days: both would go out at once",
        ),
    ],
)
def test_an_error_says_where_and_what(made: object, said: str) -> None:
    with pytest.raises(InvalidPlaybook) as caught:
        made()  # type: ignore[operator]  # each case is a function that makes something
    assert str(caught.value) == said
    assert f"{caught.value.at}: {caught.value.problem}" == said
