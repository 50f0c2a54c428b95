"""Rules, playbooks and policies as plain data: exact, named, and with a path in every complaint."""

import json
import tomllib
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, final
from zoneinfo import ZoneInfo

import pytest
from attrs import frozen
from typing_extensions import override

from postpurchase import plain
from postpurchase.domain.customer import Birthday
from postpurchase.domain.decision import Decision, Granted, Outcome, Reason, says
from postpurchase.domain.event import ReviewPublished, TicketOpened
from postpurchase.domain.history import History
from postpurchase.domain.message import Channel, Kind, Purpose
from postpurchase.domain.moment import Days, Leap, Window
from postpurchase.domain.money import Money
from postpurchase.domain.offer import Coupon, Percent
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.product import Product
from postpurchase.domain.rule import NOTHING, Finding, Known, Rule, Verdict
from postpurchase.errors import InvalidPlain
from postpurchase.journey import DEFAULT
from postpurchase.journey.entry import Exit, Trigger
from postpurchase.journey.journey import Cooldown, Holdout, Journey, Reentry
from postpurchase.journey.playbook import Playbook
from postpurchase.journey.requires import Grants, IsGuest
from postpurchase.journey.step import Step
from postpurchase.journey.triggers.season import Birthday as BirthdayComes
from postpurchase.journey.triggers.story import Happened
from postpurchase.privacy import WORLD, Counting, Hours, Law
from postpurchase.recommend import (
    Bestsellers,
    Blend,
    BoughtTogether,
    Chain,
    Complements,
    Favourites,
    Refill,
    Suggest,
    Taste,
    Upgrade,
)
from postpurchase.support import Guides

PLAYBOOK = """
looks_back_days = 30

[[journeys]]
id = "review_request"
trigger = {type = "order_delivered"}
exits = [{type = "reviewed"}, {type = "refunded"}]
requires = [{type = "not", rule = {type = "guest"}}]
active_from = 2026-11-01T00:00:00Z

[[journeys.steps]]
id = "ask"
kind = "review_request"
days = 10
local_time = 10:00:00
weekdays = [0, 1, 2]

[[caps]]
limit = 1
hours = 24
"""


@final
@frozen
class AtLeast(Rule):
    """A shop's own rule."""

    count: int

    @override
    def check(self, known: Known, /) -> Finding:
        return Finding(self, Verdict.YES if self.count else Verdict.NO)


class Yes(Reason):
    says = says("yes")


@frozen
class Gives:
    """A shop's own policy."""

    share: Decimal

    def decide(
        self, subject: History, /, *, at: datetime, known: Known = NOTHING
    ) -> Decision[Outcome]:
        assert subject is not None, (at, known)
        return Granted(Outcome(), (Yes(),))


def holidays(day: date) -> bool:
    return day.month == 1


def problems(kind: type[object], data: dict[str, object]) -> dict[str, str]:
    with pytest.raises(InvalidPlain) as caught:
        plain.load(kind, data)
    return dict(caught.value.problems)


def test_a_playbook_comes_from_toml() -> None:
    found = plain.load(Playbook, tomllib.loads(PLAYBOOK))
    (journey,) = found.journeys
    (step,) = journey.steps
    assert journey.requires == (~IsGuest(),)
    assert journey.active_from == datetime(2026, 11, 1, tzinfo=UTC)
    assert (step.days, step.local_time, step.weekdays) == (10, time(10), frozenset({0, 1, 2}))
    assert step.kind == DEFAULT.journey("review_request").steps[0].kind
    assert found.looks_back_days == 30


def test_the_default_playbook_survives_json() -> None:
    written = plain.dump(DEFAULT)
    assert plain.load(Playbook, json.loads(json.dumps(written))) == DEFAULT
    assert written["caps"] == [{"limit": 1, "hours": 24}, {"limit": 3, "hours": 168}]


def test_the_law_survives_json() -> None:
    assert plain.load(Law, json.loads(json.dumps(plain.dump(WORLD)))) == WORLD


