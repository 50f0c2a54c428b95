"""Rules: three verdicts, every leaf visited, and the facts that decided."""

import pickle
from collections.abc import Iterator

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st
from typing_extensions import override

from postpurchase.domain.decision import Reason, says
from postpurchase.domain.rule import (
    NOTHING,
    AllOf,
    AnyOf,
    Finding,
    Known,
    Not,
    NotKnown,
    Rule,
    Verdict,
)
from postpurchase.errors import InvalidAnswer, InvalidRule

NO, UNKNOWN, YES = Verdict


@frozen
class Standing:
    tier: str


@frozen
class InTier(Reason):
    says = says("is %(tier)s")
    tier: str


@frozen
class TierIs(Rule):
    tier: str

    @property
    @override
    def asks(self) -> str:
        return "the tier"

    @override
    def check(self, known: Known, /) -> Finding:
        standing = known.find(Standing)
        if standing is None:
            return Finding(self, UNKNOWN)
        verdict = YES if standing.tier == self.tier else NO
        return Finding(self, verdict, InTier(standing.tier))


@frozen
class Says(Rule):
    """A leaf that always finds the same."""

    verdict: Verdict

    @override
    def check(self, known: Known, /) -> Finding:
        return Finding(self, self.verdict)


GOLD = Known(Standing("gold"))
leaves = st.sampled_from(Verdict).map(Says)
rules: st.SearchStrategy[Rule] = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(tuple).map(AllOf),
        st.lists(inner, min_size=1, max_size=3).map(tuple).map(AnyOf),
        inner.map(Not),
    ),
    max_leaves=8,
)


def verdict(rule: Rule) -> Verdict:
    return rule.check(NOTHING).verdict


def parts_of(rule: Rule) -> Iterator[Rule]:
    """The leaves of a rule as it was written."""
    if isinstance(rule, AllOf | AnyOf):
        for part in rule.rules:
            yield from parts_of(part)
    elif isinstance(rule, Not):
        yield from parts_of(rule.rule)
    else:
        yield rule


