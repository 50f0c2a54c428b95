"""Invitations to events, and thanks for posts and reviews."""

from decimal import Decimal

import pytest
from attrs import evolve

from members import GOLD, day
from postpurchase.domain.customer import Consent, ConsentState
from postpurchase.domain.decision import Declined, Granted
from postpurchase.domain.event import (
    ContentShared,
    InvitationAnswered,
    ReviewPosted,
    SignedUp,
    SocialFollowed,
)
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.offer import Coupon, Invitation, Percent
from postpurchase.domain.rule import NOTHING, Known, NotKnown
from postpurchase.errors import InvalidProgramme
from postpurchase.rewards import (
    ContentThanks,
    Guests,
    Recognition,
    TierAtLeast,
    seating,
)
from postpurchase.rewards.content import NoRights, NotTheirs, Spoke, ThankedBefore
from postpurchase.rewards.gathering import (
    AlreadyAnswered,
    Belongs,
    Follows,
    FullyTaken,
    Joined,
    NotInvited,
    Past,
)
from postpurchase.rewards.standing import InTier

TASTING = Invitation(name="tasting", seats=2, held_at=day(50))


def answer(on: float, *, coming: bool = True, event: str = "tasting") -> InvitationAnswered:
    return InvitationAnswered(id=f"{on}{event}", at=day(on), event=event, coming=coming)


def test_seats_go_to_the_first_who_come() -> None:
    answers = [
        ("D", answer(4)),
        ("A", answer(1)),
        ("B", answer(2)),
        ("C", answer(3)),
        ("A", answer(5, coming=False)),
        ("B", answer(6)),
        ("A", answer(7)),
        ("Z", answer(1, event="other")),
        ("Y", answer(1, coming=False)),
    ]
    seats = seating(TASTING, answers)
    assert (seats.coming, seats.waiting, seats.free) == (("B", "C"), ("D", "A"), 0)
    assert seating(TASTING, answers[:2]).free == 0
    assert seating(TASTING, answers[:1]).free == 1
    open_to_all = seating(evolve(TASTING, seats=None), answers)
    assert (len(open_to_all.coming), open_to_all.free) == (4, None)


def test_an_invitation_is_for_some_or_for_those_who_follow() -> None:
    guests = Guests(
        invitation=TASTING,
        when=TierAtLeast("gold"),
        follows=("pictures",),
        sign_ups=("newsletter",),
    )
    follows = SocialFollowed(id="f", at=day(1), network="pictures")
    joined = SignedUp(id="s", at=day(2), what="newsletter")

    def decided(*facts: Fact, known: Known = NOTHING, at: float = 5) -> object:
        return guests.decide(History.of(*facts), at=day(at), known=known)

    gold = Known(GOLD)
    assert decided(known=gold) == Granted(TASTING, (Belongs(), InTier("gold")))
    assert decided(follows, joined) == Granted(TASTING, (Follows("pictures"), Joined("newsletter")))
    assert decided(joined, at=1) == Declined(
        (NotKnown("TierAtLeast"), NotInvited(("pictures", "newsletter")))
    )
    full = seating(TASTING, [("A", answer(1)), ("B", answer(2))])
    assert decided(follows, known=Known(full)) == Declined((FullyTaken(2),))
    other = evolve(full, event="other")
    assert decided(follows, known=Known(other))
    assert decided(follows, answer(2)) == Declined((AlreadyAnswered(),))
    assert decided(follows, at=50) == Declined((Past(),))
    later = evolve(guests, invitation=evolve(TASTING, held_at=None, starts=day(9)))
    assert later.decide(History.of(follows), at=day(5)) == Declined((Past(),))
    assert later.decide(History.of(follows), at=day(9))
    for few, reasons in (
        (Guests(invitation=TASTING), (NotInvited(()),)),
        (Guests(invitation=TASTING, when=TierAtLeast("gold")), (NotKnown("TierAtLeast"),)),
    ):
        assert few.decide(History.of(), at=day(5)) == Declined(reasons)


THANKS = ContentThanks(
    gives=Coupon(code="THANKS", off=Percent(Decimal(10))),
    disclosure="The writer received a coupon.",
)


@pytest.mark.parametrize("stars", [1, 2, 3, 4, 5, None])
def test_thanks_are_for_a_review_never_for_praise(stars: int | None) -> None:
    review = ReviewPosted(id="r", at=day(1), rating=stars)
    decision = THANKS.decide(History.of(review), at=day(2), id="r")
    assert isinstance(decision, Granted)
    assert decision.value.key == "thanks:r"
    assert decision.value.disclosure == "The writer received a coupon."
    assert decision.reasons == (Spoke(),)


def test_thanks_are_given_only_so_often_and_only_for_what_is_there() -> None:
    one = ReviewPosted(id="r", at=day(1))
    two = ContentShared(id="c", at=day(2), url="https://example.com/p")
    history = History.of(one, two)
    assert THANKS.decide(history, at=day(3), id="r")
    assert THANKS.decide(history, at=day(3), id="c") == Declined((ThankedBefore(1),))
    assert evolve(THANKS, times=2).decide(history, at=day(3), id="c")
    assert THANKS.decide(History.of(one, evolve(two, at=day(40))), at=day(41), id="c")
    assert THANKS.decide(history, at=day(0), id="r") == Declined((NotTheirs(),))
    with pytest.raises(InvalidProgramme, match="told beside it"):
        evolve(THANKS, disclosure=" ")


def test_being_mentioned_needs_the_right_to_show_it() -> None:
    mention = evolve(THANKS, gives=Recognition(where="front page"))
    shared = ContentShared(id="c", at=day(2), url="https://example.com/p", consent="k")
    consent = Consent(id="k", at=day(2), channel=None, state=ConsentState.GRANTED)
    decision = mention.decide(History.of(shared, consent), at=day(3), id="c")
    assert isinstance(decision, Granted)
    assert decision.value.may_show == "k"
    withdrawn = evolve(consent, state=ConsentState.WITHDRAWN, recorded_at=day(4))
    after = History.of(shared, consent, withdrawn)
    assert mention.decide(after, at=day(5), id="c") == Declined((NoRights(),))
    assert mention.decide(History.of(shared), at=day(3), id="c") == Declined((NoRights(),))
    review = ReviewPosted(id="r", at=day(1))
    assert mention.decide(History.of(review), at=day(3), id="r") == Declined((NoRights(),))
