"""Reading foreign JSON: every doubt becomes an issue with its path, nothing raises."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import TypeGuard, TypeVar

from postpurchase.domain.moment import instant
from postpurchase.domain.money import Money, Rounding
from postpurchase.errors import InvalidMoment, MoneyError, TooManyDecimals, UnreadablePayload
from postpurchase.integrations.parsed import Issue

UNDATED = datetime(1970, 1, 1, tzinfo=UTC)
"""Stands where a payload says nothing of when: so long ago that nothing can fall due from it."""

T = TypeVar("T")

_LONGEST = 60
_DIGITS = 18


def readable(nodes: Iterable["Node"], read: Callable[["Node"], T], /) -> Iterator[T]:
    """What *read* makes of each node; one that it cannot read is an issue, and left out."""
    for node in nodes:
        try:
            yield read(node)
        except UnreadablePayload as error:
            path = error.path.removeprefix(f"{node.path}.")
            node.odd(path, error.expected, node.data.get(path))


def is_object(value: object, /) -> TypeGuard[Mapping[str, object]]:
    """Whether this is a JSON object."""
    return isinstance(value, (dict, Mapping))


def is_list(value: object, /) -> TypeGuard[list[object]]:
    """Whether this is a JSON list."""
    return isinstance(value, list)


class Node:
    """One JSON object, and the way to it.

    Missing and null are the same and give the default. What has another type is an issue and
    gives the default, too.
    """

    __slots__ = ("_key", "_parent", "_place", "_told", "data")

    data: Mapping[str, object]

    def __init__(
        self,
        data: Mapping[str, object],
        key: str = "$",
        parent: "Node | None" = None,
        place: int | None = None,
    ) -> None:
        """Read *data*, found under *key* of *parent*, or at a *place* of the list there."""
        self.data = data
        self._key = key
        self._parent = parent
        self._place = place
        if parent is None:
            self._told: list[Issue] = []

    @property
    def issues(self) -> list[Issue]:
        """The issues of the whole payload so far."""
        return self._told if self._parent is None else self._parent.issues

    @property
    def path(self) -> str:
        """The JSON path, such as `$.order.line_items[0]`."""
        if self._parent is None:
            return self._key
        place = "" if self._place is None else f"[{self._place}]"
        return f"{self._parent.path}.{self._key}{place}"

    def odd(self, key: str, /, expected: str, got: object) -> None:
        """Note that *got* stands under *key*."""
        text = repr(got)
        if len(text) > _LONGEST:
            text = f"{text[:_LONGEST]}..."
        self.issues.append(Issue(f"{self.path}.{key}" if key else self.path, expected, text))

    def text(self, key: str, /) -> str:
        """Text; a number as its digits; empty where there is nothing."""
        value = self.data.get(key)
        if isinstance(value, str):
            return value
        if value is None:
            return ""
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        self.odd(key, "text", value)
        return ""

    def name(self, key: str = "id", /) -> str | None:
        """An id as text; None where there is nothing."""
        return self.text(key) or None

    def whole(self, key: str, default: int, /) -> int:
        """A whole number of zero or more; one in text, or as a float, is read and is an issue."""
        value = self.data.get(key)
        if value is None:
            return default
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        self.odd(key, "a whole number from 0", value)
        text = str(value).strip().removesuffix(".0") if isinstance(value, (str, float)) else ""
        return int(text) if len(text) <= _DIGITS and text.isascii() and text.isdigit() else default

    def yes(self, key: str, /, *, default: bool = False) -> bool:
        """True or false."""
        value = self.data.get(key)
        if isinstance(value, bool):
            return value
        if value is not None:
            self.odd(key, "true or false", value)
        return default

    def at(self, key: str, /) -> datetime | None:
        """An ISO 8601 instant; one without an offset is taken as UTC, which is an issue."""
        value = self.data.get(key)
        if value is None:
            return None
        if isinstance(value, str):
            try:
                found = datetime.fromisoformat(value)
                if found.tzinfo is None:
                    self.odd(key, "an instant with an offset, taken as UTC", value)
                    found = found.replace(tzinfo=UTC)
                return instant(found)
            except (ValueError, InvalidMoment):
                pass
        self.odd(key, "an ISO 8601 instant", value)
        return None

    def number(self, key: str, /) -> Decimal | None:
        """A decimal number, from text or a JSON number; a float as its shortest digits."""
        value = self.data.get(key)
        if value is None:
            return None
        if isinstance(value, (str, int, float)) and not isinstance(value, bool):
            try:
                found = Decimal(value if isinstance(value, str) else repr(value))
            except InvalidOperation:
                pass
            else:
                if found.is_finite():
                    return found
        self.odd(key, "a number", value)
        return None

    def money(self, key: str, currency: str, /) -> Money | None:
        """An amount in major units; more decimals than the currency has are rounded half up."""
        value = self.data.get(key)
        if value is None:
            return None
        if isinstance(value, str):
            try:
                return Money.of(value, currency)
            except MoneyError:
                pass
        return self._rough(key, value, currency)

    def _rough(self, key: str, value: object, currency: str) -> Money | None:
        amount = Decimal(repr(value)) if isinstance(value, float) else value
        if isinstance(amount, (str, int, Decimal)):
            try:
                return Money.of(amount, currency)
            except TooManyDecimals:
                self.odd(key, f"an amount that {currency} can hold, rounded half up", value)
                return Money.of(amount, currency, rounding=Rounding.HALF_UP)
            except MoneyError:
                pass
        self.odd(key, f"an amount in {currency}", value)
        return None

    def child(self, key: str, /) -> "Node | None":
        """The object under *key*."""
        value = self.data.get(key)
        if is_object(value):
            return Node(value, key, self)
        if value is not None:
            self.odd(key, "an object", value)
        return None

    def each(self, key: str, /) -> list["Node"]:
        """The objects of the list under *key*."""
        value = self.data.get(key)
        if not value:
            return []
        if not is_list(value):
            self.odd(key, "a list", value)
            return []
        found = [Node(item, key, self, n) for n, item in enumerate(value) if is_object(item)]
        if len(found) < len(value):
            for place, item in enumerate(value):
                if not is_object(item):
                    self.odd(f"{key}[{place}]", "an object", item)
        return found

    def words(self, key: str, /) -> tuple[str, ...]:
        """The texts of the list under *key*, or of one text with commas."""
        value = self.data.get(key)
        if is_list(value):
            return tuple(str(item) for item in value if isinstance(item, (str, int)) and item)
        return tuple(word.strip() for word in self.text(key).split(",") if word.strip())
