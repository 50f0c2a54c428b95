"""What ends a journey, and what it needs."""

from datetime import timedelta

import pytest
from attrs import evolve

from knife_and_book import AT, CUSTOMER, LATER, ORDER, PLACED, about, hours, parcel, scene
from postpurchase.domain.customer import Consent, ConsentState
from postpurchase.domain.event import (
    AccountCreated,
    ReturnClosed,
    ReturnOpened,
    ReviewPosted,
    SignedUp,
    SurveyAnswered,
    TicketClosed,
    TicketOpened,
    TicketReplied,
)
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.message import Channel
from postpurchase.domain.offer import Points
from postpurchase.domain.order import Cancellation
from postpurchase.domain.product import Catalog
from postpurchase.domain.rule import NOTHING, Known, Rule, Verdict
from postpurchase.domain.shipment import Stage
from postpurchase.journey import Entry, Exit, exits, reason, requires
from postpurchase.journey.reason import AlreadySignedUp

# ---------------------------------------------------------------- exits


@pytest.mark.parametrize(
    ("rule", "facts", "entry", "said"),
    [
        (exits.IfCancelled(), (), about(None), ""),
        (exits.IfRefunded(), (), about(None), ""),
        (exits.IfReturning(), (ReturnOpened(id="B", at=AT, order="O1"),), about(None), ""),
        (exits.IfReturning(), (ReturnOpened(id="B", at=AT, order="O2"),), about(), ""),
        (
            exits.IfReturning(),
            (ORDER, parcel((21, Stage.DELIVERED), (22, Stage.RETURNING))),
            about(),
            "parcel S1 is returning",
        ),
        (exits.IfReturning(), (ORDER, parcel((21, Stage.DELIVERED))), about(), ""),
        (
            exits.IfReturning(),
            (
                ORDER,
                parcel((21, Stage.DELIVERED), (22, Stage.RETURNED), knife=1),
                parcel((21, Stage.DELIVERED), id="S2", pan=1),
            ),
            about(),
            "",
        ),
        (exits.IfDelivered(), (), about(), ""),
        (exits.IfOrderedAgain(), (LATER,), about(), "order O2 came since"),
        (exits.IfOrderedAgain(), (LATER,), about(None), "order O2 came since"),
        (exits.IfOrderedAgain(), (ORDER,), about(), ""),
        (
            exits.IfOrderedAgain(),
            (LATER, Cancellation(id="X", at=AT, order="O2")),
            about(),
            "",
        ),
        (exits.IfBoughtAgain(), (ORDER, LATER), about(sku="BOOK"), "BOOK was bought again"),
        (exits.IfBoughtAgain(), (ORDER, LATER), about(sku="PAN"), ""),
        (exits.IfBoughtAgain(), (LATER,), about(None, sku="BOOK"), ""),
        (
            exits.IfReviewed(),
            (ReviewPosted(id="V", at=AT, product="knife"),),
            about(),
            "a review of order O1 was posted",
        ),
        (exits.IfReviewed(), (ReviewPosted(id="V", at=AT, product="pan"),), about(), ""),
        (
            exits.IfReviewed(),
            (ReviewPosted(id="V", at=PLACED - timedelta(days=1), product="knife"),),
            about(),
            "",
        ),
        (exits.IfReviewed(), (ReviewPosted(id="V", at=AT, order="O2"),), about(), ""),
        (exits.IfReviewed(), (ReviewPosted(id="V", at=AT, order="O1"),), about(None), ""),
        (
            exits.IfAnswered(),
            (SurveyAnswered(id="V", at=AT, survey="nps"),),
            about(),
            "the survey was answered",
        ),
        (
            exits.IfAnswered("checkout"),
            (
                SurveyAnswered(id="V", at=AT, survey="nps"),
                SurveyAnswered(id="W", at=PLACED, survey="checkout", order="O1"),
            ),
            about(),
            "the survey was answered",
        ),
        (exits.IfAnswered("x"), (SurveyAnswered(id="V", at=AT, survey="nps"),), about(), ""),
        (
            exits.IfAnswered(),
            (SurveyAnswered(id="V", at=PLACED - timedelta(days=1), survey="nps"),),
            about(),
            "",
        ),
        (exits.IfAccount(), (CUSTOMER,), about(), "the customer has an account"),
        (exits.IfAccount(), (evolve(CUSTOMER, account=None),), about(), ""),
        (exits.IfAccount(), (), about(), ""),
        (
            exits.IfAccount(),
            (AccountCreated(id="A", at=AT, account="A1"),),
            about(),
            "the customer has an account",
        ),
        (exits.IfSignedUp("newsletter"), (SignedUp(id="U", at=AT, what="alerts"),), about(), ""),
        (
            exits.IfSignedUp("alerts"),
            (SignedUp(id="U", at=AT, what="alerts"),),
            about(),
            str(AlreadySignedUp("alerts")),
        ),
        (
            exits.WhileTicketOpen(),
            (
                TicketOpened(id="T1", at=PLACED),
                TicketClosed(id="c", at=AT, ticket="T1"),
                TicketOpened(id="T2", at=PLACED),
            ),
            about(),
            "ticket T2 is open",
        ),
        (
            exits.WhileTicketOpen(),
            (
                TicketOpened(id="T1", at=PLACED),
                TicketClosed(id="c", at=PLACED, ticket="T1"),
                TicketReplied(id="r", at=AT, ticket="T1"),
            ),
            about(),
            "ticket T1 is open",
        ),
        (
            exits.WhileReturnOpen(),
            (
                ReturnOpened(id="B1", at=PLACED, order="O1"),
                ReturnClosed(id="c", at=AT, return_id="B1"),
            ),
            about(),
            "",
        ),
    ],
)
def test_an_exit(rule: Exit, facts: tuple[Fact, ...], entry: Entry, said: str) -> None:
    met = rule.met(entry, scene(*facts))
    assert (str(met) if met else "") == said


