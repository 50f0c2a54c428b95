"""Forms that ask for little, say what for, and never ask twice."""

from datetime import UTC, datetime, timedelta

import pytest
from attrs import evolve

from postpurchase.domain.customer import (
    Address,
    Cause,
    Consent,
    ConsentState,
    Customer,
    Suppression,
)
from postpurchase.domain.event import AccountCreated, AccountsMerged
from postpurchase.domain.history import History
from postpurchase.domain.message import Channel, Purpose
from postpurchase.domain.money import Money
from postpurchase.domain.order import Line, Order
from postpurchase.domain.pairs import Pairs
from postpurchase.errors import InvalidForm
from postpurchase.messages.catalogs import shipped
from postpurchase.privacy import (
    CHECKOUT,
    CONTACT,
    PROFILE,
    FieldError,
    FieldSpec,
    Form,
    Need,
    SavedCard,
    ask_only_missing,
    assurance,
    autofill,
    check,
    claimed,
    lint_form,
    merged,
    next_questions,
    permitted,
)
from postpurchase.privacy.account import (
    EndsAtOnce,
    NotShared,
    OnlyForTheOrder,
    SharedWith,
    UntilYouSayStop,
)
from postpurchase.privacy.form import (
    AnswerMissing,
    AnswerUnasked,
    AnswerUnfit,
    BirthdayRequired,
    BirthYearAsked,
    ErrorMissing,
    HardOnPhones,
    ManyRequired,
    NotNeeded,
    PurposeMissing,
)

AT = datetime(2026, 11, 1, 10, tzinfo=UTC)
BUYER = Customer(id="C1", at=AT, name="Asha Example", email="guest@example.com", country="IN")
HOME = Address(
    name="Asha Example", lines=("1 Example Street",), city="Pune", postcode="411001", country="IN"
)
ORDER = Order(
    id="O1",
    at=AT,
    currency="EUR",
    lines=(Line(sku="A", unit_price=Money.of("1.00", "EUR")),),
    ship_to=HOME,
    phone="+910000",
)


@pytest.mark.parametrize("form", [CHECKOUT, CONTACT, PROFILE])
def test_the_forms_of_the_library_pass_their_own_linter(form: Form) -> None:
    assert lint_form(form) == ()


def test_what_is_known_is_never_asked_again() -> None:
    known = autofill(History.of(BUYER, ORDER)).fields
    questions = ask_only_missing(CHECKOUT.fields, known)
    assert [each.name for each in questions.ask] == ["card"]
    assert questions.prefilled["city"] == "Pune"
    assert [each.name for each in ask_only_missing(CHECKOUT.fields, {}).ask][-1] == "postcode"


def test_the_rest_is_asked_later_and_a_little_at_a_time() -> None:
    assert [each.name for each in next_questions(PROFILE, {}, stage="delivered")] == ["interests"]
    assert next_questions(PROFILE, {"interests": "baking"}, stage="delivered") == ()
    both = Form(name="f", fields=tuple(evolve(each, stage="later") for each in CHECKOUT.fields))
    assert [each.name for each in next_questions(both, {}, stage="later", most=2)] == [
        "email",
        "name",
    ]


def test_an_answer_that_is_wrong_says_what_to_do_next() -> None:
    answers = {"email": "guest@example", "message": " ", "order": "", "age": "41"}
    found = check(CONTACT, answers)
    assert found == (
        FieldError(
            field="email",
            reason=AnswerUnfit(
                "E-mail", "an address has one @ and a dot after it", "name@example.com"
            ),
        ),
        FieldError(field="message", reason=AnswerMissing("Your question", "Where is my order?")),
        FieldError(field="age", reason=AnswerUnasked("age")),
    )
    assert str(found[0].reason) == (
        "E-mail: an address has one @ and a dot after it, such as name@example.com"
    )
    assert check(CONTACT, {"email": "guest@example.com", "message": "Hello"}) == ()


def test_a_linter_finds_what_asks_too_much() -> None:
    birth = FieldSpec(
        name="dob", label="Date of birth", autocomplete="bday", need=Need.REQUIRED, purpose="p"
    )
    fax = FieldSpec(name="fax", label="Fax", need=Need.REQUIRED, form=r"\d+")
    many = tuple(
        FieldSpec(
            name=f"f{n}",
            label="F",
            need=Need.REQUIRED,
            serves=("task",),
            purpose="p",
            example="e",
        )
        for n in range(7)
    )
    form = Form(name="bad", tasks=("task",), fields=(birth, fax, *many))
    assert lint_form(form) == (
        BirthdayRequired("dob"),
        BirthYearAsked("dob"),
        NotNeeded("fax"),
        PurposeMissing("fax"),
        HardOnPhones("fax"),
        ErrorMissing("fax"),
        ManyRequired(9, 8),
    )


@pytest.mark.parametrize("lacks", [{"name": ""}, {"label": ""}])
def test_a_field_has_a_name_and_a_label(lacks: dict[str, str]) -> None:
    with pytest.raises(InvalidForm, match="a field has a name and a label"):
        FieldSpec(**{"name": "a", "label": "A", **lacks})  # type: ignore[arg-type]  # all are text


# ---------------------------------------------------------------- what need not be typed again


