"""What a simulation notes, what a picture shows, and other small print of the journey."""

from datetime import UTC, date, datetime, timedelta
from typing import final
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from attrs import evolve, field, frozen
from typing_extensions import override

from letters import ASK, AT, NOTE
from postpurchase.domain.customer import Birthday, Consent, ConsentState, Customer, Shop
from postpurchase.domain.decision import Declined, Granted, Outcome
from postpurchase.domain.event import MessageSent
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.message import Channel, Purpose, Subject
from postpurchase.domain.moment import Calendar, Days
from postpurchase.domain.money import Money
from postpurchase.domain.offer import Points
from postpurchase.domain.order import Line, Order, Promise, Refund
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.product import Catalog, Product, Variant
from postpurchase.domain.rule import NOTHING, Known
from postpurchase.domain.shipment import Scan, Shipment, Stage
from postpurchase.journey import (
    Cooldown,
    Entry,
    Exit,
    Follow,
    Journey,
    OneAtATime,
    Plan,
    Playbook,
    Reentry,
    Row,
    Scene,
    Simulation,
    Status,
    Step,
    Trigger,
    confirm,
    decide,
    exits,
    simulate,
    triggers,
)
from postpurchase.journey.chart import timeline
from postpurchase.journey.reason import CapReached, NotTold, OrderRefunded
from postpurchase.journey.requires import AboutOrder
from postpurchase.privacy import Cap, Counting

DAY = timedelta(days=1)
SHOP = Shop(name="Kitchen & Co", zone=ZoneInfo("Asia/Kolkata"))
CUSTOMER = Customer(id="C1", at=AT - 90 * DAY, email="guest@example.com", country="IN")
YES = Consent(id="yes", at=AT - 90 * DAY, channel=Channel.EMAIL, state=ConsentState.GRANTED)
LINE = Line(sku="A", unit_price=Money.of("10.00", "EUR"))
ORDER = Order(id="O1", at=AT, currency="EUR", lines=(LINE,))


def story(*steps: Step, reentry: Reentry | None = None) -> Playbook:
    whole = Journey(id="story", trigger=triggers.OrderPlaced(), steps=steps)
    return Playbook(journeys=(evolve(whole, reentry=reentry) if reentry else whole,))


def plan(playbook: Playbook, *facts: Fact, at: datetime = AT) -> Plan:
    return decide(History.of(CUSTOMER, YES, *facts), at=at, shop=SHOP, playbook=playbook)


# ---------------------------------------------------------------- simulations


def walked(playbook: Playbook, *histories: History) -> Simulation:
    return simulate(histories, playbook, shop=SHOP, start=AT, end=AT + 9 * DAY)


def test_what_a_simulation_sends_counts_as_what_it_was() -> None:
    """A cap counts questions, and not the service that went out a moment before."""
    care, ask = Step(id="a", kind=NOTE), Step(id="b", kind=ASK, hours=1)
    once = evolve(story(care, ask), caps=(Cap(limit=1, hours=24),))
    (line,) = walked(once, History.of(CUSTOMER, YES, ORDER)).timelines
    assert [each.at for each in line.sent] == [AT, AT + timedelta(hours=1)]
    assert line.collisions == ()


def test_a_history_of_nobody_has_a_timeline_without_a_name() -> None:
    (line,) = walked(story(Step(id="a", kind=NOTE)), History.of(ORDER)).timelines
    assert (line.customer, line.sent) == ("", ())
    (left,) = line.left
    assert left.status is Status.SUPPRESSED


def test_a_picture_shows_each_message_where_and_when_it_was_sent() -> None:
    steps = (Step(id="a", kind=NOTE), Step(id="b", kind=NOTE, days=2))
    later = evolve(ORDER, id="O2", at=AT + DAY)
    found = walked(
        story(*steps),
        History.of(CUSTOMER, ORDER),
        History.of(evolve(CUSTOMER, id="C2"), later),
    )
    (axes,) = timeline(found).axes
    (marks,) = axes.get_lines()
    assert np.asarray(marks.get_xdata(orig=True)).tolist() == [AT + n * DAY for n in (0, 2, 1, 3)]
    assert np.asarray(marks.get_ydata()).tolist() == [0, 0, 1, 1]
    assert (marks.get_marker(), marks.get_linestyle()) == ("o", "None")
    first = (AT - datetime(1970, 1, 1, tzinfo=UTC)) / DAY
    assert axes.get_xlim() == (first, first + 9)
    assert axes.get_xlabel() == "UTC"
    legend = axes.get_legend()
    assert legend is not None
    assert [each.get_text() for each in legend.get_texts()] == ["story"]


