"""Edges that are easily got wrong: equal instants, exact thresholds, what is handed on."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from letters import AT, CUSTOMER, EURO, NOTE, ORDER, PROMO, YES
from postpurchase.domain.customer import Shop
from postpurchase.domain.decision import Decision, Granted, Outcome, Reason, says
from postpurchase.domain.event import MessageClicked, MessageSent
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.message import Channel, Kind, Purpose, Subject
from postpurchase.domain.moment import Window
from postpurchase.domain.offer import Coupon, Points
from postpurchase.domain.order import Order, Payment, PaymentState
from postpurchase.domain.rule import NOTHING, Known
from postpurchase.journey import (
    DEFAULT,
    BestChannel,
    Entry,
    Follow,
    Journey,
    Limit,
    Once,
    OneAtATime,
    Playbook,
    Row,
    Scene,
    Status,
    Step,
    apply_global_limits,
    bids,
    confirm,
    decide,
    decide_many,
    lint,
    requires,
    triggers,
)
from postpurchase.journey.compare import NeverOpen
from postpurchase.journey.reason import NotInPlaybook, NotTold, SupersededBy, WasTold
from postpurchase.privacy import WORLD, Hours

SHOP = Shop(name="Kitchen & Co", zone=ZoneInfo("Asia/Kolkata"))
EMAIL, PUSH = Channel.EMAIL, Channel.PUSH


def story(*steps: Step, id: str = "story") -> Journey:
    return Journey(id=id, trigger=triggers.OrderPlaced(), steps=steps)


def rows(playbook: Playbook, *facts: Fact, at: datetime = AT) -> dict[str, Row]:
    plan = decide(History.of(CUSTOMER, *facts), at=at, shop=SHOP, playbook=playbook)
    return {row.key: row for row in plan.rows}


def after(days: int, id: str) -> Order:
    return evolve(ORDER, id=id, at=AT + timedelta(days=days))


# ---------------------------------------------------------------- overtaken


def test_what_was_overtaken_goes_nowhere_and_waits_for_nothing() -> None:
    night = Hours(channel=EMAIL, open=Window(time(3), time(4)))
    more = story(Step(id="a", kind=NOTE, supersedes=("less",)), id="more")
    less = story(Step(id="b", kind=PROMO), id="less")
    found = rows(Playbook(journeys=(more, less), hours=(night,)), ORDER, YES)
    row = found["less/order:O1/b"]
    assert (row.status, row.reasons) == (Status.EXITED, (SupersededBy("more/a"),))
    assert (row.until, row.channel, row.basis) == (None, None, None)


def test_one_step_overtakes_another_by_its_full_name() -> None:
    more = story(Step(id="a", kind=NOTE, supersedes=("less/b",)), id="more")
    less = story(Step(id="b", kind=NOTE), Step(id="c", kind=NOTE), id="less")
    found = rows(Playbook(journeys=(more, less)), ORDER)
    statuses = {key: row.status for key, row in found.items()}
    assert statuses == {
        "more/order:O1/a": Status.DUE,
        "less/order:O1/b": Status.EXITED,
        "less/order:O1/c": Status.DUE,
    }


def test_nothing_overtakes_itself() -> None:
    own = story(Step(id="a", kind=NOTE, supersedes=("story",)))
    assert rows(Playbook(journeys=(own,)), ORDER)["story/order:O1/a"].status is Status.DUE


# ---------------------------------------------------------------- the best channel


def scene(sent: int, clicked: int) -> Scene:
    facts: list[Fact] = []
    for n in range(sent):
        key = f"x/order:{n}/a"
        facts.append(MessageSent(id=key, at=AT, channel=EMAIL))
        if n < clicked:
            facts.append(MessageClicked(id=key, at=AT, message=key))
    return Scene(History.of(CUSTOMER, *facts), AT, SHOP, NOTHING, WORLD)


@pytest.mark.parametrize(
    ("usual", "given", "ranked"),
    [
        (20, (EMAIL, PUSH), (EMAIL, PUSH)),
        (20, (PUSH, EMAIL), (PUSH, EMAIL)),
        (21, (EMAIL, PUSH), (PUSH, EMAIL)),
        (19, (PUSH, EMAIL), (EMAIL, PUSH)),
    ],
)
def test_a_rate_is_shrunk_to_the_usual_one(
    usual: int, given: tuple[Channel, ...], ranked: tuple[Channel, ...]
) -> None:
    """One of five mails answered is 20 %: exactly the usual rate, so the step's order stays."""
    assert BestChannel(usual=usual).ranked(scene(5, 1), given) == ranked


