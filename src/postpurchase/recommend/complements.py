"""What the shop itself says belongs together: knives and a sharpener."""

from collections.abc import Iterator
from datetime import datetime

from attrs import field, frozen

from postpurchase.domain.decision import Declined, Granted
from postpurchase.domain.history import History
from postpurchase.domain.order import Line
from postpurchase.domain.product import Catalog, Product, RelationKind
from postpurchase.domain.rule import NOTHING, Known
from postpurchase.domain.selection import Selection
from postpurchase.errors import InvalidSuggestion
from postpurchase.recommend.reasons import GoesWith, NoCatalog, NothingProposed
from postpurchase.recommend.situation import Situation
from postpurchase.recommend.suggestion import Candidate, Candidates


def _narrow(_: object, attribute: object, selection: Selection, /) -> None:
    if selection.everything:
        name: str = getattr(attribute, "name", "")
        message = (
            f"{name} must name a product, SKU, category or tag, got nothing: everything is too much"
        )
        raise InvalidSuggestion(message)


def _positive(_: object, __: object, orders: int, /) -> None:
    if orders < 1:
        message = f"orders must be 1 or more, got {orders}: how many of the newest to look at"
        raise InvalidSuggestion(message)


@frozen(kw_only=True)
class Complement:
    """Who bought this may want that.

    Attributes:
        bought: the lines it speaks of, by product, SKU, category (those below included) or tag.
        goes: what goes with them; products and SKUs in the order given, then categories and tags
            in the catalog's order.
        note: the shop's own words on why, for messages that show them.
    """

    bought: Selection = field(validator=_narrow)
    goes: Selection = field(validator=_narrow)
    note: str = ""


@frozen(kw_only=True)
class Complements:
    """Proposes what the shop says goes with the newest orders.

    First what the rules say, in their order; then what the catalog says completes a product.
    The score is 1 for the first, a half for the second, a third for the next.

    Attributes:
        rules: the shop's own, most important first.
        orders: how many of the newest orders to look at.
    """

    rules: tuple[Complement, ...] = ()
    orders: int = field(default=1, validator=_positive)

    def decide(
        self, subject: History, /, *, at: datetime, known: Known = NOTHING
    ) -> Granted[Candidates] | Declined:
        """What goes with what was bought last, or that nothing is said of it."""
        situation = Situation.of(subject, at=at, known=known)
        if situation is None:
            return Declined((NoCatalog(),))
        found: dict[str, GoesWith] = {}
        for product, reason in self._found(situation):
            found.setdefault(product, reason)
        if not found:
            return Declined((NothingProposed("complements"),))
        candidates = (
            Candidate(product=product, score=1 / rank, reasons=(reason,))
            for rank, (product, reason) in enumerate(found.items(), 1)
        )
        return Granted(Candidates(tuple(candidates)), (next(iter(found.values())),))

    def _found(self, situation: Situation) -> Iterator[tuple[str, GoesWith]]:
        catalog = situation.catalog
        newest = reversed(situation.orders[-self.orders :])
        lines = [line for order in newest for line in order.kept_lines]
        for rule in self.rules:
            met = next((line for line in lines if rule.bought.has(line, catalog)), None)
            if met is not None:
                reason = GoesWith(_title(met, situation), rule.note)
                yield from ((product, reason) for product in _selected(rule.goes, catalog))
        for line in lines:
            id = situation.product_of(line)
            for product in catalog.related(id, RelationKind.COMPLETES):
                yield product.id, GoesWith(_title(line, situation), _note(product, id))


def _title(line: Line, situation: Situation, /) -> str:
    product = situation.catalog.find(situation.product_of(line))
    return product.title if product is not None else line.title or line.sku


def _note(product: Product, other: str, /) -> str:
    return next((each.note for each in product.relations if each.product == other), "")


def _selected(goes: Selection, catalog: Catalog, /) -> Iterator[str]:
    yield from goes.products
    yield from goes.skus
    for name in goes.categories:
        yield from (product.id for product in catalog.within(name))
    for tag in goes.tags:
        yield from (product.id for product in catalog.tagged(tag))
