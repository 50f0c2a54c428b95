import subprocess
import sys
from pathlib import Path

STORY = Path(__file__).parents[2] / "examples" / "loyalty_year.py"


def test_a_year_of_points_is_printed_as_a_statement() -> None:
    ran = subprocess.run([sys.executable, STORY], capture_output=True, text=True, check=True)
    lines = ran.stdout.splitlines()
    assert [line.split() for line in lines[1:-3]] == [
        ["2026-01-01", "now", "member", "+0", "0", "member"],
        ["2026-01-10", "base+welcome", "+220", "220", "member"],
        ["2026-02-01", "review", "+20", "240", "member"],
        ["2026-03-05", "base", "+300", "540", "silver"],
        ["2026-03-05", "now", "silver", "+0", "540", "silver"],
        ["2026-03-20", "clawback:order:1002:F1", "-120", "420", "silver"],
        ["2026-04-02", "base", "+75", "295", "silver"],
        ["2026-04-02", "spend:order:1003", "-200", "295", "silver"],
        ["2026-08-01", "ran", "out", "-20", "275", "silver"],
        ["2026-09-01", "ran", "out", "-20", "255", "silver"],
        ["2026-09-10", "birthday", "+50", "305", "silver"],
        ["2026-10-01", "ran", "out", "-180", "125", "silver"],
        ["2026-11-01", "ran", "out", "-75", "50", "silver"],
        ["2027-01-01", "now", "member", "+0", "50", "member"],
    ]
    assert lines[-3:] == [
        "to use: 50, used: 200, ran out: 295",
        "50 points run out at 01 Apr 2027 00:00",
        "owed to this customer: 2.00 EUR of 2.50 EUR",
    ]
