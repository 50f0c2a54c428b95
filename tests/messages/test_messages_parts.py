"""Headers, links, mails with pictures, push and short messages, each by itself."""

from email import message_from_bytes
from email.policy import SMTP, default

import pytest
from attrs import evolve
from hypothesis import example, given
from hypothesis import strategies as st

from postpurchase.domain import kinds
from postpurchase.domain.message import Channel, Kind, Purpose
from postpurchase.domain.pairs import Pairs
from postpurchase.errors import InvalidAddress, InvalidFact, InvalidLink
from postpurchase.messages import (
    Attachment,
    Message,
    Sender,
    Voice,
)
from postpurchase.messages.headers import clean, clean_name, mailbox, message_id, written
from postpurchase.messages.links import link, link_or_none, one_click, tagged
from postpurchase.messages.push import Push
from postpurchase.messages.sms import folded, sms
from postpurchase.messages.views import tidy
from postpurchase.testing import sample

ID = "<k1@kitchen.example.com>"
AT = sample.ORDERED


VOICE = Voice(
    shop=sample.shop(),
    sender="shop@kitchen.example.com",
    documents=sample.documents,
    link=sample.links,
)


def mail(kind: Kind = kinds.SHIPPED, speaker: Voice = VOICE) -> Message:
    return speaker.compose(sample.action(kind), sample.history())


NASTY = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\r\n\t\0\x1e\u2028\u202e\u2066\"\\<>@,;:()[]=?&'%{}😀हক"),
    ),
    max_size=150,
)


@given(name=NASTY, subject=NASTY)
@example(name='"', subject="=?utf-8?q?=0aBcc:_x@y.z?=")
@example(name="A" * 10_000, subject="B" * 10_000)
@example(name="(" * 80, subject="")
def test_a_name_or_a_subject_never_adds_a_header_or_moves_the_recipient(
    name: str, subject: str
) -> None:
    name = name.encode("utf-8", "ignore").decode()
    subject = subject.encode("utf-8", "ignore").decode()
    message = evolve(PLAIN, name=name, subject=subject)
    for wire in (
        message.to_bytes(date=AT, message_id=ID),
        message.to_email(date=AT, message_id=ID).as_bytes(),
    ):
        head = wire.partition(b"\r\n\r\n")[0]
        assert max(map(len, head.split(b"\r\n"))) <= 998
        parsed = message_from_bytes(wire, policy=SMTP)
        assert len(parsed.keys()) == len(PLAIN_NAMES)
        assert [each.addr_spec for each in parsed["To"].addresses] == ["asha@example.com"]
        assert parsed["Bcc"] is None
        assert parsed.get_body(("html",)) is not None


PLAIN = mail()
PLAIN_NAMES = (
    *("From", "To", "Subject", "Date", "Message-ID", "Content-Language"),
    *("MIME-Version", "Content-Type"),
)


@given(st.text(st.characters(codec="utf-8"), max_size=300))
def test_a_subject_parses_back_to_what_was_cleaned(text: str) -> None:
    subject = clean(text)
    wire = written("Subject", subject).encode() + b"\r\n\r\n"
    assert max(map(len, wire.split(b"\r\n"))) <= 76 + len("Subject: ")
    parsed = message_from_bytes(wire, policy=SMTP)["Subject"]
    assert " ".join(parsed.split()) == " ".join(subject.split())


def test_a_long_plain_subject_is_folded_between_words() -> None:
    line = written("Subject", "word " * 40 + "end")
    assert line.count("\r\n") == 2
    assert all(each.startswith(" ") for each in line.split("\r\n")[1:])
    assert line.replace("\r\n", "") == f"Subject: {'word ' * 40}end"
    assert max(map(len, line.split("\r\n"))) <= 77


def test_encoded_words_are_as_long_as_they_may_be() -> None:
    lines = written("Subject", "क" * 100).split("\r\n")
    assert len(lines) == 7  # 12 letters of 3 bytes fit the first, 15 each of the others
    assert max(map(len, lines)) <= 76


