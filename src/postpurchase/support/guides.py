"""What to read, watch or hear now: about what was bought, or about what went wrong."""

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar

from attrs import field, frozen

from postpurchase.domain.customer import Shop
from postpurchase.domain.decision import Declined, Granted, Outcome, Reason, Says, says
from postpurchase.domain.history import History
from postpurchase.domain.message import Channel
from postpurchase.domain.order import Order
from postpurchase.domain.product import Catalog
from postpurchase.domain.rule import NOTHING, Known
from postpurchase.errors import InvalidSupport
from postpurchase.support.article import Article, Library
from postpurchase.support.problem import Problem, problems
from postpurchase.support.response import USUAL, Responses, responses


@frozen
class About(Reason):
    """It is about something they bought, by its title."""

    says: ClassVar[Says] = says("about your %(product)s")
    product: str


@frozen
class HelpsWith(Reason):
    """It helps with what stands in the way of an order or parcel."""

    says: ClassVar[Says] = says("helps with order %(order)s: %(problem)s")
    problem: Problem
    order: str


@frozen
class PreferredMedium(Reason):
    """They use this medium more than is usual: used so often of so often shown."""

    says: ClassVar[Says] = says("%(used)s of %(shown)s %(medium)s opened")
    medium: str
    used: int
    shown: int


@frozen
class NoLibrary(Reason):
    """Nobody passed in the articles."""

    says: ClassVar[Says] = says("no library of articles is known")


@frozen
class NoGuide(Reason):
    """No article is about what they bought or what went wrong."""

    says: ClassVar[Says] = says("no article fits")


@frozen(kw_only=True)
class Fitting:
    """An article to show, and why."""

    article: Article
    reasons: tuple[Reason, ...]


@frozen(kw_only=True)
class Reading(Outcome):
    """Articles to show, the most helpful first."""

    items: tuple[Fitting, ...]


def _positive(_: object, attribute: object, value: int, /) -> None:
    if value < 1:
        name: str = getattr(attribute, "name", "")
        message = f"{name} must be 1 or more, got {value}"
        raise InvalidSupport(message)


@frozen(kw_only=True)
class Guides:
    """Chooses articles from the `Library` that is known, in the customer's language.

    First those that help with a problem, then those about the newest orders, newest first; for
    each of these the medium that the customer uses most, then the shop's order. A piece is shown
    once.
    How a medium is used comes from the customer's own clicks; where the answers known hold
    `Responses`, such as those that a shop's own model expects, from these. Where they hold the
    `Channel` of a message, only what can be sent through it is chosen.

    Attributes:
        limit: how many articles at most.
        orders: how many of the newest orders to look at.
    """

    limit: int = field(default=3, validator=_positive)
    orders: int = field(default=1, validator=_positive)

    def decide(
        self, subject: History, /, *, at: datetime, known: Known = NOTHING
    ) -> Granted[Reading] | Declined:
        """What this customer may want to read now."""
        library = known.find(Library)
        if library is None:
            return Declined((NoLibrary(),))
        history = subject.until(at)
        readable = readable_now(library, history, known)
        answers = known.find(Responses) or responses(history, library)
        helping = sorted(_helping(history, readable, at), key=lambda each: -_use(answers, each))
        about = (
            each
            for order in self._newest(history)
            for each in sorted(
                _about(order, readable, known.find(Catalog)),
                key=lambda each: -_use(answers, each),
            )
        )
        found: dict[str, Fitting] = {}
        for each in (*helping, *about):
            found.setdefault(each.article.id, _told(each, answers))
        items = tuple(found.values())[: self.limit]
        if not items:
            return Declined((NoGuide(),))
        reasons = dict.fromkeys(reason for each in items for reason in each.reasons)
        return Granted(Reading(items=items), tuple(reasons))

    def _newest(self, history: History) -> Iterator[Order]:
        return reversed([order for order in history.orders if order.kept][-self.orders :])


def _about(
    order: Order, readable: tuple[Article, ...], catalog: Catalog | None, /
) -> Iterator[Fitting]:
    for line in order.kept_lines:
        for article in readable:
            if article.about is not None and article.about.has(line, catalog):
                yield Fitting(article=article, reasons=(About(line.title or line.sku),))


def guides_for(
    history: History, /, *, at: datetime, known: Known, limit: int = 3
) -> Granted[Reading] | Declined:
    """What to read now, by `Guides`: dumbbells bring their workout, a late parcel what to do."""
    return Guides(limit=limit).decide(history, at=at, known=known)


def readable_now(library: Library, history: History, known: Known, /) -> tuple[Article, ...]:
    """What this customer can read, in their language, on the channel that is known."""
    channel = known.find(Channel)
    readable = library.readable(locale_of(history, known, library))
    return tuple(article for article in readable if article.goes(channel))


def locale_of(history: History, known: Known, library: Library, /) -> str:
    """The customer's language, else that of their newest order, else the shop's or library's."""
    customer, shop = history.customer, known.find(Shop)
    ordered = (order.locale for order in reversed(history.orders) if order.locale)
    told = (customer.locale if customer is not None else None) or next(ordered, None)
    return told or (shop.locale if shop is not None else library.fallback)


def _helping(history: History, readable: tuple[Article, ...], at: datetime, /) -> Iterator[Fitting]:
    for met in problems(history, at=at):
        for article in readable:
            if met.problem in article.problems:
                yield Fitting(article=article, reasons=(HelpsWith(met.problem, met.order),))


def _use(answers: Responses, fitting: Fitting, /) -> float:
    return answers.rate(fitting.article.medium)


def _told(fitting: Fitting, answers: Responses, /) -> Fitting:
    medium = fitting.article.medium
    response = answers.of(medium)
    if response is None or answers.rate(medium) <= USUAL:
        return fitting
    reason = PreferredMedium(medium, response.used, response.shown)
    return Fitting(article=fitting.article, reasons=(*fitting.reasons, reason))
