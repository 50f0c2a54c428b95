"""Forms that come with the library: the least that each task needs.

Their words are English; `Form.said` puts them into another language.
"""

from typing import Final

from attrs import evolve

from postpurchase.domain.decision import says
from postpurchase.privacy.form import FieldSpec, Form, InputMode, Need

_CONTACT_US: Final = says("to answer you; nothing else").one
_SEND: Final = says("to send what you ordered").one

EMAIL: Final = FieldSpec(
    name="email",
    label=says("E-mail").one,
    help=says("For the confirmation and the tracking of your order.").one,
    example="name@example.com",
    purpose=says("to confirm your order and to tell you where it is; not for a newsletter").one,
    serves=("confirmation", "reply"),
    need=Need.REQUIRED,
    autocomplete="email",
    input_mode=InputMode.EMAIL,
    form=r"[^@\s]+@[^@\s]+\.[^@\s]+",
    error=says("an address has one @ and a dot after it").one,
)
NAME: Final = FieldSpec(
    name="name",
    label=says("Name").one,
    example="Asha Example",
    purpose=_SEND,
    serves=("delivery",),
    need=Need.REQUIRED,
    autocomplete="name",
)
STREET: Final = FieldSpec(
    name="street",
    label=says("Address").one,
    example="1 Example Street",
    purpose=_SEND,
    serves=("delivery",),
    need=Need.REQUIRED,
    autocomplete="street-address",
)
CITY: Final = FieldSpec(
    name="city",
    label=says("City").one,
    example="Exampleton",
    purpose=_SEND,
    serves=("delivery",),
    need=Need.REQUIRED,
    autocomplete="address-level2",
)
POSTCODE: Final = FieldSpec(
    name="postcode",
    label=says("Postcode").one,
    help=says("Leave it empty where there is none.").one,
    example="10115",
    purpose=_SEND,
    serves=("delivery",),
    autocomplete="postal-code",
)
COUNTRY: Final = FieldSpec(
    name="country",
    label=says("Country").one,
    example="IN",
    purpose=_SEND,
    serves=("delivery",),
    need=Need.REQUIRED,
    autocomplete="country",
)
CARD: Final = FieldSpec(
    name="card",
    label=says("Card").one,
    help=says("Typed in the payment provider's own field; the shop keeps a reference to it.").one,
    example="card ending in 4242",
    purpose=says("to pay for your order").one,
    serves=("payment",),
    need=Need.REQUIRED,
    autocomplete="cc-number",
    input_mode=InputMode.NUMERIC,
)
BIRTHDAY: Final = FieldSpec(
    name="birthday",
    label=says("Birthday, day and month").one,
    example="24-06",
    purpose=says("to send you a greeting, and for nothing else").one,
    input_mode=InputMode.NUMERIC,
    form=r"\d{1,2}-\d{1,2}",
    error=says("day and month are two numbers").one,
    stage="later",
)
TASTES: Final = FieldSpec(
    name="interests",
    label=says("What you like").one,
    example="baking, running",
    purpose=says("to suggest what fits you, and never what you avoid").one,
    stage="delivered",
)
MESSAGE: Final = FieldSpec(
    name="message",
    label=says("Your question").one,
    example="Where is my order?",
    purpose=_CONTACT_US,
    serves=("reply",),
    need=Need.REQUIRED,
)
ORDER_NUMBER: Final = FieldSpec(
    name="order",
    label=says("Order number").one,
    help=says("If your question is about an order.").one,
    example="1001",
    purpose=_CONTACT_US,
    serves=("reply",),
)

CHECKOUT: Final = Form(
    name="checkout",
    tasks=("confirmation", "delivery", "payment"),
    fields=(EMAIL, NAME, STREET, CITY, POSTCODE, COUNTRY, CARD),
)
"""One step, as a guest: what a delivery and a payment need, and nothing else."""

CONTACT: Final = Form(
    name="contact",
    tasks=("reply",),
    fields=(evolve(EMAIL, help="", purpose=_CONTACT_US), ORDER_NUMBER, MESSAGE),
)
"""A question to the shop."""

PROFILE: Final = Form(name="profile", fields=(TASTES, BIRTHDAY))
"""What may be asked later, a little at a time, and left out."""
