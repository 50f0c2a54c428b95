"""Forms that come with the library: the least that each task needs."""

from typing import Final

from attrs import evolve

from postpurchase.privacy.form import FieldSpec, Form, InputMode, Need

_CONTACT_US: Final = "to answer you; nothing else"
_SEND: Final = "to send what you ordered"

EMAIL: Final = FieldSpec(
    name="email",
    label="E-mail",
    help="For the confirmation and the tracking of your order.",
    example="name@example.com",
    purpose="to confirm your order and to tell you where it is; not for a newsletter",
    serves=("confirmation", "reply"),
    need=Need.REQUIRED,
    autocomplete="email",
    input_mode=InputMode.EMAIL,
    form=r"[^@\s]+@[^@\s]+\.[^@\s]+",
    error="an address has one @ and a dot after it",
)
NAME: Final = FieldSpec(
    name="name",
    label="Name",
    example="Asha Example",
    purpose=_SEND,
    serves=("delivery",),
    need=Need.REQUIRED,
    autocomplete="name",
)
STREET: Final = FieldSpec(
    name="street",
    label="Address",
    example="1 Example Street",
    purpose=_SEND,
    serves=("delivery",),
    need=Need.REQUIRED,
    autocomplete="street-address",
)
CITY: Final = FieldSpec(
    name="city",
    label="City",
    example="Exampleton",
    purpose=_SEND,
    serves=("delivery",),
    need=Need.REQUIRED,
    autocomplete="address-level2",
)
POSTCODE: Final = FieldSpec(
    name="postcode",
    label="Postcode",
    help="Leave it empty where there is none.",
    example="10115",
    purpose=_SEND,
    serves=("delivery",),
    autocomplete="postal-code",
)
COUNTRY: Final = FieldSpec(
    name="country",
    label="Country",
    example="IN",
    purpose=_SEND,
    serves=("delivery",),
    need=Need.REQUIRED,
    autocomplete="country",
)
CARD: Final = FieldSpec(
    name="card",
    label="Card",
    help="Typed in the payment provider's own field; the shop keeps a reference to it.",
    example="card ending in 4242",
    purpose="to pay for your order",
    serves=("payment",),
    need=Need.REQUIRED,
    autocomplete="cc-number",
    input_mode=InputMode.NUMERIC,
)
BIRTHDAY: Final = FieldSpec(
    name="birthday",
    label="Birthday, day and month",
    example="24-06",
    purpose="to send you a greeting, and for nothing else",
    input_mode=InputMode.NUMERIC,
    form=r"\d{1,2}-\d{1,2}",
    error="day and month are two numbers",
    stage="later",
)
TASTES: Final = FieldSpec(
    name="interests",
    label="What you like",
    example="baking, running",
    purpose="to suggest what fits you, and never what you avoid",
    stage="delivered",
)
MESSAGE: Final = FieldSpec(
    name="message",
    label="Your question",
    example="Where is my order?",
    purpose=_CONTACT_US,
    serves=("reply",),
    need=Need.REQUIRED,
)
ORDER_NUMBER: Final = FieldSpec(
    name="order",
    label="Order number",
    help="If your question is about an order.",
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
