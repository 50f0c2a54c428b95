"""The worked cases of `tests/vectors/messages.json`, each run against what it is about."""

import json
import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from postpurchase.domain import kinds
from postpurchase.domain.history import History
from postpurchase.domain.message import Channel, Purpose
from postpurchase.domain.moment import Leap, Window, anniversary
from postpurchase.domain.money import Money, Rounding
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.product import Product
from postpurchase.errors import (
    BudgetExhausted,
    InvalidAddress,
    InvalidLink,
    InvalidPhone,
    MessageError,
    TemplateFault,
    UnknownTongue,
    UnsafeTemplate,
    VariableMissing,
)
from postpurchase.messages import Budget, Message, Theme, Voice, dates
from postpurchase.messages.catalogs import plural_index, shipped
from postpurchase.messages.engine import Engine, Form
from postpurchase.messages.figures import money
from postpurchase.messages.headers import mailbox
from postpurchase.messages.jsonld import order_jsonld
from postpurchase.messages.links import tagged
from postpurchase.messages.phone import e164
from postpurchase.messages.push import Push, payload
from postpurchase.messages.sms import sms
from postpurchase.messages.tongues import Digits, chain, direction, tongue
from postpurchase.recommend import Suggestion, Suggestions
from postpurchase.testing import sample

Given = dict[str, Any]
CASES = json.loads((Path(__file__).parents[1] / "vectors" / "messages.json").read_text())["vectors"]
ID = "<k1@kitchen.example.com>"


def sms_segments(given: Given, expected: Given) -> None:
    counted = sms("+911", given["text"])
    assert {
        "encoding": counted.encoding.value,
        "units": counted.units,
        "segments": counted.segments,
    } == expected


def money_text(given: Given, expected: str) -> None:
    amount = Money.of(Decimal(given["amount"]), given["currency"], rounding=Rounding.HALF_UP)
    assert money(amount, given["locale"], digits=Digits(given["digits"])) == expected


def date_text(given: Given, expected: str) -> None:
    when = date.fromisoformat(given["date"])
    assert dates.day(when, given["locale"], length=given["format"]) == expected


def datetime_text(given: Given, expected: str) -> None:
    when, zone = datetime.fromisoformat(given["utc"]), ZoneInfo(given["tz"])
    assert dates.moment(when, zone, given["locale"], length=given["format"]) == expected


def date_range(given: Given, expected: str) -> None:
    first, last = date.fromisoformat(given["from"]), date.fromisoformat(given["to"])
    assert dates.days(first, last, given["locale"]) == expected


def list_text(given: Given, expected: str) -> None:
    assert dates.listed(given["items"], given["locale"]) == expected


def relative_days(given: Given, expected: str) -> None:
    assert dates.in_days(given["days"], given["locale"]) == expected


def plural_category(given: Given, expected: dict[str, str]) -> None:
    form = tongue(given["locale"]).plural_form
    assert {str(n): form(n) for n in given["n"]} == expected


def catalog_plural_index(given: Given, expected: dict[str, int]) -> None:
    index = plural_index(given["locale"])
    assert {str(n): index(n) for n in given["n"]} == expected


def text_direction(given: Given, expected: dict[str, str]) -> None:
    assert {tag: str(direction(tag)) for tag in given["locales"]} == expected


def normalise_locale(given: Given, expected: dict[str, str]) -> None:
    for tag in given["tags"]:
        if "error" in expected[tag]:
            with pytest.raises(UnknownTongue):
                tongue(tag)
        else:
            assert str(tongue(tag)) == expected[tag]


def locale_chain(given: Given, expected: list[str]) -> None:
    assert list(chain(given["customer"], given["shop"], given["default"])) == expected