@pytest.mark.parametrize(
    ("kind", "value", "written"),
    [
        (Rule, IsGuest(), {"type": "guest"}),
        (Trigger, BirthdayComes(Leap.MAR1), {"type": "birthday", "leap": "mar1"}),
        (
            Trigger,
            Happened(fact=ReviewPublished, noun="review", of="review"),
            {"type": "happened", "fact": "ReviewPublished", "noun": "review", "of": "review"},
        ),
        (Reentry, Cooldown(60), {"type": "cooldown", "days": 60}),
        (Holdout, Holdout("2026H2", Decimal("0.05")), {"name": "2026H2", "share": "0.05"}),
        (
            Hours,
            Hours(
                channel=Channel.SMS,
                open=Window(time(8), time(20, 0, 30), is_holiday=Days.of(date(2026, 12, 25))),
                countries=("FR",),
                purpose=Purpose.MARKETING,
            ),
            {
                "channel": "sms",
                "open": {
                    "opens": "08:00",
                    "closes": "20:00:30",
                    "is_holiday": {"dates": ["2026-12-25"]},
                },
                "countries": ["FR"],
                "purpose": "marketing",
            },
        ),
        (
            Coupon,
            Coupon(
                code="AGAIN",
                off=Percent(Decimal("12.5")),
                minimum=Money.of("20.00", "EUR"),
                ends=datetime(2026, 12, 1, tzinfo=UTC),
            ),
            {
                "code": "AGAIN",
                "off": "12.5 %",
                "minimum": "20.00 EUR",
                "ends": "2026-12-01T00:00:00+00:00",
            },
        ),
        (
            Coupon,
            Coupon(code="FIVE", off=Money.of("5.00", "EUR")),
            {"code": "FIVE", "off": "5.00 EUR"},
        ),
        (
            Product,
            Product(id="P", title="Brush", lasts=timedelta(days=90)),
            {"id": "P", "title": "Brush", "lasts": "P90D"},
        ),
        (
            Step,
            Step(
                id="a",
                kind=Kind(name="own", purpose=Purpose.SERVICE),
                counting=Counting.BUSINESS,
                variants=Pairs(a=1, b=3),
                weekdays=frozenset({4, 0}),
            ),
            {
                "id": "a",
                "kind": {"name": "own", "purpose": "service"},
                "counting": "business",
                "variants": {"a": 1, "b": 3},
                "weekdays": [0, 4],
            },
        ),
    ],
    ids=lambda each: getattr(each, "__name__", ""),
)
def test_a_value_and_its_plain_form(
    kind: type[object], value: object, written: dict[str, object]
) -> None:
    assert plain.dump(value) == written
    assert plain.load(kind, written) == value


def test_what_is_wrong_is_told_with_its_path_and_the_nearest_name() -> None:
    data: dict[str, Any] = plain.dump(DEFAULT.only("thank_you", "shipped"))
    thanks, shipped = data["journeys"]
    thanks["steps"][0]["hours"] = 1.7
    thanks["steps"][0]["kind"] = "thank_yuo"
    thanks["prioritty"] = 3
    shipped["trigger"]["type"] = "parcel_shiped"
    shipped["id"] = 3
    shipped["exits"] = [{}, "delivered", {"type": 4}]
    data["caps"] = "abc"
    assert problems(Playbook, data) == {
        "$.journeys[0].steps[0].hours": "expected int, got 1.7 (float)",
        "$.journeys[0].steps[0].kind": (
            "no kind is called 'thank_yuo'; the nearest is 'thank_you'"
        ),
        "$.journeys[0].prioritty": "no such name in Journey; the nearest is 'priority'",
        "$.journeys[1].trigger.type": (
            "nothing is called 'parcel_shiped' (str); the nearest is 'parcel_shipped'"
        ),
        "$.journeys[1].id": "expected str, got 3 (int)",
        "$.journeys[1].exits[0]": "'type' is missing; it is one of "
        + ", ".join(sorted(name for name, word in plain.WORDS.items() if issubclass(word, Exit))),
        "$.journeys[1].exits[1]": "expected a table with a 'type', got 'delivered' (str)",
        "$.journeys[1].exits[2].type": problems(Playbook, data)["$.journeys[1].exits[2].type"],
        "$.caps": "expected a list, got 'abc' (str)",
    }


@pytest.mark.parametrize(
    ("kind", "data", "path", "said"),
    [
        (Birthday, {"month": 1, "day": True}, "$.day", "expected int, got True (bool)"),
        (Birthday, {"month": 1}, "$.day", "it is missing"),
        (Birthday, {"month": 2, "day": 30}, "$", "Birthday.day: expected a day that exists"),
        (Holdout, {"name": "x", "share": 0.1}, "$.share", "expected a number as text"),
        (Holdout, {"name": "x", "share": "many"}, "$.share", "expected a number as text"),
        (Product, {"id": "P", "title": "T", "lasts": "P"}, "$.lasts", "ISO 8601 duration"),
        (Coupon, {"code": "A", "off": "5 EURO"}, "$.off", "EURO"),
        (Coupon, {"code": "A", "off": 5}, "$.off", "a share or money as text"),
        (
            Step,
            {"id": "a", "kind": "thank_you", "counting": "busines"},
            "$.counting",
            "no Counting is called 'busines' (str); the nearest is 'business'",
        ),
        (
            Step,
            {"id": "a", "kind": "thank_you", "variants": ["a"]},
            "$.variants",
            "expected a table of names",
        ),
        (
            Step,
            {"id": "a", "kind": "thank_you", "local_time": "ten"},
            "$.local_time",
            "expected a local time, such as '10:00', got 'ten' (str)",
        ),
        (Coupon, {"code": "A", "off": "5 %", "ends": "soon"}, "$.ends", "its offset, such as"),
        (
            Coupon,
            {"code": "A", "off": "5 %", "ends": datetime(2026, 5, 1)},  # noqa: DTZ001 - the mistake
            "$.ends",
            "expected an instant with its offset",
        ),
        (Playbook, {"journeys": [5]}, "$.journeys[0]", "expected a table, got 5 (int)"),
        (
            Journey,
            {"id": "a", "trigger": {"type": "happened", "fact": "Nothing"}, "steps": []},
            "$.trigger.fact",
            "no type of fact is called 'Nothing'",
        ),
    ],
)
def test_one_thing_wrong(kind: type[object], data: dict[str, object], path: str, said: str) -> None:
    assert said in problems(kind, data)[path]


