"""Type completeness of the installed package: 1 unless every public symbol has a known type.

    python tools/verify_types.py PYTHON

PYTHON is the interpreter of an environment where the package is installed, not as an editable one.
"""

import json
import os
import subprocess
import sys
from pathlib import Path


def main() -> int:
    """Ask pyright, and print what it complains about."""
    command = [sys.executable, "-m", "pyright"]
    command += ["--verifytypes", "postpurchase", "--ignoreexternal", "--outputjson"]
    # For this question pyright asks the first Python on the path, whatever else it is told.
    path = f"{Path(sys.argv[1]).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path}
    asked = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    found = json.loads(asked.stdout)["typeCompleteness"]
    known: int = found["exportedSymbolCounts"]["withKnownType"]
    score: float = found["completenessScore"]
    for symbol in found["symbols"]:
        if symbol["isExported"] and not symbol["isTypeKnown"]:
            said = "; ".join(word["message"] for word in symbol["diagnostics"])
            print(f"{symbol['name']}: {said}")
    print(f"{known} public symbols with a known type, {score:.1%} in all")
    return 0 if score == 1 and known else 1


if __name__ == "__main__":
    sys.exit(main())
