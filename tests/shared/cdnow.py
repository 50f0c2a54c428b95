"""The CDNOW sample of the papers: 2,357 customers over 39 weeks."""

import csv
from pathlib import Path

from postpurchase.clv import Summary, Unit


def sample(folder: Path) -> Summary:
    """The sample that stands in the folder of real data, in weeks."""
    with (folder / "cdnow_sample_summary_39w.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return Summary(
        frequency=[float(row["frequency"]) for row in rows],
        recency=[float(row["recency_days"]) / 7 for row in rows],
        age=[float(row["T_days"]) / 7 for row in rows],
        money=[float(row["monetary_value"] or "nan") for row in rows],
        unit=Unit.WEEK,
    )