@pytest.mark.parametrize(
    ("one", "other", "both", "some"),
    [
        (YES, YES, YES, YES),
        (YES, NO, NO, YES),
        (NO, NO, NO, NO),
        (YES, UNKNOWN, UNKNOWN, YES),
        (NO, UNKNOWN, NO, UNKNOWN),
        (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
    ],
)
def test_two_rules_join_as_three_valued_logic_says(
    one: Verdict, other: Verdict, both: Verdict, some: Verdict
) -> None:
    for first, second in ((one, other), (other, one)):
        assert verdict(Says(first) & Says(second)) is both
        assert verdict(Says(first) | Says(second)) is some


def test_the_opposite_of_unknown_is_unknown_and_never_true() -> None:
    assert [each.opposite for each in Verdict] == [YES, UNKNOWN, NO]
    assert not (~Says(UNKNOWN)).check(NOTHING)
    assert not Says(UNKNOWN).check(NOTHING)
    assert (~Says(NO)).check(NOTHING)


@given(rules, rules)
def test_de_morgan(one: Rule, other: Rule) -> None:
    assert verdict(~(one & other)) is verdict(~one | ~other)
    assert verdict(~(one | other)) is verdict(~one & ~other)
    assert verdict(~~one) is verdict(one)


@given(rules)
def test_every_leaf_is_visited(rule: Rule) -> None:
    assert [leaf.rule for leaf in rule.check(NOTHING).leaves()] == list(parts_of(rule))


@given(rules)
def test_the_deciding_leaves_alone_decide(rule: Rule) -> None:
    finding = rule.check(NOTHING)
    deciding = finding.why()
    assert deciding
    assert set(map(id, deciding)) <= set(map(id, finding.leaves()))
    if finding.verdict is UNKNOWN:
        assert {leaf.verdict for leaf in deciding} == {UNKNOWN}
    else:
        assert UNKNOWN not in {leaf.verdict for leaf in deciding}


@given(rules, st.sampled_from([YES, NO]))
def test_an_unknown_that_is_found_out_never_turns_a_verdict(rule: Rule, answer: Verdict) -> None:
    before = verdict(rule)
    after = verdict(answered(rule, answer))
    assert before is UNKNOWN or after is before


def answered(rule: Rule, answer: Verdict) -> Rule:
    """The same rule, where what was unknown has this answer."""
    if isinstance(rule, AllOf | AnyOf):
        return type(rule)(tuple(answered(part, answer) for part in rule.rules))
    if isinstance(rule, Not):
        return Not(answered(rule.rule, answer))
    return Says(answer) if rule == Says(UNKNOWN) else rule


def test_what_decided_is_told_as_facts_each_once_and_never_as_a_wish() -> None:
    rule = (TierIs("gold") | TierIs("silver")) & ~TierIs("silver")
    assert rule.check(GOLD).reasons() == (InTier("gold"),)
    assert (~TierIs("gold")).check(GOLD).reasons() == (InTier("gold"),)


def test_what_is_missing_is_named() -> None:
    finding = (TierIs("gold") & Says(YES)).check(NOTHING)
    assert finding.reasons() == (NotKnown("the tier"),)
    assert str(finding.reasons()[0]) == "the tier is not known"
    assert Says(UNKNOWN).check(NOTHING).reasons() == (NotKnown("Says"),)


def test_a_finding_is_a_value_that_nothing_changes() -> None:
    finding = (~TierIs("silver")).check(GOLD)
    leaf = Finding(TierIs("silver"), NO, InTier("gold"))
    assert finding == Finding(~TierIs("silver"), YES, parts=(leaf,))
    assert hash(finding) == hash(Finding(~TierIs("silver"), YES, parts=(leaf,)))
    assert len({leaf, Finding(TierIs("silver"), NO), Finding(TierIs("gold"), NO)}) == 3
    assert leaf != Finding(TierIs("silver"), NO, InTier("bronze"))
    assert leaf != (TierIs("silver"), NO, InTier("gold"), ())
    assert pickle.loads(pickle.dumps(finding)) == finding  # noqa: S301 - made two words before
    assert repr(leaf) == (
        "Finding(rule=TierIs(tier='silver'), verdict=<Verdict.NO: 0>, "
        "actual=InTier(tier='gold'), parts=())"
    )
    match finding:
        case Finding(Not(rule), verdict, None, (part,)):
            assert (rule, verdict, part) == (TierIs("silver"), YES, leaf)
    for name in ("rule", "verdict", "actual", "parts", "more"):
        with pytest.raises(AttributeError):
            setattr(finding, name, None)


def test_chains_stay_flat() -> None:
    a, b, c = Says(YES), Says(NO), Says(UNKNOWN)
    assert a & b & c == AllOf((a, b, c))
    assert a & (b & c) == AllOf((a, b, c))
    assert a | b | c == AnyOf((a, b, c))
    assert (a | b) & c == AllOf((AnyOf((a, b)), c))


def test_a_rule_is_neither_true_nor_false() -> None:
    with pytest.raises(TypeError, match=r"join with &, \| or ~, ask with .check"):
        bool(Says(YES))


@pytest.mark.parametrize("kind", [AllOf, AnyOf])
def test_a_rule_that_joins_nothing_is_refused(kind: type[AllOf] | type[AnyOf]) -> None:
    with pytest.raises(InvalidRule, match=rf"{kind.__name__} joins at least one rule") as caught:
        kind(())
    assert caught.value.rule == kind.__name__


def test_known_holds_one_answer_of_each_type() -> None:
    assert GOLD.find(Standing) == Standing("gold")
    assert GOLD.find(int) is None
    assert GOLD.find(object) is None
    with pytest.raises(InvalidAnswer, match=r"one answer of each type, got Standing, Standing"):
        Known(Standing("gold"), Standing("silver"))


def test_known_takes_more_and_newer_answers() -> None:
    more = GOLD.add(7, Standing("silver"))
    assert (more.find(Standing), more.find(int)) == (Standing("silver"), 7)
    assert GOLD.find(int) is None
    with pytest.raises(InvalidAnswer) as caught:
        GOLD.add(1, 2)
    assert caught.value.types == ("int", "int")


def test_known_compares_by_what_is_known() -> None:
    assert Known(1, "a") == Known("a", 1)
    assert hash(Known(1, "a")) == hash(Known("a", 1))
    assert Known(1) != Known(2)
    assert Known() != ()
    assert repr(Known(1, "a")) == "Known(1, 'a')"
