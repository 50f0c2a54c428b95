"""Lists, sets and pairs exactly as they are: no text becomes a tuple of its letters."""

from collections.abc import Callable, Iterable
from typing import Final, cast, get_args, get_origin

from cattrs import BaseValidationError, Converter

from postpurchase.domain.moment import Days, DayTest
from postpurchase.domain.pairs import Pairs
from postpurchase.errors import PostPurchaseError
from postpurchase.plain.faults import NotThis, WrongParts
from postpurchase.plain.scalars import shown, table

_WRONG: Final = (BaseValidationError, NotThis, WrongParts, PostPurchaseError, ValueError, TypeError)


def register(conv: Converter, /) -> None:
    """Teach a converter the collections."""
    _lists(conv)
    _pairs(conv)
    conv.register_structure_hook_func(_days_are_meant, lambda value, _: conv.structure(value, Days))
    conv.register_unstructure_hook_func(
        _days_are_meant, lambda value: conv.unstructure(_named_days(value), Days)
    )


def _lists(conv: Converter, /) -> None:
    def many(value: object, kind: object, /) -> tuple[object, ...]:
        parts = get_args(kind)
        if Ellipsis in parts:
            return tuple(_one_by_one(conv, _listed(value), parts[0]))
        return _each(conv, _listed(value), parts)

    def some(value: object, kind: object, /) -> frozenset[object]:
        return frozenset(_one_by_one(conv, _listed(value), get_args(kind)[0]))

    def ordered(value: frozenset[object], /) -> list[object]:
        return sorted((conv.unstructure(part) for part in value), key=repr)

    conv.register_structure_hook_func(_made_of(tuple), many)
    conv.register_structure_hook_func(_made_of(frozenset), some)
    conv.register_unstructure_hook_func(_made_of(frozenset), ordered)


def _pairs(conv: Converter, /) -> None:
    def paired(value: object, kind: object, /) -> Pairs[object]:
        items = table(value, "a table of names")
        places = ((f".{name}", each) for name, each in items.items())
        found = _one_by_one(conv, places, get_args(kind)[0])
        return Pairs(dict(zip(items, found, strict=True)))

    def unpaired(value: Pairs[object], /) -> dict[str, object]:
        return {name: conv.unstructure(part) for name, part in value.items()}

    conv.register_structure_hook_func(_made_of(Pairs), paired)
    conv.register_unstructure_hook_func(_made_of(Pairs), unpaired)


def _listed(value: object, /) -> Iterable[tuple[str, object]]:
    """The parts of a list with their places."""
    if not isinstance(value, list | tuple):
        problem = f"expected a list, got {shown(value)}"
        raise NotThis(problem)
    parts = cast("Iterable[object]", value)
    return ((f"[{place}]", part) for place, part in enumerate(parts))


def _one_by_one(
    conv: Converter, parts: Iterable[tuple[str, object]], kind: object, /
) -> list[object]:
    """Each part as it should be; what is wrong is told with its place."""
    return _structured(conv, ((place, part, kind) for place, part in parts))


def _each(
    conv: Converter, parts: Iterable[tuple[str, object]], kinds: tuple[object, ...], /
) -> tuple[object, ...]:
    """As many parts as there are kinds, each as its own should be."""
    given = list(parts)
    if len(given) != len(kinds):
        problem = f"expected {len(kinds)} parts, got {len(given)}"
        raise NotThis(problem)
    placed = ((place, part, kind) for (place, part), kind in zip(given, kinds, strict=True))
    return tuple(_structured(conv, placed))


def _structured(conv: Converter, parts: Iterable[tuple[str, object, object]], /) -> list[object]:
    found: list[object] = []
    wrong: dict[str, Exception] = {}
    for place, part, kind in parts:
        try:
            found.append(conv.structure(part, _type(kind)))
        except _WRONG as fault:
            wrong[place] = fault
    if wrong:
        raise WrongParts(wrong)
    return found


def _type(kind: object, /) -> type[object]:
    return cast("type[object]", kind)


def _named_days(value: object, /) -> Days:
    if not isinstance(value, Days):
        problem = f"{value!r} is a function of your own: only Days of dates can be written"
        raise NotThis(problem)
    return value


def _made_of(family: type[object], /) -> Callable[[object], bool]:
    def made(kind: object, /) -> bool:
        return get_origin(kind) is family

    return made


def _days_are_meant(kind: object, /) -> bool:
    return kind == DayTest
