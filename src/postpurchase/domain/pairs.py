"""The one immutable mapping: names to values, hashable, in the order of the names."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar, final

from typing_extensions import override

V_co = TypeVar("V_co", covariant=True)


@final
class Pairs(Mapping[str, V_co]):
    """Names and their values, such as `Pairs(size="41", colour="black")`.

    Equal to any mapping with the same items; its order is that of the names, so two that were
    built in another order are equal, hash alike and read alike.
    """

    __slots__ = ("_by_name", "_hash")

    def __init__(
        self, pairs: Mapping[str, V_co] | Iterable[tuple[str, V_co]] = (), /, **more: V_co
    ) -> None:
        """Keep these pairs; of one name given twice the last counts."""
        given = dict(pairs, **more)
        self._by_name: dict[str, V_co] = (
            {name: given[name] for name in sorted(given)} if len(given) > 1 else given
        )
        self._hash: int | None = None

    @override
    def __getitem__(self, name: str) -> V_co:
        return self._by_name[name]

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(self._by_name)

    @override
    def __len__(self) -> int:
        return len(self._by_name)

    @override
    def __hash__(self) -> int:
        if self._hash is None:
            self._hash = hash(tuple(self._by_name.items()))
        return self._hash

    @override
    def __repr__(self) -> str:
        return f"Pairs({self._by_name!r})" if self._by_name else "Pairs()"
