"""What a message costs, beside bare Jinja2 and beside the obvious way to send a mail.

`python benchmarks/bench_messages.py` renders 200 different orders of ten lines each way, in one
run, and prints the ratios. "Bare" is Jinja2 over the same templates with every value written out
beforehand; "obvious" renders the same templates from a reused environment, formats each value
with Babel, and writes the mail with `EmailMessage`, its default policy and `as_bytes()`. Nothing is
remembered from one order to the next.
"""

import gc
from collections.abc import Callable
from datetime import datetime, timedelta
from email import message_from_bytes
from email.headerregistry import Address as MailAddress
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from time import process_time

from attrs import evolve
from babel.dates import format_date, format_interval
from babel.numbers import format_currency, format_decimal

from postpurchase.domain import kinds
from postpurchase.domain.history import History
from postpurchase.domain.message import Action
from postpurchase.domain.money import Money
from postpurchase.domain.order import Line, Order
from postpurchase.domain.pairs import Pairs
from postpurchase.messages import Message, Voice
from postpurchase.messages.blocks import shown
from postpurchase.messages.engine import Form
from postpurchase.messages.facts import found
from postpurchase.messages.pen import Pen
from postpurchase.messages.showing import BLOCKS
from postpurchase.messages.views import LineView
from postpurchase.testing import sample

ORDERS = 200
ROUNDS = 7
MOST_BARE = 2.2
MOST_SANDBOXED = 5.0
LEAST_BYTES = 2.5
MOMENT = timedelta(microseconds=1)
ID = "<k1@kitchen.example.com>"
KIND = kinds.ORDER_CONFIRMATION
TEMPLATE = f"kinds/{KIND.name}.j2"


def order(number: int) -> Order:
    """An order of ten lines, none of whose amounts stands in another."""
    lines = tuple(
        Line(
            sku=f"S{number}-{at}",
            title=f"Thing {number}-{at}",
            unit_price=Money(10_000 + 97 * number + 13 * at, "INR"),
            quantity=1 + at % 3,
            options=Pairs(colour="black"),
        )
        for at in range(10)
    )
    day = timedelta(days=number)
    return evolve(
        sample.order(), id=str(number), number=str(number), at=sample.ORDERED + day, lines=lines
    )


HISTORIES = [History.of(sample.customer(), order(number)) for number in range(ORDERS)]
ACTIONS = [
    evolve(sample.action(KIND), subject=evolve(sample.action(KIND).subject, id=str(number)))
    for number in range(ORDERS)
]
WORK: list[tuple[Action, History]] = list(zip(ACTIONS, HISTORIES, strict=True))


def voice(templates: Pairs[str]) -> Voice:
    """A voice; with a template of its own all of them run in the sandbox."""
    return Voice(shop=sample.shop(), sender="shop@kitchen.example.com", templates=templates)


PLAIN = voice(Pairs())
BOXED = voice(Pairs({"kinds/own.j2": "anything: one template of the shop's own is enough"}))


def values(action: Action, history: History) -> dict[str, object]:
    """Everything that the templates read, written out."""
    facts = found(action, history)
    pen = PLAIN.pen(facts)
    return PLAIN._values(action, history, facts, pen, shown(action, BLOCKS, pen), "")


READY = [values(action, history) for action, history in WORK]


def bare() -> list[str]:
    """Jinja2 alone: three texts from values that were written out beforehand."""
    plain = PLAIN._engine._ready[Form.TEXT, "en"].get_template(TEMPLATE)
    page = PLAIN._engine._ready[Form.HTML, "en"].get_template(TEMPLATE)
    texts = []
    for ready in READY:
        subject, preheader, _ = plain.render(ready).split("\x1e")
        texts.append(page.render(ready, subject_line=subject, preheader_line=preheader))
    return texts


def ours(speaker: Voice) -> list[Message]:
    """The whole of `compose`."""
    return [speaker.compose(action, history) for action, history in WORK]


def to_bytes() -> list[bytes]:
    """From the facts to what goes over the wire."""
    return [
        PLAIN.compose(action, history).to_bytes(date=sample.ORDERED, message_id=ID)
        for action, history in WORK
    ]


