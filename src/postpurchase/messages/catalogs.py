"""The sentences of each language: gettext catalogs, and a shop's own on top.

Nothing is installed anywhere: a language is a value, asked for a sentence. Every sentence is
plain text with named places, never markup, so a catalog cannot smuggle any in.
"""

import gettext
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from struct import pack
from typing import Final, cast

from attrs import field, frozen
from babel.messages.pofile import read_po

from postpurchase.domain.decision import Reason, spoken, wording
from postpurchase.domain.pairs import Pairs
from postpurchase.errors import InvalidCatalog
from postpurchase.messages.tongues import tongue

SHIPPED: Final = ("en", "hi", "ur", "bn")
DOMAINS: Final = ("messages", "reasons")
DRAFTS: Final = ("hi", "ur", "bn")
_MAGIC: Final = 0x950412DE
_HEAD: Final = 28
_PLACE: Final = re.compile(r"%\(([a-z_]+)\)s")
_WHOLE: Final = re.compile(r"%\([a-z_]+\)s|%%")
# By CLDR's cardinal rules for whole numbers; Babel 2.18 writes others for these languages.
PLURALS: Final = {
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
    "n%100>=11 ? 4 : 5);",
    "bn": "nplurals=2; plural=(n > 1);",
    "en": "nplurals=2; plural=(n != 1);",
    "fa": "nplurals=2; plural=(n > 1);",
    "he": "nplurals=3; plural=(n==1 ? 0 : n==2 ? 1 : 2);",
    "hi": "nplurals=2; plural=(n > 1);",
    "ur": "nplurals=2; plural=(n != 1);",
}


@lru_cache(maxsize=64)
def plural_index(language: str, /) -> Callable[[int], int]:
    """Which form a count takes in this language's catalog."""
    header = PLURALS.get(language)
    if header is None:
        return gettext.c2py("n != 1")
    return gettext.c2py(header.partition("plural=")[2].rstrip(";"))


@frozen(kw_only=True)
class Sentences:
    """A language's sentences.

    Attributes:
        language: its code, such as `hi`.
        one: each sentence by its English original.
        many: the forms of each counted sentence, by its English singular.
    """

    language: str
    one: Mapping[str, str] = field(repr=False)
    many: Mapping[str, tuple[str, ...]] = field(repr=False, factory=dict[str, tuple[str, ...]])

    def say(self, original: str, /) -> str:
        """The sentence, or the English one where it is missing."""
        return self.one.get(original) or original

    def count(self, singular: str, plural: str, number: int, /) -> str:
        """The form of a counted sentence for this number."""
        forms = self.many.get(singular)
        if not forms:
            return singular if number == 1 else plural
        return forms[min(plural_index(self.language)(number), len(forms) - 1)]

    def has(self, reason: Reason, /) -> bool:
        """Whether it can be spoken in this language; everything can in English."""
        known = self.many if reason.says.many else self.one
        return self.language == "en" or bool(known.get(reason.says.one))

    def speak(self, reason: Reason, /, *, write: Callable[[object], str] = spoken) -> str:
        """A reason in this language; facts without words of their own are written by *write*."""
        facts = dict(reason.facts())
        says = reason.says
        count = facts.get(says.by)
        if says.many and isinstance(count, int):
            text = self.count(says.one, says.many, count)
        else:
            text = self.say(says.one)
        return text % {name: self._word(fact, write) for name, fact in facts.items()}

    def _word(self, fact: object, write: Callable[[object], str]) -> str:
        """A fact in this language, where it brings its own words; they stand in lists too."""
        if isinstance(fact, tuple):
            return ", ".join(self._word(each, write) for each in cast("tuple[object, ...]", fact))
        words = wording(fact)
        return self.say(words.one) if words is not None else write(fact)

    def over(self, below: "Sentences", /) -> "Sentences":
        """These sentences, and those of another catalog where these have none."""
        return Sentences(
            language=self.language,
            one={**below.one, **self.one},
            many={**below.many, **self.many},
        )


