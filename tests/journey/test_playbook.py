"""Playbooks as values: what they refuse, and how a shop changes one number."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from letters import NOTE, PROMO
from postpurchase.domain.customer import Shop
from postpurchase.domain.history import History
from postpurchase.domain.moment import Calendar, Days
from postpurchase.domain.money import Money
from postpurchase.domain.order import Line, Order
from postpurchase.domain.rule import NOTHING
from postpurchase.errors import InvalidPlaybook
from postpurchase.journey import DEFAULT, Journey, Playbook, Scene, Step, lint, triggers
from postpurchase.journey.clock import Clock
from postpurchase.journey.compare import (
    NeverOpen,
    NoActivation,
    StepRemoved,
    StepRenamed,
    SupersedesNothing,
)
from postpurchase.journey.timing import target
from postpurchase.privacy import WORLD, Counting

STEP = Step(id="a", kind=NOTE)
STORY = Journey(id="story", trigger=triggers.OrderPlaced(), steps=(STEP,))
SATURDAY = datetime(2026, 10, 31, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (lambda: Step(id="", kind=NOTE), "names it for ever"),
        (lambda: Step(id="a/b", kind=NOTE), "names it for ever"),
        (lambda: Step(id="a", kind=NOTE, days=-1), "days is 0 or more, got -1"),
        (lambda: Step(id="a", kind=NOTE, hours=-1), "hours is 0 or more, got -1"),
        (lambda: Step(id="a", kind=NOTE, lateness_hours=-1), "lateness_hours is 0 or more"),
        (lambda: Step(id="a", kind=NOTE, weekdays=frozenset({7})), r"got \[7\]"),
        (lambda: Step(id="b", kind=NOTE, after="a"), "it needs hours or days"),
        (lambda: evolve(STORY, id="a/b"), "names it for ever"),
        (lambda: evolve(STORY, id=""), "names it for ever"),
        (lambda: evolve(STORY, steps=()), "it has no steps"),
        (lambda: evolve(STORY, steps=(STEP, STEP)), "used twice"),
        (
            lambda: evolve(STORY, steps=(evolve(STEP, id="b", after="x", days=1), STEP)),
            "no earlier step",
        ),
        (lambda: Playbook(journeys=(STORY, STORY)), "defined twice"),
        (lambda: DEFAULT.journey("reveiw"), "the nearest is 'review_request'"),
        (lambda: DEFAULT.without("winback"), "the nearest is 'win_back'"),
        (lambda: DEFAULT.only("birthda"), "the nearest is 'birthday'"),
        (lambda: DEFAULT.change("review_request/aks", days=3), "the nearest is 'ask'"),
        (lambda: DEFAULT.change("review_request/ask", day=3), "the nearest is 'days'"),
        (lambda: DEFAULT.change("birthday", prio=3), "it has no 'prio'"),
        (lambda: Playbook().journey("a"), "it has no 'a'$"),
    ],
)
def test_what_cannot_be_meant_is_refused(made: object, said: str) -> None:
    with pytest.raises(InvalidPlaybook, match=said):
        made()  # type: ignore[operator]  # each case is a function that makes something


def test_one_number_is_changed_and_all_else_is_kept() -> None:
    changed = DEFAULT.change("review_request/ask", days=10).change("birthday", priority=1)
    step = changed.journey("review_request").step("ask")
    assert step == evolve(DEFAULT.journey("review_request").steps[0], days=10)
    assert changed.journey("birthday").priority == 1
    assert changed.without("review_request", "birthday") == DEFAULT.without(
        "review_request", "birthday"
    )


def test_journeys_come_and_go() -> None:
    more = DEFAULT.add(STORY)
    assert more.journey("story") is STORY
    assert more.without("story") == DEFAULT
    assert more.only("story").journeys == (STORY,)
    assert STORY.step("b") is None


def test_only_the_newest_of_several_versions_is_changed() -> None:
    newer = evolve(STORY, effective_from=SATURDAY)
    changed = Playbook(journeys=(newer, STORY)).change("story/a", days=2)
    assert [each.steps[0].days for each in changed.journeys] == [2, 0]


def test_a_linter_warns_before_a_change_goes_live() -> None:
    renamed = evolve(STORY, steps=(evolve(STEP, id="b"),))
    fresh = evolve(STORY, id="fresh")
    promo = evolve(
        STORY,
        id="promo",
        active_from=SATURDAY,
        steps=(Step(id="p", kind=PROMO, lateness_hours=5, supersedes=("nothing", "promo/p")),),
    )
    pushed = evolve(
        promo, id="pushed", steps=(evolve(DEFAULT.journey("birthday").steps[0], lateness_hours=5),)
    )
    before = Playbook(journeys=(STORY, evolve(STORY, id="gone", steps=(Step(id="g", kind=PROMO),))))
    found = lint(Playbook(journeys=(renamed, fresh, promo, pushed)), before=before)
    assert found == (
        SupersedesNothing("promo/p", "nothing"),
        NeverOpen("pushed/gift", 5),
        StepRenamed("story/a", "story/b"),
        StepRenamed("gone/g", "promo/p"),
        NoActivation("fresh"),
    )
    assert lint(Playbook(), before=Playbook(journeys=(STORY,))) == (StepRemoved("story/a"),)
    assert lint(DEFAULT) == ()
    assert lint(DEFAULT, before=DEFAULT.change("birthday", priority=1)) == ()


def test_a_delay_is_told_in_words() -> None:
    step = Step(id="a", kind=NOTE, hours=1, days=2, counting=Counting.BUSINESS)
    assert list(map(str, step.delay)) == ["1 hour later", "2 business days later"]
    assert list(map(str, STEP.delay)) == ["at once"]


def test_a_journey_may_begin_for_everything_new_unless_told_otherwise() -> None:
    (entry,) = triggers.OrderPlaced().entries(scene_of_one_order())
    assert STORY.reentry.admits(entry, entry, lambda each: each.anchor)


def scene_of_one_order() -> Scene:
    line = Line(sku="A", unit_price=Money.of("1.00", "EUR"))
    order = Order(id="O1", at=SATURDAY, currency="EUR", lines=(line,))
    shop = Shop(name="Kitchen & Co", zone=ZoneInfo("UTC"))
    return Scene(History.of(order), SATURDAY, shop, NOTHING, WORLD)


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (Step(id="a", kind=NOTE, days=2, counting=Counting.BUSINESS), (2026, 11, 3, 10)),
        (
            Step(id="a", kind=NOTE, days=2, counting=Counting.BUSINESS, local_time=time(8)),
            (2026, 11, 3, 8),
        ),
        (Step(id="a", kind=NOTE, weekdays=frozenset({5})), (2026, 10, 31, 10)),
        (Step(id="a", kind=NOTE, weekdays=frozenset({1})), (2026, 11, 3, 10)),
        (Step(id="a", kind=NOTE, local_time=time(9)), (2026, 11, 1, 9)),
        (Step(id="a", kind=NOTE, local_time=time(10)), (2026, 10, 31, 10)),
        (Step(id="a", kind=NOTE, local_time=time(9), weekdays=frozenset({5})), (2026, 11, 7, 9)),
        (Step(id="a", kind=NOTE, days=3), (2026, 11, 3, 10)),
    ],
)
def test_when_a_step_comes(step: Step, expected: tuple[int, int, int, int]) -> None:
    clock = Clock(ZoneInfo("UTC"), Calendar(is_holiday=Days.of(date(2026, 11, 9))))
    assert target(clock, step, SATURDAY) == datetime(*expected, tzinfo=UTC)


def test_two_days_at_ten_counted_from_three_in_the_afternoon() -> None:
    """From 1 January 15:00, "2 days at 10:00" is 3 January 10:00."""
    clock = Clock(ZoneInfo("UTC"), Calendar())
    step = Step(id="a", kind=NOTE, days=2, local_time=time(10))
    start = datetime(2026, 1, 1, 15, tzinfo=UTC)
    assert target(clock, step, start) == datetime(2026, 1, 3, 10, tzinfo=UTC)