@pytest.mark.parametrize(
    ("states", "granted"),
    [
        ((), False),
        ((ConsentState.GRANTED,), True),
        ((ConsentState.GRANTED, ConsentState.WITHDRAWN), False),
        ((ConsentState.WITHDRAWN, ConsentState.GRANTED), True),
    ],
)
def test_an_invitation_ends_with_a_yes(states: tuple[ConsentState, ...], *, granted: bool) -> None:
    said = [
        Consent(id=f"{n}", at=hours(n), channel=Channel.SMS, state=state)
        for n, state in enumerate(states)
    ]
    met = exits.IfGranted(Channel.SMS).met(about(), scene(*said))
    assert (met == reason.AlreadyGranted(Channel.SMS)) is granted


# ---------------------------------------------------------------- requirements


@pytest.mark.parametrize(
    "rule", [requires.IsGuest(), requires.HasComplement(), requires.Grants(requires.Passes(Points))]
)
def test_without_a_scene_nothing_is_known(rule: Rule) -> None:
    assert rule.check(NOTHING).verdict is Verdict.UNKNOWN


def test_a_guest_has_no_account() -> None:
    rule = requires.IsGuest()
    guest = rule.check(Known(scene(evolve(CUSTOMER, account=None))))
    member = rule.check(Known(scene(CUSTOMER)))
    assert (guest.verdict, member.verdict) == (Verdict.YES, Verdict.NO)
    assert [str(why) for why in (*guest.reasons(), *member.reasons())] == [
        "an account: none",
        "an account: A1",
    ]


def test_an_answer_is_passed_on_or_missed() -> None:
    policy = requires.Passes(Points)
    points = Points(count=3)
    assert not policy.decide(History.of(), at=AT)
    granted = policy.decide(History.of(), at=AT, known=Known(points))
    assert granted
    assert granted.value is points
    rule = requires.Grants(policy)
    assert rule.check(Known(scene(), points)).verdict is Verdict.YES
    assert rule.check(Known(scene())).verdict is Verdict.NO


def test_what_completes_nothing_bought_is_no_complement() -> None:
    entry = about(None)
    found = requires.HasComplement().check(Known(scene(), entry, Catalog()))
    assert found.verdict is Verdict.NO
