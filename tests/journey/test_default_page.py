"""The page on the default playbook: each journey, its numbers, and where they are from."""

import re
from collections.abc import Iterable
from enum import Enum
from pathlib import Path
from typing import Final

import pytest
from attrs import fields, has

from postpurchase import plain
from postpurchase.journey import DEFAULT, Cooldown, Journey, Once, Step, Trigger

PAGE: Final = Path(__file__).parents[2] / "docs" / "reference" / "default-playbook.md"
LINES: Final = PAGE.read_text(encoding="utf-8").splitlines()
ROWS: Final = [
    [cell.strip() for cell in line.strip("| ").split(" | ")]
    for line in LINES
    if line.startswith("| ") and not line.startswith("| ---")
]
BY_NAME: Final = {row[0].strip("`"): row for row in ROWS}


def begins(trigger: Trigger) -> str:
    """Its name, and every number and choice in it."""
    told = [f"`{plain.dump(trigger)['type']}`"]
    shape = type(trigger)
    assert has(shape)
    for each in fields(shape):
        setting = getattr(trigger, each.name)
        if isinstance(setting, Enum):
            told.append(f"{each.name} {setting.value}")
        elif isinstance(setting, int):
            told.append(f"{each.name} {setting}")
        elif isinstance(setting, type):
            told.append(f"{each.name} {setting.__name__}")
    return ", ".join(told)


def when(step: Step) -> str:
    """Its delay, as the page writes it."""
    parts = [f"{step.hours} h"] if step.hours else []
    parts += [f"{step.days} d"] if step.days else []
    parts += [f"{step.local_time:%H:%M}"] if step.local_time else []
    after = f" after `{step.after}`" if step.after else ""
    return f"`{step.id}` {', '.join(parts) or 'at once'}{after}"


def often(journey: Journey) -> str:
    """How often somebody may be in it."""
    if isinstance(journey.reentry, Cooldown):
        return f"after {journey.reentry.days} d"
    return "once" if isinstance(journey.reentry, Once) else "each time"


def one(told: Iterable[str]) -> str:
    """What the steps have in common is said once."""
    return "; ".join(dict.fromkeys(told))


def numbers(journey: Journey) -> list[str]:
    """The cells of its row, all but the source."""
    steps = journey.steps
    return [
        f"`{journey.id}`",
        begins(journey.trigger),
        one(when(step) for step in steps),
        one(f"{step.lateness_hours} h" for step in steps),
        one(", ".join(channel.value for channel in step.goes_through) for step in steps),
        one(step.kind.purpose.name.lower() for step in steps),
        str(journey.priority),
        often(journey),
    ]


def test_each_journey_has_one_row_and_no_row_is_left_over() -> None:
    named = [row[0].strip("`") for row in ROWS if row[0].startswith("`")]
    assert sorted(named) == sorted(journey.id for journey in DEFAULT.journeys)


@pytest.mark.parametrize("journey", DEFAULT.journeys, ids=lambda journey: journey.id)
def test_a_row_has_the_numbers_of_the_playbook(journey: Journey) -> None:
    assert BY_NAME[journey.id][:-1] == numbers(journey)


@pytest.mark.parametrize("journey", DEFAULT.journeys, ids=lambda journey: journey.id)
def test_a_row_says_where_its_numbers_are_from(journey: Journey) -> None:
    source = BY_NAME[journey.id][-1]
    assert re.search(r"\]\(https?://[^)]+\)|[Oo]ur choice, because \w+", source), source


def test_the_caps_and_hours_are_those_of_the_playbook() -> None:
    told = [f"at most {cap.limit} in {cap.hours} h" for cap in DEFAULT.caps] + [
        f"{each.channel}, {each.open.opens:%H:%M} to {each.open.closes:%H:%M}"
        for each in DEFAULT.hours
    ]
    told.append(f"shown for {DEFAULT.looks_back_days} d")
    general = [row[0] for row in ROWS if len(row) == len(("what", "source"))]
    assert general[1:] == told
