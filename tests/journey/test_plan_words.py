"""A plan explains itself, shows itself in a notebook, and one key can be decided again."""

from datetime import timedelta

import pytest
from attrs import evolve

from knives import (
    ASKED,
    CUSTOMER,
    DELIVERED,
    ORDER,
    PARCEL,
    PLACED,
    REVIEW,
    SHOP,
    plan,
    refund,
    sent,
)
from postpurchase.domain.customer import Cause, Suppression
from postpurchase.domain.event import TicketOpened
from postpurchase.domain.history import History
from postpurchase.domain.message import Purpose
from postpurchase.errors import UnknownKey
from postpurchase.journey import DEFAULT, Plan, Playbook, Row, Status, confirm, decide

# ---------------------------------------------------------------- the plan and its words


def test_a_plan_explains_itself() -> None:
    thanks = sent("thank_you/order:1001/thanks", PLACED, Purpose.SERVICE)
    found = plan(
        ORDER, PARCEL, thanks, at=ASKED, playbook=DEFAULT.only("review_request", "thank_you")
    )
    assert found.explain(REVIEW) == (
        "review_request/order:1001/ask  due email  2026-11-12 04:30 UTC  order 1001 was delivered; "
        "7 days later; at 10:00 local time; a question about what was bought"
    )
    assert found.explain() == found.explain(REVIEW)
    assert found.explain(thanks.id) == f"{thanks.id}  sent  2026-11-01 10:00 UTC"
    assert repr(found) == "<Plan at 2026-11-12 04:30 UTC: 1 due>"
    with pytest.raises(UnknownKey, match="there are review_request"):
        found.explain("nothing/order:1/a")
    with pytest.raises(UnknownKey, match="there are none") as caught:
        plan(at=ASKED, playbook=Playbook()).explain("nothing/order:1/a")
    assert (caught.value.key, caught.value.keys) == ("nothing/order:1/a", ())
    both = plan(ORDER, thanks, at=PLACED, playbook=DEFAULT.only("order_confirmation"))
    with pytest.raises(UnknownKey) as unknown:
        both.explain("nothing/order:1/a")
    assert unknown.value.keys == ("order_confirmation/order:1001/confirm", thanks.id)


def test_a_plan_shows_itself_in_a_notebook_and_escapes_what_it_shows() -> None:
    odd = evolve(ORDER, id="<b>")
    both = DEFAULT.only("thank_you", "order_confirmation")
    assert plan(odd, at=PLACED, playbook=both)._repr_html_() == (
        "<table><caption>&lt;Plan at 2026-11-01 10:00 UTC: 1 due, 1 planned, next 2026-11-01 11:00"
        "&gt;</caption><thead><tr><th>key</th><th>status</th><th>UTC</th><th>channel</th>"
        "<th>why</th></tr></thead><tbody>"
        "<tr><td>order_confirmation/order:&lt;b&gt;/confirm</td><td>due</td>"
        "<td>2026-11-01 10:00</td><td>email</td>"
        "<td>order &lt;b&gt; was placed; at once; needed for what was bought</td></tr>"
        "<tr><td>thank_you/order:&lt;b&gt;/thanks</td><td>planned</td><td>2026-11-01 11:00</td>"
        "<td></td><td>order &lt;b&gt; was placed; 1 hour later</td></tr></tbody></table>"
    )
    empty = plan(at=PLACED, playbook=Playbook())._repr_html_()
    assert "<caption>&lt;Plan at 2026-11-01 10:00 UTC: nothing&gt;</caption>" in empty


def test_blocked_rows_neither_go_out_nor_just_wait() -> None:
    found = plan(ORDER, PARCEL, TicketOpened(id="T1", at=DELIVERED), at=ASKED)
    assert REVIEW in {each.key for each in found.blocked}
    assert not set(found.blocked) & set(found.planned)
    review = found.row(REVIEW)
    assert review is not None
    assert (review.journey, review.step) == ("review_request", "ask")


def test_an_erased_customer_has_no_plan() -> None:
    gone = Suppression(id="E", at=DELIVERED, channel=None, cause=Cause.ERASED)
    assert plan(ORDER, PARCEL, gone, at=ASKED) == Plan(at=ASKED, customer="C1")


def test_nobody_at_all_has_an_empty_plan() -> None:
    gone = Suppression(id="E", at=DELIVERED, channel=None, cause=Cause.ERASED)
    assert decide(History.of(gone), at=ASKED, shop=SHOP).customer == ""
    unknown = decide(History.of(ORDER), at=PLACED, shop=SHOP)
    assert unknown.customer == ""
    confirmation = unknown.row("order_confirmation/order:1001/confirm")
    assert confirmation is not None
    assert confirmation.status is Status.SUPPRESSED


# ---------------------------------------------------------------- confirm


def test_confirm_decides_one_key_again() -> None:
    history = History.of(CUSTOMER, ORDER, PARCEL)
    (action,) = (each for each in decide(history, at=ASKED, shop=SHOP).due if each.key == REVIEW)
    later = ASKED + timedelta(minutes=5)
    assert confirm(action, history, at=later, shop=SHOP) == action
    refunded = history.add(evolve(refund("80.00", 2), recorded_at=later))
    stopped = confirm(action, refunded, at=later, shop=SHOP)
    assert isinstance(stopped, Row)
    assert stopped.status is Status.EXITED
    done = history.add(sent(REVIEW, ASKED, Purpose.SOLICITATION))
    assert confirm(action, done, at=later, shop=SHOP) is None
