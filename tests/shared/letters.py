"""A customer who may be written to, one order, and the three kinds of letter about it."""

from datetime import UTC, datetime

from postpurchase.domain.customer import Consent, ConsentState, Customer
from postpurchase.domain.message import Channel, Kind, Purpose
from postpurchase.domain.money import Money
from postpurchase.domain.order import Line, Order

AT = datetime(2026, 11, 1, 10, tzinfo=UTC)
EURO = Money.of("1.00", "EUR")
CUSTOMER = Customer(id="C1", at=AT, email="guest@example.com", account="A1", country="IN")
ORDER = Order(id="O1", at=AT, currency="EUR", lines=(Line(sku="A", unit_price=EURO),))
YES = Consent(id="yes", at=AT, channel=Channel.EMAIL, state=ConsentState.GRANTED)
NOTE = Kind(name="note", purpose=Purpose.SERVICE)
ASK = Kind(name="ask", purpose=Purpose.SOLICITATION)
PROMO = Kind(name="promo", purpose=Purpose.MARKETING)
