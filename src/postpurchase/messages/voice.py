"""A shop's voice: actions in, messages out."""

import re
from collections.abc import Callable
from functools import cached_property
from typing import Final, TypeAlias
from urllib.parse import urlsplit

from attrs import field, frozen

from postpurchase.domain.customer import Shop
from postpurchase.domain.history import History
from postpurchase.domain.message import Action, Channel, Purpose
from postpurchase.domain.pairs import Pairs
from postpurchase.errors import AboveCeiling, FactMissing, NoRecipient, NoWords
from postpurchase.messages.blocks import Shown, Shows, shown
from postpurchase.messages.catalogs import SHIPPED, Sentences, own_sentences, shipped
from postpurchase.messages.engine import CUT, Engine, Form
from postpurchase.messages.facts import Facts, found
from postpurchase.messages.headers import clean, mailbox
from postpurchase.messages.jsonld import structured
from postpurchase.messages.links import link_or_none, one_click, tagged
from postpurchase.messages.message import Message, Sender
from postpurchase.messages.mime import Attachment
from postpurchase.messages.pen import Pen, ShopSign
from postpurchase.messages.sandbox import Budget
from postpurchase.messages.showing import BLOCKS
from postpurchase.messages.telling import ENCLOSES, told
from postpurchase.messages.theme import Theme
from postpurchase.messages.tongues import Digits, chain, direction, tongue
from postpurchase.messages.views import ShopView

Linker: TypeAlias = Callable[[str, Action, History], str]
"""Makes the address behind a name such as `review` or `unsubscribe`; signing is done here. An
empty answer leaves the button out."""

Documents: TypeAlias = Callable[[str, Action, History], Attachment | None]
"""Brings a document that a message encloses, such as `invoice`; None where there is none."""

Pixel: TypeAlias = Callable[[Action, History], str]
"""The address of a tracking pixel, for somebody who agreed to be tracked; empty for all others."""

_MANY_BLANK: Final = re.compile(r"\n(?:[ \t]*\n){2,}")
_NO_SENTENCES: Final = Pairs[Pairs[str]]()
_PLAIN: Final = Theme()
_USUAL: Final = Budget()


def no_links(_name: str, _action: Action, _history: History, /) -> str:
    """Leaves every address to the facts and to the shop's own pages."""
    return ""


def no_documents(_name: str, _action: Action, _history: History, /) -> None:
    """Brings nothing; `Message.attach` is the other way."""


def no_pixel(_action: Action, _history: History, /) -> str:
    """Tracks nobody."""
    return ""


def _writable(_voice: object, _: object, sender: str | Sender, /) -> None:
    mailbox(sender.address if isinstance(sender, Sender) else sender)


