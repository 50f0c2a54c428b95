"""Parcels: the vectors of the fold, flags that take an instant, and how far an order has come."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from postpurchase.domain.order import Promise
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.shipment import (
    Eta,
    Flag,
    Notice,
    Proof,
    Scan,
    Scanned,
    Shipment,
    Stage,
    State,
    fold,
)
from postpurchase.errors import InvalidFact, InvalidMoment

FILE = Path(__file__).parents[1] / "vectors" / "tracking.json"
VECTORS = {case["id"]: case for case in json.loads(FILE.read_text(encoding="utf-8"))["vectors"]}
STAGES = {"return_to_sender": Stage.RETURNING, "delayed": Stage.UNKNOWN}
KOLKATA = ZoneInfo("Asia/Kolkata")


def on(day: int, hour: int = 10) -> datetime:
    return datetime(2026, 9, day, hour, tzinfo=UTC)


def instant(text: object) -> datetime | None:
    return datetime.fromisoformat(text) if isinstance(text, str) else None


def scan_of(event: Mapping[str, object], place: int) -> Scan:
    """One event of a vector; `seen` says in which order they were heard."""
    status = str(event["status"])
    at = instant(event["at"])
    seen = event.get("seen", place)
    assert isinstance(seen, int)
    heard = max(at or on(1), datetime(2026, 9, 1, tzinfo=UTC)) if "seen" not in event else on(1)
    return Scan(
        at=at,
        recorded_at=heard + timedelta(days=20, minutes=seen),
        stage=STAGES.get(status) or Stage(status),
        sub=str(event.get("sub", "")),
        code=str(event.get("code", "")),
        text=str(event.get("text", "")),
        place=str(event.get("place", "")),
        reason=str(event.get("reason", "")),
        flag=Flag.DELAYED if status == "delayed" else None,
    )


def scans_of(case: str) -> list[Scan]:
    events = cast("list[dict[str, object]]", VECTORS[case]["given"]["events"])
    return [scan_of(event, place) for place, event in enumerate(events)]


def seen_as(state: State) -> dict[str, object]:
    """A state in the words of the vectors."""
    return {
        "status": str(state.stage),
        "sub": state.sub,
        "delivered_at": state.delivered_at,
        "return_window_anchor": state.return_anchor,
        "attempts": state.attempts,
        "issues": list(state.issues),
        "notices": [str(notice.stage) for notice in state.notices],
        "event_count": len(state.scans),
        "delayed": state.delayed_at is not None,
        "reason": state.reason,
        "text": state.scans[-1].text,
        "last_place": state.scans[-1].place,
        "order": [scan.place for scan in state.scans],
    }


def expect(case: str, state: State) -> None:
    expected: dict[str, object] = dict(VECTORS[case]["expected"])
    if "delivered_at" in expected:
        expected["delivered_at"] = instant(expected["delivered_at"])
    assert {name: seen_as(state)[name] for name in expected} == expected


@pytest.mark.parametrize(
    "case",
    ["fold-01", "fold-02", "fold-03", "fold-05", "fold-06", "fold-07", "fold-08", "fold-11"],
)
def test_the_fold_gives_what_its_vector_says(case: str) -> None:
    expect(case, fold(scans_of(case)))


def test_a_delivery_dated_before_the_label_stays_delivered() -> None:
    scans = [
        Scan(at=instant("2014-11-21T14:24:00Z"), stage=Stage.INFO_RECEIVED),
        Scan(at=instant("2014-11-19T10:51:54Z"), stage=Stage.DELIVERED),
    ]
    expect("fold-04", fold(scans))


def test_no_permutation_changes_the_state() -> None:
    whole = fold(scans_of("fold-06"))
    assert {fold(order) for order in permutations(scans_of("fold-06"))} == {whole}
    assert VECTORS["fold-12"]["expected"] == {"same_as": "fold-06"}


def test_scans_folded_in_one_by_one_give_the_same_state() -> None:
    scans = scans_of("fold-06")
    for k in range(len(scans) + 1):
        assert fold(scans[k:], after=fold(scans[:k])) == fold(scans)


def test_nothing_heard_is_nowhere() -> None:
    assert fold(()) == State()


def test_a_scan_without_a_time_must_say_when_it_was_heard() -> None:
    with pytest.raises(InvalidFact, match=r"Scan.recorded_at: expected an instant where `at`"):
        Scan(stage=Stage.IN_TRANSIT)


def test_a_provider_id_tells_two_scans_of_one_instant_apart() -> None:
    twins = [Scan(at=on(1), stage=Stage.IN_TRANSIT, id=id) for id in ("a", "b")]
    assert fold(twins).scans == tuple(twins)


def test_a_corrected_scan_keeps_the_instant_at_which_it_was_first_heard() -> None:
    first = Scan(id="a", at=on(1), recorded_at=on(2), stage=Stage.IN_TRANSIT, text="At hub")
    again = evolve(first, recorded_at=on(4), text="At the hub")
    third = evolve(first, recorded_at=on(3), text="Hub")
    assert fold([again, first, third]).scans == (evolve(again, recorded_at=on(2)),)


@pytest.mark.parametrize(
    ("before", "after", "stays"),
    [
        (Stage.DELIVERED, Stage.IN_TRANSIT, True),
        (Stage.DELIVERED, Stage.RETURNED, True),
        (Stage.DELIVERED, Stage.RETURNING, False),
        (Stage.RETURNED, Stage.DELIVERED, True),
        (Stage.DISPOSED, Stage.IN_TRANSIT, True),
        (Stage.CANCELLED, Stage.DELIVERED, True),
        (Stage.CANCELLED, Stage.PICKED_UP, False),
        (Stage.LOST, Stage.IN_TRANSIT, False),
        (Stage.OUT_FOR_DELIVERY, Stage.IN_TRANSIT, False),
    ],
)
def test_only_terminal_stages_stay_but_for_the_ways_back(
    before: Stage, after: Stage, *, stays: bool
) -> None:
    state = fold([Scan(at=on(1), stage=before), Scan(at=on(2), stage=after)])
    assert state.stage is (before if stays else after)
    assert ("events_after_terminal" in state.issues) is stays
    assert before.terminal or not stays


def test_an_exception_is_told_and_the_stage_stays() -> None:
    trouble = Scan(at=on(2), stage=Stage.EXCEPTION, reason="address")
    alone = fold([trouble])
    assert (alone.stage, alone.since, alone.issues) == (Stage.EXCEPTION, on(2), ("exception",))
    state = fold([Scan(at=on(1), stage=Stage.IN_TRANSIT), trouble])
    assert (state.stage, state.reason) == (Stage.IN_TRANSIT, "address")


def test_a_status_nobody_knows_is_told() -> None:
    assert fold([Scan(at=on(1), code="??")]).issues == ("unknown_status",)


def test_an_undated_scan_is_told_and_moves_nothing() -> None:
    state = fold([Scan(recorded_at=on(1), stage=Stage.DELIVERED)])
    assert (state.stage, state.delivered_at) == (Stage.UNKNOWN, None)
    assert state.issues == ("undated_event",)


def test_a_repeated_stage_keeps_its_beginning_and_takes_the_finer_word() -> None:
    state = fold(
        [
            Scan(at=on(1), stage=Stage.DELIVERED),
            Scan(at=on(2), stage=Stage.DELIVERED, sub="signed"),
        ]
    )
    assert (state.since, state.sub, state.issues) == (on(1), "signed", ())
    assert state.notices == (Notice(Stage.DELIVERED, on(1), on(1)),)


def test_the_first_move_is_news_once() -> None:
    state = fold(
        [
            Scan(at=on(1), stage=Stage.INFO_RECEIVED),
            Scan(at=on(2), stage=Stage.PICKED_UP),
            Scan(at=on(3), stage=Stage.IN_TRANSIT),
        ]
    )
    assert state.shipped_at == on(2)
    assert state.notices == (Notice(Stage.PICKED_UP, on(2), on(2)),)


def test_what_happened_in_the_same_instant_and_is_heard_later_is_news_too() -> None:
    state = fold(
        [
            Scan(at=on(1), stage=Stage.OUT_FOR_DELIVERY),
            Scan(at=on(1), recorded_at=on(2), stage=Stage.DELIVERED),
        ]
    )
    assert state.notices[1:] == (Notice(Stage.DELIVERED, on(1), on(2)),)


def parcel(
    *scans: Scan,
    etas: tuple[Eta, ...] = (),
    promise: Promise | None = None,
    proof: Proof | None = None,
    lines: Mapping[str, int] | None = None,
) -> Shipment:
    return Shipment(
        id="S1",
        at=on(1),
        order="1001",
        carrier="Example",
        number="EX1",
        scans=scans,
        etas=etas,
        promise=promise,
        proof=proof,
        lines=Pairs(lines or {}),
    )


LATE = Scan(at=on(3), stage=Stage.UNKNOWN, flag=Flag.DELAYED, reason="weather")
MOVES = Scan(at=on(2), stage=Stage.IN_TRANSIT)
ARRIVES = Scan(at=on(6), stage=Stage.DELIVERED)


def test_a_parcel_is_delayed_from_the_scan_that_says_so_until_it_is_delivered() -> None:
    moves_on = Scan(at=on(4), stage=Stage.IN_TRANSIT, place="Pune")
    late = parcel(MOVES, LATE, moves_on, ARRIVES)
    assert [late.delayed(on(day)) for day in (2, 3, 4, 5, 6)] == [False, True, True, True, False]


def test_a_new_expectation_within_the_promise_ends_a_delay() -> None:
    promise = Promise.days(date(2026, 9, 5), date(2026, 9, 7), zone=KOLKATA)
    early = Eta.by(on(5), as_of=on(2))
    kept = Eta.on(date(2026, 9, 7), as_of=on(4), zone=KOLKATA)
    broken = Eta.on(date(2026, 9, 8), as_of=on(4), zone=KOLKATA)
    assert parcel(MOVES, LATE, promise=promise, etas=(early,)).delayed(on(5))
    assert not parcel(MOVES, LATE, promise=promise, etas=(early, kept)).delayed(on(5))
    assert parcel(MOVES, LATE, promise=promise, etas=(early, kept)).delayed(on(3))
    assert parcel(MOVES, LATE, promise=promise, etas=(early, broken)).delayed(on(5))
    assert parcel(MOVES, LATE, etas=(early, kept)).delayed(on(5))
    assert parcel(MOVES, LATE, promise=promise).delayed(on(5))


def test_a_flag_on_a_parcel_that_arrived_says_nothing() -> None:
    state = fold([ARRIVES, Scan(at=on(7), flag=Flag.DELAYED), Scan(at=on(8), flag=Flag.HELD)])
    assert (state.delayed_at, state.held_at) == (None, None)


def test_flags_are_asked_at_an_instant() -> None:
    naive = datetime(2026, 9, 4)  # noqa: DTZ001 - the mistake itself
    for asked in (parcel().delayed, parcel().held, parcel().stale):
        with pytest.raises(InvalidMoment, match="an instant is a datetime with a zone"):
            asked(naive)


def test_a_parcel_is_held_until_it_moves() -> None:
    held = parcel(MOVES, evolve(LATE, flag=Flag.HELD), Scan(at=on(5), stage=Stage.IN_TRANSIT))
    assert [held.held(on(day)) for day in (2, 3, 4, 5)] == [False, True, True, False]


def test_a_parcel_is_stale_when_it_was_silent_or_was_given_up() -> None:
    silent = parcel(MOVES)
    assert [silent.stale(on(4)), silent.stale(on(5))] == [False, True]
    assert silent.stale(on(3), after=timedelta(days=1))
    given_up = parcel(MOVES, evolve(LATE, flag=Flag.EXPIRED))
    assert given_up.stale(on(3))
    assert not parcel(
        MOVES, evolve(LATE, flag=Flag.EXPIRED), Scan(at=on(4), stage=Stage.IN_TRANSIT)
    ).stale(on(4))
    assert not parcel(MOVES, ARRIVES).stale(on(28))
    assert not parcel().stale(on(28))
    assert parcel(Scan(recorded_at=on(1))).stale(on(4))


def test_until_takes_away_what_was_not_known_yet() -> None:
    eta = Eta.by(on(6), as_of=on(3))
    whole = parcel(MOVES, ARRIVES, etas=(eta,), proof=Proof(signed_by="A. Example"))
    assert whole.until(on(9)) is whole
    known = whole.until(on(2))
    assert (known.scans, known.etas, known.proof) == ((MOVES,), (), None)
    assert whole.until(on(6)) is whole
    assert (
        parcel(ARRIVES, Scan(at=on(8), stage=Stage.IN_TRANSIT), proof=Proof()).until(on(7)).proof
        == Proof()
    )


def test_a_parcel_says_when_it_was_handed_over_and_what_was_expected_last() -> None:
    eta, newer = Eta.by(on(6), as_of=on(3)), Eta.by(on(5), as_of=on(4))
    there = parcel(MOVES, ARRIVES, etas=(newer, eta))
    assert (there.delivered, there.delivered_at, there.eta) == (True, on(6), newer)
    back = parcel(ARRIVES, Scan(at=on(8), stage=Stage.RETURNING))
    assert (back.delivered, back.delivered_at, back.eta) == (False, None, None)
    assert back.state.delivered_at == on(6)


def test_an_expected_day_lasts_until_the_local_midnight() -> None:
    eta = Eta.on(date(2026, 9, 7), as_of=on(4), zone=KOLKATA)
    assert eta.end == datetime(2026, 9, 7, 18, 30, tzinfo=UTC)
    assert eta.last_day == date(2026, 9, 7)
    assert Eta.by(on(6), as_of=on(3)).last_day == date(2026, 9, 6)


def test_scans_that_came_alone_join_their_own_parcel() -> None:
    eta = Eta.by(on(6), as_of=on(3))
    own = Scanned(id="e1", at=on(2), shipment="S1", scan=MOVES, eta=eta)
    other = Scanned(id="e2", at=on(2), shipment="S2", scan=ARRIVES)
    joined = parcel().joined([own, other])
    assert (joined.scans, joined.etas) == ((MOVES,), (eta,))
    assert parcel().joined([other]) == parcel()
    assert joined.joined([own]) == joined


def test_a_parcel_is_as_new_as_what_was_heard_last() -> None:
    assert parcel().as_of == on(1)
    assert parcel(MOVES, etas=(Eta.by(on(6), as_of=on(3)),)).as_of == on(3)


def test_a_parcel_reads_in_one_line_and_escapes_what_carriers_say() -> None:
    there = parcel(evolve(ARRIVES, text="<b>Left at door</b>"), Scan(recorded_at=on(7)))
    assert repr(there) == "<Shipment S1: Example EX1, order 1001, delivered>"
    assert repr(Shipment(id="S2", at=on(1), order="7")) == "<Shipment S2: order 7, unknown>"
    page = there._repr_html_()
    assert "&lt;b&gt;Left at door" in page
    assert "<b>" not in page
