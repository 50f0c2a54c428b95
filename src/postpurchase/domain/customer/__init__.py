"""Who bought, from whom, and what they allowed; each is loaded when it is first used."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from postpurchase.domain.customer.address import Address as Address
    from postpurchase.domain.customer.consent import Cause as Cause
    from postpurchase.domain.customer.consent import Consent as Consent
    from postpurchase.domain.customer.consent import ConsentState as ConsentState
    from postpurchase.domain.customer.consent import Suppression as Suppression
    from postpurchase.domain.customer.person import Birthday as Birthday
    from postpurchase.domain.customer.person import Customer as Customer
    from postpurchase.domain.customer.person import Interest as Interest
    from postpurchase.domain.customer.person import Source as Source
    from postpurchase.domain.customer.person import Stance as Stance
    from postpurchase.domain.customer.shop import Shop as Shop
    from postpurchase.domain.customer.shop import Support as Support

__all__ = [
    "Address",
    "Birthday",
    "Cause",
    "Consent",
    "ConsentState",
    "Customer",
    "Interest",
    "Shop",
    "Source",
    "Stance",
    "Support",
    "Suppression",
]

_HOMES = {
    "postpurchase.domain.customer.address": ("Address",),
    "postpurchase.domain.customer.consent": (
        "Cause",
        "Consent",
        "ConsentState",
        "Suppression",
    ),
    "postpurchase.domain.customer.person": (
        "Birthday",
        "Customer",
        "Interest",
        "Source",
        "Stance",
    ),
    "postpurchase.domain.customer.shop": (
        "Shop",
        "Support",
    ),
}

if not TYPE_CHECKING:
    from postpurchase.doors import opening

    __getattr__ = opening(__name__, _HOMES)


def __dir__() -> list[str]:
    return __all__
