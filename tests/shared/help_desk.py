"""A help desk in Berlin: when it is open, what people write to it, and what it gives to read."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from postpurchase.domain.event import TicketOpened, TicketType
from postpurchase.domain.moment import Days, Window
from postpurchase.domain.money import Money
from postpurchase.domain.order import Line, Order
from postpurchase.domain.product import Catalog, Product
from postpurchase.domain.selection import Selection
from postpurchase.domain.shipment import Scan, Shipment, Stage
from postpurchase.support import Article, Hours, Library, Medium, Problem

BERLIN = ZoneInfo("Europe/Berlin")
AT = datetime(2026, 5, 11, 8, tzinfo=UTC)  # a Monday, 10:00 in Berlin
DAY = timedelta(days=1)
HOURS = Hours(
    window=Window(time(9), time(17), closed_weekdays=frozenset({5, 6}), is_holiday=Days.of()),
    zone=BERLIN,
)
PRICE = Money.parse("80.00 EUR")


def order(*products: str, id: str = "1001", at: datetime = AT - 9 * DAY) -> Order:
    return Order(
        id=id,
        at=at,
        currency="EUR",
        lines=tuple(
            Line(sku=each, product=each, title=each.title(), unit_price=PRICE) for each in products
        ),
    )


def parcel(stage: Stage, id: str = "p1") -> Shipment:
    scans = (Scan(stage=stage, at=AT - DAY, recorded_at=AT - DAY),)
    return Shipment(id=id, at=AT - 5 * DAY, order="1001", number="X1", scans=scans)


def opened(
    type_: TicketType = TicketType.DAMAGED, at: datetime = AT, text: str = "", id: str = "t1"
) -> TicketOpened:
    return TicketOpened(id=id, at=at, type=type_, order="1001", text=text)


WORKOUT = Article(
    id="workout",
    title="A workout for your dumbbells",
    medium=Medium.VIDEO,
    about=Selection(products=("dumbbells",)),
)
CARE = Article(id="care", title="Care", about=Selection(tags=("running",)), medium=Medium.GUIDE)
LATE = Article(id="late", title="My parcel is late", problems=(Problem.LOST,), medium=Medium.FAQ)
MUSCLES = Article(
    id="muscles",
    title="Muscles",
    about=Selection(products=("dumbbells",)),
    medium=Medium.INFOGRAPHIC,
)
LIBRARY = Library((WORKOUT, CARE, LATE, MUSCLES))
CATALOG = Catalog((Product(id="shoes", title="Shoes", tags=("running",)),))
