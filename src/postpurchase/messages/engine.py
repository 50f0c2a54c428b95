"""Templates, in three forms and any language; built once for a voice, never per message."""

import re
from collections.abc import Callable, Mapping
from enum import StrEnum, unique
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from attrs import define, field
from jinja2 import BaseLoader, BytecodeCache, Environment, StrictUndefined
from jinja2.bccache import Bucket
from jinja2.exceptions import TemplateError, TemplateNotFound
from markupsafe import Markup, escape
from typing_extensions import override

from postpurchase.errors import NoWords
from postpurchase.messages.catalogs import Sentences
from postpurchase.messages.faults import OutOfBudget, told
from postpurchase.messages.sandbox import Budget, Sandbox
from postpurchase.messages.theme import Theme
from postpurchase.messages.tongues import Direction, direction

if TYPE_CHECKING:
    from types import CodeType

CUT: Final = "\x1e"
_FAULTS: Final = (
    TemplateError,
    OutOfBudget,
    ArithmeticError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
_NAME: Final = re.compile(r"(!core/)?[a-z0-9_]+(?:/[a-z0-9_]+)*(?:\.[a-z]{2,3})?\.j2")


@unique
class Form(StrEnum):
    """In which form words are put: one set of templates, three layouts."""

    HTML = "html"
    TEXT = "text"
    SHORT = "short"
    PAGE = "page"


@lru_cache(maxsize=512)
def core_template(room: str, path: str, /) -> str | None:
    """A template of a room, read once from its package data; None where there is none."""
    found = files(room) / "templates" / path
    return found.read_text(encoding="utf-8") if found.is_file() else None


class Shelf(BaseLoader):
    """Finds a template: the shop's before the library's, a language's before the common one."""

    def __init__(
        self, form: Form, language: str, own: Mapping[str, str], rooms: tuple[str, ...]
    ) -> None:
        """A shelf for one form and language, with the shop's own templates in front."""
        self._form, self._language, self._own, self._rooms = form, language, own, rooms

    @override
    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        if not _NAME.fullmatch(template):
            raise TemplateNotFound(template)
        for path in self._paths(template.removeprefix("!core/")):
            source = None if template.startswith("!core/") else self._own.get(path)
            found = (core_template(room, path) for room in self._rooms)
            source = source or next((each for each in found if each is not None), None)
            if source is not None:
                return source, path, None
        raise TemplateNotFound(template)

    def _paths(self, name: str) -> tuple[str, ...]:
        stem = name.removesuffix(".j2")
        own = f"{stem}.{self._language}.j2"
        return (f"{self._form}/{own}", own, f"{self._form}/{name}", name)


class _Compiled(BytecodeCache):
    """The library's own templates, compiled once for all voices and languages."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType | None] = {}

    @override
    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    @override
    def dump_bytecode(self, bucket: Bucket) -> None:
        self._codes[bucket.key, bucket.checksum] = bucket.code


@lru_cache(maxsize=8)
def _compiled(_form: Form) -> _Compiled:
    return _Compiled()


@define
class Engine:
    """All environments of one voice, made when first used.

    Attributes:
        theme: how things look.
        own: the shop's templates by name; with any of them all run in the sandbox.
        languages: the sentences of each language.
        budget: what the shop's templates may use.
        rooms: the packages whose templates are there, the first one first.
    """

    theme: Theme
    own: Mapping[str, str]
    languages: Callable[[str], Sentences]
    budget: Budget
    rooms: tuple[str, ...] = ("postpurchase.messages",)
    _ready: dict[tuple[Form, str], Environment] = field(
        init=False, factory=dict[tuple[Form, str], Environment]
    )

    def render(
        self, kind: str, template: str, form: Form, language: str, values: Mapping[str, object]
    ) -> str:
        """The text of a template.

        Raises:
            NoWords: there is no such template.
            TemplateFault: it reads what is not there, reaches too far, or takes too much.
        """
        environment = self._ready.get((form, language))
        if environment is None:
            environment = self._ready[form, language] = self._made(form, language)
        try:
            if isinstance(environment, Sandbox):
                return environment.render_within(template, values)
            return environment.get_template(template).render(values)
        except TemplateNotFound as missing:
            if missing.name == template:
                raise NoWords(kind=kind, channel=form) from missing
            raise told(missing, kind, template) from missing
        except _FAULTS as error:
            raise told(error, kind, template) from error

    def _made(self, form: Form, language: str) -> Environment:
        make: Callable[..., Environment] = Sandbox if self.own else Environment
        extra: dict[str, Any] = {"bytecode_cache": _compiled(form)}
        if self.own:
            extra = {"budget": self.budget}
        environment = make(
            loader=Shelf(form, language, self.own, self.rooms),
            autoescape=form in {Form.HTML, Form.PAGE},
            undefined=StrictUndefined,
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
            cache_size=-1,
            extensions=("jinja2.ext.i18n",),
            **extra,
        )
        environment.policies["ext.i18n.trimmed"] = True
        environment.globals.clear()
        environment.globals.update(self._words(form, language))
        return environment

    def _words(self, form: Form, language: str) -> dict[str, Any]:
        towards = direction(language)
        sentences = self.languages(language)
        say, count = _saying(sentences, _isolated(form, towards), form)
        styles = self.theme.styles(language, towards)
        css = {name: Markup(style) for name, style in styles.table.items()}  # noqa: S704 - our own
        return {
            "_": say,
            "plain_": sentences.say,
            "gettext": say,
            "ngettext": count,
            "css": css,
            "look": self.theme.colours,
            "dir": str(towards),
            "cut": CUT,
            "range": range,
        }


Wrap = Callable[[object], str]


def _isolated(form: Form, towards: Direction) -> Wrap:
    """How a value is set apart from the sentence around it, whichever way either is written."""
    if form in {Form.HTML, Form.PAGE}:
        return _marked if towards is Direction.RTL else _marked_if_foreign
    if form is Form.TEXT and towards is Direction.RTL:
        return _surrounded
    return str


def _marked(value: object) -> str:
    return f"<bdi>{escape(value)}</bdi>"


def _marked_if_foreign(value: object) -> str:
    text = escape(value)
    return text if text.isascii() else f"<bdi>{text}</bdi>"


def _surrounded(value: object) -> str:
    return f"\u2068{value}\u2069"


def _saying(
    sentences: Sentences, wrap: Wrap, form: Form
) -> tuple[Callable[..., str], Callable[..., str]]:
    """The two functions by which templates speak; values are escaped, sentences too."""
    rich = form in {Form.HTML, Form.PAGE}
    text: Callable[[str], str] = Markup if rich else str
    shape: Callable[[str], str] = escape if rich else str

    @lru_cache(maxsize=4096)
    def shaped(original: str) -> str:
        return str(shape(sentences.say(original)))

    def say(original: str, /, **values: object) -> str:
        sentence = shaped(original)
        return text(sentence % {name: wrap(value) for name, value in values.items()})

    def count(one: str, many: str, num: int, /, **values: object) -> str:
        sentence = str(shape(sentences.count(one, many, num)))
        return text(sentence % {name: wrap(value) for name, value in values.items()})

    return say, count
