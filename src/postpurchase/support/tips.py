"""How to make more of what is bought: tips beside each product, on the page where it is paid."""

from collections.abc import Iterable

from attrs import frozen

from postpurchase.domain.decision import Outcome
from postpurchase.domain.order import Line
from postpurchase.domain.product import Catalog
from postpurchase.errors import InvalidSupport
from postpurchase.support.article import Article, Library
from postpurchase.support.guides import About, Fitting, Reading


@frozen(kw_only=True)
class ProductTips:
    """The tips for one line, in the shop's order; `title` is that of the line."""

    line: str
    title: str
    articles: tuple[Article, ...]


@frozen(kw_only=True)
class Tips(Outcome):
    """Tips by product, in the order of the lines; what there is none for is left out."""

    items: tuple[ProductTips, ...] = ()

    @property
    def reading(self) -> Reading:
        """The same as one list, each piece once: what messages and pages show."""
        found = {
            article.original: Fitting(article=article, reasons=(About(each.title),))
            for each in reversed(self.items)
            for article in reversed(each.articles)
        }
        return Reading(items=tuple(reversed(found.values())))


def tips_for(
    lines: Iterable[Line],
    library: Library,
    /,
    *,
    locale: str,
    catalog: Catalog | None = None,
    each: int = 2,
) -> Tips:
    """The tips beside what lies in the cart, or was just bought: guides, brochures, questions.

    Args:
        lines: of a cart or an order; there need be no order yet.
        library: the articles; those about a problem are left out.
        locale: the language of the page; where a piece is not in it, in the library's fallback.
        catalog: to know the categories and tags of the products.
        each: how many for one product at most.

    Raises:
        InvalidSupport: *each* is below 1.
    """
    if each < 1:
        message = f"each must be 1 or more, got {each}: leave the tips out instead"
        raise InvalidSupport(message)
    readable = [article for article in library.readable(locale) if not article.problems]
    items: list[ProductTips] = []
    for line in lines:
        fitting = [
            article
            for article in readable
            if article.about is not None and article.about.has(line, catalog)
        ]
        if fitting:
            title = line.title or line.sku
            items.append(ProductTips(line=line.id, title=title, articles=tuple(fitting[:each])))
    return Tips(items=tuple(items))
