"""What is a customer worth? From a CSV of orders to a table, a picture and a sentence per segment.

Run it from anywhere: ``python examples/what_is_a_customer_worth.py``. It needs the extras `science`
and `plot`, and writes a picture into ``out/``.
"""

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path

from postpurchase import clv, segments
from postpurchase.domain.moment import Interval
from postpurchase.domain.money import Money
from postpurchase.domain.order import Line, Order

NOW = datetime(2026, 4, 7, tzinfo=UTC)
YEAR = clv.Span(12, clv.Unit.MONTH)

# ---------------------------------------------------------------- orders, from a shop's export


def read(path: Path) -> list[Order]:
    """One order for each row."""
    with path.open(encoding="utf-8") as file:
        return [
            Order(
                id=row["order"],
                at=datetime.fromisoformat(row["date"]).replace(hour=12, tzinfo=UTC),
                customer=row["customer"],
                currency="EUR",
                lines=(Line(sku="basket", unit_price=Money.of(row["total"], "EUR")),),
            )
            for row in csv.DictReader(file)
        ]


orders = read(Path(__file__).parent / "data" / "orders.csv")

# ---------------------------------------------------------------- on a napkin

stay = clv.lifetimes(orders, at=NOW, dormant_after=timedelta(days=180))
year = Interval(NOW.replace(year=2025), NOW)
(napkin,) = clv.simple(orders, period=year, lifespan=stay.mean or YEAR)
print(napkin)

# ---------------------------------------------------------------- who buys again, and for how much

found = clv.summarise(orders, at=NOW, zone=UTC)
customers = found.summary
buying = clv.MBGNBD.fit_strict(customers)
spending = clv.GammaGamma.fit_strict(customers)
alive = buying.alive(customers)
worth = clv.future_value(buying, spending, customers, YEAR, annual_rate=0.1)

# ---------------------------------------------------------------- a table by segment

scores = segments.rfm_scores(segments.rfm_values(orders, at=NOW, zone=UTC))
named = segments.rfm_segments(scores)
rows: dict[str, list[int]] = {}
for place, customer in enumerate(customers.customers):
    for name in named[customer].names:
        rows.setdefault(name, []).append(place)
table = sorted(
    (
        (name, len(at), float(alive[at].mean()), float(worth[at].mean()))
        for name, at in rows.items()
    ),
    key=lambda row: -row[3],
)
print(f"\n{'segment':<16}{'customers':>10}{'still here':>12}{'worth in 12 months':>20}")
for name, size, here, value in table:
    print(f"{name:<16}{size:>10}{here:>12.0%}{value:>16.2f} EUR")

# ---------------------------------------------------------------- a sentence for each

print()
for name, size, here, value in table:
    print(
        f"{name}: {size} customers, of whom {here:.0%} are still here; "
        f"each is worth {value:.2f} EUR in the next twelve months."
    )

# ---------------------------------------------------------------- a picture

out = Path("out")
out.mkdir(exist_ok=True)
picture = clv.plot_cohorts(clv.cohorts(orders, at=NOW, zone=UTC, grain=clv.Grain.QUARTER))
picture.savefig(out / "cohorts.png")  # pyright: ignore[reportUnknownMemberType]  # its keywords
print(f"\n{out / 'cohorts.png'} shows which cohorts came back.")
