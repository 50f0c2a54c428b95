"""A way out of every problem of an order or parcel: what the customer can do, and what we do."""

from datetime import datetime
from enum import StrEnum, unique
from typing import ClassVar, Final

from attrs import frozen

from postpurchase.domain.decision import Declined, Granted, Outcome, Reason, Says, says
from postpurchase.domain.history import History
from postpurchase.domain.rule import NOTHING, Known
from postpurchase.support.article import Article, Library
from postpurchase.support.guides import readable_now
from postpurchase.support.problem import Met, Problem, problems


@unique
class Help(StrEnum):
    """One step on the way, in the order to try them."""

    TRACK = "track"
    WAIT = "wait"
    LOOK_AROUND = "look_around"
    CHECK_ADDRESS = "check_address"
    REBOOK = "rebook"
    COLLECT = "collect"
    PAY_AGAIN = "pay_again"
    PAY_CUSTOMS = "pay_customs"
    SEND_PICTURE = "send_picture"
    TRY_GUIDE = "try_guide"
    ORDER_AGAIN = "order_again"
    AWAIT_REFUND = "await_refund"
    CONTACT = "contact"

    @property
    def says(self) -> Says:
        """The step, as the shop asks the customer to take it."""
        return _SAID[self]


_SAID = {
    Help.TRACK: says("Follow the parcel."),
    Help.WAIT: says("Wait: we tell you when something changes."),
    Help.LOOK_AROUND: says("Look around, and ask your neighbours."),
    Help.CHECK_ADDRESS: says("Check that we have your right address."),
    Help.REBOOK: says("Choose another day for the delivery."),
    Help.COLLECT: says("Pick the parcel up."),
    Help.PAY_AGAIN: says("Pay again, in another way if you like."),
    Help.PAY_CUSTOMS: says("Pay the customs charges, if any are asked for."),
    Help.SEND_PICTURE: says("Send us a picture."),
    Help.TRY_GUIDE: says("Try what our guide says."),
    Help.ORDER_AGAIN: says("Order it again."),
    Help.AWAIT_REFUND: says("Wait for your money to come back."),
    Help.CONTACT: says("Write to us."),
}


@frozen
class Path(Outcome):
    """What somebody can do about a problem, step by step; the last is always to ask a person."""

    problem: Problem
    steps: tuple[Help, ...]
    articles: tuple[Article, ...] = ()


def _path(problem: Problem, *steps: Help) -> Path:
    return Path(problem, (*steps, Help.CONTACT))


PATHS: Final = {
    path.problem: path
    for path in (
        _path(Problem.PAYMENT_FAILED, Help.PAY_AGAIN),
        _path(Problem.CANCELLED, Help.AWAIT_REFUND, Help.ORDER_AGAIN),
        _path(Problem.PARTLY_CANCELLED, Help.AWAIT_REFUND, Help.ORDER_AGAIN),
        _path(Problem.DELAYED, Help.TRACK, Help.WAIT),
        _path(Problem.SILENT, Help.TRACK, Help.WAIT),
        _path(Problem.HELD, Help.TRACK, Help.CHECK_ADDRESS),
        _path(Problem.IN_CUSTOMS, Help.TRACK, Help.PAY_CUSTOMS, Help.WAIT),
        _path(Problem.ATTEMPT_FAILED, Help.REBOOK, Help.CHECK_ADDRESS),
        _path(Problem.WAITS_FOR_PICKUP, Help.COLLECT),
        _path(Problem.COMES_BACK, Help.CHECK_ADDRESS, Help.AWAIT_REFUND),
        _path(Problem.CAME_BACK, Help.CHECK_ADDRESS, Help.AWAIT_REFUND, Help.ORDER_AGAIN),
        _path(Problem.LOST, Help.AWAIT_REFUND, Help.ORDER_AGAIN),
        _path(Problem.DISPOSED, Help.AWAIT_REFUND, Help.ORDER_AGAIN),
        _path(Problem.STOPPED, Help.TRACK, Help.ORDER_AGAIN),
        _path(Problem.EXCEPTION, Help.TRACK, Help.CHECK_ADDRESS),
        _path(Problem.MISSING, Help.TRACK, Help.LOOK_AROUND),
        _path(Problem.DAMAGED, Help.SEND_PICTURE),
        _path(Problem.WRONG_ITEM, Help.SEND_PICTURE),
        _path(Problem.DEFECT, Help.TRY_GUIDE, Help.SEND_PICTURE),
    )
}
"""One path for every problem; a test holds it complete."""


@frozen
class InTheWay(Reason):
    """What was met, and where."""

    says: ClassVar[Says] = says("order %(order)s: %(problem)s")
    order: str
    problem: Problem


@frozen
class NothingInTheWay(Reason):
    """Every order and parcel is well."""

    says: ClassVar[Says] = says("nothing stands in the way")


@frozen(kw_only=True)
class Roadblocks:
    """Answers with the path for the gravest problem, and the articles that help with it.

    The articles are those of the `Library` that is known, in the customer's language.

    Attributes:
        gravest: problems, the gravest first; those left out come after, in their own order.
    """

    gravest: tuple[Problem, ...] = (
        Problem.LOST,
        Problem.DISPOSED,
        Problem.MISSING,
        Problem.DAMAGED,
        Problem.WRONG_ITEM,
        Problem.DEFECT,
        Problem.CAME_BACK,
        Problem.COMES_BACK,
        Problem.PAYMENT_FAILED,
    )

    def decide(
        self, subject: History, /, *, at: datetime, known: Known = NOTHING
    ) -> Granted[Path] | Declined:
        """The way out for this customer now, or that nothing stands in the way."""
        met = sorted(problems(subject, at=at), key=self._gravity)
        if not met:
            return Declined((NothingInTheWay(),))
        first = met[0]
        library = known.find(Library) or Library()
        readable = readable_now(library, subject.until(at), known)
        helpful = tuple(each for each in readable if first.problem in each.problems)
        path = Path(first.problem, PATHS[first.problem].steps, helpful)
        return Granted(path, tuple(InTheWay(each.order, each.problem) for each in met))

    def _gravity(self, met: Met, /) -> int:
        ranking = (*self.gravest, *Problem)
        return ranking.index(met.problem)
