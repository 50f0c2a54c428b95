"""The oldest versions that pyproject.toml allows, as pip constraints.

python tools/ends.py [EXTRA ...] > lowest.txt
"""

import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement

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
    """Print one constraint a line: the core, then the extras asked for."""
    declared = Path(__file__).parents[1] / "pyproject.toml"
    project = tomllib.loads(declared.read_text(encoding="utf-8"))["project"]
    named = [project["dependencies"]]
    named += [project["optional-dependencies"][extra] for extra in sys.argv[1:]]
    for requirements in named:
        for requirement in map(Requirement, requirements):
            print(lowest(requirement))


if __name__ == "__main__":
    main()