def test_enough_is_counted_exactly() -> None:
    given = (PUSH, EMAIL)
    assert BestChannel(enough=5).ranked(scene(5, 5), given) == (EMAIL, PUSH)
    assert BestChannel(enough=6).ranked(scene(5, 5), given) == given


# ---------------------------------------------------------------- versions and re-entry


def test_a_definition_that_is_alone_always_counts() -> None:
    (entry,) = triggers.OrderPlaced().entries(Scene(History.of(ORDER), AT, SHOP, NOTHING, WORLD))
    journey = DEFAULT.journey("thank_you")
    assert DEFAULT.counts(journey, entry, AT)


def test_the_newest_definition_says_whether_it_is_followed() -> None:
    old = story(Step(id="a", kind=NOTE, days=9))
    middle = evolve(old, effective_from=AT + timedelta(days=1), follow=Follow.LIVE)
    newest = evolve(
        old, effective_from=AT + timedelta(days=2), steps=(Step(id="a", kind=NOTE, days=1),)
    )
    found = rows(Playbook(journeys=(old, middle, newest)), ORDER, at=AT + timedelta(days=3))
    assert found["story/order:O1/a"].target == AT + timedelta(days=9)


def test_of_two_at_one_instant_the_one_that_was_written_to_is_in() -> None:
    once = evolve(story(Step(id="a", kind=NOTE), Step(id="b", kind=NOTE)), reentry=Once())
    sent = MessageSent(id="story/order:O2/a", at=AT)
    found = rows(Playbook(journeys=(once,)), ORDER, after(0, "O2"), sent)
    assert list(found) == ["story/order:O2/b"]


def test_what_is_over_before_the_next_began_is_in_too() -> None:
    steps = (
        Step(id="a", kind=NOTE, lateness_hours=24),
        Step(id="b", kind=NOTE, after="a", days=3, lateness_hours=24),
    )
    one = evolve(story(*steps), reentry=OneAtATime())
    sent = MessageSent(id="story/order:O9/a", at=AT + timedelta(days=9))
    at = AT + timedelta(days=9)
    whole = rows(Playbook(journeys=(one,)), ORDER, after(9, "O9"), sent, at=at)
    assert list(whole) == ["story/order:O1/a", "story/order:O9/b"]
    close = MessageSent(id="story/order:O9/a", at=AT + timedelta(days=4))
    found = rows(Playbook(journeys=(one,)), ORDER, after(4, "O9"), close, at=at)
    assert list(found) == ["story/order:O9/b"]


def test_a_payment_in_the_same_instant_makes_a_failure_good() -> None:
    failed = Payment(id="P1", at=AT, amount=EURO, state=PaymentState.FAILED)
    paid = Payment(id="P2", at=AT, amount=EURO)
    held = Payment(id="P3", at=AT, amount=EURO, state=PaymentState.AUTHORIZED)
    playbook = DEFAULT.only("payment_failed")
    for good in (paid, held):
        assert rows(playbook, evolve(ORDER, payments=(failed, good))) == {}
    assert rows(playbook, evolve(ORDER, payments=(failed,)))


# ---------------------------------------------------------------- what is handed on


class Heard(Reason):
    says = says("heard")


