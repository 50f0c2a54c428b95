"""The oldest versions that pyproject.toml allows, as pip constraints.

python tools/ends.py EXTRA ... > lowest.txt
"""

import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
# Under the frames stand engines of others: of what tests need, these are held down too.
ENGINES = {"duckdb", "pandas", "polars", "pyarrow"}
# "2.9" is met by 2.9.0, but its first release that knows Python's current zone data is the post.
EXACT = {"python-dateutil": "2.9.0.post0"}


def lowest(requirement: Requirement, /) -> str:
    """This requirement held at its lower bound."""
    bounds = [clause.version for clause in requirement.specifier if clause.operator == ">="]
    if not bounds:
        message = f"{requirement}: no lower bound to hold it at; state one in pyproject.toml"
        raise SystemExit(message)
    return f"{requirement.name}=={EXACT.get(requirement.name, bounds[0])}"


def main() -> None:
    """Print one constraint a line: the core, the extras asked for, and the engines under them."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project = declared["project"]
    needed = [*project["dependencies"]]
    for extra in sys.argv[1:]:
        needed += project["optional-dependencies"][extra]
    tested = [word for word in declared["dependency-groups"]["test"] if isinstance(word, str)]
    for requirement in map(Requirement, needed):
        print(lowest(requirement))
    for requirement in map(Requirement, tested):
        if requirement.name in ENGINES:
            print(lowest(requirement))


if __name__ == "__main__":
    main()
