"""Whatever a playbook can say, a file can say."""

import json
import string
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from postpurchase import plain
from postpurchase.domain.kinds import KINDS
from postpurchase.domain.message import Channel, Kind, Purpose
from postpurchase.domain.moment import Leap
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.rule import Rule
from postpurchase.domain.shipment import Stage
from postpurchase.errors import InvalidPlain
from postpurchase.journey import (
    BestChannel,
    BestTime,
    Cooldown,
    Follow,
    Holdout,
    Journey,
    Once,
    OneAtATime,
    PerSubject,
    Playbook,
    Step,
    exits,
    requires,
    triggers,
)
from postpurchase.privacy import Cap, Counting

names = st.text(string.ascii_lowercase + "_éग", min_size=1, max_size=8)
counts = st.integers(0, 400)
kinds = st.sampled_from(KINDS) | st.builds(Kind, name=names, purpose=st.sampled_from(Purpose))
instants = st.integers(0, 10**8).map(
    lambda seconds: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)
some_triggers = st.sampled_from(
    [
        triggers.OrderPlaced(),
        triggers.OrderDelivered(),
        triggers.Birthday(Leap.MAR1),
        triggers.ParcelReached(Stage.LOST),
        triggers.UsedUp(lead_days=3),
        triggers.ArrivesSoon(days=2),
    ]
)
some_exits = st.sampled_from(
    [exits.IfRefunded(), exits.IfAnswered("nps"), exits.IfGranted(Channel.SMS), exits.IfAccount()]
)
leaves: st.SearchStrategy[Rule] = st.sampled_from([requires.IsGuest(), requires.HasComplement()])
rules = st.recursive(
    leaves,
    lambda inner: (
        st.builds(lambda one, other: one & ~other, inner, inner)
        | st.builds(lambda one, other: one | other, inner, inner)
    ),
    max_leaves=4,
)
steps = st.builds(
    Step,
    id=names,
    kind=kinds,
    hours=counts,
    days=counts,
    counting=st.sampled_from(Counting),
    local_time=st.none() | st.times().map(lambda clock: clock.replace(fold=0)),
    weekdays=st.frozensets(st.integers(0, 6)),
    channels=st.lists(st.sampled_from(Channel), max_size=3).map(tuple),
    lateness_hours=counts,
    supersedes=st.lists(names, max_size=2).map(tuple),
    best_time=st.none() | st.builds(BestTime, most_hours=st.integers(1, 99)),
    best_channel=st.none() | st.builds(BestChannel, usual=counts),
    variants=st.dictionaries(names, st.integers(1, 9), max_size=3).map(Pairs),
)
journeys = st.builds(
    Journey,
    id=names,
    trigger=some_triggers,
    steps=st.lists(steps, min_size=1, max_size=3, unique_by=lambda step: step.id).map(tuple),
    priority=st.integers(-9, 99),
    exits=st.lists(some_exits, max_size=3).map(tuple),
    requires=st.lists(rules, max_size=2).map(tuple),
    reentry=st.sampled_from([PerSubject(), Once(), OneAtATime(), Cooldown(9)]),
    holdout=st.none() | st.builds(Holdout, names, st.decimals("0", "1", places=3)),
    active_from=st.none() | instants,
    effective_from=st.none() | instants,
    follow=st.sampled_from(Follow),
)
playbooks = st.builds(
    Playbook,
    journeys=st.lists(journeys, max_size=3, unique_by=lambda each: each.id).map(tuple),
    caps=st.lists(
        st.builds(Cap, limit=st.integers(1, 9), hours=st.integers(1, 99)), max_size=2
    ).map(tuple),
    horizon_days=st.none() | counts,
)


@settings(max_examples=30)
@given(playbooks)
def test_a_playbook_survives_its_file(playbook: Playbook) -> None:
    """JSON holds every playbook, and gives back the very same one."""
    written = json.loads(json.dumps(plain.dump(playbook)))
    assert plain.load(Playbook, written) == playbook


@settings(max_examples=30)
@given(playbooks, st.sampled_from([1.5, True, "3", None, [3], {"a": 3}]))
def test_no_value_of_another_type_becomes_a_number(playbook: Playbook, odd: object) -> None:
    """Nothing is rounded, and no text is read as a number."""
    written = plain.dump(playbook)
    written["looks_back_days"] = odd
    try:
        plain.load(Playbook, written)
    except InvalidPlain as error:
        ((path, said),) = error.problems
        assert path == "$.looks_back_days"
        assert said.startswith("expected int, got ")
    else:
        raise AssertionError(odd)


@given(st.decimals("0", "1", places=6))
def test_a_share_is_kept_to_its_last_digit(share: Decimal) -> None:
    holdout = Holdout("x", share)
    found = plain.load(Holdout, json.loads(json.dumps(plain.dump(holdout))))
    assert str(found.share) == str(share)