def test_a_line_that_just_fits_is_not_folded() -> None:
    fits = "a" * 33 + " " + "b" * 33
    assert len(written("Subject", fits)) == 76
    assert "\r\n" not in written("Subject", fits)
    assert "\r\n" in written("Subject", fits + "b")


def test_a_name_is_one_line_of_sixty_characters_at_most() -> None:
    assert clean_name("a\r\nb\u202ec") == "a b c"
    assert clean_name("x" * 60) == "x" * 60
    assert clean_name("x" * 61) == clean_name("x" * 99) == f"{'x' * 59}…"


@pytest.mark.parametrize(
    "address",
    [
        *("", "a", "@b.example", "a@", "a@b", "a@-b.com", "a b@c.com", f"{'a' * 65}@b.com"),
        *(f"a@{'b' * 64}.com", "a@b..com", "å@b.com", "a@b.c0m\n", f"a@ä{'b' * 64}.com"),
        f"a@{'b' * 60}.{'c.' * 100}com",
    ],
)
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(InvalidAddress, match="is no e-mail address"):
        mailbox(address)


def test_an_address_may_be_as_long_as_the_standards_say() -> None:
    assert mailbox(f"{'a' * 64}@b.com") == f"{'a' * 64}@b.com"


def test_a_domain_of_another_script_is_written_in_ascii() -> None:
    assert mailbox("a@exämple.com") == "a@xn--exmple-cua.com"


def test_a_message_id_is_of_one_form() -> None:
    assert message_id(ID) == ID
    with pytest.raises(InvalidAddress, match=r"is no Message-ID \(it reads <left@right>\): write"):
        message_id("k1@kitchen.example.com")


@pytest.mark.parametrize("sender", ["shop", "Shop <shop@example.com>", Sender(address="")])
def test_a_sender_nobody_can_answer_is_told_when_the_voice_is_built(sender: str | Sender) -> None:
    with pytest.raises(InvalidAddress):
        Voice(shop=sample.shop(), sender=sender)


@pytest.mark.parametrize(
    "url",
    [
        *("javascript:alert(1)", "https://", "//x.example", "https://a b", 'https://a"', "mailto:"),
        *("https://[::1", "data:text/html,x", f"https://a.example/{'x' * 3000}", "https://a/\nb"),
    ],
)
def test_an_address_that_is_no_link_is_refused_or_left_out(url: str) -> None:
    with pytest.raises(InvalidLink):
        link(url)
    assert link_or_none(url) == ""


def test_a_header_is_no_longer_than_a_line_may_be() -> None:
    with pytest.raises(InvalidLink, match="at most 900"):
        one_click(f"https://a.example/{'x' * 900}")


@pytest.mark.parametrize("wrong", [{"mime": "text/html\r\nX: y"}, {"cid": "a>b"}])
def test_an_attachment_cannot_bring_a_header(wrong: dict[str, str]) -> None:
    plain = {"document": "d", "filename": "f", "mime": "image/png", "cid": ""}
    with pytest.raises(InvalidFact, match=f"Attachment.*{next(iter(wrong))}"):
        Attachment(content=b"", **{**plain, **wrong})


def test_links_that_may_be() -> None:
    for url in ("https://a.example/x?y=1#z", "http://a.example", "mailto:a@b.c", "tel:+911"):
        assert link(url) == link_or_none(url) == url
    with pytest.raises(InvalidLink, match="needs https"):
        one_click("http://a.example/u")


def test_a_tag_that_is_there_already_is_kept() -> None:
    assert tagged("https://a.example/?utm_source=x", {"utm_source": "y"}) == (
        "https://a.example/?utm_source=x"
    )
    assert tagged("https://a.example/", {}) == "https://a.example/"


def test_tags_stand_on_addresses_of_the_shop_and_on_no_others() -> None:
    tags = Pairs(utm_source="mail")
    review = mail(kinds.REVIEW_REQUEST, evolve(VOICE, tags=tags))
    assert review.link == "https://kitchen.example.com/review?utm_source=mail"
    assert (
        mail(kinds.SHIPPED, evolve(VOICE, tags=tags)).link
        == "https://track.example.com/BD123456789IN"
    )
    away = evolve(sample.shop(), links=Pairs(review="https://elsewhere.example/r"))
    assert (
        mail(kinds.REVIEW_REQUEST, evolve(VOICE, tags=tags, shop=away)).link
        == "https://elsewhere.example/r"
    )


