"""What pages are made of: words ready to be read, beside the bare values they were written from."""

import json
from collections.abc import Mapping
from typing import ClassVar, Final, TypeAlias, cast

from attrs import AttrsInstance, fields, frozen

from postpurchase.messages.tongues import Direction
from postpurchase.messages.views import ShopView, View

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json] | None"
"""What JSON can hold, without fractions: amounts are whole minor units."""

# Valid JSON either way; written so, it can stand inside a script element of a page.
_INERT: Final = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


@frozen(kw_only=True)
class Amount(View):
    """An amount: written out, and as whole minor units of an ISO 4217 currency."""

    text: str
    minor: int
    currency: str


@frozen(kw_only=True)
class When(View):
    """An instant: written out in the customer's zone, and in UTC as ISO 8601."""

    text: str
    at: str


@frozen(kw_only=True)
class Span(View):
    """A time from `start` until `end`: written out in the customer's zone, and in UTC."""

    text: str
    start: str
    end: str


@frozen(kw_only=True)
class Item(View):
    """So many units of a line, by name."""

    title: str
    options: str
    quantity: int
    written: str


@frozen(kw_only=True)
class Page(View):
    """What all pages have.

    Attributes:
        lang: the language that was used, as BCP 47.
        dir: which way it is written.
        title: what the page says first.
        shop: the brand: name, logo, categories, support, and who it is in law.
        at: as of when the page tells what it tells.
        name: its template is `pages/<name>.j2`.
    """

    name: ClassVar[str]
    lang: str
    dir: Direction
    title: str
    shop: ShopView
    at: When

    def as_dict(self) -> dict[str, Json]:
        """The page as plain dicts, lists, text, whole numbers, true, false and None."""
        return _fields(self)

    def to_json(self) -> str:
        """The page as JSON, in the order of its fields; it may stand inside a script element."""
        return json.dumps(self.as_dict(), ensure_ascii=False).translate(_INERT)


def _fields(view: View) -> dict[str, Json]:
    # Every view is an attrs class; only their common ancestor is not.
    names = (each.name for each in fields(cast("type[AttrsInstance]", type(view))))
    return {name: _plain(getattr(view, name)) for name in names}


def _plain(value: object) -> Json:
    """A view, or what views are made of, as JSON can hold it."""
    if isinstance(value, View):
        return _fields(value)
    if isinstance(value, Mapping):
        pairs = cast("Mapping[str, object]", value)
        return {name: _plain(each) for name, each in pairs.items()}
    if isinstance(value, tuple):
        return [_plain(each) for each in cast("tuple[object, ...]", value)]
    return value if isinstance(value, int | None) else str(value)
