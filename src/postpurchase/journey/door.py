"""What the room is handed, looked at by the door: a mistake is told where it is made."""

from collections.abc import Iterable, Mapping
from typing import Final

from postpurchase.domain.customer import Shop
from postpurchase.domain.history import History
from postpurchase.domain.message import Action
from postpurchase.domain.rule import Known
from postpurchase.errors import InvalidFact
from postpurchase.journey.playbook import Playbook

_EXAMPLES: Final[Mapping[type[object], str]] = {
    Action: "an action that is due, such as plan.due[0]",
    History: "the facts of one customer, such as History.of(customer, order)",
    Known: "answers in a Known, such as Known(catalog)",
    Playbook: "a playbook, such as journey.DEFAULT or Playbook(journeys=(...,))",
    Shop: "who writes, such as Shop(name='Kitchen & Co', zone=ZoneInfo('Asia/Kolkata'))",
}


def expect(kind: type[object], given: object, name: str, /) -> None:
    """Refuse what is handed in as *name* and is not of the kind.

    Raises:
        InvalidFact: it is not; the message says what to hand in.
    """
    if not isinstance(given, kind):
        raise InvalidFact(fact="journey", name=name, got=given, expected=_EXAMPLES[kind])


def expect_stream(given: object, /) -> None:
    """Refuse what is no stream of histories, such as a single one.

    Raises:
        InvalidFact: it is none.
    """
    if not isinstance(given, Iterable):
        example = "one history for each customer, such as [History.of(customer, order)]"
        raise InvalidFact(fact="journey", name="histories", got=given, expected=example)


def expect_all(shop: object, playbook: object, known: object, /) -> None:
    """Refuse a shop, a playbook or answers that are none.

    Raises:
        InvalidFact: one of them is not; the message says what to hand in.
    """
    expect(Shop, shop, "shop")
    expect(Playbook, playbook, "playbook")
    expect(Known, known, "known")