@frozen(kw_only=True)
class Voice:
    """How a shop writes: built once, then asked for every message.

    Attributes:
        shop: who writes.
        sender: the address that mails come from, or more of it.
        link: makes and signs addresses by name.
        documents: brings what is enclosed.
        encloses: which documents a kind must enclose, by the kind's name.
        theme: how mails look.
        blocks: how answers are shown.
        templates: the shop's own templates by name, such as `kinds/shipped.j2`; they run in a
            sandbox, with a `budget`.
        sentences: the shop's own wording by language and English original.
        languages: languages of the shop's own, beside or over those that come with the library.
        digits: Latin, or those of each language's script.
        tags: what is added to addresses of the shop's own host, such as `utm_source`.
        pixel: where opens are counted; nowhere by default.

    Raises:
        InvalidAddress: the sender's is not one plain e-mail address.
    """

    shop: Shop
    sender: str | Sender = field(validator=_writable)
    link: Linker = no_links
    documents: Documents = no_documents
    encloses: Pairs[tuple[str, ...]] = ENCLOSES
    theme: Theme = _PLAIN
    blocks: tuple[Shows, ...] = BLOCKS
    templates: Pairs[str] = Pairs()
    budget: Budget = _USUAL
    sentences: Pairs[Pairs[str]] = _NO_SENTENCES
    languages: tuple[Sentences, ...] = ()
    digits: Digits = Digits.LATIN
    tags: Pairs[str] = Pairs()
    pixel: Pixel = field(default=no_pixel)

    @cached_property
    def _tongues(self) -> frozenset[str]:
        own = (each.language for each in self.languages)
        return frozenset((*SHIPPED, *own, *self.sentences))

    @cached_property
    def _ready(self) -> dict[str, Sentences]:
        return {}

    def spoken(self, language: str, /) -> Sentences:
        """A language's sentences, loaded when the first message speaks it."""
        found = self._ready.get(language)
        if found is None:
            found = shipped(language if language in SHIPPED else "en")
            for own in self.languages:
                if own.language == language:
                    found = own.over(found)
            if language in self.sentences:
                found = own_sentences(language, self.sentences[language]).over(found)
            self._ready[language] = found
        return found

    @cached_property
    def _engine(self) -> Engine:
        return Engine(
            theme=self.theme,
            own=dict(self.templates),
            languages=self.spoken,
            budget=self.budget,
        )

    @cached_property
    def _signs(self) -> dict[str, ShopSign]:
        return {}

    def sign(self, tag: str, /) -> ShopView:
        """The shop as templates see it, for a locale."""
        found = self._signs.get(tag)
        if found is None:
            found = self._signs[tag] = ShopSign(shop=self.shop, tag=tag)
        return found.view

    @cached_property
    def _from(self) -> Sender:
        if isinstance(self.sender, Sender):
            return self.sender
        return Sender(address=self.sender, name=self.shop.name)

    def compose(self, action: Action, history: History, /) -> Message:
        """Put an action into words.

        Args:
            action: what is due; `action.channel` decides the form.
            history: what is known at that moment, the customer and the order among it.

        Raises:
            FactMissing: what the kind needs was not found.
            NoRecipient: the customer has no address on this channel.
            NoWords: the kind has none on this channel.
            AboveCeiling: the kind itself is stricter than what is permitted.
            TemplateFault: a template could not be rendered.
        """
        kind, channel = action.kind, action.channel
        if channel not in kind.channels:
            raise NoWords(kind=kind.name, channel=channel)
        if kind.purpose > action.ceiling:
            raise AboveCeiling(kind=kind.name, ceiling=action.ceiling.name.lower())
        facts = found(action, history)
        to = _recipient(facts, channel)
        pen = self.pen(facts, action.demands.written_in(kind.purpose))
        blocks = shown(action, self.blocks, pen)
        _complete(action, facts, blocks)
        unsubscribe = self._unsubscribe(action, history, blocks.purpose)
        values = self._values(action, history, facts, pen, blocks, unsubscribe)
        parts = self._rendered(action, pen, values)
        tag = str(values["lang"])
        return Message(
            key=action.key,
            kind=kind,
            about=action.subject,
            channel=channel,
            purpose=blocks.purpose,
            to=to,
            name=facts.customer.name if facts.customer else "",
            sender=self._from,
            locale=tag,
            direction=direction(pen.tag),
            link=str(values["action_url"]),
            unsubscribe=unsubscribe if channel is Channel.EMAIL else "",
            postal=bool(self.shop.address) and channel is Channel.EMAIL,
            attachments=self._enclosed(action, history),
            encloses=self.encloses.get(kind.name, ()) if channel is Channel.EMAIL else (),
            blocks=tuple(block.name for block in blocks.views),
            dropped=blocks.dropped,
            variant=action.variant,
            **parts,
        )

    def pen(self, facts: Facts, languages: tuple[str, ...] = (), /) -> Pen:
        """How to write to the customer of these facts: in which language, zone and digits.

        Where a law asks for certain *languages*, one of them is taken if the voice speaks it.
        """
        customer, order = facts.customer, facts.order
        wanted = (customer.locale if customer else None) or (order.locale if order else None) or ""
        wishes = (*chain(wanted, self.shop.locale), *languages)
        tags = [tag for tag in wishes if tongue(tag).language in self._tongues]
        tag = next((tag for tag in tags if tongue(tag).language in languages), tags[0])
        zone = (customer.zone if customer else None) or (order.zone if order else None)
        return Pen(
            tag=tag,
            zone=zone or self.shop.zone,
            digits=self.digits,
            sentences=self.spoken(tongue(tag).language),
        )

    def _values(
        self,
        action: Action,
        history: History,
        facts: Facts,
        pen: Pen,
        blocks: Shown,
        unsubscribe: str,
    ) -> dict[str, object]:
        def address(name: str) -> str:
            return self._address(name, action, history)

        values = told(action, facts, pen, blocks, address)
        mail = action.channel is Channel.EMAIL
        values.update(
            shop=self.sign(pen.tag),
            lang=pen.tag.replace("_", "-"),
            unsubscribe=unsubscribe,
            stop_word=_stop_word(action),
            preferences=address("preferences"),
            enclosed=self.encloses.get(action.kind.name, ()) if mail else (),
            pixel=link_or_none(self.pixel(action, history)) if mail else "",
            structured=structured(action.kind, facts, self.shop) if mail else "",
        )
        return values

    def _address(self, name: str, action: Action, history: History) -> str:
        """The address behind a name: the shop's callable first, then the shop's own pages."""
        url = link_or_none(self.link(name, action, history) or self.shop.links.get(name, ""))
        if not url or not self.tags:
            return url
        own = urlsplit(self.shop.url).hostname
        return tagged(url, self.tags) if urlsplit(url).hostname == own else url

    def _unsubscribe(self, action: Action, history: History, purpose: Purpose) -> str:
        """The one-click address, for what somebody can have enough of, or where a law asks for it.

        No other mail bears one.
        """
        asked = "unsubscribe" in action.demands.needed(purpose)
        if purpose < Purpose.SOLICITATION and not asked:
            return ""
        url = self.link("unsubscribe", action, history)
        return one_click(url) if url else ""

    def _rendered(self, action: Action, pen: Pen, values: dict[str, object]) -> dict[str, str]:
        language = tongue(pen.tag).language
        kind, template = action.kind.name, f"kinds/{action.kind.name}.j2"
        render = self._engine.render
        if action.channel is not Channel.EMAIL:
            short = render(kind, template, Form.SHORT, language, values)
            title, _, text = short.partition(CUT)
            return {"subject": clean(title), "text": text.strip()}
        plain = render(kind, template, Form.TEXT, language, values)
        subject, preheader, text = (*plain.split(CUT, 2), "", "")[:3]
        values["subject_line"] = clean(subject)
        values["preheader_line"] = clean(preheader)
        return {
            "subject": clean(subject),
            "preheader": clean(preheader),
            "html": render(kind, template, Form.HTML, language, values),
            "text": _MANY_BLANK.sub("\n\n", text).strip() + "\n",
        }

    def _enclosed(self, action: Action, history: History) -> tuple[Attachment, ...]:
        if action.channel is not Channel.EMAIL:
            return ()
        names = self.encloses.get(action.kind.name, ())
        brought = (self.documents(name, action, history) for name in names)
        return tuple(each for each in brought if each)


