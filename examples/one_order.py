"""From a shop's real orders to what is due for the customer, why, and why all else is not.

    python examples/one_order.py [PAYLOAD.json]

Reads one customer's orders as Shopify's Admin REST API gives them, and walks the clock hour by hour
over the three weeks after the newest order. Scans and refunds become known as they happened. The
messages, and a page that shows them, go to `out/`.
"""

import json
import sys
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import postpurchase as pp
from postpurchase.integrations import shopify
from postpurchase.testing import gallery

SHOP = pp.Shop(
    name="Kitchen & Co",
    zone=ZoneInfo("Asia/Kolkata"),
    country="IN",
    address=pp.Address(lines=("12 Example Road",), city="Pune", country="IN"),
    support=pp.Support(email="help@example.com", hours="10:00-18:00"),
    url="https://shop.example.com",
)


def invoice(name: str, action: pp.Action, _: pp.History) -> pp.messages.Attachment:
    """Bring the invoice; a real shop brings its own PDF here."""
    file, text = f"{name}-{action.subject.id}.txt", f"{name} for {action.subject}"
    return pp.messages.Attachment(
        document=name, filename=file, mime="text/plain", content=text.encode()
    )


payload = Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).parent / "data" / "order.json"
parsed = shopify.facts(json.loads(payload.read_text(encoding="utf-8")))
history = pp.History.of(*parsed.value)
orders = history.orders or sys.exit(f"{payload}: no order in it; {history!r}")
voice = pp.messages.Voice(shop=SHOP, sender="shop@example.com", documents=invoice)
out, messages, told = Path("out"), list[pp.messages.Message](), dict[str, object]()
out.mkdir(exist_ok=True)
print(f"{history!r}; odd in the payload: {', '.join(map(str, parsed.issues)) or 'nothing'}")
for now in (orders[-1].at + timedelta(hours=hour) for hour in range(21 * 24)):
    plan = pp.journey.decide(history, at=now, shop=SHOP)
    for row in plan.rows:
        if told.get(row.key) != (row.status, row.reasons):
            told[row.key] = (row.status, row.reasons)
            print(f"{now.astimezone(SHOP.zone):%d %b %H:%M}  {row}")
    for action in plan.due:
        messages.append(voice.compose(action, history.until(now)))
        history = history.add(messages[-1].sent(at=now))
        if action.channel is pp.Channel.EMAIL:
            mail = messages[-1].to_email(date=now, message_id=f"<{len(messages)}@example.com>")
            (out / f"{len(messages):02}-{action.kind.name}.eml").write_bytes(mail.as_bytes())
(out / "index.html").write_text(gallery.index(messages, title="Sent"), encoding="utf-8")
print(f"{len(messages)} messages went to {out}: open {out / 'index.html'}")
