"""Pages that cannot be made."""

from postpurchase.errors.root import PostPurchaseError


class PageError(PostPurchaseError, ValueError):
    """A page that cannot be made."""


class NotKept(PageError, LookupError):
    """What a page is about stands nowhere in the history."""

    def __init__(self, *, noun: str, id: str) -> None:
        """Complain about the order or refund of this id."""
        self.noun = noun
        self.id = id
        super().__init__(
            f"the history holds no {noun} {id!r} at that instant: hand over the facts of its "
            "customer, and an `at` after it became known"
        )


class NotShowable(PageError):
    """No block shows this type of answer."""

    def __init__(self, *, answer: str) -> None:
        """Complain about an answer of this type."""
        self.answer = answer
        super().__init__(
            f"no block shows {answer}: leave it out of `shows`, or give the voice a block for it"
        )


class LettersMissing(PageError):
    """No face that was given has these letters."""

    def __init__(self, *, letters: str) -> None:
        """Complain about these letters."""
        self.letters = letters
        super().__init__(
            f"no face has {letters!r}: add one of that script, such as Noto Sans Devanagari, to "
            "`faces`"
        )


class UnreadableFace(PageError):
    """A face that is no font."""

    def __init__(self, *, place: int, why: str) -> None:
        """Complain about the face at this place, counted from 0."""
        self.place = place
        self.why = why
        super().__init__(
            f"face {place} is no font ({why}): give the bytes of a TrueType or OpenType file"
        )