def letter(given: Given) -> Message:
    purpose = given.get("consent_class", "transactional")
    kind = kinds.BIRTHDAY if purpose == "marketing" else kinds.SHIPPED
    who = evolve(
        sample.customer(), name=given.get("to_name", ""), email=given.get("to", "a@example.com")
    )
    voice = Voice(
        shop=sample.shop(),
        sender="shop@kitchen.example.com",
        link=lambda name, _action, _history: (
            (given.get("unsubscribe_url") or "") if name == "unsubscribe" else ""
        ),
    )
    facts = History.of(who, sample.order(), sample.parcel())
    message = voice.compose(sample.action(kind), facts)
    return evolve(message, subject=given.get("subject", message.subject))


NAMES = {
    *("from", "to", "subject", "date", "message-id", "content-language", "mime-version"),
    "content-type",
}


def to_email(given: Given, expected: object) -> None:
    if isinstance(expected, str):
        with pytest.raises(InvalidLink):
            letter(given)
        return
    message = letter(given)
    date_ = sample.ORDERED
    for wire in (
        message.to_bytes(date=date_, message_id=ID),
        message.to_email(date=date_, message_id=ID).as_bytes(),
    ):
        parsed = message_from_bytes(wire, policy=SMTP)
        assert {name.lower() for name in parsed} == NAMES
        assert [each.addr_spec for each in parsed["To"].addresses] == [
            given.get("to", "a@example.com")
        ]
        assert max(map(len, wire.split(b"\r\n"))) <= 998
        assert not re.search("[\x00-\x1f\x7f]", parsed["Subject"])
        assert isinstance(expected, dict)
        if "parsed_subject" in expected:
            assert parsed["Subject"] == expected["parsed_subject"]
        for name in ("List-Unsubscribe", "List-Unsubscribe-Post"):
            if name in expected:
                assert parsed[name] is None


def email_address(given: Given, expected: str) -> None:
    if expected == "error":
        with pytest.raises(InvalidAddress):
            mailbox(given["value"])
    else:
        assert mailbox(given["value"]) == expected


FAULTS: dict[str, type[MessageError]] = {
    "SecurityError": UnsafeTemplate,
    "OverflowError": BudgetExhausted,
    "UndefinedError": VariableMissing,
    "TemplateNotFound": TemplateFault,
}


class Untrusted:
    """An engine with one template that nobody has read."""

    def __init__(self, template: str) -> None:
        self.engine = Engine(
            theme=Theme(),
            own={"kinds/probe.j2": template},
            languages=shipped,
            budget=Budget(),
        )

    def __call__(self, **values: object) -> str:
        return self.engine.render("probe", "kinds/probe.j2", Form.HTML, "en", values)


def untrusted_values() -> dict[str, object]:
    message_values = sample.history()
    assert message_values.orders
    return {
        "order": {"tags_list": [1]},
        "d": {"a": 1},
        "customer": {"name": "Asha"},
        "typ": str,
    }


def render_untrusted(given: Given, expected: str) -> None:
    render = Untrusted(given["template"])
    if expected in FAULTS:
        with pytest.raises(FAULTS[expected]):
            render(**untrusted_values())
    elif expected == "no class object in the output":
        with pytest.raises(UnsafeTemplate):
            render(**untrusted_values())
    else:
        assert render(**untrusted_values()) == expected


def template_context_has_no_types(_given: Given, _expected: str) -> None:
    for template in (
        "{{ typ.format('{0.__class__.__base__}', order) }}",
        "{{ OrderStatus.format }}",
    ):
        with pytest.raises((UnsafeTemplate, VariableMissing)):
            Untrusted(template)(**untrusted_values())


def rendered(given: Given) -> Message:
    name, title = given.get("customer_first_name", ""), given.get("product_title", "")
    who = evolve(sample.customer(), given_name=name or "Asha")
    order = sample.order()
    if title:
        order = evolve(order, lines=(evolve(order.lines[0], title=title),))
    product = Product(id="p", title="Board", url=given.get("product_url", ""))
    item = Suggestion(product=product, variant=None, score=1.0, reasons=())
    voice = Voice(
        shop=sample.shop(),
        sender="shop@kitchen.example.com",
        templates=Pairs(
            {
                "kinds/shipped.j2": '{% extends "!core/kinds/shipped.j2" %}'
                "{% block subject %}{{ customer.name }}{% endblock %}"
            }
        )
        if given["part"] == "subject"
        else Pairs(),
    )
    action = sample.action(kinds.SHIPPED, Channel.EMAIL, Suggestions(items=(item,)))
    if title:
        action = sample.action(kinds.ORDER_CONFIRMATION)
    return voice.compose(action, History.of(who, order, sample.parcel()))


