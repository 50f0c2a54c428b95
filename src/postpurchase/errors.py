"""Everything that can go wrong, as one tree.

```
PostPurchaseError
├── InvalidMoment (ValueError)      an instant, zone, window or duration that cannot be meant
├── MoneyError (ValueError)         money that cannot be exact
│   ├── InvalidAmount               too many decimals, not a number, a float
│   ├── UnknownCurrency             not a current ISO 4217 code
│   └── CurrencyMismatch            two currencies in one sum
├── InvalidFact (ValueError)        a fact that contradicts itself
├── InvalidAnswer (ValueError)      two answers of one type, which a decision cannot tell apart
├── InvalidRule (ValueError)        a rule that joins nothing
├── UnexplainedDecision (ValueError)  a decision without a reason
└── MissingExtra (ImportError)      a part was used whose extra is not installed
```

Every class carries what it complains about as keyword attributes, and a message that says
what was wrong, what was given, and what to do.
"""


class PostPurchaseError(Exception):
    """The root of every error that this library raises on purpose."""


class InvalidMoment(PostPurchaseError, ValueError):
    """An instant, a zone, a window or a duration that cannot be meant."""


class MoneyError(PostPurchaseError, ValueError):
    """Money that cannot be exact."""


class InvalidFact(PostPurchaseError, ValueError):
    """A fact that contradicts itself, such as a refund recorded before it was known."""


class InvalidAnswer(PostPurchaseError, ValueError):
    """Two answers of one type, which a decision cannot tell apart."""

    def __init__(self, *, types: tuple[str, ...]) -> None:
        """Complain about the names of the types that were given."""
        self.types = types
        super().__init__(f"one answer of each type, got {', '.join(types)}: pass each type once")


class InvalidRule(PostPurchaseError, ValueError):
    """A rule that joins nothing, so that it would always or never hold."""

    def __init__(self, *, rule: str) -> None:
        """Complain about the rule of this name."""
        self.rule = rule
        super().__init__(f"{rule} joins at least one rule, got none: leave it out instead")


class UnexplainedDecision(PostPurchaseError, ValueError):
    """A decision without a reason."""

    def __init__(self, *, decision: str) -> None:
        """Complain about the decision of this name."""
        self.decision = decision
        super().__init__(f"{decision} needs at least one reason, got none: say why")


class MissingExtra(PostPurchaseError, ImportError):
    """A part of the library was used whose optional packages are not installed."""

    def __init__(self, *, extra: str, module: str) -> None:
        """Complain about the extra that is needed and the module that was not found."""
        self.extra = extra
        self.module = module
        super().__init__(
            f"this part needs the extra {extra!r}, but its module {module!r} is not installed: "
            f"pip install 'postpurchase[{extra}]'"
        )
