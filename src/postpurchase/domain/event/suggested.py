"""What was suggested, and what somebody looked at of it."""

from attrs import frozen

from postpurchase.domain.fact import Fact


@frozen(kw_only=True, repr=False)
class SuggestionShown(Fact):
    """A product that was shown to the customer as a suggestion.

    Attributes:
        id: names this showing for ever.
        product: the id of the product.
        message: the key of the message it stood in; empty for a page or a screen.
        place: where it stood, such as `email`, `thank_you`, `tracking`, `cart`.
        policy: what suggested it, such as `complements`, where the shop tells them apart.
    """

    product: str
    message: str = ""
    place: str = ""
    policy: str = ""


@frozen(kw_only=True, repr=False)
class SuggestionFollowed(Fact):
    """A suggestion whose link the customer followed; `shown` is the id of the showing."""

    shown: str
