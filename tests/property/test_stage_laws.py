"""The laws of the stage fold, over any scans in any order."""

from datetime import UTC, datetime, timedelta

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from postpurchase.domain.shipment import Flag, Scan, Shipment, Stage, fold

START = datetime(2026, 9, 1, tzinfo=UTC)
hours = st.integers(0, 48).map(lambda n: START + timedelta(hours=n))


@st.composite
def scans(draw: st.DrawFn) -> Scan:
    """A scan; few hours, codes and places, so that many are duplicates or rewordings."""
    return Scan(
        at=draw(st.one_of(hours, st.none())),
        recorded_at=draw(hours),
        stage=draw(st.sampled_from(Stage)),
        id=draw(st.sampled_from(["", "", "e1", "e2"])),
        code=draw(st.sampled_from(["", "A"])),
        text=draw(st.sampled_from(["", "Arrived", "Arrived at facility"])),
        place=draw(st.sampled_from(["", "Pune"])),
        flag=draw(st.sampled_from([None, None, *Flag])),
    )


stories = st.lists(scans(), max_size=12)


@given(stories, st.data())
def test_order_and_duplicates_never_change_the_state(
    story: list[Scan], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations([*story, *story[::2]]))
    assert fold(shuffled) == fold(story)


@given(stories, stories)
def test_folding_in_two_steps_is_folding_at_once(first: list[Scan], rest: list[Scan]) -> None:
    assert fold(rest, after=fold(first)) == fold([*first, *rest])


@given(stories)
def test_folding_a_state_in_again_changes_nothing(story: list[Scan]) -> None:
    state = fold(story)
    assert fold(story, after=state) == state
    assert fold((), after=state) == state


@given(stories)
def test_no_notice_tells_what_the_story_had_passed_when_it_was_heard(story: list[Scan]) -> None:
    state = fold(story)
    for notice in state.notices:
        known = [scan.at for scan in state.scans if scan.recorded_at < notice.recorded_at]
        assert all(at <= notice.at for at in known if at)


@given(st.lists(hours, min_size=1, max_size=12, unique=True))
def test_what_is_heard_as_it_happens_is_always_news(times: list[datetime]) -> None:
    turns = (Stage.OUT_FOR_DELIVERY, Stage.ATTEMPT_FAILED)
    story = [Scan(at=at, stage=turns[n % 2]) for n, at in enumerate(sorted(times))]
    assert [notice.at for notice in fold(story).notices] == sorted(times)


@given(stories, stories)
def test_a_delivery_never_moves_later(story: list[Scan], more: list[Scan]) -> None:
    before, after = fold(story).delivered_at, fold([*story, *more]).delivered_at
    assert before is None or (after is not None and after <= before)


@given(stories)
def test_undated_scans_never_change_the_stage(story: list[Scan]) -> None:
    dated = [evolve(scan, id="") for scan in story if scan.at is not None]
    undated = [evolve(scan, id="") for scan in story if scan.at is None]
    with_them, without = fold([*dated, *undated]), fold(dated)
    assert (with_them.stage, with_them.notices) == (without.stage, without.notices)
    assert len(with_them.scans) >= len(without.scans)


@given(stories)
def test_the_story_is_told_in_the_order_in_which_it_happened(story: list[Scan]) -> None:
    state = fold(story)
    times = [scan.at for scan in state.scans if scan.at]
    assert times == sorted(times)
    assert state.first_attempt_at is None or state.attempts > 0
    heard = [notice.recorded_at for notice in state.notices]
    assert heard == sorted(heard)


@given(stories, hours, hours)
def test_a_parcel_known_until_two_instants_is_known_until_the_first(
    story: list[Scan], one: datetime, other: datetime
) -> None:
    parcel = Shipment(id="S1", at=START, order="1001", scans=tuple(story))
    assert parcel.until(one).until(other) == parcel.until(min(one, other))