def test_a_mail_carries_pictures_and_documents_and_parses_back() -> None:
    logo = Attachment(
        document="logo", filename="logo.png", mime="image/png", content=b"\x89PNG", cid="logo1"
    )
    terms = Attachment(
        document="terms", filename='शर्तें "1".pdf', mime="application/pdf", content=b"%PDF"
    )
    message = PLAIN.attach(
        logo, terms, sample.documents("in", sample.action(kinds.SHIPPED), HISTORY)
    )
    for wire in (
        message.to_bytes(date=AT, message_id=ID),
        message.to_email(date=AT, message_id=ID).as_bytes(),
    ):
        parsed = message_from_bytes(wire, policy=default)
        assert parsed.get_content_type() == "multipart/mixed"
        found = {part.get_filename(): part for part in parsed.walk() if part.get_filename()}
        assert set(found) == {"logo.png", 'शर्तें "1".pdf', "in-1001.pdf"}
        assert found["logo.png"]["Content-ID"] == "<logo1>"
        assert found["logo.png"].get_content() == b"\x89PNG"
        assert not parsed.defects


HISTORY = sample.history()


def test_the_mails_own_policy_folds_for_whoever_writes_it_as_text() -> None:
    text = PLAIN.to_email(date=AT, message_id=ID).as_string()
    assert "Subject: Order 1001 is on its way" in text
    assert "From: Kitchen & Co" in text


def test_replies_go_where_the_sender_says() -> None:
    sender = Sender(
        address="no@kitchen.example.com", name="Asha's", reply_to="help@kitchen.example.com"
    )
    message = mail(speaker=evolve(VOICE, sender=sender))
    for wire in (
        message.to_bytes(date=AT, message_id=ID),
        message.to_email(date=AT, message_id=ID).as_bytes(),
    ):
        parsed = message_from_bytes(wire, policy=SMTP)
        assert parsed["Reply-To"] == "help@kitchen.example.com"
        assert parsed["From"].addresses[0].display_name == "Asha's"


def test_one_click_stands_where_the_standards_want_it_and_nowhere_else() -> None:
    for kind in kinds.KINDS:
        message = mail(kind)
        parsed = message_from_bytes(message.to_bytes(date=AT, message_id=ID), policy=SMTP)
        wanted = message.purpose >= Purpose.SOLICITATION
        assert (parsed["List-Unsubscribe"] is not None) is wanted
        assert (parsed["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click") is wanted
        assert ("/u/sample" in message.html) is wanted
        assert ("/u/sample" in message.text) is wanted


@pytest.mark.parametrize("length", [1, 1399, 5000])
def test_a_push_message_fits_both_services(length: int) -> None:
    pushed = Push.fitting(title="शीर्षक", body="क" * length, link="https://a.example")
    assert pushed.size <= 4096
    assert pushed.body.startswith("क")
    assert pushed.body.endswith("…") is (length > 1390)


def test_a_push_message_of_a_kind() -> None:
    action = sample.action(kinds.OUT_FOR_DELIVERY, Channel.PUSH)
    pushed = VOICE.compose(action, HISTORY).to_push()
    assert pushed.title == "Your parcel arrives today"
    assert b"track.example.com" in pushed.apns()
    assert b"out_for_delivery" in pushed.fcm()


def test_an_sms_is_folded_where_only_typography_stands_in_the_way() -> None:
    assert folded("“₹5” – ok\u200b") == '"Rs 5" - ok'
    assert folded("नमस्ते – ₹5") == "नमस्ते – ₹5"
    assert folded("plain") == "plain"
    assert folded("a\u00a0b\u202fc") == "a b c"
    assert sms("+91", "a" * 161).segments == 2


def test_a_long_title_is_cut_where_no_letter_loses_its_marks() -> None:
    short = tidy("a" + "ক্ষ" * 100)
    assert short == "a" + "ক্ষ" * 52 + "…"
    assert tidy("ab\u202ec") == "ab c"
