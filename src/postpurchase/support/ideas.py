"""What to ask customers to show, and what to write about next."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar, Final

from attrs import frozen

from postpurchase.domain.customer import Customer, Source, Stance
from postpurchase.domain.decision import Declined, Granted, Outcome, Reason, Says, says
from postpurchase.domain.history import History
from postpurchase.domain.product import Catalog
from postpurchase.domain.rule import NOTHING, Known
from postpurchase.domain.selection import Selection
from postpurchase.errors import InvalidSupport
from postpurchase.support.article import Library


@frozen(kw_only=True)
class Idea(Outcome):
    """What somebody may like to show of what they bought.

    Attributes:
        bought: the lines it fits.
        what: such as `unboxing_video`, `recipe`, `outfit_photo`.
        prompt: the shop's own words.
    """

    bought: Selection
    what: str
    prompt: str = ""


@frozen
class FitsPurchase(Reason):
    """It fits what they bought, by its title."""

    says: ClassVar[Says] = says("fits your %(product)s")
    product: str


@frozen
class NoIdea(Reason):
    """No idea fits."""

    says: ClassVar[Says] = says("no idea fits what was bought")


@frozen
class Ideas:
    """Chooses what to ask for: unboxing for sneakers, recipes for pans, photos for outfits."""

    ideas: tuple[Idea, ...]

    def decide(
        self, subject: History, /, *, at: datetime, known: Known = NOTHING
    ) -> Granted[Idea] | Declined:
        """The first idea that fits the newest order."""
        kept = [order for order in subject.until(at).orders if order.kept]
        catalog = known.find(Catalog)
        for order in kept[-1:]:
            for idea in self.ideas:
                for line in order.kept_lines:
                    if idea.bought.has(line, catalog):
                        return Granted(idea, (FitsPurchase(line.title or line.sku),))
        return Declined((NoIdea(),))


CROWD: Final = 10
"""Customers who must share an interest before it is counted: fewer could be known by it."""


@frozen(kw_only=True)
class Topic:
    """Something to write about: so many like it, and so many articles are about it."""

    tag: str
    customers: int
    articles: int


def topics(
    customers: Iterable[Customer], library: Library, /, *, crowd: int = CROWD
) -> tuple[Topic, ...]:
    """What customers like, the least served first: customers per article, most first.

    Only what they stated counts and nothing sensitive; an interest of fewer than *crowd* is left
    out. Pass the customers of one segment for a summary of that segment.

    Raises:
        InvalidSupport: *crowd* is below 2.
    """
    if crowd <= 1:
        message = f"crowd must be 2 or more, got {crowd}: one customer is no crowd"
        raise InvalidSupport(message)
    liked = Counter(
        tag
        for customer in customers
        for tag in {
            each.tag
            for each in customer.interests
            if each.stance is Stance.LIKES and each.source is Source.STATED and not each.sensitive
        }
    )
    written = Counter(tag for article in library if article.about for tag in article.about.tags)
    found = [
        Topic(tag=tag, customers=count, articles=written[tag])
        for tag, count in liked.items()
        if count >= crowd
    ]
    return tuple(sorted(found, key=lambda each: (-each.customers / (each.articles + 1), each.tag)))
