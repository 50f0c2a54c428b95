from decimal import Context, Decimal

from hypothesis import given
from hypothesis import strategies as st

from postpurchase.domain.currency import CURRENT
from postpurchase.domain.money import Money, Rounding

MINORS = st.integers(-(10**15), 10**15)
CURRENCIES = st.sampled_from(sorted(CURRENT))
WEIGHTS = st.lists(st.integers(0, 10**9), min_size=1, max_size=12).filter(any)
FACTORS = st.decimals(-1000, 1000, places=6)
EXACT = Context(prec=200)


@st.composite
def lines(draw: st.DrawFn) -> tuple[Money, list[int], list[Money]]:
    """An amount, the weights and the ceilings of lines that have room for it."""
    weights = draw(WEIGHTS)
    tops = [draw(st.integers(0, 10**6)) for _ in weights]
    room = sum(top for top, weight in zip(tops, weights, strict=True) if weight)
    amount = draw(st.integers(-room, room))
    return Money(amount, "EUR"), weights, [Money(top, "EUR") for top in tops]


@given(MINORS, MINORS, MINORS)
def test_sums_are_exact_in_any_order(one: int, two: int, three: int) -> None:
    a, b, c = (Money(each, "EUR") for each in (one, two, three))
    assert (a + b) + c == a + (b + c) == Money.sum([c, b, a], currency="EUR")
    assert a + b == b + a
    assert (a + b) - b == a
    assert a - a == Money.zero("EUR")
    assert (a + b) * 3 == a * 3 + b * 3


@given(MINORS, MINORS)
def test_order_is_that_of_the_amounts(one: int, two: int) -> None:
    a, b = Money(one, "EUR"), Money(two, "EUR")
    assert (a < b, a <= b, a > b, a >= b) == (one < two, one <= two, one > two, one >= two)
    assert (a == b) == (hash(a) == hash(b)) == (one == two)
    assert (a.amount < b.amount) == (a < b)


@given(MINORS, CURRENCIES)
def test_text_and_amount_read_back(minor: int, currency: str) -> None:
    money = Money(minor, currency)
    assert Money.parse(str(money)) == money
    assert Money.of(money.amount, currency) == money
    assert money.amount == Decimal(minor).scaleb(-money.exponent, context=EXACT)


@given(MINORS, FACTORS, st.sampled_from(Rounding))
def test_a_product_is_rounded_once(minor: int, factor: Decimal, rounding: Rounding) -> None:
    exact = EXACT.multiply(Decimal(minor), factor)
    wanted = int(exact.to_integral_value(f"ROUND_{rounding.name}", context=EXACT))
    assert Money(minor, "EUR").times(factor, rounding=rounding).minor == wanted
    part = EXACT.divide(exact, Decimal(100))
    wanted = int(part.to_integral_value(f"ROUND_{rounding.name}", context=EXACT))
    assert Money(minor, "EUR").percent(factor, rounding=rounding).minor == wanted


@given(MINORS, FACTORS)
def test_roundings_stay_within_one_minor_unit(minor: int, factor: Decimal) -> None:
    money = Money(minor, "EUR")
    low = money.times(factor, rounding=Rounding.FLOOR)
    high = money.times(factor, rounding=Rounding.CEILING)
    assert high.minor - low.minor in {0, 1}
    for rounding in Rounding:
        assert low <= money.times(factor, rounding=rounding) <= high


@given(MINORS, WEIGHTS)
def test_parts_add_up_and_stay_within_one_minor_unit_of_their_share(
    minor: int, weights: list[int]
) -> None:
    parts = Money(minor, "EUR").allocate(weights)
    whole = sum(weights)
    assert Money.sum(parts, currency="EUR").minor == minor
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part.minor * whole - minor * weight) < whole
        assert weight or not part


@given(MINORS, WEIGHTS)
def test_what_is_left_goes_to_the_largest_fractions_and_then_to_the_earlier(
    minor: int, weights: list[int]
) -> None:
    size, whole = abs(minor), sum(weights)
    parts = [abs(part.minor) for part in Money(minor, "EUR").allocate(weights)]
    extra = [part - size * weight // whole for part, weight in zip(parts, weights, strict=True)]
    ranks = [(-(size * weight % whole), at) for at, weight in enumerate(weights)]
    raised = [rank for rank, more in zip(ranks, extra, strict=True) if more]
    kept = [rank for rank, more in zip(ranks, extra, strict=True) if not more]
    assert set(extra) <= {0, 1}
    assert not raised or not kept or max(raised) < min(kept)


@given(MINORS, WEIGHTS)
def test_a_negative_amount_is_allocated_as_its_opposite(minor: int, weights: list[int]) -> None:
    money = Money(minor, "EUR")
    assert (-money).allocate(weights) == tuple(-part for part in money.allocate(weights))


@given(MINORS, WEIGHTS, st.integers(1, 1000))
def test_only_proportions_count(minor: int, weights: list[int], scale: int) -> None:
    money = Money(minor, "EUR")
    assert money.allocate([weight * scale for weight in weights]) == money.allocate(weights)


@given(MINORS, st.integers(1, 50))
def test_split_is_even(minor: int, parts: int) -> None:
    split = Money(minor, "EUR").split(parts)
    sizes = [abs(part.minor) for part in split]
    assert Money.sum(split, currency="EUR").minor == minor
    assert len(split) == parts
    assert max(sizes) - min(sizes) <= 1
    assert sizes == sorted(sizes, reverse=True)


@given(lines())
def test_no_part_is_above_its_ceiling(case: tuple[Money, list[int], list[Money]]) -> None:
    money, weights, tops = case
    parts = money.allocate_capped(weights, tops)
    assert Money.sum(parts, currency="EUR") == money
    for part, weight, top in zip(parts, weights, tops, strict=True):
        assert abs(part) <= top
        assert part.minor * money.minor >= 0
        assert weight or not part


@given(lines())
def test_ceilings_that_are_kept_change_nothing(case: tuple[Money, list[int], list[Money]]) -> None:
    money, weights, tops = case
    plain = money.allocate(weights)
    if all(abs(part) <= top for part, top in zip(plain, tops, strict=True)):
        assert money.allocate_capped(weights, tops) == plain
    wide = [Money(abs(money.minor), "EUR") for _ in weights]
    assert money.allocate_capped(weights, wide) == plain


@given(lines())
def test_only_a_full_part_gets_less_than_its_share_without_the_fraction(
    case: tuple[Money, list[int], list[Money]],
) -> None:
    money, weights, tops = case
    parts = money.allocate_capped(weights, tops)
    for part, weight, top in zip(parts, weights, tops, strict=True):
        assert abs(part) == top or abs(part).minor >= abs(money.minor) * weight // sum(weights)
