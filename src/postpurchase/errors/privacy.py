"""Laws and forms that cannot be meant."""

from postpurchase.errors.root import PostPurchaseError


class InvalidLaw(PostPurchaseError, ValueError):
    """A country with two jurisdictions."""

    def __init__(self, *, countries: tuple[str, ...]) -> None:
        """Complain about the countries that are named twice."""
        self.countries = countries
        super().__init__(
            f"each country has one jurisdiction, got two for {', '.join(countries)}: "
            "use Law.replace(record)"
        )


class InvalidForm(PostPurchaseError, ValueError):
    """A form, a field or a consent that cannot be meant."""

    def __init__(self, *, field: str, problem: str) -> None:
        """Complain about the field of this name."""
        self.field = field
        self.problem = problem
        super().__init__(f"{field}: {problem}")