def _stop_word(action: Action) -> str:
    """The word that ends such short messages, where a law asks that it is told."""
    demands = action.demands
    short = action.channel in {Channel.SMS, Channel.WHATSAPP}
    asked = short and "opt_out" in demands.needed(action.kind.purpose)
    return demands.stop_words[0].upper() if asked and demands.stop_words else ""


def _recipient(facts: Facts, channel: Channel) -> str:
    customer, order = facts.customer, facts.order
    if channel is Channel.EMAIL:
        to = (customer.email if customer else None) or (order.email if order else None)
        if not to:
            raise NoRecipient(channel=channel, lacks="e-mail address")
        return mailbox(to)
    if channel in {Channel.SMS, Channel.WHATSAPP}:
        to = (customer.phone if customer else None) or (order.phone if order else None)
        if not to:
            raise NoRecipient(channel=channel, lacks="phone number")
        return to
    if customer is None:
        raise NoRecipient(channel=channel, lacks="customer record")
    if channel is Channel.PUSH:
        if not customer.devices:
            raise NoRecipient(channel=channel, lacks="device")
        return customer.devices[0]
    return customer.id


def _complete(action: Action, facts: Facts, blocks: Shown) -> None:
    have = {
        "order": facts.order,
        "shipment": facts.shipment,
        "refund": facts.refund,
        "return": facts.returned,
        "review": facts.review or facts.published,
        "customer": facts.customer,
    }
    for name in action.kind.requires:
        if not (have.get(name) or blocks.first(name)):
            raise FactMissing(kind=action.kind.name, fact=name, subject=str(action.subject))
