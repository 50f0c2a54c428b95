"""Figures of worth that cannot be had."""

from postpurchase.errors.root import PostPurchaseError


class InvalidFigure(PostPurchaseError, ValueError):
    """A number, a span or a table that a formula of worth cannot take."""

    def __init__(self, *, name: str, need: str, got: object) -> None:
        """Complain about the figure of this name: what it needs to be, and what was given."""
        self.name = name
        self.need = need
        self.got = got
        super().__init__(f"{name}: need {need}, got {got!r}")


class FitFailed(PostPurchaseError, RuntimeError):
    """A strict fit did not reach a proper optimum."""

    def __init__(self, *, model: str, reasons: tuple[str, ...]) -> None:
        """Complain about the model of this name, with everything that its fit said."""
        self.model = model
        self.reasons = reasons
        super().__init__(
            f"{model} was not fitted: {'; '.join(reasons)}. "
            "Use fit() to look at what was reached, or give more customers or a longer history"
        )


class NoInterval(PostPurchaseError, ValueError):
    """An interval was asked of parameters whose covariance is not known."""

    def __init__(self, *, model: str, reasons: tuple[str, ...]) -> None:
        """Complain about the model of this name, with the reasons why it has no covariance."""
        self.model = model
        self.reasons = reasons
        super().__init__(
            f"{model} has no covariance ({'; '.join(reasons) or 'its parameters were given'}): "
            "use bootstrap() instead, or ask for the answer without an interval"
        )
