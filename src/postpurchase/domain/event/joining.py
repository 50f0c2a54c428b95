"""Accounts, visits, and what somebody joins."""

from attrs import frozen

from postpurchase.domain.fact import Fact


@frozen(kw_only=True, repr=False)
class AccountCreated(Fact):
    """A guest who now has an account."""

    account: str


@frozen(kw_only=True, repr=False)
class AccountsMerged(Fact):
    """Two customers who were one: `gone` lives on as `kept`."""

    kept: str
    gone: str


@frozen(kw_only=True, repr=False)
class Visited(Fact):
    """A visit to the shop, its app or its page of one thing.

    Attributes:
        place: `web`, `app`, `shop`.
        page: what was looked at, without the customer's tokens.
        product, category: where the page was about one.
        source: where they came from, such as `email` or `social`.
        seconds: how long they stayed.
    """

    place: str = "web"
    page: str = ""
    product: str | None = None
    category: str = ""
    device: str = ""
    source: str = ""
    seconds: int | None = None


@frozen(kw_only=True, repr=False)
class SignedUp(Fact):
    """Somebody joined something: `newsletter`, `alerts`, `community`, `programme`."""

    what: str
    place: str = ""


@frozen(kw_only=True, repr=False)
class SocialFollowed(Fact):
    """Somebody follows the shop on a network."""

    network: str


@frozen(kw_only=True, repr=False)
class InvitationAnswered(Fact):
    """Somebody said whether they come; `event` names the invitation."""

    event: str
    coming: bool
