"""What lint finds, and that it finds nothing in what is shipped."""

from attrs import evolve

from postpurchase.domain import kinds
from postpurchase.domain.message import Channel, Kind
from postpurchase.messages import (
    Finding,
    Message,
    Rule,
    Voice,
    lint,
)
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


def rules(message: Message) -> set[Rule]:
    return {finding.rule for finding in lint(message)}


def test_lint_finds_nothing_in_what_is_shipped() -> None:
    for kind in kinds.KINDS:
        assert lint(mail(kind)) == ()
    coloured = evolve(mail(), html='<div style="color:#111111"><p>x</p></b></i></div></div>')
    assert lint(coloured) == ()


def test_lint_finds_what_is_wrong() -> None:
    anniversary = mail(kinds.PURCHASE_ANNIVERSARY)
    assert rules(evolve(anniversary, unsubscribe="")) == {Rule.NO_UNSUBSCRIBE}
    assert rules(evolve(anniversary, postal=False)) == {Rule.NO_ADDRESS}
    assert rules(evolve(anniversary, text=" ")) == {Rule.NO_TEXT}
    assert rules(evolve(anniversary, html=anniversary.html + " " * 100_000)) == {Rule.CLIPPED}
    assert rules(evolve(anniversary, subject="long " * 20)) == {Rule.LONG_SUBJECT}
    assert rules(evolve(anniversary, subject="Big sale")) == {Rule.PROMISE}
    assert lint(evolve(anniversary, subject="Big sale"), allowed=frozenset({"sale"})) == ()
    assert rules(evolve(anniversary, text="एक दो तीन चार")) == {Rule.MIXED}
    assert rules(evolve(mail(kinds.THANK_YOU), attachments=())) == {Rule.MISSING}
    assert lint(mail(kinds.COUPON)) == ()
    pale = '<p style="color:#cccccc;background-color:#ffffff">pale</p><img src="x.png"><br></p></i>'
    found = lint(evolve(anniversary, html=pale))
    assert found == (
        Finding(Rule.ALT, "the picture 'x.png' has no alt text"),
        Finding(Rule.CONTRAST, "#cccccc on #ffffff has a contrast of 1.6"),
    )


def test_lint_counts_what_an_sms_costs() -> None:
    short = VOICE.compose(sample.action(kinds.SHIPPED, Channel.SMS), HISTORY)
    assert lint(short) == ()
    assert lint(evolve(short, text="क" * 200)) == (
        Finding(Rule.MIXED, "100% of the letters are not of the script of en"),
        Finding(Rule.SMS_COST, "3 segments of UCS-2, 200 units"),
    )
    pushed = VOICE.compose(sample.action(kinds.SHIPPED, Channel.PUSH), HISTORY)
    assert lint(pushed) == ()
