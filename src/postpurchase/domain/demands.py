"""What the law of a country asks of a message, and whether a message with its words has it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from string import punctuation
from typing import ClassVar, Final, Protocol

from attrs import frozen
from typing_extensions import override

from postpurchase.domain.channel import Purpose
from postpurchase.domain.decision import Reason, Says, says
from postpurchase.domain.pairs import Pairs

_POINTS: Final = punctuation + "।۔“”‘’«»"
_BLOCKS: Final[Mapping[str, Says]] = {
    "opt_out": says("the word that ends such messages"),
    "postal_address": says("the shop's postal address"),
    "template_id": says("the number of a registered template"),
    "unsubscribe": says("a link to unsubscribe"),
}

_LANGUAGES: Final[Mapping[str, Says]] = {
    "bn": says("Bengali"),
    "en": says("English"),
    "hi": says("Hindi"),
    "ur": says("Urdu"),
}


@frozen(kw_only=True)
class Cited:
    """Where a rule was read, and when."""

    url: str
    read: date
    what: str


@frozen(kw_only=True)
class BlockLacking(Reason):
    """The law asks for something that does not stand in the message."""

    says: ClassVar[Says] = says("the rules of %(law)s ask for %(block)s, which is not there")
    law: str
    block: str

    @override
    def facts(self) -> Iterator[tuple[str, object]]:
        yield "law", self.law
        yield "block", _BLOCKS.get(self.block, self.block)


@frozen(kw_only=True)
class OtherLanguage(Reason):
    """The law asks for another language."""

    says: ClassVar[Says] = says(
        "the rules of %(law)s ask for %(languages)s, and the message is in %(language)s"
    )
    law: str
    languages: tuple[str, ...]
    language: str

    @override
    def facts(self) -> Iterator[tuple[str, object]]:
        yield "law", self.law
        yield "languages", tuple(_LANGUAGES.get(each, each) for each in self.languages)
        yield "language", _LANGUAGES.get(self.language, self.language)


class Worded(Protocol):
    """What a message with its words tells of itself; a `messages.Message` does."""

    @property
    def purpose(self) -> Purpose:
        """The strictest of its kind and its blocks."""
        ...

    @property
    def locale(self) -> str:
        """The tag of its language; BCP 47."""
        ...

    @property
    def blocks(self) -> tuple[str, ...]:
        """The names of the blocks in it."""
        ...

    @property
    def unsubscribe(self) -> str:
        """The address of one click that ends such messages."""
        ...

    @property
    def postal(self) -> bool:
        """Whether the shop's postal address stands in it."""
        ...

    @property
    def text(self) -> str:
        """Its words."""
        ...


@frozen(kw_only=True)
class Demands:
    """What the law of the recipient's country asks of the messages on one channel.

    Attributes:
        law: the name of the jurisdiction; empty where nobody was asked.
        blocks: what must stand in a message, and from which purpose upwards.
        languages: one of which promotions must be in; empty for any.
        promotes: from which purpose upwards a message is a promotion.
        stop_words: the replies that end such messages; in a message one stands in capitals, where
            its script has them.
        sources: where this was read, and when.
    """

    law: str = ""
    blocks: Pairs[Purpose] = Pairs()
    languages: tuple[str, ...] = ()
    promotes: Purpose = Purpose.MARKETING
    stop_words: tuple[str, ...] = ()
    sources: tuple[Cited, ...] = ()

    def needed(self, purpose: Purpose, /) -> tuple[str, ...]:
        """The names of the blocks that a message of this purpose must have."""
        return tuple(name for name, least in self.blocks.items() if purpose >= least)

    def written_in(self, purpose: Purpose, /) -> tuple[str, ...]:
        """The languages one of which such a message must be in; empty for any."""
        return self.languages if purpose >= self.promotes else ()

    def lacking(self, message: Worded, /, *, also: Iterable[str] = ()) -> tuple[Reason, ...]:
        """What the message lacks by this law, and why that is asked; empty where it lacks nothing.

        Args:
            message: with its words, as `Voice.compose` makes it.
            also: blocks that the shop adds outside of the words, such as a provider's
                `template_id`.
        """
        has = {*also, *message.blocks, *self._borne(message)}
        found: list[Reason] = [
            BlockLacking(law=self.law, block=block)
            for block in self.needed(message.purpose)
            if block not in has
        ]
        languages, language = self.written_in(message.purpose), _language(message.locale)
        if languages and language not in languages:
            found.append(OtherLanguage(law=self.law, languages=languages, language=language))
        return tuple(found)

    def _borne(self, message: Worded, /) -> Iterator[str]:
        if message.unsubscribe:
            yield "unsubscribe"
        if message.postal:
            yield "postal_address"
        words = f" {' '.join(each.strip(_POINTS) for each in message.text.split())} "
        if any(f" {word.upper()} " in words for word in self.stop_words):
            yield "opt_out"


def _language(tag: str, /) -> str:
    return tag.replace("_", "-").partition("-")[0].lower()
