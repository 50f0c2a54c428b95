import copy
import json
import pickle
from decimal import ROUND_HALF_UP, Decimal, localcontext
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from attrs.exceptions import FrozenInstanceError
from iso4217 import Currency

from postpurchase.domain.currency import CURRENT, WITHDRAWN
from postpurchase.domain.money import Money, Rounding, exponent
from postpurchase.errors import (
    CurrencyMismatch,
    ImpossibleSplit,
    InexactAmount,
    InvalidAmount,
    MoneyError,
    PostPurchaseError,
    RoundingNeeded,
    TooManyDecimals,
    UnknownCurrency,
)

if TYPE_CHECKING:
    from collections.abc import Callable

VECTORS = {
    case["id"]: case
    for case in json.loads(
        (Path(__file__).parents[1] / "vectors" / "tracking.json").read_text("utf-8")
    )["vectors"]
    if case["area"] == "money"
}


def eur(text: str) -> Money:
    return Money.of(text, "EUR")


def test_decimals_are_those_of_iso_4217() -> None:
    published = {each.code: each.exponent for each in Currency if each.exponent is not None}
    assert dict(CURRENT) == published
    assert {0, 2, 3, 4} == set(CURRENT.values())
    assert CURRENT["XCG"] == 2


def test_codes_without_a_minor_unit_are_refused() -> None:
    for code in (each.code for each in Currency if each.exponent is None):
        with pytest.raises(UnknownCurrency, match=f"got '{code}': it has no minor unit"):
            exponent(code)


def test_a_withdrawn_code_can_still_be_read() -> None:
    assert not set(CURRENT) & set(WITHDRAWN)
    assert exponent("BGN") == 2
    assert str(Money.of(2500, "BYR")) == "2500 BYR"


def test_exponents_differ_from_display_digits() -> None:
    case = VECTORS["money-04"]
    wanted = case["expected"]["exponents"]
    assert {code: exponent(code) for code in case["given"]["currencies"]} == wanted


def test_construct_needs_a_rounding_for_too_many_decimals() -> None:
    given = VECTORS["money-01"]["given"]
    with pytest.raises(TooManyDecimals) as caught:
        Money.of(given["amount"], given["currency"])
    assert str(caught.value) == (
        "USD has 2 decimals, got 1.005: name a rounding, such as rounding=Rounding.HALF_UP"
    )
    assert (caught.value.amount, caught.value.currency, caught.value.exponent) == (
        "1.005",
        "USD",
        2,
    )


def test_construct_rounds_as_named() -> None:
    case = VECTORS["money-03"]
    given = case["given"]
    made = Money.of(given["amount"], given["currency"], rounding=Rounding(given["rounding"]))
    assert made == Money(case["expected"]["minor"], "USD")


def test_a_number_is_no_money() -> None:
    given = VECTORS["money-05"]["given"]
    money = Money(given["a"]["minor"], given["a"]["currency"])
    with pytest.raises(TypeError):
        money + given["b"]
    with pytest.raises(TypeError):
        money - given["b"]
    with pytest.raises(TypeError):
        given["b"] + money
    with pytest.raises(TypeError):
        sum([money, money])  # type: ignore[list-item]  # the mistake itself
    unlike: tuple[object, ...] = (1999, "19.99 USD", Money(1999, "EUR"))
    assert money not in unlike


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        ("12.50", "EUR", 1250),
        ("12.5", "EUR", 1250),
        ("12.", "EUR", 1200),
        ("12.500", "EUR", 1250),
        ("+0.05", "USD", 5),
        ("-0.05", "USD", -5),
        ("-0", "USD", 0),
        (12, "EUR", 1200),
        (-12, "JPY", -12),
        (Decimal("1.234"), "KWD", 1234),
        (Decimal("1E+3"), "JPY", 1000),
        (Decimal("0.0001"), "CLF", 1),
        ("9" * 60, "JPY", int("9" * 60)),
    ],
)
def test_of_reads_exact_amounts(amount: str | int | Decimal, currency: str, minor: int) -> None:
    assert Money.of(amount, currency) == Money(minor, currency)


@pytest.mark.parametrize(
    "amount",
    [
        "",
        "abc",
        "1,000.00",
        "1_000",
        " 1",
        "1e3",
        "NaN",
        ".5",
        "१२",
        "9" * 61,
        Decimal("NaN"),
        Decimal("Infinity"),
        Decimal("1E+60"),
        Decimal("1E-60"),
    ],
)
def test_of_refuses_what_is_no_plain_number(amount: str | Decimal) -> None:
    with pytest.raises(InvalidAmount, match="an amount is a plain number, got") as caught:
        Money.of(amount, "EUR")
    assert caught.value.amount == repr(amount)
    assert not isinstance(caught.value, InexactAmount)


