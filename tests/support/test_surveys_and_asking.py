"""What is asked, in which words, when, and when not."""

from datetime import date, datetime, timedelta

import pytest
from attrs import evolve

from help_desk import AT, DAY, PRICE
from postpurchase import plain
from postpurchase.domain import kinds
from postpurchase.domain.decision import Declined, Reason
from postpurchase.domain.event import (
    MessageSent,
    SurveyAnswered,
    TicketClosed,
    TicketOpened,
    TicketType,
)
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.message import Channel
from postpurchase.domain.order import Cancellation, Line, Order
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.shipment import Scan, Shipment, Stage
from postpurchase.errors import InvalidSupport
from postpurchase.journey import DEFAULT, decide, requires
from postpurchase.messages import Question, Voice
from postpurchase.support import (
    CHECKOUT,
    RELATIONSHIP,
    SERVICE,
    AskAfterHelp,
    Asked,
    AskedLately,
    Blocked,
    CheckIns,
    HelpEnded,
    InTouch,
    LastAsked,
    NeverAsked,
    NoCustomerNow,
    NoHelpEnded,
    NotYetDue,
    Problem,
    Scale,
    Survey,
    SurveyQuestion,
)
from postpurchase.testing import sample

HOUR = timedelta(hours=1)


def order(days: int, id: str = "1001") -> Order:
    lines = (Line(sku="pan", product="pan", unit_price=PRICE),)
    return Order(id=id, at=AT - days * DAY, currency="EUR", lines=lines)


def sent(days: float, kind: str = "check_in") -> MessageSent:
    return MessageSent(id=f"m{days}", at=AT - days * DAY, kind=kind)


def answered(days: float, survey: str = "relationship") -> SurveyAnswered:
    return SurveyAnswered(id=f"a{days}", at=AT - days * DAY, survey=survey, score=9)


@pytest.mark.parametrize(
    "survey", [SERVICE, CHECKOUT, RELATIONSHIP], ids=lambda survey: survey.name
)
@pytest.mark.parametrize("language", ["en", "hi", "ur", "bn"])
def test_every_ready_question_has_words_and_ends_in_every_language(
    survey: Survey, language: str
) -> None:
    asked = survey.asked(language)
    assert {each.lang for each in asked} == {language}
    assert len({each.text for each in asked}) == len(survey.questions)
    assert all(each.least and each.most for each in asked if each.choices)
    assert [each.choices for each in asked][-1] == ()


def test_a_survey_is_asked_in_the_language_of_the_customer_or_the_fallback() -> None:
    solved = SERVICE.asked("bn-BD")[0]
    assert solved == Asked(
        id="solved",
        lang="bn",
        text="আপনার সমস্যার কি সমাধান হয়েছে?",
        choices=(1, 2, 3),
        least="না",
        most="হ্যাঁ, পুরোপুরি",
    )
    assert SERVICE.asked("de")[0].text == "Did we solve your problem?"
    only = Survey(
        name="x", questions=(SurveyQuestion(id="q", words=Pairs(ur="کیوں؟")),), fallback="fr"
    )
    assert only.asked("de") == (Asked(id="q", lang="ur", text="کیوں؟"),)


def test_words_of_the_nearest_locale_of_the_language_are_asked() -> None:
    scale = Scale(
        least=Pairs({"pt": "nada", "en": "not at all"}),
        most=Pairs({"pt-PT": "imenso", "pt-BR": "muito", "en": "very"}),
    )
    words = Pairs({"en": "Why?", "pt-BR": "Por que?", "pt-PT": "Porquê?"})
    survey = Survey(name="s", questions=(SurveyQuestion(id="q", words=words, scale=scale),))

    def said(locale: str) -> tuple[str, str, str]:
        (asked,) = survey.asked(locale)
        return asked.text, asked.least, asked.most

    assert said("pt_PT") == ("Porquê?", "nada", "imenso")
    assert said("pt-AO") == said("pt") == said("pt-BR") == ("Por que?", "nada", "muito")
    assert said("bn-BD") == ("Why?", "not at all", "very")


def test_an_answer_is_a_fact_on_the_scale_that_was_asked() -> None:
    recommend = RELATIONSHIP.answer("recommend", id="a1", at=AT, score=9)
    assert recommend == SurveyAnswered(
        id="a1", at=AT, survey="relationship", question="recommend", score=9, lowest=0, highest=10
    )
    for end in (1, 3):
        assert SERVICE.answer("solved", id="a", at=AT, score=end).score == end
    better = SERVICE.answer("better", id="a2", at=AT, text="Call me back.")
    assert (better.score, better.text) == (None, "Call me back.")


