"""The root of the tree, and what is said where an extra lacks."""


class PostPurchaseError(Exception):
    """The root of every error that this library raises on purpose."""


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
