"""When: playbooks of journeys, and what is due of them for one customer, with reasons."""

from postpurchase.journey import exits as exits
from postpurchase.journey import requires as requires
from postpurchase.journey import triggers as triggers
from postpurchase.journey.best import BestChannel as BestChannel
from postpurchase.journey.best import BestTime as BestTime
from postpurchase.journey.clock import Clock as Clock
from postpurchase.journey.compare import Difference as Difference
from postpurchase.journey.compare import diff as diff
from postpurchase.journey.compare import lint as lint
from postpurchase.journey.decide import confirm as confirm
from postpurchase.journey.decide import decide as decide
from postpurchase.journey.default import DEFAULT as DEFAULT
from postpurchase.journey.entry import Entry as Entry
from postpurchase.journey.entry import Exit as Exit
from postpurchase.journey.entry import Trigger as Trigger
from postpurchase.journey.journey import Cooldown as Cooldown
from postpurchase.journey.journey import Follow as Follow
from postpurchase.journey.journey import Holdout as Holdout
from postpurchase.journey.journey import Journey as Journey
from postpurchase.journey.journey import Once as Once
from postpurchase.journey.journey import OneAtATime as OneAtATime
from postpurchase.journey.journey import PerSubject as PerSubject
from postpurchase.journey.journey import Reentry as Reentry
from postpurchase.journey.many import Bid as Bid
from postpurchase.journey.many import Limit as Limit
from postpurchase.journey.many import Limited as Limited
from postpurchase.journey.many import apply_global_limits as apply_global_limits
from postpurchase.journey.many import bids as bids
from postpurchase.journey.many import decide_many as decide_many
from postpurchase.journey.many import key_hash as key_hash
from postpurchase.journey.plan import Plan as Plan
from postpurchase.journey.plan import Row as Row
from postpurchase.journey.plan import Status as Status
from postpurchase.journey.playbook import Playbook as Playbook
from postpurchase.journey.reason import GlobalLimit as GlobalLimit
from postpurchase.journey.scene import Scene as Scene
from postpurchase.journey.simulate import Responses as Responses
from postpurchase.journey.simulate import Sent as Sent
from postpurchase.journey.simulate import Simulation as Simulation
from postpurchase.journey.simulate import Timeline as Timeline
from postpurchase.journey.simulate import Totals as Totals
from postpurchase.journey.simulate import simulate as simulate
from postpurchase.journey.step import Step as Step

__all__ = [
    "DEFAULT",
    "BestChannel",
    "BestTime",
    "Bid",
    "Clock",
    "Cooldown",
    "Difference",
    "Entry",
    "Exit",
    "Follow",
    "GlobalLimit",
    "Holdout",
    "Journey",
    "Limit",
    "Limited",
    "Once",
    "OneAtATime",
    "PerSubject",
    "Plan",
    "Playbook",
    "Reentry",
    "Responses",
    "Row",
    "Scene",
    "Sent",
    "Simulation",
    "Status",
    "Step",
    "Timeline",
    "Totals",
    "Trigger",
    "apply_global_limits",
    "bids",
    "confirm",
    "decide",
    "decide_many",
    "diff",
    "exits",
    "key_hash",
    "lint",
    "requires",
    "simulate",
    "triggers",
]
