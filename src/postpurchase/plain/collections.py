"""Lists, sets and pairs exactly as they are: no text becomes a tuple of its letters."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final, get_args, get_origin

from cattrs import BaseValidationError, Converter, IterableValidationError, IterableValidationNote

from postpurchase.domain.moment import Days, DayTest
from postpurchase.domain.pairs import Pairs
from postpurchase.errors import PostPurchaseError
from postpurchase.plain.faults import NotThis
from postpurchase.plain.scalars import shown, text

_PART: Final = "a part"
_WRONG: Final = (BaseValidationError, NotThis, PostPurchaseError, ValueError, TypeError)


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
        return tuple(_one_by_one(conv, value, kind))

    def some(value: object, kind: object, /) -> frozenset[object]:
        return frozenset(_one_by_one(conv, value, kind))

    def ordered(value: frozenset[object], /) -> list[object]:
        return sorted((conv.unstructure(part) for part in value), key=repr)

    conv.register_structure_hook_func(_made_of(tuple), many)
    conv.register_structure_hook_func(_made_of(frozenset), some)
    conv.register_unstructure_hook_func(_made_of(frozenset), ordered)


def _pairs(conv: Converter, /) -> None:
    def paired(value: object, kind: object, /) -> Pairs[object]:
        if not isinstance(value, Mapping):
            problem = f"expected a table of names, got {shown(value)}"
            raise NotThis(problem)
        items: Mapping[object, object] = value
        names = [text(name, "a name") for name in items]
        found = _one_by_one(conv, [*items.values()], kind)
        return Pairs(dict(zip(names, found, strict=True)))

    def unpaired(value: Pairs[object], /) -> dict[str, object]:
        return {name: conv.unstructure(part) for name, part in value.items()}

    conv.register_structure_hook_func(_made_of(Pairs), paired)
    conv.register_unstructure_hook_func(_made_of(Pairs), unpaired)


def _one_by_one(conv: Converter, value: object, kind: object, /) -> list[object]:
    """Each part of a list as it should be; what is wrong is told with its place."""
    if not isinstance(value, list | tuple):
        problem = f"expected a list, got {shown(value)}"
        raise NotThis(problem)
    parts: Iterable[object] = value
    part_kind = get_args(kind)[0]
    found: list[object] = []
    wrong: list[Exception] = []
    for place, part in enumerate(parts):
        try:
            found.append(conv.structure(part, part_kind))
        except _WRONG as fault:
            fault.add_note(IterableValidationNote(_PART, place, part_kind))
            wrong.append(fault)
    if wrong:
        raise IterableValidationError(_PART, wrong, tuple)
    return found


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