def own_sentences(language: str, sentences: Pairs[str], /) -> Sentences:
    """A shop's wording of some sentences, by their English originals.

    Raises:
        InvalidCatalog: one names a place that its original does not have, or has a bare `%`.
        UnknownTongue: no language has that code.
    """
    tongue(language)
    for original, text in sentences.items():
        _checked(language, original, text)
    return Sentences(language=language, one=dict(sentences))


def read_catalog(language: str, po: str, /) -> Sentences:
    """A language from the text of a `.po` file, such as a shop's own translation.

    Raises:
        InvalidCatalog: a sentence names a place that its original does not have.
        UnknownTongue: no language has that code.
    """
    tongue(language)
    catalog = read_po(BytesIO(po.encode()), locale=language)
    one: dict[str, str] = {}
    many: dict[str, tuple[str, ...]] = {}
    for message in catalog:
        if not message.id or message.fuzzy:
            continue
        if isinstance(message.id, (list, tuple)):
            forms = tuple(str(form) for form in message.string or ())
            for form in forms:
                _checked(language, message.id[1], form)
            if all(forms):
                many[message.id[0]] = forms
        elif message.string:
            _checked(language, message.id, str(message.string))
            one[message.id] = str(message.string)
    return Sentences(language=language, one=one, many=many)


@lru_cache(maxsize=16)
def shipped(language: str, /) -> Sentences:
    """The sentences that come with the library, read once from its package data."""
    one: dict[str, str] = {}
    many: dict[str, dict[int, str]] = {}
    if language != "en":
        for domain in DOMAINS:
            catalog = _loaded(language, domain)
            for key, text in catalog.items():
                if isinstance(key, tuple):
                    many.setdefault(key[0], {})[key[1]] = text
                elif key:
                    one[key] = text
    forms = {name: tuple(text for _, text in sorted(each.items())) for name, each in many.items()}
    return Sentences(language=language, one=one, many=forms)


def compiled(po: bytes, language: str, /) -> bytes:
    """The `.mo` form of a `.po` file: its sentences and its plural rule, and nothing else.

    Babel's own writer adds its version and a date, so that the same text would not always give
    the same bytes.
    """
    catalog = read_po(BytesIO(po), locale=language)
    head = f"Content-Type: text/plain; charset=utf-8\nPlural-Forms: {catalog.plural_forms}\n"
    entries = {b"": head.encode()}
    for message in catalog:
        forms = (message.string,) if isinstance(message.string, str) else message.string or ()
        if message.id and all(forms):
            ids = (message.id,) if isinstance(message.id, str) else message.id
            entries["\0".join(ids).encode()] = "\0".join(map(str, forms)).encode()
    return _packed(entries)


def _packed(entries: Mapping[bytes, bytes]) -> bytes:
    """The layout of GNU gettext: a head of seven numbers, two tables, and the texts."""
    ids = sorted(entries)
    texts = [*ids, *(entries[each] for each in ids)]
    start, tables, data = _HEAD + 2 * 8 * len(ids), b"", b""
    for text in texts:
        tables += pack("<2I", len(text), start + len(data))
        data += text + b"\0"
    return pack("<7I", _MAGIC, 0, len(ids), _HEAD, _HEAD + 8 * len(ids), 0, start) + tables + data


def _loaded(language: str, domain: str) -> Mapping[str | tuple[str, int], str]:
    folder = files("postpurchase.messages") / "locales" / language / "LC_MESSAGES"
    translations = gettext.GNUTranslations(BytesIO((folder / f"{domain}.mo").read_bytes()))
    # gettext gives no other way to see all sentences, and asking one by one costs each time.
    catalog: Mapping[str | tuple[str, int], str] = vars(translations)["_catalog"]
    return catalog


def _checked(language: str, original: str, text: str) -> None:
    foreign = set(_PLACE.findall(text)) - set(_PLACE.findall(original))
    if foreign:
        names = ", ".join(sorted(foreign))
        raise InvalidCatalog(
            language=language, sentence=original, why=f"{names}: the original has no such place"
        )
    if "%" in _WHOLE.sub("", text):
        raise InvalidCatalog(language=language, sentence=original, why="a bare %: write %%")