def test_a_picture_of_more_customers_is_higher() -> None:
    playbook = story(Step(id="a", kind=NOTE))
    one = timeline(walked(playbook, History.of(CUSTOMER, ORDER)))
    many = timeline(
        walked(playbook, *(History.of(evolve(CUSTOMER, id=f"C{n}"), ORDER) for n in range(9)))
    )
    assert one.get_figwidth() == many.get_figwidth()
    assert many.get_figheight() > 2 * one.get_figheight()


# ---------------------------------------------------------------- re-entry after facts are gone


def gone(step: str, at: datetime) -> MessageSent:
    """What is left of an order that nobody knows any more."""
    return MessageSent(id=f"story/order:GONE/{step}", at=at, purpose=Purpose.SERVICE)


def test_an_entry_whose_facts_are_gone_counts_from_its_first_message() -> None:
    playbook = story(Step(id="a", kind=NOTE), reentry=Cooldown(30))
    both = (gone("x", AT - 35 * DAY), gone("y", AT - 10 * DAY))
    assert plan(playbook, ORDER, *both).row("story/order:O1/a") is not None
    assert plan(playbook, ORDER, both[1]).row("story/order:O1/a") is None


def test_what_another_entry_sent_does_not_end_one_whose_facts_are_gone() -> None:
    playbook = story(Step(id="a", kind=NOTE, lateness_hours=240), reentry=OneAtATime())
    earlier = evolve(ORDER, id="O0", at=AT - 8 * DAY)
    sent = MessageSent(id="story/order:O0/a", at=earlier.at, purpose=Purpose.SERVICE)
    found = plan(playbook, earlier, ORDER, sent, gone("a", AT - 3 * DAY))
    assert found.row("story/order:O1/a") is None


# ---------------------------------------------------------------- triggers, steps and answers


def test_a_step_may_name_every_day_of_the_week() -> None:
    daily = Step(id="a", kind=NOTE, weekdays=frozenset(range(7)))
    assert plan(story(daily), ORDER).rows[0].target == AT


@final
@frozen(eq=False)
class Spy(Exit):
    """Ends nothing, and remembers what it was asked about."""

    seen: list[Entry] = field(factory=list[Entry])

    @override
    def met(self, entry: Entry, scene: Scene, /) -> None:
        self.seen.append(entry)


def entries(trigger: Trigger, *facts: Fact, known: Known = NOTHING) -> list[Entry]:
    spy = Spy()
    steps = (Step(id="a", kind=NOTE, lateness_hours=24 * 90),)
    watched = Journey(id="watched", trigger=trigger, exits=(spy,), steps=steps)
    history = History.of(CUSTOMER, *facts)
    decide(history, at=AT, shop=SHOP, playbook=Playbook(journeys=(watched,)), known=known)
    return spy.seen


@frozen(kw_only=True)
class Complained(Fact):
    """Somebody complained, in a shop's own words."""

    what: str = ""


def test_a_fact_of_a_shops_own_can_be_about_an_order() -> None:
    about = Complained(id="1", at=AT, what="O1")
    of_order = triggers.Happened(fact=Complained, noun="order", of="what")
    (entry,) = entries(of_order, ORDER, about)
    assert (str(entry.subject), entry.order) == ("order:O1#1", ORDER)
    (loose,) = entries(evolve(of_order, noun="complaint"), ORDER, about)
    assert (str(loose.subject), loose.order) == ("complaint:O1", None)


def test_the_eve_of_a_delivery_is_the_customers() -> None:
    """At 20:00 UTC it is the next day in Kolkata, so the eve is a day later there."""
    end = datetime(2026, 11, 4, 20, tzinfo=UTC)
    promised = evolve(ORDER, promise=Promise(start=end, end=end))
    parcel = Shipment(id="S1", at=AT, order="O1", scans=(Scan(at=AT, stage=Stage.IN_TRANSIT),))
    (entry,) = entries(triggers.ArrivesSoon(), promised, parcel)
    assert (entry.subject.mark, entry.anchor) == (
        "by:2026-11-05",
        datetime(2026, 11, 3, 18, 30, tzinfo=UTC),
    )


