"""Templates read what their kind declares, and use all of it."""

from email import message_from_bytes
from email.policy import SMTP

import pytest
from attrs import evolve
from jinja2 import Environment, meta

from postpurchase.domain import kinds
from postpurchase.domain.history import History
from postpurchase.domain.message import Channel, Kind
from postpurchase.domain.order import Order
from postpurchase.domain.pairs import Pairs
from postpurchase.messages import Attachment, Message, Voice
from postpurchase.messages.engine import core_template
from postpurchase.messages.headers import clean
from postpurchase.testing import gallery, sample

ALWAYS = {"_", "ngettext", "shop", "customer", "action_url", "enclosed", "received", "ui", "years"}
DECLARED = {
    "order": "order",
    "shipment": "parcel",
    "review": "review",
    "points": "points",
    "tier": "tier",
    "offer": "offer",
    "suggestions": "suggestions",
}
# What a kind reads without requiring it, and why; its template guards each with an `if`.
GUARDED = {
    "refunded": {"refund"},  # a refund may be announced before its amount is known
    "return_approved": {"back"},  # an order may be sent back without a return of its own
    "return_received": {"back"},  # the same
    "withdrawal_acknowledged": {"back"},  # a statement may be about the whole order
}
# What a kind requires and its own template leaves to a part, and why.
ELSEWHERE = {
    "coupon": {"offer"},  # offer.j2 shows it, in the mail and in every block
}


def read_by(kind: Kind) -> set[str]:
    source = core_template("postpurchase.messages", f"kinds/{kind.name}.j2")
    assert source is not None
    made = Environment(extensions=["jinja2.ext.i18n"])  # noqa: S701 - it renders nothing
    return meta.find_undeclared_variables(made.parse(source))


@pytest.mark.parametrize("kind", kinds.KINDS, ids=lambda kind: kind.name)
def test_a_template_reads_what_its_kind_declares_and_uses_all_of_it(kind: Kind) -> None:
    declared = {DECLARED[name] for name in kind.requires}
    read = read_by(kind) - ALWAYS
    assert read <= declared | GUARDED.get(kind.name, set())
    assert declared <= read | ELSEWHERE.get(kind.name, set())


def test_a_wording_under_test_is_the_templates_to_choose() -> None:
    own = Pairs(
        {
            "kinds/shipped.j2": '{% extends "!core/kinds/shipped.j2" %}{% block subject %}'
            "{{ 'Guess what' if variant == 'guess' else 'On its way' }}{% endblock %}"
        }
    )
    voice = Voice(shop=sample.shop(), sender="a@example.com", templates=own)
    for variant, subject in (("guess", "Guess what"), ("plain", "On its way")):
        action = sample.action(kinds.SHIPPED, variant=variant)
        message = voice.compose(action, sample.history())
        assert (message.subject, message.variant) == (subject, variant)
        assert message.sent(at=sample.ORDERED).variant == variant


HOSTILE = "<script>alert(1)</script>\u202e{{ 7*7 }}{% raw %}' onmouseover=x \"😀" + "M" * 10_000


@pytest.mark.parametrize("locale", ["en", "ur"])
def test_no_kind_lets_a_hostile_name_or_title_become_markup(locale: str) -> None:
    voice = Voice(shop=sample.shop(locale), sender="a@example.com")
    order = sample.order(locale)
    lines = tuple(evolve(line, title=HOSTILE) for line in order.lines)
    known = sample.history(locale, name=HOSTILE)
    others = (fact for fact in known.facts if not isinstance(fact, Order))
    facts = History.of(*others, evolve(order, lines=lines, gift_message=HOSTILE))
    for kind in kinds.KINDS:
        message = voice.compose(sample.action(kind, locale=locale), facts)
        assert "<script>alert" not in message.html
        assert "49" not in message.subject
        assert "\u202e" not in message.html + message.text + message.subject
        assert len(message.html) < 100_000
        wire = message.attach(*invoices(message)).to_bytes(
            date=sample.ORDERED, message_id="<k@example.com>"
        )
        assert message_from_bytes(wire, policy=SMTP)["Subject"] == clean(message.subject)


def invoices(message: Message) -> tuple[Attachment, ...]:
    action, facts = sample.action(message.kind), sample.history()
    return tuple(sample.documents(name, action, facts) for name in message.missing)


def test_every_mail_parses_back_to_what_went_in() -> None:
    mails = [each for each in gallery.messages() if each.channel is Channel.EMAIL]
    assert len(mails) == 4 * len(kinds.KINDS)
    for message in mails:
        wire = message.to_bytes(date=sample.ORDERED, message_id="<k@example.com>")
        parsed = message_from_bytes(wire, policy=SMTP)
        assert not parsed.defects
        assert parsed["Subject"] == message.subject
        assert parsed["Content-Language"] == message.locale
        assert parsed["To"].addresses[0].addr_spec == message.to
        for subtype, sent in (("plain", message.text), ("html", message.html)):
            body = parsed.get_body((subtype,))
            assert body is not None
            assert body.get_content().replace("\r\n", "\n").rstrip("\n") == sent.rstrip("\n")