def test_a_name_in_a_table_is_text() -> None:
    numbered: Any = {3: 1}
    assert problems(Coupon, numbered) == {"$": "expected a name, got 3 (int)"}


@pytest.mark.parametrize("value", [5, "text", Money(1, "EUR"), object()])
def test_what_has_no_named_parts_is_not_written(value: object) -> None:
    with pytest.raises(InvalidPlain, match="expected a value of named parts, such as a playbook"):
        plain.dump(value)


def test_a_zone_by_its_name() -> None:
    @frozen
    class Seat:
        zone: ZoneInfo

    assert plain.load(Seat, plain.dump(Seat(ZoneInfo("Asia/Kolkata")))).zone.key == "Asia/Kolkata"
    assert (
        "no time zone is called 'Mars/Olympus'"
        in problems(Seat, {"zone": "Mars/Olympus"})["$.zone"]
    )


def test_numbers_and_dates_that_toml_reads_itself() -> None:
    @frozen
    class Toml:
        share: Decimal
        day: date
        since: datetime
        length: timedelta = timedelta(hours=36)

    day, since = date(2026, 11, 5), datetime(2026, 11, 5, 9, tzinfo=UTC)
    found = plain.load(Toml, {"share": 1, "day": day, "since": since})
    assert found == Toml(Decimal(1), day, since)
    assert plain.dump(found)["share"] == "1"
    assert plain.dump(Toml(Decimal(1), day, since, timedelta(hours=25)))["length"] == "P1DT3600S"


def test_a_shop_names_its_own_words() -> None:
    rules: dict[str, type[Rule]] = {**plain.RULES, "at_least": AtLeast}
    policies = {"gives": Gives}
    step = Step(id="a", kind=Kind(name="own", purpose=Purpose.SERVICE), brings=(Gives(Decimal(1)),))
    journey = DEFAULT.journey("thank_you")
    value = Journey(
        id="own",
        trigger=journey.trigger,
        steps=(step,),
        requires=(AtLeast(2) | IsGuest(), Grants(Gives(Decimal("0.5")))),
    )
    written = plain.dump(value, rules=rules, policies=policies)
    assert written["requires"] == [
        {"type": "any", "rules": [{"type": "at_least", "count": 2}, {"type": "guest"}]},
        {"type": "grants", "policy": {"type": "gives", "share": "0.5"}},
    ]
    assert plain.load(Journey, written, rules=rules, policies=policies) == value


@pytest.mark.parametrize(
    "value",
    [
        lambda: AtLeast(2),
        lambda: Window(time(8), time(20), is_holiday=holidays),
        lambda: Happened(fact=TicketOpened, noun="ticket"),
    ],
)
def test_what_has_no_name_cannot_be_written(value: Callable[[], object]) -> None:
    with pytest.raises(InvalidPlain, match=r"has no name|function of your own"):
        plain.dump(value())


def test_what_a_message_brings_is_written_with_it() -> None:
    proposers = (
        Complements(orders=2),
        BoughtTogether(),
        Upgrade(),
        Refill(),
        Blend(policies=(Taste(), Favourites()), weights=(1.0, 2.0)),
        Bestsellers(),
    )
    step = Step(
        id="a",
        kind=Kind(name="own", purpose=Purpose.MARKETING),
        brings=(Suggest(policy=Chain(policies=proposers), limit=2), Guides()),
    )
    written = json.loads(json.dumps(plain.dump(step)))
    assert written["brings"][0]["policy"]["policies"][0] == {"type": "complements", "orders": 2}
    assert plain.load(Step, written) == step


@pytest.mark.parametrize(
    ("window", "path", "said"),
    [
        (["0.8"], "$.window", "expected 2 parts, got 1"),
        (["0.8", 1.5], "$.window[1]", "expected a number as text, such as '0.05', got 1.5"),
    ],
)
def test_a_pair_has_two_parts(window: list[object], path: str, said: str) -> None:
    assert said in problems(Refill, {"window": window})[path]


def test_a_float_takes_a_number_and_nothing_else() -> None:
    assert plain.load(Taste, {"stated": 2}) == Taste(stated=2)
    assert problems(Taste, {"stated": True})["$.stated"] == "expected a number, got True (bool)"