class ObviousPen(Pen):
    """The same pen, but each value goes through Babel's own entry points."""

    def money(self, amount: Money, /) -> str:
        return format_currency(amount.amount, amount.currency, locale=self.tag)

    def number(self, count: int, /) -> str:
        return format_decimal(count, locale=self.tag)

    def day(self, when: datetime, /) -> str:
        return format_date(when.astimezone(self.zone), "long", locale=self.tag)

    def span(self, start: datetime, end: datetime, /) -> str:
        first, last = start.astimezone(self.zone), end.astimezone(self.zone) - MOMENT
        return format_interval(first.date(), last.date(), "yMMMd", locale=self.tag)

    def line(self, line: Line, quantity: int, /) -> LineView:
        return LineView(
            line.title,
            ", ".join(line.options.values()),
            self.number(quantity),
            self.money(line.unit_price),
            self.money(line.net),
            "",
            "",
        )


def obvious() -> list[bytes]:
    """The same pages by the way that one would think of first."""
    mails = []
    plain = PLAIN._engine._ready[Form.TEXT, "en"].get_template(TEMPLATE)
    page = PLAIN._engine._ready[Form.HTML, "en"].get_template(TEMPLATE)
    usual = PLAIN.pen(found(*WORK[0]))
    pen = ObviousPen(tag=usual.tag, zone=usual.zone, digits=usual.digits, sentences=usual.sentences)
    for action, history in WORK:
        facts = found(action, history)
        ready = PLAIN._values(action, history, facts, pen, shown(action, BLOCKS, pen), "")
        subject, preheader, text = plain.render(ready).split("\x1e")
        html = page.render(ready, subject_line=subject, preheader_line=preheader)
        mail = EmailMessage()
        mail["From"] = MailAddress("Kitchen & Co", addr_spec="shop@kitchen.example.com")
        mail["To"] = MailAddress("Asha Rao", addr_spec="asha@example.com")
        mail["Subject"] = subject
        mail["Date"] = format_datetime(sample.ORDERED)
        mail["Message-ID"] = ID
        mail.set_content(text)
        mail.add_alternative(html, subtype="html")
        mails.append(mail.as_bytes())
    return mails


def cost(run: Callable[[], object]) -> float:
    """Microseconds of this process for one order, the least of several rounds."""
    run()
    gc.collect()
    gc.disable()
    rounds = []
    for _ in range(ROUNDS):
        start = process_time()
        run()
        rounds.append(process_time() - start)
    gc.enable()
    return min(rounds) / ORDERS * 1e6


def checked() -> None:
    """All ways say the same, before any of them is timed."""
    messages = ours(PLAIN)
    for message, page, wire in zip(messages, bare(), to_bytes(), strict=True):
        assert message.html == page
        parsed = message_from_bytes(wire, policy=SMTP)
        body = parsed.get_body(("html",))
        assert body is not None
        assert body.get_content().replace("\r\n", "\n").rstrip() == message.html.rstrip()
        assert parsed["Subject"] == message.subject
    for message, mail in zip(messages, obvious(), strict=True):
        body = message_from_bytes(mail, policy=SMTP).get_body(("html",))
        assert body is not None
        assert body.get_content().replace("\r\n", "\n").rstrip() == message.html.rstrip()
    assert [m.html for m in ours(BOXED)] == [m.html for m in messages]


def main() -> None:
    """Print the table and hold it to its targets."""
    checked()
    floor = cost(bare)
    composed = cost(lambda: ours(PLAIN))
    boxed = cost(lambda: ours(BOXED))
    wire = cost(to_bytes)
    first_thought = cost(obvious)
    print(f"bare Jinja2, values written out     {floor:8.0f} us")
    print(f"compose                             {composed:8.0f} us  {composed / floor:5.2f} x bare")
    print(f"compose in the sandbox              {boxed:8.0f} us  {boxed / floor:5.2f} x bare")
    print(f"compose and to_bytes                {wire:8.0f} us")
    print(f"the obvious way to the same mail    {first_thought:8.0f} us")
    print(f"  beside compose and to_bytes                    {first_thought / wire:5.2f} x")
    assert composed <= MOST_BARE * floor
    assert boxed <= MOST_SANDBOXED * floor
    assert first_thought >= LEAST_BYTES * wire


if __name__ == "__main__":
    main()