@pytest.mark.parametrize(
    ("question", "score", "says"),
    [
        ("colour", 1, "survey 'service' asks solved, .*, got an answer to 'colour'"),
        ("solved", 4, "'solved' takes 1 to 3, got 4"),
        ("solved", 0, "'solved' takes 1 to 3, got 0"),
        ("solved", None, "'solved' takes 1 to 3, got None"),
        ("better", 1, "'better' is answered in words, got 1"),
    ],
)
def test_an_answer_that_was_not_asked_for_is_refused(
    question: str, score: int | None, says: str
) -> None:
    with pytest.raises(InvalidSupport, match=says):
        SERVICE.answer(question, id="a", at=AT, score=score)


def test_questions_that_cannot_be_meant_are_refused() -> None:
    with pytest.raises(InvalidSupport, match="needs words in each language"):
        SurveyQuestion(id="q", words=Pairs())
    with pytest.raises(InvalidSupport, match="needs words in each language"):
        SurveyQuestion(id="q", words=Pairs(en=" "))
    with pytest.raises(InvalidSupport, match="a scale runs upwards, got 5 to 5"):
        Scale(lowest=5)
    question = SERVICE.questions[0]
    with pytest.raises(InvalidSupport, match="each id once"):
        Survey(name="x", questions=(question, question))
    with pytest.raises(InvalidSupport, match="at least one question"):
        Survey(name="x", questions=())
    with pytest.raises(InvalidSupport, match="gap must be longer than nothing"):
        CheckIns(gap=timedelta(0))


def test_a_survey_is_plain_data_that_a_shop_changes() -> None:
    data = plain.dump(SERVICE)
    assert plain.load(Survey, data) == SERVICE
    shorter = plain.load(Survey, {**data, "questions": data["questions"][:1]})  # type: ignore[index]  # a list
    assert [each.id for each in shorter.questions] == ["solved"]
    policy = CheckIns(every=90 * DAY, survey=shorter)
    assert plain.load(CheckIns, plain.dump(policy)) == policy


def test_the_first_question_stands_in_a_message_in_the_readers_language() -> None:
    voice = Voice(shop=sample.shop("bn"), sender="shop@kitchen.example.com")
    asked = SERVICE.asked("bn")[1]
    question = Question(url="https://kitchen.example.com/s", text=asked.text)
    action = sample.action(kinds.DELIVERED, Channel.EMAIL, question)
    message = voice.compose(action, sample.history("bn"))
    assert "আমাদের সাহায্যে আপনি কতটা সন্তুষ্ট?" in message.text
    assert "https://kitchen.example.com/s" in message.text


OPENED = TicketOpened(id="t1", at=AT - 3 * DAY, type=TicketType.DAMAGED, order="1001")


def closed(ago: timedelta, ticket: str = "t1") -> TicketClosed:
    return TicketClosed(id=f"x{ticket}", at=AT - ago, ticket=ticket)


def test_help_is_asked_about_once_when_it_has_ended() -> None:
    decision = AskAfterHelp().decide(History.of(OPENED, closed(3 * HOUR)), at=AT)
    assert decision
    assert decision.value == SERVICE
    assert decision.reasons == (HelpEnded("t1"),)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ((), NoHelpEnded()),
        ((OPENED,), InTouch("t1")),
        ((OPENED, closed(HOUR)), NotYetDue(date(2026, 5, 11))),
        ((OPENED, closed(7 * DAY + HOUR)), NoHelpEnded()),
        ((OPENED, closed(2 * DAY), sent(1, "survey")), NoHelpEnded()),
        ((OPENED, closed(2 * DAY), answered(1, "service")), NoHelpEnded()),
        ((OPENED, closed(2 * DAY), sent(3, "review_request")), AskedLately(date(2026, 5, 8))),
        ((OPENED, closed(2 * DAY), sent(1, "review_request")), AskedLately(date(2026, 5, 10))),
        ((OPENED, closed(2 * DAY), TicketOpened(id="t2", at=AT - DAY)), InTouch("t2")),
    ],
)
def test_nobody_is_asked_about_help_too_early_too_late_or_twice(
    facts: tuple[Fact, ...], reason: Reason
) -> None:
    assert AskAfterHelp().decide(History.of(*facts), at=AT) == Declined((reason,))


def test_the_times_of_asking_hold_to_the_instant() -> None:
    def granted(*facts: Fact, at: datetime = AT) -> bool:
        return bool(AskAfterHelp().decide(History.of(OPENED, *facts), at=at))

    assert granted(closed(2 * HOUR))
    assert not granted(closed(2 * HOUR - timedelta(seconds=1)))
    week = TicketOpened(id="t1", at=AT - 9 * DAY)
    assert AskAfterHelp().decide(History.of(week, closed(7 * DAY)), at=AT)
    assert not granted(closed(2 * DAY), sent(2, "survey"))
    night = AT + 15 * HOUR  # 23:00
    ended = TicketClosed(id="x", at=night, ticket="t1")
    assert AskAfterHelp().decide(History.of(OPENED, ended), at=night) == Declined(
        (NotYetDue(date(2026, 5, 12)),)
    )
    assert CheckIns().decide(History.of(order(365)), at=AT)