def test_what_is_used_up_is_known_by_its_variant_alone() -> None:
    heads = Product(id="heads", title="Heads", lasts=30 * DAY, variants=(Variant(sku="A"),))
    there = AT - 29 * DAY
    bought = evolve(ORDER, at=AT - 30 * DAY)
    parcel = Shipment(id="S1", at=there, order="O1", scans=(Scan(at=there, stage=Stage.DELIVERED),))
    (entry,) = entries(triggers.UsedUp(), bought, parcel, known=Known(Catalog((heads,))))
    assert (entry.sku, entry.anchor) == ("A", there + 23 * DAY)


def test_a_step_that_is_confirmed_says_why_it_must_not_go_out() -> None:
    playbook = story(Step(id="a", kind=NOTE))
    ended = Playbook(journeys=(evolve(playbook.journeys[0], exits=(exits.IfRefunded(),)),))
    history = History.of(CUSTOMER, ORDER)
    (action,) = decide(history, at=AT, shop=SHOP, playbook=ended).due
    back = Refund(id="R1", at=AT, order="O1", amount=ORDER.total)
    found = confirm(action, history.add(back), at=AT, shop=SHOP, playbook=ended)
    assert isinstance(found, Row)
    assert (found.key, found.reasons) == (action.key, (OrderRefunded("O1"),))


@frozen
class Answering:
    """Answers with what is known, about the orders that it is shown."""

    def decide(
        self, subject: History, /, *, at: datetime, known: Known = NOTHING
    ) -> Granted[Outcome] | Declined:
        told = known.find(Points)
        shown = [order.id for order in subject.orders]
        assert (at, shown) == (AT, ["O1"])
        return Granted(told, (NotTold("a"),)) if told else Declined((NotTold("Points"),))


def test_a_policy_about_one_order_is_shown_that_order_and_all_that_is_known() -> None:
    entry = Entry(subject=Subject("order", "O1"), anchor=AT, why=NotTold("a"), order=ORDER)
    history = History.of(CUSTOMER, ORDER, evolve(ORDER, id="O2"))
    known = Known(entry, Points(count=3))
    found = AboutOrder(Answering()).decide(history, at=AT, known=known)
    assert found == Granted(Points(count=3), (NotTold("a"),))


def test_the_second_of_two_equal_hours_is_not_moved_to_the_first() -> None:
    """On 25 October 2026 it is 02:30 twice in Berlin; the entry began at the second one."""
    began = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    german = evolve(CUSTOMER, zone=ZoneInfo("Europe/Berlin"))
    daily = Step(id="a", kind=NOTE, weekdays=frozenset(range(7)))
    history = History.of(german, evolve(ORDER, at=began, recorded_at=began))
    (found,) = decide(history, at=began, shop=SHOP, playbook=story(daily)).rows
    assert found.target == began


def test_what_makes_a_journey_wait_is_asked_about_its_entry() -> None:
    playbook = story(Step(id="a", kind=NOTE))
    waits = Playbook(journeys=(evolve(playbook.journeys[0], defers=(exits.IfRefunded(),)),))
    back = Refund(id="R1", at=AT, order="O1", amount=ORDER.total)
    (found,) = plan(waits, ORDER, back).rows
    assert (found.status, found.reasons) == (Status.DEFERRED, (OrderRefunded("O1"),))


def test_of_two_caps_that_free_together_the_first_says_why() -> None:
    full = MessageSent(id="x/x/x", at=AT - timedelta(hours=1), purpose=Purpose.MARKETING)
    caps = (Cap(limit=1, hours=24), Cap(limit=1, hours=24, channel=Channel.EMAIL))
    (found,) = plan(evolve(story(Step(id="a", kind=ASK)), caps=caps), ORDER, full).rows
    assert (found.status, found.until) == (Status.DEFERRED, AT + timedelta(hours=23))
    assert found.reasons == (CapReached(1, 24),)


@pytest.mark.parametrize(("packed", "began"), [(("1",), 0), (("1", "2"), 1), ((), 1)])
def test_an_order_has_arrived_when_all_of_it_has(packed: tuple[str, ...], began: int) -> None:
    two = evolve(ORDER, lines=(evolve(LINE, id="1"), evolve(LINE, id="2", sku="B")))
    parcel = Shipment(
        id="S1",
        at=AT,
        order="O1",
        lines=Pairs(dict.fromkeys(packed, 1)),
        scans=(Scan(at=AT, stage=Stage.DELIVERED),),
    )
    assert len(entries(triggers.OrderDelivered(), two, parcel)) == began