class Listens:
    """Remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[History, datetime, Known]] = []

    def decide(
        self, subject: History, /, *, at: datetime, known: Known = NOTHING
    ) -> Decision[Outcome]:
        self.asked.append((subject, at, known))
        return Granted(Outcome(), (Heard(),))


def test_a_policy_is_asked_about_the_history_with_all_that_is_known() -> None:
    policy = Listens()
    playbook = Playbook(journeys=(story(Step(id="a", kind=NOTE, brings=(policy,))),))
    points = Points(count=3)
    later = evolve(YES, id="later", recorded_at=AT + timedelta(days=1))
    history = History.of(CUSTOMER, ORDER, later)
    decide(history, at=AT, shop=SHOP, playbook=playbook, known=Known(points))
    ((subject, at, known),) = policy.asked
    assert (subject, at) == (history.until(AT), AT)
    entry, seen = known.find(Entry), known.find(Scene)
    assert entry is not None
    assert seen is not None
    assert (entry.order, seen.at, known.find(Shop), known.find(Points)) == (ORDER, AT, SHOP, points)
    assert known.find(Channel) is Channel.EMAIL


def test_a_rule_is_asked_with_the_same() -> None:
    policy = Listens()
    journey = evolve(story(Step(id="a", kind=NOTE)), requires=(requires.Grants(policy),))
    decide(
        History.of(CUSTOMER, ORDER),
        at=AT,
        shop=SHOP,
        playbook=Playbook(journeys=(journey,)),
        known=Known(Points(count=3)),
    )
    ((subject, at, known),) = policy.asked
    assert (subject.orders, at) == ((ORDER,), AT)
    assert known.find(Shop) is SHOP
    assert known.find(Points) == Points(count=3)


def test_an_answer_says_what_it_was() -> None:
    coupon = Coupon(code="A", off=EURO)
    policy = requires.Passes(Coupon)
    granted = policy.decide(History.of(), at=AT, known=Known(coupon))
    assert granted == Granted(coupon, (WasTold("Coupon"),))
    assert policy.decide(History.of(), at=AT).reasons == (NotTold("Coupon"),)


def test_confirm_and_many_use_the_same_playbook_and_answers() -> None:
    at = AT + timedelta(days=21, hours=2, minutes=30)
    offer = DEFAULT.only("recent_buyer_offer")
    known = Known(Coupon(code="A", off=EURO))
    history = History.of(CUSTOMER, ORDER, YES)
    plan = decide(history, at=at, shop=SHOP, playbook=offer, known=known)
    (action,) = plan.due
    assert list(decide_many([history], at=at, shop=SHOP, playbook=offer, known=known)) == [plan]
    assert confirm(action, history, at=at, shop=SHOP, playbook=offer, known=known) == action
    gone = confirm(action, history, at=at, shop=SHOP, playbook=Playbook())
    assert gone == Row(
        key=action.key,
        status=Status.EXITED,
        target=action.target,
        reasons=(NotInPlaybook(),),
        subject=Subject("order", ORDER.id),
        kind="coupon",
        priority=0,
        purpose=Purpose.MARKETING,
    )


# ---------------------------------------------------------------- limits of the shop


def test_limits_count_by_priority_and_go_on_after_what_they_hold() -> None:
    both = Playbook(
        journeys=(
            evolve(story(Step(id="a", kind=NOTE), id="low"), priority=1),
            evolve(story(Step(id="a", kind=PROMO), id="high"), priority=9),
            evolve(story(Step(id="a", kind=NOTE), id="mid"), priority=5),
        )
    )
    wanted = list(bids([decide(History.of(CUSTOMER, ORDER, YES), at=AT, shop=SHOP, playbook=both)]))
    assert {bid.journey: bid.priority for bid in wanted} == {"low": 1, "high": 9, "mid": 5}
    two = apply_global_limits(wanted, [Limit(most=2)])
    assert [bid.journey for bid in two.kept] == ["high", "mid"]
    notes = apply_global_limits(wanted, [Limit(most=1, kind="note")])
    assert [bid.journey for bid in notes.kept] == ["high", "mid"]
    none = apply_global_limits(wanted, [Limit(most=0, journey="high")])
    assert [bid.journey for bid in none.kept] == ["mid", "low"]
    both_named = Limit(most=0, journey="low", kind="promo")
    assert len(apply_global_limits(wanted, [both_named]).kept) == 3
    assert (both_named.scope, Limit(most=0, kind="a").scope) == ("low promo", "a")


# ---------------------------------------------------------------- the linter


def test_the_linter_knows_the_shops_own_hours_and_the_length_of_a_night() -> None:
    ask = Kind(name="ask", purpose=Purpose.SOLICITATION)
    own = (Hours(channel=EMAIL, open=Window(time(8), time(20))),)
    short = Playbook(journeys=(story(Step(id="a", kind=ask, lateness_hours=12)),), hours=own)
    night = Playbook(journeys=(story(Step(id="a", kind=ask, lateness_hours=13)),), hours=own)
    assert lint(short) == (NeverOpen("story/a", 12),)
    assert lint(night) == ()
