"""What was bought after a suggestion, to the minor unit, and nothing twice."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from postpurchase.domain.event import SuggestionFollowed, SuggestionShown
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.money import Money
from postpurchase.domain.order import Discount, Line, Order, Refund, RefundLine
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.product import Catalog, Product, Variant
from postpurchase.errors import InvalidMoment, InvalidSuggestion
from postpurchase.recommend import (
    Credit,
    Credited,
    LastTouch,
    Suggestion,
    Suggestions,
    Touch,
    shown,
)

AT = datetime(2026, 6, 1, tzinfo=UTC)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def eur(amount: str) -> Money:
    return Money.parse(f"{amount} EUR")


def order(id: str, days: float, *products: str, quantity: int = 1, price: str = "10.00") -> Order:
    lines = tuple(
        Line(sku=each, product=each, unit_price=eur(price), quantity=quantity) for each in products
    )
    return Order(id=id, at=AT - days * DAY, currency="EUR", lines=lines)


def showing(product: str, days: float, *, id: str = "", policy: str = "") -> SuggestionShown:
    return SuggestionShown(
        id=id or f"{product}@{days}", at=AT - days * DAY, product=product, policy=policy
    )


def following(of: SuggestionShown, after: timedelta) -> SuggestionFollowed:
    return SuggestionFollowed(id=f"f-{of.id}", at=of.at + after, shown=of.id)


def credit(*facts: Fact, rule: LastTouch = LastTouch(), since: datetime | None = None) -> Credit:  # noqa: B008 - a frozen value
    return rule.credit([History.of(*facts)], at=AT, since=since)


SHOWN = showing("sharpener", 10)


def test_a_purchase_a_week_after_the_suggestion_was_followed_is_credited() -> None:
    bought = order("1", 4, "sharpener", "pan")
    found = credit(SHOWN, following(SHOWN, HOUR), bought)
    assert found == Credit(
        lines=(
            Credited(
                order="1",
                line="sharpener",
                product="sharpener",
                shown=SHOWN,
                touch=Touch.FOLLOWED,
                after=6 * DAY - HOUR,
                units=1,
                money=eur("10.00"),
            ),
        ),
        shown=1,
        followed=1,
        orders=1,
        sales=Pairs(EUR=eur("20.00")),
    )
    assert found.revenue == {"EUR": eur("10.00")}
    assert found.share("EUR") == Fraction(1, 2)
    assert found.share("USD") is None
    assert repr(found) == "<Credit 10.00 EUR in 1 of 1 orders; 1 shown, 1 followed>"
    assert "<td>sharpener</td><td>followed</td>" in found._repr_html_()


@pytest.mark.parametrize(
    ("facts", "touch"),
    [
        ((SHOWN, following(SHOWN, HOUR), order("1", 10 - 1 / 24 - 7, "sharpener")), "followed"),
        ((SHOWN, following(SHOWN, HOUR), order("1", 2.9, "sharpener")), None),
        ((SHOWN, order("1", 9, "sharpener")), "shown"),
        ((SHOWN, order("1", 8.9, "sharpener")), None),
        ((SHOWN, order("1", 11, "sharpener")), None),
        ((SHOWN, following(SHOWN, 8 * DAY), order("1", 9.5, "sharpener")), "shown"),
        ((SHOWN, order("1", 9.5, "pan")), None),
        ((order("1", 9.5, "sharpener"),), None),
    ],
)
def test_only_what_was_suggested_before_and_not_too_long_ago_counts(
    facts: tuple[Fact, ...], touch: str | None
) -> None:
    found = credit(*facts)
    assert [each.touch for each in found.lines] == ([touch] if touch else [])


def test_the_last_one_that_was_followed_wins_over_later_ones_that_were_only_shown() -> None:
    early, late = showing("s", 6, policy="complements"), showing("s", 5, policy="taste")
    third = showing("s", 4.1, policy="bestsellers")
    bought = order("1", 4, "s")
    found = credit(early, late, third, following(early, HOUR), following(late, HOUR), bought)
    assert [each.shown.policy for each in found.lines] == ["taste"]
    assert found.by(lambda each: each.shown.policy) == {"taste": {"EUR": eur("10.00")}}
    twins = (showing("s", 4.5, id="a"), showing("s", 4.5, id="b"))
    assert [each.shown.id for each in credit(*twins, bought).lines] == ["b"]


def test_one_showing_is_not_credited_twice() -> None:
    first, second = order("1", 9.5, "sharpener"), order("2", 9.2, "sharpener")
    found = credit(SHOWN, following(SHOWN, HOUR), first, second)
    assert [each.order for each in found.lines] == ["1"]
    again = showing("sharpener", 9.4)
    both = credit(SHOWN, again, first, second)
    assert [(each.order, each.shown.id) for each in both.lines] == [
        ("1", SHOWN.id),
        ("2", again.id),
    ]


def test_a_line_that_names_only_a_sku_is_known_by_the_catalog() -> None:
    bought = order("1", 9.5, "sharpener")
    by_sku = evolve(bought, lines=(Line(sku="stone-1", unit_price=eur("10.00")),))
    assert credit(SHOWN, by_sku).lines == ()
    catalog = Catalog((Product(id="sharpener", title="Stone", variants=(Variant(sku="stone-1"),)),))
    found = LastTouch().credit([History.of(SHOWN, by_sku)], at=AT, catalog=catalog)
    assert [(each.line, each.product) for each in found.lines] == [("stone-1", "sharpener")]
    same = evolve(bought, lines=(Line(sku="sharpener", unit_price=eur("10.00")),))
    assert len(credit(SHOWN, same).lines) == 1
    assert len(LastTouch().credit([History.of(SHOWN, same)], at=AT, catalog=catalog).lines) == 1


def test_what_was_sent_back_is_not_credited() -> None:
    bought = order("1", 9.5, "sharpener", quantity=3, price="3.33")
    line = evolve(bought.lines[0], discounts=(Discount(amount=eur("1.00")),))
    part = evolve(
        bought,
        lines=(line,),
        refunds=(
            Refund(
                id="r",
                at=AT - DAY,
                amount=eur("3.00"),
                lines=(RefundLine(line="sharpener", quantity=1, amount=eur("3.00")),),
            ),
        ),
    )
    (kept,) = credit(SHOWN, part).lines
    assert (kept.units, kept.money) == (2, eur("6.00"))
    before = LastTouch().credit([History.of(SHOWN, part)], at=AT - 2 * DAY)
    assert before.revenue == {"EUR": eur("8.99")}
    whole = evolve(
        part,
        refunds=(
            Refund(
                id="r",
                at=AT - DAY,
                amount=eur("8.99"),
                lines=(RefundLine(line="sharpener", quantity=3, amount=eur("8.99")),),
            ),
        ),
    )
    nothing = credit(SHOWN, whole)
    assert (nothing.lines, nothing.orders, nothing.revenue) == ((), 0, Pairs())
    assert repr(nothing) == "<Credit nothing in 0 of 0 orders; 1 shown, 0 followed>"


def test_a_report_begins_and_ends_when_it_is_asked_to() -> None:
    old = showing("pan", 40)
    facts = (old, order("0", 39.5, "pan"), SHOWN, order("1", 9.5, "sharpener"))
    assert credit(*facts).shown == 2
    month = credit(*facts, since=AT - 30 * DAY)
    assert (month.shown, month.orders, month.revenue) == (1, 1, Pairs(EUR=eur("10.00")))
    assert [each.order for each in month.lines] == ["1"]
    then = LastTouch().credit([History.of(*facts)], at=AT - 20 * DAY)
    assert [each.order for each in then.lines] == ["0"]
    with pytest.raises(InvalidMoment):
        LastTouch().credit([], at=datetime(2026, 6, 1))  # noqa: DTZ001 - a naive one is refused


def test_bounds_hold_to_the_instant() -> None:
    bought = order("1", 9, "sharpener")
    at_once = showing("sharpener", 9)
    assert [each.after for each in credit(at_once, bought).lines] == [timedelta(0)]
    on_the_spot = following(SHOWN, DAY)
    (found,) = credit(SHOWN, on_the_spot, bought).lines
    assert (found.touch, found.after) == (Touch.FOLLOWED, timedelta(0))
    too_late = following(SHOWN, DAY + timedelta(seconds=1))
    assert [each.touch for each in credit(SHOWN, too_late, bought).lines] == [Touch.SHOWN]
    exactly = credit(at_once, bought, since=bought.at)
    assert (exactly.shown, exactly.orders, len(exactly.lines)) == (1, 1, 1)
    later = credit(at_once, bought, since=bought.at + timedelta(seconds=1))
    assert (later.shown, later.orders, later.lines) == (0, 0, ())


def test_each_customer_is_looked_at_alone_and_currencies_stay_apart() -> None:
    rupees = Order(
        id="3",
        at=AT - 9.5 * DAY,
        currency="INR",
        lines=(Line(sku="s", product="sharpener", unit_price=Money.parse("99.00 INR")),),
    )
    others = [
        History.of(SHOWN),
        History.of(order("1", 9.5, "sharpener")),
        History.of(SHOWN, rupees),
        History.of(SHOWN, order("2", 9.5, "sharpener")),
    ]
    found = LastTouch().credit(others, at=AT)
    assert found.revenue == {"EUR": eur("10.00"), "INR": Money.parse("99.00 INR")}
    assert (found.shown, found.orders, found.credited_orders) == (3, 3, 2)
    assert found.share("EUR") == Fraction(1, 2)
    free = credit(order("1", 9.5, "sharpener", price="0.00"), SHOWN)
    assert free.share("EUR") is None


def test_what_was_shown_is_kept_as_facts_that_cannot_count_twice() -> None:
    items = tuple(
        Suggestion(product=Product(id=id, title=id), variant=None, score=1.0, reasons=())
        for id in ("a", "b")
    )
    kept = shown(
        Suggestions(items=items),
        at=AT,
        by="complement/order:1/suggest",
        message="complement/order:1/suggest",
        place="email",
        policy="complements",
    )
    assert [each.id for each in kept] == [
        "complement/order:1/suggest/a",
        "complement/order:1/suggest/b",
    ]
    assert len(History.of(*kept, *kept).all(SuggestionShown)) == 2


def test_a_window_of_nothing_is_refused() -> None:
    with pytest.raises(InvalidSuggestion, match="shown must be longer than nothing"):
        LastTouch(shown=timedelta(0))


moments = st.integers(0, 400).map(lambda hours: hours / 24)


@given(
    st.lists(st.tuples(st.sampled_from("abc"), moments, st.booleans()), max_size=8),
    st.lists(st.tuples(st.sampled_from("abc"), moments), max_size=6),
)
def test_never_more_is_credited_than_was_sold_and_each_showing_once(
    showings: list[tuple[str, float, bool]], bought: list[tuple[str, float]]
) -> None:
    facts: list[Fact] = []
    for place, (product, days, followed) in enumerate(showings):
        each = showing(product, days, id=str(place))
        facts += [each, following(each, HOUR)] if followed else [each]
    facts += [order(f"o{place}", days, product) for place, (product, days) in enumerate(bought)]
    found = credit(*facts)
    used = [each.shown.id for each in found.lines]
    assert len(set(used)) == len(used)
    credited = found.revenue.get("EUR", eur("0.00"))
    assert credited <= found.sales.get("EUR", eur("0.00"))
    wider = credit(*facts, rule=LastTouch(followed=30 * DAY, shown=30 * DAY))
    assert len(wider.lines) >= len(found.lines)
