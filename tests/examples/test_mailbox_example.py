"""The mailbox example runs, and every mail that it sends arrives."""

import runpy
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[2] / "examples" / "mailbox.py"


@pytest.mark.filterwarnings("ignore:There is no current event loop:DeprecationWarning")
def test_the_journey_of_one_order_arrives(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("aiosmtpd")
    runpy.run_path(str(EXAMPLE), run_name="__main__")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("11.05. 09:00  ऑर्डर 1001 की पुष्टि हो गई है")
    assert any("['invoice-1001.pdf']" in line for line in lines)
    assert len(lines) >= 8
    assert len(set(lines)) == len(lines)
