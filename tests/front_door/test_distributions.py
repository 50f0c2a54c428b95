"""What is built for PyPI holds the catalogs, or every message would be English."""

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
CATALOGS = {
    f"postpurchase/messages/locales/{language}/LC_MESSAGES/{domain}.mo"
    for language in ("bn", "hi", "ur")
    for domain in ("messages", "reasons")
}


def built(target: str, place: Path) -> Path:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(place)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (file,) = place.iterdir()
    return file


def test_the_wheel_holds_every_catalog(tmp_path: Path) -> None:
    with zipfile.ZipFile(built("wheel", tmp_path)) as wheel:
        assert {name for name in wheel.namelist() if name.endswith(".mo")} == CATALOGS
        for name in CATALOGS:
            assert wheel.read(name) == (ROOT / "src" / name).read_bytes(), name


def test_the_source_distribution_holds_every_catalog(tmp_path: Path) -> None:
    with tarfile.open(built("sdist", tmp_path)) as source:
        names = (name.partition("/src/")[2] for name in source.getnames())
        assert {name for name in names if name.endswith(".mo")} == CATALOGS
