"""The nouns against what they are made with: importing both, side by side in one run.

python benchmarks/bench_import.py [ROUNDS]

Each side is a new interpreter; an interpreter that imports nothing is taken off both. The two
sides take turns, and the median of the ratios of each turn counts.
"""

import compileall
import statistics
import subprocess
import sys
import time
from pathlib import Path

import postpurchase

NOTHING = "pass"
ATTRS = "import attrs"
NOUNS = "import postpurchase as pp; pp.Order, pp.Money, pp.History, pp.Shipment"
TARGET = 2.5
DEAR = ("jinja2", "babel", "cattrs")


def seconds(code: str) -> float:
    """How long a new interpreter takes for this."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return time.perf_counter() - began


def loads_nothing_dear() -> bool:
    """Whether the nouns leave templates, catalogs and converters alone."""
    code = f"import sys; {NOUNS}; sys.exit(any(name in sys.modules for name in {DEAR}))"
    return subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def main() -> None:
    """Take turns, and print the ratio beside the target."""
    # installed packages are compiled by pip; give this one the same start
    compileall.compile_dir(Path(postpurchase.__file__).parent, quiet=2)
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    for code in (NOTHING, ATTRS, NOUNS):
        seconds(code)
    turns = [(seconds(NOTHING), seconds(ATTRS), seconds(NOUNS)) for _ in range(rounds)]
    ratios = [(nouns - bare) / (attrs - bare) for bare, attrs, nouns in turns]
    bare, attrs, nouns = (statistics.median(side) * 1000 for side in zip(*turns, strict=True))
    print(f"nothing {bare:.1f} ms, attrs {attrs:.1f} ms, the nouns {nouns:.1f} ms")
    print(f"nouns / attrs, without the interpreter: {statistics.median(ratios):.2f}")
    print(f"target: at most {TARGET}; nothing dear is loaded: {loads_nothing_dear()}")


if __name__ == "__main__":
    main()
