"""Money that cannot be exact."""

from postpurchase.errors.root import PostPurchaseError


class MoneyError(PostPurchaseError, ValueError):
    """Money that cannot be exact."""


class InvalidAmount(MoneyError):
    """An amount that is no plain number."""

    def __init__(
        self,
        *,
        amount: str,
        what: str = "an amount is a plain number",
        advice: str = "write digits and a point, such as '1234.50'",
    ) -> None:
        """Complain about an amount as it was written."""
        self.amount = amount
        super().__init__(f"{what}, got {amount}: {advice}")


class InexactAmount(InvalidAmount, TypeError):
    """A float or a bool where an exact number belongs."""

    def __init__(self, *, amount: object) -> None:
        """Complain about the value that was given."""
        kind = type(amount).__name__
        super().__init__(
            amount=f"the {kind} {amount!r}",
            what="money is exact",
            advice="pass an int, text or a Decimal",
        )


class TooManyDecimals(InvalidAmount):
    """More decimals than the currency has, and no rounding named."""

    def __init__(self, *, amount: str, currency: str, exponent: int) -> None:
        """Complain about an amount that *exponent* decimals cannot hold."""
        self.currency = currency
        self.exponent = exponent
        super().__init__(
            amount=amount,
            what=f"{currency} has {exponent} decimals",
            advice="name a rounding, such as rounding=Rounding.HALF_UP",
        )


class UnknownCurrency(MoneyError, LookupError):
    """Not a code of ISO 4217 with a minor unit."""

    def __init__(self, *, currency: object, advice: str) -> None:
        """Complain about a code, and say what to do."""
        self.currency = currency
        super().__init__(f"a currency is a code of ISO 4217, got {currency!r}: {advice}")


class CurrencyMismatch(MoneyError):
    """Two currencies in one sum or one comparison."""

    def __init__(self, *, left: str, right: str) -> None:
        """Complain about two codes that met."""
        self.left = left
        self.right = right
        super().__init__(f"one currency at a time, got {left} and {right}: convert one of them")


class RoundingNeeded(MoneyError, TypeError):
    """A product that may not be whole, and no rounding named."""

    def __init__(self, *, factor: str) -> None:
        """Complain about the factor."""
        self.factor = factor
        super().__init__(f"* takes an int, got {factor}: use .times({factor}, rounding=...)")


class ImpossibleSplit(MoneyError):
    """A split that has no answer."""

    def __init__(self, *, what: str, given: str, advice: str) -> None:
        """Complain about weights, counts or ceilings."""
        self.what = what
        self.given = given
        super().__init__(f"{what}, got {given}: {advice}")
