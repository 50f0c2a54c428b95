"""A parcel gets lost on its way: what the desk sees, what the customer reads, and what follows.

Run it with `python examples/help_desk.py`. Asha buys in Mumbai and reads Hindi.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import postpurchase as pp
from postpurchase import support
from postpurchase.domain.moment import Window
from postpurchase.messages.catalogs import shipped

KOLKATA = ZoneInfo("Asia/Kolkata")
MONDAY = datetime(2026, 5, 11, 6, tzinfo=UTC)  # half past eleven in Mumbai
DAY = timedelta(days=1)
HOURS = support.Hours(
    window=Window(time(10), time(18), closed_weekdays=frozenset({6})), zone=KOLKATA
)
LEVELS = support.ServiceLevels(hours=HOURS)

ASHA = pp.Customer(id="c1", at=MONDAY - 9 * DAY, given_name="आशा", locale="hi", zone=KOLKATA)
ORDER = pp.Order(
    id="1001",
    at=MONDAY - 8 * DAY,
    currency="INR",
    lines=(pp.Line(sku="pan", title="कड़ाही", unit_price=pp.Money.of("2400", "INR")),),
)
PARCEL = pp.Shipment(
    id="S1",
    at=MONDAY - 7 * DAY,
    order="1001",
    number="BD1",
    scans=(
        pp.Scan(stage=pp.Stage.IN_TRANSIT, at=MONDAY - 6 * DAY),
        pp.Scan(stage=pp.Stage.LOST, at=MONDAY - DAY),
    ),
)
WRITES = pp.TicketOpened(
    id="t1", at=MONDAY, type=pp.TicketType.MISSING, order="1001", text="मेरा पार्सल कहाँ है?"
)
HINDI = shipped("hi")


def before_she_writes(history: pp.History) -> Iterator[str]:
    """What she can read before she asks, and whether a chat is offered."""
    path = support.Roadblocks().decide(history, at=MONDAY)
    if path:
        yield f"{HINDI.speak(path.reasons[0])}"
        yield from (f"  - {HINDI.say(step.says.one)}" for step in path.value.steps)
    here = history.add(pp.Visited(id="v1", at=MONDAY, page="/track"))
    chat = support.OfferChat(hours=HOURS).decide(here, at=MONDAY)
    if chat:
        yield f"chat: {HINDI.speak(chat.value.opening)}"


def at_the_desk(history: pp.History) -> Iterator[str]:
    """What has to happen by when, what may be done, and what is written."""
    (ticket,) = support.tickets(history, at=MONDAY)
    step = LEVELS.next(ticket, at=MONDAY)
    due = f"{step.due.astimezone(KOLKATA):%H:%M}" if step.due else "never"
    yield f"desk: {step.step} by {due}"
    remedy = support.Remedies().decide(history, at=MONDAY)
    if remedy:
        letter = support.reply(
            ticket, history, at=MONDAY, shop="Kitchen & Co", remedy=remedy.value, due=due
        )
        yield from (f"  {HINDI.speak(line)}" for line in letter.lines)


def when_it_is_over(history: pp.History) -> Iterator[str]:
    """What is asked and given once it was solved."""
    solved = history.add(pp.TicketClosed(id="x1", at=MONDAY + DAY, ticket="t1", remedy="resend"))
    later = MONDAY + 2 * DAY
    survey = support.AskAfterHelp().decide(solved, at=later)
    if survey:
        yield f"survey: {survey.value.asked('hi')[0].text}"
    kindness = support.Surprise(
        after=support.Occasion.TROUBLE, gives=pp.Gift(sku="card", title="A card by hand")
    )
    surprise = support.Delights(surprises=(kindness,)).decide(solved, at=later)
    if surprise:
        yield f"surprise: {surprise.value.key}, {surprise.reasons[0]}"


def main() -> None:
    """Tell the story from the lost parcel to the card by hand."""
    known = pp.History.of(ASHA, ORDER, PARCEL)
    written = known.add(WRITES)
    for story in (before_she_writes(known), at_the_desk(written), when_it_is_over(written)):
        for line in story:
            print(line)


if __name__ == "__main__":
    main()