def test_only_orders_that_were_kept_make_a_customer() -> None:
    def gone(days: int, id: str) -> Order:
        return evolve(
            order(days, id), cancellations=(Cancellation(id=f"c{id}", at=AT - days * DAY),)
        )

    old = History.of(order(366), gone(3, "1002"))
    assert CheckIns().decide(old, at=AT) == Declined((NoCustomerNow(365),))
    new = History.of(gone(100, "1000"), order(10))
    assert CheckIns().due(new, at=AT) == AT + 20 * DAY


def test_the_newest_help_is_asked_about_and_old_questions_are_forgotten() -> None:
    second = TicketOpened(id="t2", at=AT - 2 * DAY)
    facts = (OPENED, closed(2 * DAY), second, closed(DAY, "t2"), sent(14, "survey"))
    decision = AskAfterHelp().decide(History.of(*facts), at=AT)
    assert decision
    assert decision.reasons == (HelpEnded("t2"),)


def test_every_customer_is_asked_now_and_then() -> None:
    first = CheckIns().decide(History.of(order(30)), at=AT)
    assert first
    assert (first.value, first.reasons) == (RELATIONSHIP, (NeverAsked(),))
    again = CheckIns().decide(History.of(order(300), sent(180)), at=AT)
    assert again
    assert again.reasons == (LastAsked(date(2025, 11, 12)),)
    told = CheckIns().decide(History.of(order(300), answered(180)), at=AT)
    assert told


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ((), NoCustomerNow(365)),
        ((order(366),), NoCustomerNow(365)),
        (
            (evolve(order(40), cancellations=(Cancellation(id="c", at=AT - DAY),)),),
            NoCustomerNow(365),
        ),
        ((order(29),), NotYetDue(date(2026, 5, 12))),
        ((order(300), sent(179)), NotYetDue(date(2026, 5, 12))),
        ((order(300), answered(179)), NotYetDue(date(2026, 5, 12))),
        ((order(300), sent(13, "review_request")), NotYetDue(date(2026, 5, 12))),
        ((order(300), answered(13, "checkout")), NotYetDue(date(2026, 5, 12))),
        ((order(300), OPENED), InTouch("t1")),
        (
            (
                order(300),
                order(9, "1002"),
                Shipment(
                    id="p",
                    at=AT - 8 * DAY,
                    order="1002",
                    scans=(Scan(stage=Stage.LOST, at=AT - DAY, recorded_at=AT - DAY),),
                ),
            ),
            Blocked("1002", Problem.LOST),
        ),
    ],
)
def test_there_is_peace_between_two_questions_and_while_something_is_wrong(
    facts: tuple[Fact, ...], reason: Reason
) -> None:
    assert CheckIns().decide(History.of(*facts), at=AT) == Declined((reason,))


def test_when_somebody_can_be_asked_is_known_before() -> None:
    assert CheckIns().due(History.of(order(10)), at=AT) == AT + 20 * DAY
    assert CheckIns().due(History.of(order(100), sent(100)), at=AT) == AT + 80 * DAY
    assert CheckIns().due(History(), at=AT) is None
    asked_later = History.of(order(100), MessageSent(id="m", at=AT + DAY, kind="check_in"))
    assert CheckIns().due(asked_later, at=AT) == AT - 70 * DAY


def test_the_playbooks_check_in_lets_the_policy_decide_and_shows_its_survey() -> None:
    survey = evolve(RELATIONSHIP, url="https://kitchen.example.com/s")
    asking = CheckIns(survey=survey)
    ours = (
        DEFAULT.change("check_in", requires=(requires.Grants(asking),))
        .change("check_in/ask", brings=(asking,))
        .only("check_in")
    )
    shop = sample.shop("ur")
    history = History.of(sample.customer("ur"), sample.order("ur"), sample.parcel())
    delivered = sample.parcel().delivered_at
    assert delivered is not None
    month = delivered + 30 * DAY + 3 * HOUR
    (action,) = decide(history, at=month, shop=shop, playbook=ours).due
    message = Voice(shop=shop, sender="shop@kitchen.example.com").compose(action, history)
    assert message.blocks == ("feedback",)
    assert "اس کا کتنا امکان ہے" in message.text
    lately = history.add(
        SurveyAnswered(id="a", at=delivered + 25 * DAY, survey="checkout_ease", score=5)
    )
    plan = decide(lately, at=month, shop=shop, playbook=ours)
    assert plan.due == ()
    assert "not before" in plan.explain()