def render(given: Given, expected: object) -> None:
    message = rendered(given)
    part = message.html if given["part"] == "html" else message.subject
    if isinstance(expected, str):
        assert "javascript:" not in message.html + message.text
        return
    assert isinstance(expected, dict)
    if "contains" in expected:
        assert expected["contains"] in part
    assert expected["not_contains"] not in part
    if "script_blocks" in expected:
        blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', part, re.DOTALL)
        title = json.loads(blocks[0])["acceptedOffer"][0]["itemOffered"]["name"]
        assert title == given["product_title"]


def anniversary_day(given: Given, expected: str) -> None:
    leap = {"feb28": Leap.FEB28, "mar1": Leap.MAR1}[given["policy"]]
    first = date.fromisoformat(given["date"])
    found = anniversary(first, given["year"] - first.year, leap=leap)
    assert found == date.fromisoformat(expected)


def next_send_time(given: Given, expected: str) -> None:
    at = datetime.fromisoformat(given["utc"])
    if given.get("consent_class") == "transactional":
        assert Purpose.TRANSACTIONAL < Purpose.SERVICE
        assert at == datetime.fromisoformat(expected)
        return
    opens, closes = (time.fromisoformat(given[name]) for name in ("quiet_to", "quiet_from"))
    window = Window(opens=opens, closes=closes)
    assert window.next_open(at, ZoneInfo(given["tz"])) == datetime.fromisoformat(expected)


def phone_e164(given: Given, expected: str) -> None:
    if expected == "invalid":
        for number in (given["value"], "no number"):
            with pytest.raises(InvalidPhone, match="is no phone number in IN"):
                e164(number, given["region"])
    else:
        assert e164(given["value"], given["region"]) == expected


def push_payload_bytes(given: Given, expected: Given) -> None:
    size = len(payload(given["title"], given["body"]))
    if "bytes" in expected:
        assert size == expected["bytes"]
        assert (size <= 4096) is expected["fits_4096"]
        assert Push.fitting(title=given["title"], body=given["body"]).size <= 4096
    else:
        assert size <= expected["bytes_at_most"]


def tag_link(given: Given, expected: str) -> None:
    assert tagged(given["url"], given["utm"]) == expected


def order_json(_given: Given, expected: Given) -> None:
    made = order_jsonld(sample.order(), sample.shop())
    assert made["@context"] == expected["@context"]
    assert made["@type"] == expected["@type"]
    for path in expected["required"]:
        found: Any = made
        for name in path.split("."):
            found = found[name]
        assert found


RUNS: dict[str, Callable[[Given, Any], None]] = {
    "sms_segments": sms_segments,
    "money": money_text,
    "date": date_text,
    "datetime": datetime_text,
    "date_range": date_range,
    "list": list_text,
    "relative_days": relative_days,
    "plural_category": plural_category,
    "catalog_plural_index": catalog_plural_index,
    "text_direction": text_direction,
    "normalise_locale": normalise_locale,
    "locale_chain": locale_chain,
    "to_email": to_email,
    "email_address": email_address,
    "render_untrusted": render_untrusted,
    "template_context_has_no_types": template_context_has_no_types,
    "render": render,
    "anniversary": anniversary_day,
    "next_send_time": next_send_time,
    "phone_e164": phone_e164,
    "push_payload_bytes": push_payload_bytes,
    "tag_link": tag_link,
    "order_jsonld": order_json,
}


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_worked_case(case: dict[str, Any]) -> None:
    RUNS[case["given"]["fn"]](case["given"], case["expected"])