def test_the_newest_order_fills_in_what_the_customer_has_not_said() -> None:
    card = SavedCard(reference="tok_visa_9", label="Visa ending in 4242")
    found = autofill(History.of(BUYER, ORDER), card=card)
    assert found.card is card
    assert found.fields == Pairs(
        email="guest@example.com",
        phone="+910000",
        name="Asha Example",
        street="1 Example Street",
        city="Pune",
        postcode="411001",
        country="IN",
    )
    moved = evolve(BUYER, addresses=(evolve(HOME, city="Delhi"),))
    assert autofill(History.of(moved, ORDER)).fields["city"] == "Delhi"
    guest = evolve(ORDER, email="other@example.com", ship_to=None)
    assert autofill(History.of(guest)).fields == Pairs(email="other@example.com", phone="+910000")
    assert autofill(History.of()).fields == Pairs()


@pytest.mark.parametrize("reference", ["", "4242 4242 4242 4242", "card 4242424242424242"])
def test_a_card_number_is_refused(reference: str) -> None:
    with pytest.raises(InvalidForm, match="opaque reference"):
        SavedCard(reference=reference)


# ---------------------------------------------------------------- accounts


def test_a_guest_claims_an_account_and_keeps_the_orders() -> None:
    later = AT + timedelta(days=1)
    customer, created = claimed(BUYER, account="A1", at=later)
    history = History.of(BUYER, ORDER, customer, created)
    assert created == AccountCreated(id="account/A1", at=later, account="A1")
    assert history.customer is not None
    assert not history.customer.guest
    assert history.orders == (ORDER,)
    with pytest.raises(InvalidForm, match="has the account A1 already: merge instead"):
        claimed(customer, account="A2", at=later)


def test_two_customers_who_are_one_are_merged() -> None:
    later = AT + timedelta(days=1)
    yes = Consent(id="c", at=AT, channel=Channel.EMAIL, state=ConsentState.GRANTED)
    no = evolve(yes, state=ConsentState.WITHDRAWN)
    stop = Suppression(id="s", at=AT, channel=Channel.SMS, cause=Cause.HARD_BOUNCE)
    other = Customer(id="C2", at=AT, name="A. Example", phone="+910000", account="A9")
    kept = History.of(BUYER, yes)
    whole = merged(kept, History.of(other, no, stop, evolve(ORDER, id="O2")), at=later)
    assert whole.customer == evolve(BUYER, phone="+910000", account="A9", recorded_at=later)
    assert not permitted(whole, Channel.EMAIL, Purpose.MARKETING, at=later)
    assert whole.all(AccountsMerged)[0].gone == "C2"
    assert [order.id for order in whole.orders] == ["O2"]
    for wrong in (History.of(), History.of(BUYER)):
        with pytest.raises(InvalidForm, match="two histories with a customer each"):
            merged(kept, wrong, at=later)


# ---------------------------------------------------------------- what is promised


def test_the_promise_is_made_from_what_is_done() -> None:
    there = evolve(BUYER, country="US")
    assert assurance(History.of(BUYER)) == (OnlyForTheOrder(), NotShared(), EndsAtOnce())
    assert assurance(History.of(there), partners=("Example Ads",)) == (
        UntilYouSayStop(),
        SharedWith(("Example Ads",)),
        EndsAtOnce(),
    )
    assert assurance(History.of())[0] == OnlyForTheOrder()
    assert str(SharedWith(("A", "B"))) == "We give your address to A, B, who may write to you."


@pytest.mark.parametrize("language", ["hi", "ur", "bn"])
@pytest.mark.parametrize("form", [CHECKOUT, CONTACT, PROFILE])
def test_the_forms_of_the_library_speak_every_language_of_it(form: Form, language: str) -> None:
    said = form.said(shipped(language).say)
    assert lint_form(said) == lint_form(form) == ()
    for ours, theirs in zip(form.fields, said.fields, strict=True):
        for text in (theirs.label, theirs.help, theirs.purpose, theirs.error):
            assert not any("a" <= each <= "z" for each in text)
        assert bool(ours.help) is bool(theirs.help)
        assert bool(ours.error) is bool(theirs.error)
        assert (theirs.name, theirs.example, theirs.form) == (ours.name, ours.example, ours.form)


def test_a_form_keeps_what_has_no_words() -> None:
    loud = Form(
        name="f",
        tasks=("t",),
        fields=(FieldSpec(name="a", label="Label", help="Help", purpose="For it", error="Wrong"),),
    ).said(str.upper)
    assert loud == Form(
        name="f",
        tasks=("t",),
        fields=(FieldSpec(name="a", label="LABEL", help="HELP", purpose="FOR IT", error="WRONG"),),
    )
    bare = Form(name="f", fields=(FieldSpec(name="a", label="a"),))
    assert bare.said(lambda text: f"{text}!").fields == (FieldSpec(name="a", label="a!"),)


def test_what_is_wrong_is_told_in_the_words_of_the_form() -> None:
    hindi = shipped("hi")
    (missing, *_) = check(CONTACT.said(hindi.say), {"email": "a@example.com"})
    assert missing.field == "message"
    assert hindi.speak(missing.reason).startswith("आपका प्रश्न")