# ---------------------------------------------------------------- who is asked, and how long


def whole(trigger: Trigger, *steps: Step, id: str = "story") -> Journey:
    return Journey(id=id, trigger=trigger, steps=steps)


BORN = evolve(CUSTOMER, birthday=Birthday(11, 1))
MIDNIGHT = datetime(2026, 10, 31, 18, 30, tzinfo=UTC)


def test_a_greeting_may_go_out_until_its_very_last_instant() -> None:
    greet = whole(triggers.Birthday(), Step(id="a", kind=NOTE, lateness_hours=15))
    last = MIDNIGHT + timedelta(hours=15)
    for at, statuses in ((last, [Status.DUE]), (last + timedelta(microseconds=1), [])):
        found = decide(History.of(BORN), at=at, shop=SHOP, playbook=Playbook(journeys=(greet,)))
        assert [row.status for row in found.rows if row.key == "story/year:2026/a"] == statuses


def test_a_step_whose_day_has_gone_hides_none_after_it() -> None:
    steps = (Step(id="a", kind=NOTE, lateness_hours=1), Step(id="b", kind=NOTE, hours=12))
    greet = whole(triggers.Birthday(), *steps)
    found = decide(History.of(BORN), at=AT, shop=SHOP, playbook=Playbook(journeys=(greet,)))
    assert [row.key for row in found.due] == ["story/year:2026/b"]
    assert "story/year:2026/a" not in {row.key for row in found.rows}


@final
@frozen
class Twice(Trigger):
    """Finds each order twice."""

    @override
    def entries(self, scene: Scene, /) -> tuple[Entry, ...]:
        return triggers.OrderPlaced().entries(scene) * 2


def test_a_key_has_one_row_whatever_a_trigger_finds() -> None:
    found = plan(Playbook(journeys=(whole(Twice(), Step(id="a", kind=NOTE)),)), ORDER)
    assert [row.key for row in found.rows] == ["story/order:O1/a"]


def test_what_is_long_over_is_shown_as_long_as_the_playbook_says_and_no_longer() -> None:
    playbook = story(Step(id="a", kind=NOTE, lateness_hours=1))
    (shown,) = playbook.journeys
    begin = AT - shown.reach - playbook.looks_back
    old = evolve(ORDER, at=begin, recorded_at=begin)
    assert [row.status for row in plan(playbook, old).rows] == [Status.SKIPPED]
    older = begin - timedelta(microseconds=1)
    assert plan(playbook, evolve(old, at=older, recorded_at=older)).rows == ()


def test_a_journey_that_reaches_less_far_hides_none_with_the_same_beginning() -> None:
    short = whole(triggers.OrderPlaced(), Step(id="a", kind=NOTE, lateness_hours=1))
    long = whole(triggers.OrderPlaced(), Step(id="a", kind=NOTE, days=80), id="long")
    old = evolve(ORDER, at=AT - 80 * DAY, recorded_at=AT - 80 * DAY)
    found = plan(Playbook(journeys=(short, long)), old)
    assert [row.key for row in found.rows] == ["long/order:O1/a"]


def test_a_weekday_keeps_the_time_at_which_it_began() -> None:
    """1 November 2026 is a Sunday; the order was placed at 15:30 in Kolkata."""
    mondays = Step(id="a", kind=NOTE, weekdays=frozenset({0}))
    assert plan(story(mondays), ORDER).rows[0].target == AT + DAY


def test_business_days_are_those_of_the_shop() -> None:
    resting = evolve(SHOP, calendar=Calendar(is_holiday=Days.of(date(2026, 11, 2))))
    step = Step(id="a", kind=NOTE, days=1, counting=Counting.BUSINESS)
    (found,) = decide(History.of(CUSTOMER, ORDER), at=AT, shop=resting, playbook=story(step)).rows
    assert found.target == AT + 2 * DAY


def test_the_newest_of_three_definitions_says_whether_they_are_followed_live() -> None:
    step = Step(id="a", kind=NOTE)
    first, second, third = (
        evolve(whole(triggers.OrderPlaced(), step), effective_from=AT + n * DAY) for n in range(3)
    )
    live = evolve(third, follow=Follow.LIVE)
    assert Playbook(journeys=(first, second, live)).turns(AT) == (AT + DAY, AT + 2 * DAY)
    middle = evolve(second, follow=Follow.LIVE)
    assert Playbook(journeys=(first, middle, third)).turns(AT) == ()