def test_of_takes_many_digits_of_a_decimal() -> None:
    assert Money.of(Decimal("1E+59"), "JPY").minor == 10**59
    assert Money.of(Decimal("1E-59"), "EUR", rounding=Rounding.UP) == Money(1, "EUR")


@pytest.mark.parametrize("amount", [0.1, True, 1.0])
def test_floats_and_bools_are_refused_everywhere(amount: float) -> None:
    kind = type(amount).__name__
    said = rf"money is exact, got the {kind} {amount}: pass an int, text or a Decimal"
    with pytest.raises(InexactAmount, match=said):
        Money.of(amount, "EUR")  # type: ignore[arg-type]  # the mistake itself
    with pytest.raises(InexactAmount, match=said):
        Money(amount, "EUR")  # type: ignore[arg-type]  # the mistake itself
    with pytest.raises(InexactAmount, match=said):
        eur("1") * amount  # type: ignore[operator]  # the mistake itself
    with pytest.raises(InexactAmount, match=said):
        eur("1").times(amount, rounding=Rounding.UP)  # type: ignore[arg-type]  # the mistake
    with pytest.raises(InexactAmount, match=said):
        eur("1").percent(amount, rounding=Rounding.UP)  # type: ignore[arg-type]  # the mistake
    with pytest.raises(TypeError):
        Money(amount, "EUR")  # type: ignore[arg-type]  # the mistake itself


@pytest.mark.parametrize(
    ("code", "advice"),
    [
        ("eur", "did you mean 'EUR'?"),
        (" EUR", "did you mean 'EUR'?"),
        ("XYZ", "use a code such as 'EUR'"),
        ("", "use a code such as 'EUR'"),
    ],
)
def test_unknown_currency_says_what_to_write(code: str, advice: str) -> None:
    makers: tuple[Callable[[], Money], ...] = (
        lambda: Money(1, code),
        lambda: Money.of("1", code),
        lambda: Money.zero(code),
    )
    for make in makers:
        with pytest.raises(UnknownCurrency) as caught:
            make()
        assert str(caught.value) == f"a currency is a code of ISO 4217, got {code!r}: {advice}"
        assert caught.value.currency == code
        assert isinstance(caught.value, LookupError)


def test_every_money_error_is_one_of_ours_and_a_value_error() -> None:
    for error in (
        CurrencyMismatch,
        ImpossibleSplit,
        InvalidAmount,
        RoundingNeeded,
        UnknownCurrency,
    ):
        assert issubclass(error, MoneyError)
    assert issubclass(MoneyError, PostPurchaseError)
    assert issubclass(MoneyError, ValueError)


@pytest.mark.parametrize(
    "money",
    [Money(1250, "EUR"), Money(-5, "USD"), Money(0, "KWD"), Money(-1, "JPY"), Money(12345, "CLF")],
)
def test_text_reads_back(money: Money) -> None:
    assert Money.parse(str(money)) == money
    assert repr(money) == f"Money.parse('{money}')"
    assert Money.of(money.amount, money.currency) == money


@pytest.mark.parametrize(
    ("money", "text"),
    [
        (Money(5, "EUR"), "0.05 EUR"),
        (Money(-5, "EUR"), "-0.05 EUR"),
        (Money(-1250, "KWD"), "-1.250 KWD"),
        (Money(500, "JPY"), "500 JPY"),
        (Money(0, "EUR"), "0.00 EUR"),
    ],
)
def test_text_has_all_decimals(money: Money, text: str) -> None:
    assert str(money) == text
    assert str(money.amount) == text.split(maxsplit=1)[0]
    assert money.exponent == exponent(money.currency)


@pytest.mark.parametrize("code", [None, 5, ["EUR"]])
def test_a_currency_is_text(code: str) -> None:
    with pytest.raises(UnknownCurrency, match=r"pass its code as text, such as 'EUR'$"):
        Money(1, code)
    with pytest.raises(UnknownCurrency):
        Money.of("1", code)


@pytest.mark.parametrize("text", ["", "12.50", "12.50EUR", "12 50 EUR", 12.5, None])
def test_parse_wants_an_amount_and_a_code(text: str) -> None:
    with pytest.raises(InvalidAmount) as caught:
        Money.parse(text)
    assert str(caught.value).endswith(f"got {text!r}: write '12.50 EUR'")


def test_parse_takes_the_amount_first() -> None:
    with pytest.raises(UnknownCurrency, match=r"12\.50"):
        Money.parse("EUR 12.50")
    with pytest.raises(TooManyDecimals):
        Money.parse("1.005 USD")


def test_amount_does_not_depend_on_the_decimal_context() -> None:
    with localcontext(prec=2):
        assert str(Money(123456, "EUR").amount) == "1234.56"
        rate = Decimal("8.25")
        assert Money(123456, "EUR").percent(rate, rounding=Rounding.HALF_UP).minor == 10185


