"""Laws of earning and of taking back."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from postpurchase.domain.history import History
from postpurchase.domain.money import Money
from postpurchase.domain.order import Line, Order, Payment, Refund, RefundLine
from postpurchase.domain.rule import Known
from postpurchase.rewards import (
    Boost,
    Clawback,
    Earn,
    Earning,
    Entry,
    Ledger,
    Programme,
    Round,
    fold,
)

START = datetime(2026, 1, 1, tzinfo=UTC)


def day(number: int) -> datetime:
    return START + timedelta(days=number)


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


@st.composite
def programmes(draw: st.DrawFn) -> Programme:
    factor = draw(st.decimals(0, 5, places=2))
    return Programme(
        name="club",
        earning=Earning(
            rules=(
                Earn(
                    name="base", points=draw(st.integers(1, 9)), per=eur(draw(st.integers(1, 999)))
                ),
                Earn(name="more", points=7, minimum=eur(draw(st.integers(0, 5000)))),
            ),
            boosts=(Boost(name="times", factor=factor),),
            rounding=draw(st.sampled_from(list(Round))),
        ),
        clawback=Clawback.ALLOW_NEGATIVE,
    )


TAKING = (Clawback.WITHIN_BALANCE, Clawback.ALLOW_NEGATIVE)
prices = st.lists(st.integers(1, 5000), min_size=1, max_size=3)


@st.composite
def parts(draw: st.DrawFn, amounts: list[int]) -> list[tuple[str, int]]:
    """Refunds that together give back everything, cut anywhere."""
    cut: list[tuple[str, int]] = []
    for number, amount in enumerate(amounts):
        left = amount
        while left:
            size = draw(st.integers(1, left))
            cut.append((f"l{number}", size))
            left -= size
    return draw(st.permutations(cut))


def order(id: str, amounts: list[int], refunds: list[tuple[str, int]], on: int) -> Order:
    lines = tuple(Line(id=f"l{n}", unit_price=eur(each)) for n, each in enumerate(amounts))
    return Order(
        id=id,
        at=day(on),
        currency="EUR",
        lines=lines,
        payments=(Payment(id=f"p{id}", at=day(on), amount=eur(sum(amounts))),),
        refunds=tuple(
            Refund(
                id=f"r{n}",
                at=day(on + 1 + n),
                amount=eur(size),
                lines=(RefundLine(line=line, amount=eur(size)),),
            )
            for n, (line, size) in enumerate(refunds)
        ),
    )


def ledger(programme: Programme, history: History, asked: list[int]) -> tuple[Entry, ...]:
    entries: tuple[Entry, ...] = ()
    for on in asked:
        decision = programme.decide(history, at=day(on), known=Known(Ledger(entries)))
        entries += decision.value.entries if decision else ()
    return entries


@settings(max_examples=30)
@given(programmes(), prices, st.data())
def test_the_way_of_refunding_does_not_matter(
    programme: Programme, amounts: list[int], data: st.DataObject
) -> None:
    """However a refund is cut and in whatever order, the same points are left."""
    cut = data.draw(parts(amounts))
    back = cut[: data.draw(st.integers(0, len(cut)))]
    whole: dict[str, int] = {}
    for line, size in back:
        whole[line] = whole.get(line, 0) + size
    ways = (back, data.draw(st.permutations(back)), list(whole.items()))
    balances = {
        fold(
            ledger(programme, History.of(order("1", amounts, way, 0)), [0, 99]), at=day(99)
        ).balance
        for way in ways
    }
    assert len(balances) == 1


@settings(max_examples=20)
@given(programmes(), prices, st.data())
def test_how_often_one_asks_does_not_matter(
    programme: Programme, amounts: list[int], data: st.DataObject
) -> None:
    refunds = data.draw(parts(amounts))
    history = History.of(order("1", amounts, refunds, 0))
    asked = sorted(data.draw(st.sets(st.integers(0, 40), max_size=8)))
    rare = ledger(programme, history, [*asked, 99])
    often = ledger(programme, history, [*range(60), 99])
    assert fold(rare, at=day(99)).balance == fold(often, at=day(99)).balance == 0


@settings(max_examples=15)
@given(programmes(), st.lists(prices, min_size=1, max_size=4), st.sampled_from(TAKING))
def test_no_loop_of_buying_and_refunding_gains_a_point(
    programme: Programme, loops: list[list[int]], clawback: Clawback
) -> None:
    """Nobody who sends everything back, and has not spent meanwhile, has points left."""
    orders = [
        order(str(n), amounts, [(f"l{k}", each) for k, each in enumerate(amounts)], n * 10)
        for n, amounts in enumerate(loops)
    ]
    programme = Programme(name="club", earning=programme.earning, clawback=clawback)
    entries = ledger(programme, History.of(*orders), list(range(60)))
    assert fold(entries, at=day(99)).balance == 0


@given(programmes(), prices, st.integers(0, 60))
def test_points_never_come_from_refunds(
    programme: Programme, amounts: list[int], share: int
) -> None:
    """Refunding a part never leaves more than was earned, nor less than nothing."""
    size = amounts[0] * share // 60
    refunds = [("l0", size)] if size else []
    earned = fold(ledger(programme, History.of(order("1", amounts, [], 0)), [0]), at=day(9))
    left = fold(ledger(programme, History.of(order("1", amounts, refunds, 0)), [0, 5]), at=day(9))
    assert 0 <= left.balance <= earned.balance
