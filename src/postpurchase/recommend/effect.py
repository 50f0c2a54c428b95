"""Whether a little extra makes people talk, review and come back: counts, and how sure they are."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from enum import StrEnum, unique
from html import escape
from typing import ClassVar, Final

from attrs import field, frozen
from typing_extensions import override

from postpurchase.domain.decision import Reason, Says, says
from postpurchase.domain.draw import held_out
from postpurchase.domain.event import ContentShared, Referred, ReviewPosted
from postpurchase.domain.history import History
from postpurchase.domain.moment import instant
from postpurchase.domain.order import Order
from postpurchase.errors import InvalidEvaluation
from postpurchase.recommend.gifts import LittleExtra
from postpurchase.recommend.shares import CONFIDENCE, Apart, Share, apart

WINDOW: Final = timedelta(days=90)
"""How long after the order is looked at: our choice, long enough to use it and to come back."""

_FEW: Final = 0.001


@unique
class Deed(StrEnum):
    """What somebody may do after an order that had something on top."""

    MENTION = "mention"
    REVIEW = "review"
    REPEAT = "repeat"

    @property
    def says(self) -> Says:
        """The deed in a word or two."""
        return _SAID[self]


_SAID = {
    Deed.MENTION: says("mentions"),
    Deed.REVIEW: says("reviews"),
    Deed.REPEAT: says("purchases again"),
}


@frozen
class MoreOften(Reason):
    """Those who were drawn did it more often, and chance alone hardly explains that."""

    says: ClassVar[Says] = says("%(deed)s: between %(low)s and %(high)s points more often")
    deed: Deed
    low: str
    high: str


@frozen
class LessOften(Reason):
    """Those who were drawn did it less often, and chance alone hardly explains that."""

    says: ClassVar[Says] = says("%(deed)s: between %(low)s and %(high)s points less often")
    deed: Deed
    low: str
    high: str


@frozen
class NotClear(Reason):
    """What was seen may well be chance: more, less and no difference are all within it."""

    says: ClassVar[Says] = says("%(deed)s: no clear difference, from %(low)s to %(high)s points")
    deed: Deed
    low: str
    high: str


@frozen
class UnevenDraw(Reason):
    """So many were drawn as the share can hardly give: look at the data before the result."""

    says: ClassVar[Says] = says("%(drawn)s of %(orders)s orders drawn does not fit the share")
    drawn: int
    orders: int


@frozen(kw_only=True)
class Compared:
    """One deed, by those who were drawn for the extra and by those who were not."""

    deed: Deed
    drawn: Share
    others: Share
    apart: Apart

    @property
    def verdict(self) -> Reason:
        """What that says, and no more."""
        low, high = self.apart.low, self.apart.high
        if self.apart.clear:
            ends = sorted((abs(low), abs(high)))
            told = MoreOften if low > 0 else LessOften
            return told(self.deed, _points(ends[0]), _points(ends[1]))
        return NotClear(self.deed, _points(low), _points(high))


@frozen(kw_only=True, repr=False)
class GiftEffect:
    """What became of the orders that were drawn for an extra, beside those that were not.

    Compared is the draw, not who got something: of those drawn some got nothing, because nothing
    fitted, and leaving them out would compare other people. So it understates what the extra
    does for who gets it. Each customer counts with one order, the first in the time; their later
    orders are drawn anew, on both sides alike.

    Attributes:
        compared: mention, review and repeat.
        drawn, others: how many orders each side has.
        open: orders left out because their time is not over.
        warnings: what speaks against reading the result.
    """

    compared: tuple[Compared, ...]
    drawn: int
    others: int
    open: int
    warnings: tuple[Reason, ...] = ()

    @property
    def verdicts(self) -> tuple[Reason, ...]:
        """What speaks against reading it first, then what each deed says."""
        return (*self.warnings, *(each.verdict for each in self.compared))

    @override
    def __repr__(self) -> str:
        return f"<GiftEffect of {self.drawn} drawn and {self.others} other orders>"

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td>{each.deed}</td><td>{each.drawn.hits} of {each.drawn.of}</td>"
            f"<td>{each.others.hits} of {each.others.of}</td>"
            f"<td>{escape(str(each.verdict))}</td></tr>"
            for each in self.compared
        )
        warned = "".join(f"<p>{escape(str(each))}</p>" for each in self.warnings)
        head = "<tr><th></th><th>drawn</th><th>others</th><th></th></tr>"
        return f"{warned}<table>{head}{rows}</table>"


def _positive(_: object, attribute: object, span: timedelta, /) -> None:
    if span <= timedelta(0):
        name: str = getattr(attribute, "name", "")
        message = f"{name} must be longer than nothing, got {span}"
        raise InvalidEvaluation(message)


def _sometimes(_: object, __: object, extra: LittleExtra, /) -> None:
    if extra.share >= 1:
        message = f"an extra for all has nobody to compare with, got share {extra.share}"
        raise InvalidEvaluation(message)


@frozen(kw_only=True)
class GiftTrial:
    """Compares what followed the orders that an extra's draw chose with what followed the others.

    The draw is by the order's id, so the two sides differ by chance and the extra alone. An order
    counts once its `window` is over, from `starts` on, the first of each customer. A repeat is a
    later order of which something is kept; a mention is something shown elsewhere or a friend
    brought along; a review is about that order or one of its products.

    Attributes:
        extra: the policy that chose, with the share and the salt that it had in that time.
        starts: the first instant of an order that counts: when the extra began.
        window: how long after an order is looked at.
        confidence: of each interval alone, 0 to 1; three are looked at.
    """

    extra: LittleExtra = field(validator=_sometimes)
    starts: datetime = field(converter=instant)
    window: timedelta = field(default=WINDOW, validator=_positive)
    confidence: float = CONFIDENCE

    def effect(self, histories: Iterable[History], /, *, at: datetime) -> GiftEffect:
        """What can be said at that instant; *histories* are one for each customer.

        Raises:
            InvalidMoment: *at* is naive.
            InvalidEvaluation: `confidence` is not between 0 and 1.
        """
        at = instant(at)
        sides: dict[bool, list[tuple[bool, ...]]] = {True: [], False: []}
        unfinished = 0
        for history in histories:
            known = history.until(at)
            order = next((each for each in known.orders if each.at >= self.starts), None)
            if order is None:
                continue
            if order.at + self.window > at:
                unfinished += 1
                continue
            drawn = held_out(self.extra.salt, order.id, self.extra.share)
            sides[drawn].append(tuple(did(known, order, self.window) for did in _DID.values()))
        return self._judged(sides[True], sides[False], unfinished)

    def _judged(
        self, drawn: list[tuple[bool, ...]], others: list[tuple[bool, ...]], unfinished: int
    ) -> GiftEffect:
        compared: list[Compared] = []
        for place, deed in enumerate(_DID):
            one = Share(sum(each[place] for each in drawn), len(drawn))
            other = Share(sum(each[place] for each in others), len(others))
            between = apart(one, other, confidence=self.confidence)
            compared.append(Compared(deed=deed, drawn=one, others=other, apart=between))
        both = Share(len(drawn), len(drawn) + len(others))
        low, high = both.interval(confidence=1 - _FEW)
        fits = low <= self.extra.share <= high
        return GiftEffect(
            compared=tuple(compared),
            drawn=len(drawn),
            others=len(others),
            open=unfinished,
            warnings=() if fits else (UnevenDraw(both.hits, both.of),),
        )


def _within(moments: Iterator[datetime], order: Order, window: timedelta, /) -> bool:
    return any(order.at < at <= order.at + window for at in moments)


def _mentioned(history: History, order: Order, window: timedelta, /) -> bool:
    facts = (*history.all(ContentShared), *history.all(Referred))
    return _within((each.at for each in facts), order, window)


def _reviewed(history: History, order: Order, window: timedelta, /) -> bool:
    products = {line.product for line in order.lines if line.product}
    own = (
        each.at
        for each in history.all(ReviewPosted)
        if each.order == order.id or (each.order is None and each.product in products)
    )
    return _within(own, order, window)


def _repeated(history: History, order: Order, window: timedelta, /) -> bool:
    later = (each.at for each in history.orders if each.id != order.id and each.kept)
    return _within(later, order, window)


_DID: Final[dict[Deed, Callable[[History, Order, timedelta], bool]]] = {
    Deed.MENTION: _mentioned,
    Deed.REVIEW: _reviewed,
    Deed.REPEAT: _repeated,
}


def _points(share: float, /) -> str:
    """Percentage points, one decimal."""
    return f"{100 * share:.1f}"
