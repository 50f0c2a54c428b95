"""Fits and answers for up to a million customers, lifetimes 0.11.3 beside us.

Run in an environment that has both: ``pip install --editable '.[science,frames]' polars duckdb
lifetimes==0.11.3``. Without lifetimes only our own figures are printed. Each side runs in a process
of its own, three times, best of them, in processor seconds; the peak is that process's memory.
``--slow`` adds Pareto/NBD on 100,000 customers with lifetimes, which takes minutes.
"""

import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from time import process_time

import numpy as np

from postpurchase.clv import (
    BGNBD,
    GammaGamma,
    ParetoNBD,
    PurchaseLog,
    Span,
    Summary,
    Unit,
    future_value,
    simulate,
)
from postpurchase.clv.arrays import FloatArray

TRUTH = BGNBD(r=0.243, alpha=30.9, a=0.793, b=2.426)
SPEND = GammaGamma(p=6.25, q=3.74, v=15.44)
SIZES = {"1k": 2_357, "100k": 100_000, "1M": 1_000_000}
RATE = 0.1

Task = Callable[[Summary], Callable[[], float]]


def make(folder: Path) -> None:
    """Customers of a shop of two years, by whole days."""
    for name, size in SIZES.items():
        log = simulate(
            TRUTH,
            customers=size,
            length=730,
            arrivals=729,
            spend=SPEND,
            generator=np.random.default_rng(1),
        )
        days = PurchaseLog.of(
            log.customer, np.floor(log.time), unit=Unit.DAY, length=730, spend=log.spend
        ).summary()
        np.savez(folder / name, x=days.frequency, t=days.recency, age=days.age, m=days.money)


def load(folder: Path, name: str) -> Summary:
    data = np.load(folder / f"{name}.npz")
    return Summary(frequency=data["x"], recency=data["t"], age=data["age"], money=data["m"])


def loose(summary: Summary) -> tuple[FloatArray, FloatArray, FloatArray]:
    return summary.frequency, summary.recency, summary.age


def our_value(summary: Summary) -> Callable[[], float]:
    worth = future_value(TRUTH, SPEND, summary, Span(12, Unit.MONTH), annual_rate=RATE)
    return lambda: float(worth.sum())


def our_fit(kind: type[BGNBD] | type[GammaGamma] | type[ParetoNBD]) -> Task:
    def fit(summary: Summary) -> Callable[[], float]:
        model = kind.fit(summary)
        return lambda: model.log_likelihood(summary)

    return fit


OURS: dict[str, Task] = {
    "BG/NBD fit": our_fit(BGNBD),
    "Gamma-Gamma fit": our_fit(GammaGamma),
    "Pareto/NBD fit": our_fit(ParetoNBD),
    "12-month value": our_value,
}


def their_fit(summary: Summary) -> Callable[[], float]:
    from lifetimes import BetaGeoFitter  # noqa: PLC0415  # only where it is installed

    model = BetaGeoFitter().fit(*loose(summary))
    r, alpha, a, b = map(float, model.params_)
    return lambda: BGNBD(r=r, alpha=alpha, a=a, b=b).log_likelihood(summary)


def their_spend(summary: Summary) -> Callable[[], float]:
    from lifetimes import GammaGammaFitter  # noqa: PLC0415  # only where it is installed

    some = summary.take(summary.frequency > 0)
    model = GammaGammaFitter().fit(some.frequency, some.money)
    p, q, v = map(float, model.params_)
    return lambda: GammaGamma(p=p, q=q, v=v).log_likelihood(some)


def their_pareto(summary: Summary) -> Callable[[], float]:
    from lifetimes import ParetoNBDFitter  # noqa: PLC0415  # only where it is installed

    model = ParetoNBDFitter().fit(*loose(summary))
    r, alpha, s, beta = map(float, model.params_)
    return lambda: ParetoNBD(r=r, alpha=alpha, s=s, beta=beta).log_likelihood(summary)


def their_value(summary: Summary) -> Callable[[], float]:
    import pandas as pd  # noqa: PLC0415  # comes with lifetimes
    from lifetimes import BetaGeoFitter, GammaGammaFitter  # noqa: PLC0415  # see above

    model, spend = BetaGeoFitter(), GammaGammaFitter()
    model.params_ = pd.Series(TRUTH.parameters)
    spend.params_ = pd.Series(SPEND.parameters)
    model.predict = model.conditional_expected_number_of_purchases_up_to_time
    frame = pd.DataFrame(
        {
            "x": summary.frequency,
            "t": summary.recency,
            "age": summary.age,
            "m": np.nan_to_num(summary.money),
        }
    )
    monthly = (1 + RATE) ** (1 / 12) - 1
    worth = spend.customer_lifetime_value(
        model, frame["x"], frame["t"], frame["age"], frame["m"], time=12, discount_rate=monthly
    )
    return lambda: float(worth.sum())


THEIRS: dict[str, Task] = {
    "BG/NBD fit": their_fit,
    "Gamma-Gamma fit": their_spend,
    "Pareto/NBD fit": their_pareto,
    "12-month value": their_value,
}

# What is measured: task, size, at least so many times faster; None where lifetimes is left out.
ROWS: list[tuple[str, str, float | None]] = [
    ("BG/NBD fit", "1k", 5),
    ("BG/NBD fit", "100k", 12),
    ("BG/NBD fit", "1M", 20),
    ("Gamma-Gamma fit", "1M", 6),
    ("12-month value", "1M", 30),
    ("Pareto/NBD fit", "100k", None),
]


def child(side: str, task: str, size: str, folder: Path) -> None:
    """One side of one row: best time, peak memory and what came out."""
    summary = load(folder, size)
    work = (OURS if side == "ours" else THEIRS)[task]
    slow = task == "Pareto/NBD fit" and side == "theirs"
    begin = process_time()
    answer = work(summary)
    times = [process_time() - begin]
    for _ in range(0 if slow else 2):
        begin = process_time()
        answer = work(summary)
        times.append(process_time() - begin)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": min(times), "peak": peak, "answer": answer()}))


def measured(side: str, task: str, size: str, folder: Path) -> dict[str, float]:
    command = [sys.executable, "-W", "ignore", __file__, side, task, size, str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    both = find_spec("lifetimes") is not None
    slow = "--slow" in sys.argv
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # In a process of its own: what this one has used would count in the peaks of its children.
        subprocess.run([sys.executable, __file__, "make", name], check=True)
        for task, size, target in ROWS:
            ours = measured("ours", task, size, folder)
            line = f"{task} {size}: {ours['seconds']:.3f} s, {ours['peak']:.0f} MB"
            if both and (target is not None or slow):
                theirs = measured("theirs", task, size, folder)
                ratio = theirs["seconds"] / ours["seconds"]
                line += (
                    f"; lifetimes {theirs['seconds']:.3f} s, {theirs['peak']:.0f} MB; "
                    f"{ratio:.1f} times faster (target {target or 100:g}); "
                    f"answers {ours['answer']:.4f} and {theirs['answer']:.4f}"
                )
            print(line, flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["make"]:
        make(Path(sys.argv[2]))
    elif len(sys.argv) == 5:
        child(sys.argv[1], sys.argv[2], sys.argv[3], Path(sys.argv[4]))
    else:
        main()
