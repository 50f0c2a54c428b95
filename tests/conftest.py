"""What every test may ask for: the same examples on every run, and real data where it is."""

import os
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "same",
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=60,
    suppress_health_check=(HealthCheck.too_slow,),
)
settings.register_profile("long", settings.get_profile("same"), max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

# Spark weighs more than all else together; its gate cannot even be imported without it.
NO_SPARK = find_spec("pyspark") is None
collect_ignore = ["integration/test_spark.py"] if NO_SPARK else []


def pytest_report_header() -> list[str]:
    """Say what is left out here, though .ci/run has it."""
    return ["pyspark is not installed: tests on Spark are left out"] if NO_SPARK else []


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real data sets that POSTPURCHASE_DATA names; without it the test is skipped."""
    named = os.environ.get("POSTPURCHASE_DATA")
    if not named:
        pytest.skip("POSTPURCHASE_DATA is not set: it names the folder of real payloads and tables")
    folder = Path(named)
    if not folder.is_dir():
        pytest.fail(f"POSTPURCHASE_DATA names no folder: {named}")
    return folder


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """The folder of axe-core and vnu-jar that POSTPURCHASE_NODE holds; without it, skipped."""
    named = os.environ.get("POSTPURCHASE_NODE")
    if not named:
        pytest.skip("POSTPURCHASE_NODE is not set: it names a folder with axe-core and vnu-jar")
    return Path(named) / "node_modules"
