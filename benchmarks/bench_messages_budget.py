"""How long the worst template runs before its budget stops it.

`python benchmarks/bench_messages_budget.py` renders every template of
`tests/vectors/template_bombs.json` with the usual budget and prints the longest times. A budget
counts steps and characters, so each stops at the same place on every machine; the time differs.
"""

import json
from contextlib import suppress
from pathlib import Path
from time import process_time

from postpurchase.errors import TemplateFault
from postpurchase.messages import Budget, Theme
from postpurchase.messages.catalogs import shipped
from postpurchase.messages.engine import Engine, Form

BOMBS = json.loads(
    (Path(__file__).parents[1] / "tests" / "vectors" / "template_bombs.json").read_text()
)["templates"]


def seconds(template: str) -> float:
    """The time until this template is stopped, or through within its budget; compiled anew."""
    own = {"kinds/probe.j2": template}
    engine = Engine(theme=Theme(), own=own, languages=shipped, budget=Budget())
    start = process_time()
    with suppress(TemplateFault):
        engine.render("probe", "kinds/probe.j2", Form.TEXT, "en", {})
    return process_time() - start


def main() -> None:
    """Print the five that run longest."""
    times = sorted(((seconds(each), each) for each in BOMBS), reverse=True)
    for spent, template in times[:5]:
        print(f"{spent * 1000:8.1f} ms  {template[:70]!r}")


if __name__ == "__main__":
    main()
