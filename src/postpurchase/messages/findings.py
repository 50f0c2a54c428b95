"""What is wrong with a message before it goes out: found, not forbidden."""

import re
from collections.abc import Iterator
from enum import StrEnum, unique
from html.parser import HTMLParser
from typing import Final

from attrs import frozen
from typing_extensions import override

from postpurchase.domain.message import Channel, Purpose
from postpurchase.messages.message import Message
from postpurchase.messages.promises import PROMOTIONAL
from postpurchase.messages.theme import ENOUGH, contrast

MOST_HTML: Final = 100_000
MOST_SUBJECT: Final = 78
MOST_SEGMENTS: Final = 2
_COLOUR: Final = re.compile(r"(?:^|;)\s*(background-)?color:\s*(#[0-9a-fA-F]{6})")
_SCRIPTS: Final = {
    "hi": ("\u0900", "\u097f"),
    "ur": ("\u0600", "\u06ff"),
    "bn": ("\u0980", "\u09ff"),
}
_SHARE: Final = 0.5
_LATIN: Final = ("A", "\u024f")
_BETWEEN: Final = re.compile(r"[\s.,;:!?()\"|\u0964\u06d4\u060c\u061f–-]+")
_UNSEEN: Final = frozenset({"script", "style", "title"})
_VOID: Final = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta"})


@unique
class Rule(StrEnum):
    """What is looked for."""

    CLIPPED = "clipped"
    """HTML that Gmail cuts off: it does so at about 102 kB."""
    LONG_SUBJECT = "long_subject"
    NO_TEXT = "no_text"
    NO_ADDRESS = "no_address"
    """A commercial mail without the shop's postal address, which CAN-SPAM asks for."""
    NO_UNSUBSCRIBE = "no_unsubscribe"
    CONTRAST = "contrast"
    """Text with less than 4.5 to 1 against its background (WCAG 2.2, 1.4.3)."""
    ALT = "alt"
    PROMISE = "promise"
    """A promotional word, such as free or sale, that nothing in the message bears out."""
    SMS_COST = "sms_cost"
    MIXED = "mixed"
    """Another script than that of the message's language, in half of its letters or more."""
    MISSING = "missing"
    """A document that the message promises is not attached."""


@frozen
class Finding:
    """One thing that is wrong, in words for the shop."""

    rule: Rule
    says: str


def lint(message: Message, /, *, allowed: frozenset[str] = frozenset()) -> tuple[Finding, ...]:
    """Everything that is wrong with a message; an empty answer means nothing was found.

    Args:
        message: what is about to go out.
        allowed: promotional words that are true of it, such as `free`, and names that stand in
            another script on purpose.
    """
    findings = [*_general(message, allowed)]
    if message.channel is Channel.EMAIL:
        findings += [*_mail(message), *_page(message)]
    elif message.channel in {Channel.SMS, Channel.WHATSAPP}:
        findings += _cost(message)
    return tuple(findings)


def _general(message: Message, allowed: frozenset[str]) -> Iterator[Finding]:
    language = message.locale[:2]
    for word in _promises(message, language) - allowed:
        yield Finding(Rule.PROMISE, f"{word!r} is said, and no offer is in the message")
    for document in message.missing:
        yield Finding(Rule.MISSING, f"{document!r} is promised and not attached")
    share = _foreign(message, language)
    if share >= _SHARE:
        yield Finding(Rule.MIXED, f"{share:.0%} of the letters are not of the script of {language}")


def _promises(message: Message, language: str) -> frozenset[str]:
    """Promotional words that no offer bears out.

    What a contract needs may tell of a discount that was given; only its subject must not.
    """
    if {"offer", "points"} & {*message.blocks, *message.kind.requires}:
        return frozenset()
    lines: tuple[str, ...] = (message.subject, message.preheader)
    if message.purpose >= Purpose.SOLICITATION:
        lines = (*lines, message.text)
    said = f" {' '.join(word for line in lines for word in _BETWEEN.split(line.lower()))} "
    return frozenset(word for word in PROMOTIONAL.get(language, ()) if f" {word} " in said)


def _foreign(message: Message, language: str) -> float:
    """The share of letters outside the language's script, names and addresses left out."""
    names = {*message.sender.name.split(), *message.name.split()}
    words = (word for word in message.text.split() if not ({"@", "/"} & {*word}))
    text = "".join(word for word in words if word.strip(":,.") not in names)
    letters = [each for each in text if each.isalpha()]
    first, last = _SCRIPTS.get(language, _LATIN)
    return sum(not first <= each <= last for each in letters) / max(len(letters), 1)


def _mail(message: Message) -> Iterator[Finding]:
    size = len(message.html.encode())
    if size > MOST_HTML:
        yield Finding(
            Rule.CLIPPED, f"the HTML has {size} bytes; above {MOST_HTML} Gmail cuts it off"
        )
    if len(message.subject) > MOST_SUBJECT:
        yield Finding(Rule.LONG_SUBJECT, f"the subject has {len(message.subject)} characters")
    if not message.text.strip():
        yield Finding(Rule.NO_TEXT, "there is no text part")
    if message.purpose is Purpose.MARKETING and not message.postal:
        yield Finding(Rule.NO_ADDRESS, "the shop's postal address is not in it: set Shop.address")
    if message.purpose >= Purpose.SOLICITATION and not message.unsubscribe:
        yield Finding(Rule.NO_UNSUBSCRIBE, "no way to stop it: give the voice a link 'unsubscribe'")


def _page(message: Message) -> Iterator[Finding]:
    seen = _Reader()
    seen.feed(message.html)
    for source in seen.without_alt:
        yield Finding(Rule.ALT, f"the picture {source!r} has no alt text")
    for ink, paper in dict.fromkeys(seen.pairs):
        ratio = contrast(ink, paper)
        if ratio < ENOUGH:
            yield Finding(Rule.CONTRAST, f"{ink} on {paper} has a contrast of {ratio:.1f}")


def _cost(message: Message) -> Iterator[Finding]:
    sent = message.to_sms()
    if sent.segments > MOST_SEGMENTS:
        yield Finding(
            Rule.SMS_COST, f"{sent.segments} segments of {sent.encoding}, {sent.units} units"
        )


class _Reader(HTMLParser):
    """Reads the inline colours of text and its background, and pictures without alt texts."""

    def __init__(self) -> None:
        super().__init__()
        self.pairs: list[tuple[str, str]] = []
        self.without_alt: list[str] = []
        self._open: list[tuple[str, str, str]] = [("", "#000000", "#ffffff")]
        self._hidden = 0

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        have = dict(attrs)
        if tag == "img" and "alt" not in have:
            self.without_alt.append(have.get("src") or "")
        if tag in _VOID:
            return
        _, ink, paper = self._open[-1]
        for background, colour in _COLOUR.findall(have.get("style") or ""):
            ink, paper = (ink, colour) if background else (colour, paper)
        self._open.append((tag, ink, paper))
        unseen = tag in _UNSEEN or "display:none" in (have.get("style") or "")
        if unseen and not self._hidden:
            self._hidden = len(self._open)

    @override
    def handle_endtag(self, tag: str) -> None:
        while len(self._open) > 1 and self._open.pop()[0] != tag:
            pass
        if len(self._open) < self._hidden:
            self._hidden = 0

    @override
    def handle_data(self, data: str) -> None:
        if data.strip() and not self._hidden:
            self.pairs.append(self._open[-1][1:])