def test_arithmetic_is_exact() -> None:
    assert eur("0.10") + eur("0.20") == eur("0.30")
    assert eur("0.10") - eur("0.20") == eur("-0.10")
    assert eur("0.10") * 3 == 3 * eur("0.10") == eur("0.30")
    assert -eur("0.10") == eur("-0.10")
    assert abs(eur("-0.10")) == abs(eur("0.10")) == eur("0.10")


def test_results_are_whole_values() -> None:
    made = eur("1") + eur("2")
    assert (made.minor, made.currency) == (300, "EUR")
    assert hash(made) == hash(eur("3"))
    assert copy.deepcopy(made) == pickle.loads(pickle.dumps(made)) == made  # noqa: S301 - our own bytes
    with pytest.raises(FrozenInstanceError):
        made.minor = 5  # type: ignore[misc]  # the mistake itself


def test_no_money_is_false() -> None:
    assert not Money.zero("EUR")
    assert eur("-0.01")
    assert eur("0.01")


def test_order() -> None:
    less, more = eur("1"), eur("1.01")
    assert less < more
    assert less <= more
    assert less <= eur("1")
    assert more > less
    assert more >= less
    assert more >= eur("1.01")
    assert not less > more
    assert not less >= more
    assert not more < less
    assert not more <= less
    assert not less < eur("1")
    assert not less > eur("1")


def test_one_currency_at_a_time() -> None:
    euro, dollar = eur("1"), Money.parse("1.00 USD")
    mixes: tuple[Callable[[], object], ...] = (
        lambda: euro + dollar,
        lambda: euro - dollar,
        lambda: euro < dollar,
        lambda: euro <= dollar,
        lambda: euro > dollar,
        lambda: euro >= dollar,
        lambda: Money.sum([euro, dollar], currency="EUR"),
    )
    for mix in mixes:
        with pytest.raises(CurrencyMismatch) as caught:
            mix()
        assert str(caught.value) == ("one currency at a time, got EUR and USD: convert one of them")
        assert (caught.value.left, caught.value.right) == ("EUR", "USD")


def test_order_with_something_else_is_a_type_error() -> None:
    comparisons: tuple[Callable[[], object], ...] = (
        lambda: eur("1") < 1,  # type: ignore[operator]  # the mistake itself
        lambda: eur("1") <= 1,  # type: ignore[operator]  # the mistake itself
        lambda: eur("1") > 1,  # type: ignore[operator]  # the mistake itself
        lambda: eur("1") >= 1,  # type: ignore[operator]  # the mistake itself
    )
    for compare in comparisons:
        with pytest.raises(TypeError):
            compare()


def test_a_product_with_a_decimal_names_the_way() -> None:
    with pytest.raises(RoundingNeeded) as caught:
        eur("1") * Decimal("0.9")  # type: ignore[operator]  # the mistake itself
    assert str(caught.value) == (
        "* takes an int, got Decimal('0.9'): use .times(Decimal('0.9'), rounding=...)"
    )
    assert caught.value.factor == "Decimal('0.9')"
    with pytest.raises(TypeError) as other:
        eur("1") * "3"  # type: ignore[operator]  # the mistake itself
    assert not isinstance(other.value, MoneyError)


def test_sum() -> None:
    assert Money.sum([], currency="EUR") == Money.zero("EUR")
    assert Money.sum((eur(each) for each in ("1", "2.50", "-0.25")), currency="EUR") == eur("3.25")
    with pytest.raises(UnknownCurrency):
        Money.sum([], currency="XYZ")


@pytest.mark.parametrize("rounding", Rounding)
@pytest.mark.parametrize(
    "text", ["-2.5", "-1.6", "-1.5", "-1.4", "-0.5", "0.5", "1.4", "1.5", "1.6", "2.5", "2"]
)
def test_rounding_is_that_of_the_decimal_module(rounding: Rounding, text: str) -> None:
    wanted = int(Decimal(text).to_integral_value(f"ROUND_{rounding.name}"))
    assert Money.of(text, "JPY", rounding=rounding).minor == wanted
    assert Money(1, "JPY").times(Decimal(text), rounding=rounding).minor == wanted
    assert Money(100, "JPY").percent(Decimal(text), rounding=rounding).minor == wanted


def test_percent_and_times_round_once() -> None:
    assert eur("19.99").percent(Decimal("8.25"), rounding=Rounding.HALF_UP) == eur("1.65")
    assert eur("19.99").times(Decimal("0.3333"), rounding=Rounding.HALF_UP) == eur("6.66")
    assert Money(2, "JPY").percent(Decimal(25), rounding=Rounding.HALF_EVEN).minor == 0
    exact = (Decimal(1999) * Decimal("8.25") / 100).quantize(Decimal(1), ROUND_HALF_UP)
    assert eur("19.99").percent(Decimal("8.25"), rounding=Rounding.HALF_UP).minor == exact
