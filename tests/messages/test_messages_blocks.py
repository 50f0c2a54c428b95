"""Blocks, facts, numbers and looks, each by itself."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from postpurchase.domain import kinds
from postpurchase.domain.history import History
from postpurchase.domain.message import Channel, Kind, Purpose, Subject
from postpurchase.domain.money import Money
from postpurchase.domain.offer import (
    Coupon,
    FreeShipping,
    Gift,
    Invitation,
    Offer,
    Percent,
    Perk,
    Points,
    StoreCredit,
)
from postpurchase.domain.order import Charge, ChargeKind, Promise, Tax
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.selection import Selection
from postpurchase.domain.shipment import Proof
from postpurchase.errors import InvalidFact
from postpurchase.messages import (
    Digits,
    Message,
    Question,
    Theme,
    Voice,
    dates,
)
from postpurchase.messages.blocks import NotPermitted, NotPlaced, NotShown
from postpurchase.messages.figures import money, number
from postpurchase.messages.jsonld import order_jsonld, parcel_jsonld
from postpurchase.messages.theme import contrast, readable
from postpurchase.messages.views import tidy
from postpurchase.offers import PersonalOffer
from postpurchase.rewards import Award, Standing
from postpurchase.support import Answers, Article, Fitting, Hit, Idea, Medium, Reading
from postpurchase.testing import sample

AT = sample.ORDERED


VOICE = Voice(
    shop=sample.shop(),
    sender="shop@kitchen.example.com",
    documents=sample.documents,
    link=sample.links,
)


def mail(kind: Kind = kinds.SHIPPED, speaker: Voice = VOICE) -> Message:
    return speaker.compose(sample.action(kind), sample.history())


HISTORY = sample.history()

OFFERS: list[tuple[Offer, str]] = [
    (Coupon(code="TEN", off=Percent(Decimal(10)), ends=AT), "10% off with this code"),
    (Coupon(code="X", off=Money.of("5", "INR"), minimum=Money.of("50", "INR")), "₹5.00 off"),
    (Gift(sku="G1", title="A towel"), "a gift: A towel"),
    (FreeShipping(code="SHIP", minimum=Money.of("99", "INR")), "free of charge"),
    (FreeShipping(), "free of charge"),
    (StoreCredit(amount=Money.of("7", "INR")), "₹7.00 of credit"),
    (Perk(name="spa", partner="Spa", title="An hour", url="https://spa.example"), "An hour"),
    (
        Invitation(name="club", title="Our club", url="https://c.example"),
        "You are invited: Our club",
    ),
    (
        Invitation(name="e", title="Tasting", held_at=AT, place="Pune", ends=AT),
        "You are invited: Tasting",
    ),
]


@pytest.mark.parametrize(("offer", "said"), OFFERS)
def test_an_offer_is_shown_and_makes_a_message_marketing(offer: Offer, said: str) -> None:
    action = sample.action(kinds.SHIPPED, Channel.EMAIL, offer)
    message = VOICE.compose(action, HISTORY)
    assert said in message.text
    assert message.purpose is Purpose.MARKETING
    below = evolve(action, ceiling=Purpose.SERVICE)
    dropped = VOICE.compose(below, HISTORY)
    assert said not in dropped.text
    assert dropped.purpose is Purpose.TRANSACTIONAL
    assert dropped.dropped == (NotPermitted(message.blocks[0], "marketing"),)


def test_the_survey_in_a_german_invoice_mail_is_left_out_and_the_mail_goes_on() -> None:
    asked = Question(url="https://s.example", text="How was it?")
    for ceiling, shown in ((Purpose.SERVICE, False), (Purpose.SOLICITATION, True)):
        action = sample.action(kinds.INVOICE, Channel.EMAIL, asked, ceiling=ceiling)
        message = VOICE.compose(action, HISTORY)
        assert ("How was it?" in message.text) is shown
        assert "is attached to this message" in message.text
        assert message.purpose is (Purpose.SOLICITATION if shown else Purpose.TRANSACTIONAL)


def test_points_tiers_and_readings_are_shown() -> None:
    standing = Standing(
        tier="Silver", tiers=("Silver",), since=None, value=0, earned="Silver", until=None
    )
    award = Award(deed="order:1001", points=1, desired=1, shares=())
    video = Article(id="a1", title="Sharpen", url="https://r.example", medium=Medium.VIDEO)
    reading = Reading(items=(Fitting(article=video, reasons=()),))
    hit = Hit(article=Article(id="a2", title="Rust?"), score=1.0, snippet="Dry it.", matched=())
    answers = Answers(question="rust", hits=(hit,))
    action = sample.action(
        kinds.THANK_YOU, Channel.EMAIL, standing, award, reading, answers, Points(count=1234)
    )
    message = VOICE.compose(action, HISTORY)
    assert "Tier: Silver" in message.text
    assert "1 point is added" in message.text
    assert "1,234 points are added" in message.text
    assert "Sharpen (video): https://r.example" in message.text
    assert "Rust? (article) – Dry it." in message.text
    assert message.blocks == ("guides", "answers", "points", "tier")


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("unboxing_video", "see how you unpack it?"),
        ("recipe", "love your recipe."),
        ("outfit_photo", "How do you wear it?"),
        ("anything", "Show others what you do with it"),
    ],
)
def test_an_idea_asks_for_something_to_show(what: str, said: str) -> None:
    idea = Idea(bought=Selection(), what=what)
    message = VOICE.compose(sample.action(kinds.HOW_TO, Channel.EMAIL, idea), HISTORY)
    assert said in message.text
    assert "We ask before we show it anywhere." in message.text
    assert message.purpose is Purpose.SOLICITATION
    own = evolve(idea, prompt="Sing about it!")
    message = VOICE.compose(sample.action(kinds.HOW_TO, Channel.EMAIL, own), HISTORY)
    assert "Sing about it!" in message.text


def test_a_personal_offer_is_shown_as_what_it_is() -> None:
    for offer, said in (
        (Coupon(code="TEN", off=Percent(Decimal(10))), "10% off with this code"),
        (Points(count=500), "you receive 500 points more"),
    ):
        personal = PersonalOffer(grant="g1", name="", offer=offer)
        action = sample.action(kinds.WIN_BACK, Channel.EMAIL, personal)
        assert said in VOICE.compose(action, HISTORY).text


def test_suggestions_say_why_in_a_language_that_knows_the_reason() -> None:
    why = NotPermitted("offer", "marketing")
    shown = sample.suggestions()
    item = evolve(shown.items[0], reasons=(why,))
    action = sample.action(kinds.SHIPPED, Channel.EMAIL, evolve(shown, items=(item,)))
    assert "no permission for marketing" in VOICE.compose(action, HISTORY).text


def test_what_has_no_place_or_no_block_is_told() -> None:
    odd = Gift(sku="G1")
    asked = Question(url="https://s.example")
    action = sample.action(kinds.REVIEW_REQUEST, Channel.EMAIL, odd, asked)
    bare = evolve(VOICE, blocks=VOICE.blocks[-1:])
    message = bare.compose(action, HISTORY)
    assert message.dropped == (NotShown("Gift"), NotPlaced("survey", "review_request"))


def test_years_are_counted_to_the_day_on_which_it_fell_due() -> None:
    action = sample.action(kinds.PURCHASE_ANNIVERSARY)
    later = evolve(action, target=AT.replace(year=2029))
    assert "3 years since" in VOICE.compose(later, HISTORY).subject


def test_subjects_other_than_orders_find_what_they_are_about() -> None:
    back = evolve(sample.action(kinds.REFUNDED), subject=Subject("refund", "r1"))
    assert "₹1,698.00" in VOICE.compose(back, HISTORY).subject
    posted = sample.action(kinds.REVIEW_PUBLISHED)
    for id in ("rv1", "rp1"):
        about = evolve(posted, subject=Subject("review", id))
        assert VOICE.compose(about, HISTORY).link == "https://kitchen.example.com/knives#reviews"
    alone = evolve(posted, subject=Subject("review", "rv1"))
    facts = History.of(
        *(each for each in HISTORY.facts if type(each).__name__ != "ReviewPublished")
    )
    assert VOICE.compose(alone, facts).link == ""
    lone = History.of(
        sample.customer(), *(f for f in HISTORY.facts if type(f).__name__ == "ReviewPublished")
    )
    only = evolve(posted, subject=Subject("review", "rp1"))
    assert VOICE.compose(only, lone).subject == "Your review can be read now"


def test_a_refund_without_an_order_of_its_own_lists_nothing() -> None:
    whole = evolve(sample.refund(), lines=())
    facts = History.of(sample.customer(), sample.order(refunds=(whole,)))
    message = VOICE.compose(sample.action(kinds.REFUNDED), facts)
    assert "₹1,698.00" in message.text
    assert "Chopping board" not in message.text
    none = History.of(sample.customer(), sample.order())
    assert "is on its way" in VOICE.compose(sample.action(kinds.REFUNDED), none).subject


def test_a_withdrawal_is_acknowledged_with_date_and_time() -> None:
    message = mail(kinds.WITHDRAWAL_ACKNOWLEDGED)
    assert "Received on: May 18, 2026, 2:30\u202fPM" in message.text
    order = evolve(sample.action(kinds.WITHDRAWAL_ACKNOWLEDGED), subject=Subject("order", "1001"))
    assert "May 16, 2027" in VOICE.compose(order, HISTORY).text


def test_a_parcel_whose_order_nobody_knows_lists_nothing() -> None:
    lone = Kind(name="shipped", purpose=Purpose.TRANSACTIONAL, requires=("shipment",))
    own = Pairs({"kinds/shipped.j2": "{{ cut }}{{ cut }}{{ parcel.lines|length }} things"})
    action = evolve(sample.action(lone), subject=Subject("shipment", "S1"))
    facts = History.of(sample.customer(), sample.parcel())
    assert evolve(VOICE, templates=own).compose(action, facts).text == "0 things\n"


def test_a_promise_of_hours_states_day_and_time() -> None:
    start = datetime(2026, 5, 14, 4, 30, tzinfo=UTC)
    promise = Promise(start=start, end=start + timedelta(hours=2), zone=sample.ZONE)
    order = evolve(sample.order(), promise=promise)
    facts = History.of(sample.customer(), order)
    text = VOICE.compose(sample.action(kinds.ORDER_CONFIRMATION), facts).text
    assert "Thursday, May 14, 2026, 10:00\u202fAM–12:00\u202fPM" in text
    exact = evolve(order, promise=evolve(promise, end=start))
    text = VOICE.compose(
        sample.action(kinds.ORDER_CONFIRMATION), History.of(sample.customer(), exact)
    ).text
    assert "Thursday, May 14, 2026" in text
    assert "10:00\u202fAM" in text


def test_taxes_are_named_by_how_they_are_counted() -> None:
    order = sample.order()
    taxed = evolve(order.lines[0], taxes=(Tax(amount=Money.of("9", "INR")),))
    for included, said in ((True, "Tax included: ₹9.00"), (False, "Tax: ₹9.00")):
        facts = History.of(
            sample.customer(),
            evolve(order, lines=(taxed, *order.lines[1:]), taxes_included=included),
        )
        assert said in VOICE.compose(sample.action(kinds.ORDER_CONFIRMATION), facts).text


def test_structured_data_leaves_out_what_nobody_knows() -> None:
    bare = evolve(sample.order(), ship_to=None, promise=None, url="")
    assert "url" not in order_jsonld(bare, sample.shop())
    made = parcel_jsonld(evolve(sample.parcel(), etas=(), url=""), bare, sample.shop())
    assert {"deliveryAddress", "expectedArrivalUntil", "trackingUrl"}.isdisjoint(made)
    full = parcel_jsonld(sample.parcel(), sample.order(), sample.shop())
    assert {"deliveryAddress", "expectedArrivalUntil", "trackingUrl"} <= set(full)


def test_what_an_order_adds_is_named() -> None:
    order = evolve(
        sample.order(),
        charges=(
            Charge(kind=next(iter(ChargeKind)), amount=Money.of("5", "INR"), title="Wrapping"),
            Charge(kind=next(iter(ChargeKind)), amount=Money.of("6", "INR")),
        ),
    )
    line = evolve(order.lines[0], properties=Pairs(engraving="For Asha"))
    more = tuple(evolve(line, id=f"m{at}", sku=f"M{at}", title="") for at in range(3))
    order = evolve(order, lines=(line, *order.lines[1:], *more), gift_message="Enjoy it")
    facts = History.of(sample.customer(), order)
    text = VOICE.compose(sample.action(kinds.ORDER_CONFIRMATION), facts).text
    assert "Wrapping: ₹5.00" in text
    assert "Other charges: ₹6.00" in text
    assert "engraving: For Asha" in text
    assert "> Enjoy it" in text
    thanks = VOICE.compose(sample.action(kinds.THANK_YOU), facts).text
    assert "Knife set, 5 pieces, Chopping board, M0 …" in thanks


def test_a_proof_of_delivery_is_told() -> None:
    signed = evolve(sample.parcel(), proof=Proof(signed_by="Ravi", place="the porch"))
    facts = History.of(sample.customer(), sample.order(), signed)
    text = VOICE.compose(sample.action(kinds.DELIVERED), facts).text
    assert "Left at: the porch" in text
    assert "Received by: Ravi" in text
    some = evolve(signed, lines=Pairs(l2=1))
    facts = History.of(sample.customer(), sample.order(), some)
    text = VOICE.compose(sample.action(kinds.PARTLY_SHIPPED), facts).text
    assert "- Chopping board\n" in text
    assert "Knife" not in text.partition("In this parcel")[2]


def test_nobody_is_tracked_unless_the_shop_says_whom() -> None:
    assert "<img" not in mail().html
    pixel = mail(speaker=evolve(VOICE, pixel=lambda _action, _history: "https://p.example/1.gif"))
    assert '<img src="https://p.example/1.gif" alt=""' in pixel.html


def test_who_is_asked_can_always_answer() -> None:
    silent = evolve(VOICE, shop=evolve(sample.shop(), links=Pairs()))
    for kind in (kinds.SURVEY, kinds.REVIEW_REQUEST, kinds.NEWSLETTER_INVITATION):
        message = silent.compose(sample.action(kind), HISTORY)
        assert "Simply answer this message." in message.text
        assert "Simply answer this message." in message.html
        assert "Simply answer this message." not in VOICE.compose(sample.action(kind), HISTORY).text


def test_numbers_follow_the_languages_own_digits_where_asked() -> None:
    bengali = Voice(shop=sample.shop("bn"), sender="a@example.com", digits=Digits.NATIVE)
    text = bengali.compose(sample.action(kinds.ORDER_CONFIRMATION), sample.history("bn")).text
    assert "৪,২৯৬.০০" in text
    assert number(1234567, "hi") == "12,34,567"
    assert dates.day(date(2026, 5, 1), "en", digits=Digits.NATIVE) == "May 1, 2026"
    new_year = dates.days(date(2026, 12, 30), date(2027, 1, 2), "en")
    assert new_year == "Dec 30, 2026\u2009–\u2009Jan 2, 2027"
    assert dates.days(date(2026, 5, 1), date(2026, 5, 1), "en") == "May 1, 2026"
    assert dates.days(date(2026, 5, 30), date(2026, 6, 2), "en") == (
        "May 30\u2009–\u2009Jun 2, 2026"
    )


@pytest.mark.parametrize(
    ("minor", "currency", "tag", "written_out"),
    [
        (0, "USD", "en", "$0.00"),
        (-1, "USD", "en", "-$0.01"),
        (123450, "KWD", "en", "KWD\u00a0123.450"),
        (100_000, "IQD", "en", "IQD\u00a0100"),
        (100_500, "IQD", "en", "IQD\u00a0100.500"),
        (12345, "PKR", "ur-PK", "Rs\u00a0123.45"),
        (12_300_000, "JPY", "en", "¥12,300,000"),
        (500, "SEK", "sv", "5,00\u00a0kr"),
        (500, "BDT", "bn", "5.00৳"),
        (500, "CHF", "bn", "5.00\u00a0CHF"),
    ],
)
def test_amounts_are_exact_and_set_apart(
    minor: int, currency: str, tag: str, written_out: str
) -> None:
    assert money(Money(minor, currency), tag) == written_out


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_an_amount_can_be_read_back(minor: int) -> None:
    text = money(Money(minor, "INR"), "en-IN")
    assert int("".join(each for each in text if each.isdigit())) == abs(minor)
    assert text.startswith("-") is (minor < 0)


def test_text_from_facts_is_made_fit_to_be_shown() -> None:
    assert tidy("a\x1eb\u202ec") == "a b c"
    assert tidy("x" * 500) == f"{'x' * 159}…"
    assert tidy("क\u200d्ष") == "क\u200d्ष"
    long = VOICE.compose(sample.action(kinds.SHIPPED), sample.history(name="N" * 10_000))
    assert len(long.text) < 2000


def test_a_pale_brand_is_darkened_where_it_must_be_read() -> None:
    pale = Theme(brand="#ffee88")
    assert contrast(pale.link, pale.soft) >= 4.5
    assert contrast(pale.dark_link, pale.dark_soft) >= 4.5
    assert pale.on_brand == "#111111"
    assert Theme(brand="#000000").on_brand == "#ffffff"
    assert (
        readable("#808080", "#808080") == "#000000"
        or contrast(readable("#808080", "#808080"), "#808080") >= 4.0
    )
    with pytest.raises(InvalidFact, match="#rrggbb"):
        Theme(brand="red")
