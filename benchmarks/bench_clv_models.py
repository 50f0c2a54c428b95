"""Fits and answers for up to a million customers, lifetimes 0.11.3 beside us.

Run in an environment that has both: ``pip install --editable '.[science,frames]' polars duckdb
lifetimes==0.11.3``. Without lifetimes only our own figures are printed. Each side runs in a process
of its own, three times, best of them, in processor seconds; the peak is that process's memory.

``--slow`` sets Pareto/NBD on 100,000 customers beside lifetimes instead, which begins at a random
place: once from each of five; what takes longer than ``LIMIT`` processor seconds is stopped there,
and a bound printed. ``--pymc`` sets BG/NBD beside pymc-marketing 0.19.2, ``fit(method="map")``,
in an environment that has that one.
"""

import json
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from statistics import median
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
    fitting,
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


def our_plain_fit(summary: Summary) -> Callable[[], float]:
    """The same without the sample that a fit of so many otherwise begins on."""
    fitting.MANY_CELLS = sys.maxsize
    return our_fit(BGNBD)(summary)


OURS: dict[str, Task] = {
    "BG/NBD fit": our_fit(BGNBD),
    "BG/NBD fit, no sample": our_plain_fit,
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


def pymc_fit(summary: Summary) -> Callable[[], float]:
    import pandas as pd  # noqa: PLC0415  # comes with pymc-marketing
    from pymc_marketing.clv import BetaGeoModel  # noqa: PLC0415  # only where it is installed

    x, recency, age = loose(summary)
    ids = np.arange(len(x))
    data = pd.DataFrame({"customer_id": ids, "frequency": x, "recency": recency, "T": age})
    model = BetaGeoModel(data=data)
    model.fit(method="map", progressbar=False)
    found = model.fit_result
    r, alpha, a, b = (float(np.asarray(found[name]).squeeze()) for name in ("r", "alpha", "a", "b"))
    return lambda: BGNBD(r=r, alpha=alpha, a=a, b=b).log_likelihood(summary)


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
    "BG/NBD fit, no sample": their_fit,
    "Gamma-Gamma fit": their_spend,
    "Pareto/NBD fit": their_pareto,
    "12-month value": their_value,
}

PYMC: dict[str, Task] = {"BG/NBD fit": pymc_fit}

SIDES = {"ours": OURS, "lifetimes": THEIRS, "pymc-marketing": PYMC}

# What is measured: task, size, at least so many times faster.
ROWS: list[tuple[str, str, float]] = [
    ("BG/NBD fit", "1k", 5),
    ("BG/NBD fit", "100k", 12),
    ("BG/NBD fit, no sample", "1M", 20),
    ("BG/NBD fit", "1M", 40),
    ("Gamma-Gamma fit", "1M", 6),
    ("12-month value", "1M", 30),
]
SLOW = ("Pareto/NBD fit", "100k", 100.0)
LIMIT = 900
BEGINNINGS = 5

Measured = dict[str, float]


def child(side: str, task: str, size: str, folder: Path, beginning: int | None) -> None:
    """One side of one row: best time, peak memory and what came out.

    With a beginning it runs once, from the random place that has this number, and is stopped by the
    system when its time is over.
    """
    summary = load(folder, size)
    work = SIDES[side][task]
    if beginning is not None:
        # The global generator is the one that lifetimes draws its beginning from.
        np.random.seed(beginning)  # noqa: NPY002  # see above
        spent = int(process_time())
        resource.setrlimit(resource.RLIMIT_CPU, (LIMIT + spent, LIMIT + spent + 5))
    begin = process_time()
    answer = work(summary)
    times = [process_time() - begin]
    for _ in range(2 if beginning is None else 0):
        begin = process_time()
        answer = work(summary)
        times.append(process_time() - begin)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": min(times), "peak": peak, "answer": answer()}))


def measured(
    side: str, task: str, size: str, folder: Path, *, beginning: int | None = None
) -> Measured | None:
    """What the child found; nothing if its time was over."""
    command = [sys.executable, "-W", "ignore", __file__, side, task, size, str(folder)]
    command += [] if beginning is None else [str(beginning)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if beginning is not None and -done.returncode in {signal.SIGXCPU, signal.SIGKILL}:
        return None
    if done.returncode:
        sys.exit(done.stderr)
    found: Measured = json.loads(done.stdout.splitlines()[-1])
    return found


def finished(side: str, task: str, size: str, folder: Path) -> Measured:
    found = measured(side, task, size, folder)
    assert found is not None
    return found


def row(other: str | None, task: str, size: str, target: float, folder: Path) -> None:
    ours = finished("ours", task, size, folder)
    line = f"{task} {size}: {ours['seconds']:.4f} s, {ours['peak']:.0f} MB"
    if other is not None:
        theirs = finished(other, task, size, folder)
        ratio = theirs["seconds"] / ours["seconds"]
        line += (
            f"; {other} {theirs['seconds']:.3f} s, {theirs['peak']:.0f} MB; "
            f"{ratio:.1f} times faster (target {target:g}); "
            f"answers {ours['answer']:.4f} and {theirs['answer']:.4f}"
        )
    print(line, flush=True)


def slow_row(folder: Path) -> None:
    """Pareto/NBD from several beginnings: each time, how short it ended, and the ratio."""
    task, size, target = SLOW
    ours = finished("ours", task, size, folder)
    print(f"{task} {size}: {ours['seconds']:.4f} s, {ours['peak']:.0f} MB, {ours['answer']:.4f}")
    times: list[float] = []
    stopped = 0
    for beginning in range(BEGINNINGS):
        theirs = measured("lifetimes", task, size, folder, beginning=beginning)
        if theirs is None:
            stopped, times = stopped + 1, [*times, float(LIMIT)]
            print(f"  lifetimes, beginning {beginning}: did not end within {LIMIT} s", flush=True)
            continue
        times.append(theirs["seconds"])
        short = ours["answer"] - theirs["answer"]
        print(
            f"  lifetimes, beginning {beginning}: {theirs['seconds']:.1f} s, "
            f"{theirs['peak']:.0f} MB, {short:.4f} log-likelihood units short of ours",
            flush=True,
        )
    least = "at least " if stopped else ""
    low, middle, high = (each / ours["seconds"] for each in (min(times), median(times), max(times)))
    print(f"  {least}{middle:.0f} times faster in the middle, {low:.0f} to {high:.0f}", end=" ")
    print(f"(target {target:g}); {stopped} of {BEGINNINGS} stopped", flush=True)


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # In a process of its own: what this one has used would count in the peaks of its children.
        subprocess.run([sys.executable, __file__, "make", name], check=True)
        if "--pymc" in sys.argv:
            for size in ("1k", "100k"):
                row("pymc-marketing", "BG/NBD fit", size, 1, folder)
            return
        if "--slow" in sys.argv:
            slow_row(folder)
            return
        other = "lifetimes" if find_spec("lifetimes") is not None else None
        for task, size, target in ROWS:
            row(other, task, size, target, folder)


if __name__ == "__main__":
    if sys.argv[1:2] == ["make"]:
        make(Path(sys.argv[2]))
    elif sys.argv[1:2] and sys.argv[1] in SIDES:
        one, what, many, where, *place = sys.argv[1:]
        child(one, what, many, Path(where), int(place[0]) if place else None)
    else:
        main()
