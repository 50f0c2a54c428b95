"""Everything a shop does after the checkout: facts in, decisions out, messages ready to send.

Every noun and every room is here, loaded when it is first used: `postpurchase.Order`,
`postpurchase.rewards`. What a room says stands in the room; what can go wrong, in
`postpurchase.errors`.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from postpurchase import errors as errors
    from postpurchase.domain.decision import Decision as Decision
    from postpurchase.domain.decision import Declined as Declined
    from postpurchase.domain.decision import Granted as Granted
    from postpurchase.domain.decision import Outcome as Outcome
    from postpurchase.domain.decision import Reason as Reason
    from postpurchase.domain.decision import says as says
    from postpurchase.domain.fact import Fact as Fact
    from postpurchase.domain.history import History as History
    from postpurchase.domain.message import Action as Action
    from postpurchase.domain.message import Channel as Channel
    from postpurchase.domain.message import Kind as Kind
    from postpurchase.domain.message import Purpose as Purpose
    from postpurchase.domain.message import Subject as Subject
    from postpurchase.domain.rule import Finding as Finding
    from postpurchase.domain.rule import Known as Known
    from postpurchase.domain.rule import Policy as Policy
    from postpurchase.domain.rule import Rule as Rule
    from postpurchase.domain.rule import Verdict as Verdict

__all__ = [
    "Action",
    "Channel",
    "Decision",
    "Declined",
    "Fact",
    "Finding",
    "Granted",
    "History",
    "Kind",
    "Known",
    "Outcome",
    "Policy",
    "Purpose",
    "Reason",
    "Rule",
    "Subject",
    "Verdict",
    "errors",
    "says",
]

if not TYPE_CHECKING:
    from postpurchase.doors import opening

    __getattr__ = opening(
        __name__,
        {
            "postpurchase.domain.decision": (
                "Decision",
                "Declined",
                "Granted",
                "Outcome",
                "Reason",
                "says",
            ),
            "postpurchase.domain.fact": ("Fact",),
            "postpurchase.domain.history": ("History",),
            "postpurchase.domain.message": ("Action", "Channel", "Kind", "Purpose", "Subject"),
            "postpurchase.domain.rule": ("Finding", "Known", "Policy", "Rule", "Verdict"),
        },
        ("errors",),
    )


def __dir__() -> list[str]:
    return __all__
