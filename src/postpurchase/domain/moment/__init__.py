"""Time: instants kept in UTC, local dates, windows, business days, periods and recurrences.

What most modules need, the converter of instants and local dates, is loaded at once; the rest on
first use, since dateutil is dear to load.
"""

from typing import TYPE_CHECKING

from postpurchase.domain.moment.clock import Interval as Interval
from postpurchase.domain.moment.clock import add_days as add_days
from postpurchase.domain.moment.clock import end_of_day as end_of_day
from postpurchase.domain.moment.clock import instant as instant
from postpurchase.domain.moment.clock import local as local
from postpurchase.domain.moment.clock import local_date as local_date
from postpurchase.domain.moment.clock import resolve as resolve
from postpurchase.domain.moment.clock import shift as shift
from postpurchase.domain.moment.clock import start_of_day as start_of_day

if TYPE_CHECKING:
    from postpurchase.domain.moment.business import NO_DAYS as NO_DAYS
    from postpurchase.domain.moment.business import Calendar as Calendar
    from postpurchase.domain.moment.business import Days as Days
    from postpurchase.domain.moment.business import DayTest as DayTest
    from postpurchase.domain.moment.days import Leap as Leap
    from postpurchase.domain.moment.days import MonthDay as MonthDay
    from postpurchase.domain.moment.days import Period as Period
    from postpurchase.domain.moment.days import Periods as Periods
    from postpurchase.domain.moment.days import add_months as add_months
    from postpurchase.domain.moment.days import anniversary as anniversary
    from postpurchase.domain.moment.days import end_of_month as end_of_month
    from postpurchase.domain.moment.days import end_of_quarter as end_of_quarter
    from postpurchase.domain.moment.days import end_of_year as end_of_year
    from postpurchase.domain.moment.duration import Duration as Duration
    from postpurchase.domain.moment.recurrence import Frequency as Frequency
    from postpurchase.domain.moment.recurrence import Recurrence as Recurrence
    from postpurchase.domain.moment.recurrence import Weekday as Weekday
    from postpurchase.domain.moment.spell import Spell as Spell
    from postpurchase.domain.moment.window import Window as Window

__all__ = [
    "NO_DAYS",
    "Calendar",
    "DayTest",
    "Days",
    "Duration",
    "Frequency",
    "Interval",
    "Leap",
    "MonthDay",
    "Period",
    "Periods",
    "Recurrence",
    "Spell",
    "Weekday",
    "Window",
    "add_days",
    "add_months",
    "anniversary",
    "end_of_day",
    "end_of_month",
    "end_of_quarter",
    "end_of_year",
    "instant",
    "local",
    "local_date",
    "resolve",
    "shift",
    "start_of_day",
]

if not TYPE_CHECKING:
    from postpurchase.doors import opening

    __getattr__ = opening(
        __name__,
        {
            "postpurchase.domain.moment.business": ("NO_DAYS", "Calendar", "Days", "DayTest"),
            "postpurchase.domain.moment.days": (
                "Leap",
                "MonthDay",
                "Period",
                "Periods",
                "add_months",
                "anniversary",
                "end_of_month",
                "end_of_quarter",
                "end_of_year",
            ),
            "postpurchase.domain.moment.duration": ("Duration",),
            "postpurchase.domain.moment.recurrence": ("Frequency", "Recurrence", "Weekday"),
            "postpurchase.domain.moment.spell": ("Spell",),
            "postpurchase.domain.moment.window": ("Window",),
        },
    )


def __dir__() -> list[str]:
    return __all__
