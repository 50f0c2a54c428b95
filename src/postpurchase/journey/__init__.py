"""When: playbooks of journeys, and what is due of them for one customer, with reasons."""

from postpurchase.journey.decide import confirm as confirm
from postpurchase.journey.decide import decide as decide
from postpurchase.journey.default import DEFAULT as DEFAULT
from postpurchase.journey.plan import Plan as Plan
from postpurchase.journey.plan import Row as Row
from postpurchase.journey.plan import Status as Status

__all__ = ["DEFAULT", "Plan", "Row", "Status", "confirm", "decide"]
