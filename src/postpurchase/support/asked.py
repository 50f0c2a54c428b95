"""What a shop's customers ask and like, counted so that nobody can be picked out."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from attrs import frozen

from postpurchase.domain.event import TicketOpened, TicketType
from postpurchase.domain.history import History
from postpurchase.domain.product import Catalog
from postpurchase.errors import InvalidSupport
from postpurchase.support.article import Library
from postpurchase.support.ideas import CROWD, Topic, topics
from postpurchase.support.problem import BY_TICKET, Problem
from postpurchase.support.response import Response, responses


@frozen(kw_only=True)
class AskedAbout:
    """Something that customers ask about.

    Attributes:
        type: what is wrong, or asked.
        product: the product it is about; empty where it is about none in particular.
        customers: how many asked.
        articles: how many articles answer.
    """

    type: TicketType
    product: str
    customers: int
    articles: int


def asked_about(
    histories: Iterable[History],
    library: Library,
    /,
    *,
    at: datetime,
    days: int = 90,
    crowd: int = CROWD,
) -> tuple[AskedAbout, ...]:
    """What customers asked in the last so many days, the least answered first.

    Each customer counts once for each type of ticket and product; what fewer than *crowd* asked
    is left out. Most customers per article first, then by type and product.

    Raises:
        InvalidSupport: *crowd* is below 2.
    """
    _crowded(crowd)
    since = at - timedelta(days=days)
    answers = _Answers(library)
    asked: Counter[tuple[TicketType, str]] = Counter()
    for history in histories:
        opened = history.until(at).all(TicketOpened)
        asked.update({(each.type, each.product or "") for each in opened if each.at > since})
    found = [
        AskedAbout(
            type=type_, product=product, customers=count, articles=answers.count(type_, product)
        )
        for (type_, product), count in asked.items()
        if count >= crowd
    ]
    return tuple(
        sorted(
            found, key=lambda each: (-each.customers / (each.articles + 1), each.type, each.product)
        )
    )


class _Answers:
    """Which articles help with a problem or are about a product, looked up once for all."""

    def __init__(self, library: Library, /) -> None:
        self._of = defaultdict[Problem | str, set[str]](set)
        for article in library:
            products = article.about.products if article.about is not None else ()
            for name in (*article.problems, *map("product:{}".format, products)):
                self._of[name].add(article.id)

    def count(self, type_: TicketType, product: str, /) -> int:
        """How many articles answer questions of that type about that product."""
        problem = BY_TICKET.get(type_)
        helping = self._of.get(problem, set()) if problem is not None else set[str]()
        return len(helping | self._of.get(f"product:{product}", set()))


@frozen(kw_only=True)
class Bought:
    """A category, and how many customers bought of it."""

    category: str
    customers: int


@frozen(kw_only=True)
class Interests:
    """What the customers of one segment like, buy and open, for who plans what to write.

    Attributes:
        segment: its name.
        customers: how many it has.
        likes: what they stated that they like, the least written about first.
        buys: the categories of which they bought, the most customers first.
        media: what they open: of so many shown so many used, the greatest share first.
    """

    segment: str
    customers: int
    likes: tuple[Topic, ...] = ()
    buys: tuple[Bought, ...] = ()
    media: tuple[Response, ...] = ()


def interests(
    segments: Mapping[str, Iterable[History]],
    library: Library,
    /,
    *,
    at: datetime,
    catalog: Catalog | None = None,
    crowd: int = CROWD,
) -> tuple[Interests, ...]:
    """What each segment likes and does, in the order given.

    Only stated likes count and nothing sensitive; whatever fewer than *crowd* customers share is
    left out, so a small segment shows nothing.

    Args:
        segments: the histories of each segment's customers, by its name.
        library: the articles, to know what there is already.
        at: the instant; nothing later is looked at.
        catalog: to know the categories of what was bought; without it those on the lines count.
        crowd: how many must share a thing before it is told.

    Raises:
        InvalidSupport: *crowd* is below 2.
    """
    _crowded(crowd)
    return tuple(
        _of(name, [each.until(at) for each in histories], library, catalog, crowd)
        for name, histories in segments.items()
    )


def _of(
    name: str, histories: list[History], library: Library, catalog: Catalog | None, crowd: int, /
) -> Interests:
    people = [each.customer for each in histories if each.customer is not None]
    bought: Counter[str] = Counter()
    for history in histories:
        bought.update(_categories(history, catalog))
    buys = [
        Bought(category=category, customers=count)
        for category, count in bought.items()
        if count >= crowd
    ]
    return Interests(
        segment=name,
        customers=len(histories),
        likes=topics(people, library, crowd=crowd),
        buys=tuple(sorted(buys, key=lambda each: (-each.customers, each.category))),
        media=_media(histories, library, crowd),
    )


def _categories(history: History, catalog: Catalog | None, /) -> set[str]:
    found: set[str] = set()
    for order in history.orders:
        for line in order.kept_lines:
            product = catalog.find(line.product) if catalog is not None and line.product else None
            found.add((product.category if product is not None else "") or line.category)
    return found - {""}


def _media(histories: list[History], library: Library, crowd: int, /) -> tuple[Response, ...]:
    """Of each medium that was shown to a crowd, what became of it."""
    each_of: defaultdict[str, list[Response]] = defaultdict(list)
    for history in histories:
        for response in responses(history, library).each:
            each_of[response.name].append(response)
    found = [
        Response(
            name=name,
            shown=sum(each.shown for each in those),
            used=sum(each.used for each in those),
        )
        for name, those in each_of.items()
        if len(those) >= crowd
    ]
    return tuple(sorted(found, key=lambda each: (-each.used / each.shown, each.name)))


def _crowded(crowd: int, /) -> None:
    if crowd <= 1:
        message = f"crowd must be 2 or more, got {crowd}: one customer is no crowd"
        raise InvalidSupport(message)
