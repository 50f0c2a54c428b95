"""Where an order is: its parcels, their steps, its promise, and what to do."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from postpurchase.domain.customer import Address, Customer
from postpurchase.domain.decision import Outcome
from postpurchase.domain.history import History
from postpurchase.domain.money import Money
from postpurchase.domain.order import Cancellation, Line, Order, Promise, Refund
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.shipment import Direction, Eta, Flag, Leg, Proof, Scan, Shipment, Stage
from postpurchase.errors import NotKept, NotShowable
from postpurchase.messages import Question
from postpurchase.pages import Mark, Pages, TrackingPage
from postpurchase.pages.way import ParcelPart
from postpurchase.testing import sample

ORDERED = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BERLIN = ZoneInfo("Europe/Berlin")


def order(*lines: Line, **more: object) -> Order:
    bought = lines or (Line(sku="KN-5", title="Knife", unit_price=Money(500, "EUR"), quantity=2),)
    base = Order(
        id="o1",
        number="#1001",
        at=ORDERED,
        currency="EUR",
        lines=bought,
        promise=Promise.days(date(2026, 3, 5), date(2026, 3, 6), zone=BERLIN),
        zone=BERLIN,
    )
    return evolve(base, **more)  # type: ignore[arg-type]  # the changes of a test


def parcel(*scans: Scan, **more: object) -> Shipment:
    base = Shipment(id="s1", at=ORDERED + HOUR, order="o1", carrier="DHL", scans=scans)
    return evolve(base, **more)  # type: ignore[arg-type]  # the changes of a test


def scan(stage: Stage, after: timedelta, **more: object) -> Scan:
    return evolve(Scan(at=ORDERED + after, stage=stage), **more)  # type: ignore[arg-type]  # as above


def tracked(pages: Pages, *facts: Order | Shipment | Customer, after: timedelta) -> TrackingPage:
    return pages.tracking(History.of(*facts), order="o1", at=ORDERED + after)


def only(page: TrackingPage) -> ParcelPart:
    (part,) = page.parcels
    return part


def marks(part: ParcelPart) -> list[tuple[str, Mark]]:
    return [(step.name, step.mark) for step in part.milestones]


def test_before_the_first_parcel_everything_waits(pages: Pages) -> None:
    page = tracked(pages, order(), after=HOUR)
    assert page.title == "Your order is being prepared"
    assert page.parcels == ()
    assert page.waiting is not None
    assert [(each.title, each.quantity) for each in page.waiting.items] == [("Knife", 2)]
    assert page.waiting.promised is not None
    assert page.waiting.promised.text == "Mar 5\u2009–\u20096, 2026"
    assert (page.waiting.late, page.waiting.advice, page.late) == (False, (), False)


def test_what_waits_beyond_its_promise_is_late(pages: Pages) -> None:
    page = tracked(pages, order(), after=6 * DAY)
    assert page.title == "Your order is late, and we are sorry"
    assert page.late
    assert page.waiting is not None
    assert page.waiting.advice == (
        "If you need it sooner, write to us and we look for another way.",
        "If you no longer want it, write to us: we take it back and return your money.",
    )


def test_an_order_without_a_promise_is_never_late(pages: Pages) -> None:
    page = tracked(pages, order(promise=None), after=60 * DAY)
    assert not page.late
    assert page.waiting is not None
    assert page.waiting.promised is None


def test_a_guest_known_from_the_order_alone_sees_it_in_their_zone(pages: Pages) -> None:
    moving = parcel(scan(Stage.IN_TRANSIT, DAY, place="Hamburg"))
    page = tracked(pages, order(), moving, after=DAY + HOUR)
    assert page.customer == ""
    assert page.zone == "Europe/Berlin"
    assert page.title == "Your order is on its way"
    (seen,) = only(page).seen
    assert (seen.name, seen.place) == ("On its way", "Hamburg")
    assert seen.when is not None
    assert seen.when.text == "Mar 3, 2026, 1:00\u202fPM"
    assert seen.when.at == "2026-03-03T12:00:00+00:00"


def test_times_follow_the_clocks_when_they_change(pages: Pages) -> None:
    spring = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)  # clocks go from 2 to 3 at 01:00 UTC
    moving = parcel(
        Scan(at=spring, stage=Stage.IN_TRANSIT), Scan(at=spring + HOUR, stage=Stage.IN_TRANSIT)
    )
    page = pages.tracking(History.of(order(), moving), order="o1", at=spring + DAY)
    times = [each.when.text for each in only(page).seen if each.when]
    assert times == ["Mar 29, 2026, 1:30\u202fAM", "Mar 29, 2026, 3:30\u202fAM"]


def test_the_customer_s_own_zone_comes_first(pages: Pages) -> None:
    asha = Customer(id="c1", at=ORDERED, given_name="Asha", zone=ZoneInfo("Asia/Kolkata"))
    page = tracked(pages, asha, order(), after=HOUR)
    assert (page.customer, page.zone) == ("Asha", "Asia/Kolkata")


def test_the_steps_of_a_parcel_on_its_last_mile(pages: Pages) -> None:
    part = only(
        tracked(
            pages,
            order(),
            parcel(scan(Stage.IN_TRANSIT, DAY), scan(Stage.OUT_FOR_DELIVERY, 3 * DAY)),
            after=3 * DAY,
        )
    )
    assert marks(part) == [
        ("Ordered", Mark.DONE),
        ("With the carrier", Mark.DONE),
        ("Out for delivery", Mark.NOW),
        ("Handed over", Mark.AHEAD),
    ]
    assert [step.when is not None for step in part.milestones] == [True, True, True, False]
    assert part.status == "Out for delivery"


def test_customs_are_a_step_where_there_are_any(pages: Pages) -> None:
    held = parcel(scan(Stage.PICKED_UP, HOUR), scan(Stage.CUSTOMS, DAY))
    part = only(tracked(pages, order(), held, after=DAY))
    assert marks(part)[:3] == [
        ("Ordered", Mark.DONE),
        ("With the carrier", Mark.DONE),
        ("At customs", Mark.NOW),
    ]
    (advice,) = part.advice
    assert advice.startswith("Parcels from abroad can wait here for some days.")
    through = parcel(*held.scans, scan(Stage.IN_TRANSIT, 2 * DAY))
    part = only(tracked(pages, order(), through, after=2 * DAY))
    assert marks(part)[2:] == [
        ("At customs", Mark.DONE),
        ("Out for delivery", Mark.AHEAD),
        ("Handed over", Mark.AHEAD),
    ]


def test_a_parcel_to_be_picked_up_says_where(pages: Pages) -> None:
    desk = Address(company="Parcel desk", lines=("1 Station Road",), city="Kiel", country="DE")
    waits = parcel(scan(Stage.AVAILABLE_FOR_PICKUP, DAY), ship_to=desk)
    part = only(tracked(pages, order(), waits, after=DAY))
    assert part.pickup == ("Parcel desk", "1 Station Road", "Kiel", "Germany")
    assert marks(part)[2] == ("Ready for pickup", Mark.NOW)
    assert part.advice == ("Please bring something that shows your name when you pick it up.",)
    moving = parcel(scan(Stage.IN_TRANSIT, DAY), ship_to=desk)
    assert only(tracked(pages, order(), moving, after=DAY)).pickup == ()


def test_no_address_of_the_customer_is_on_the_page(pages: Pages) -> None:
    home = Address(name="Asha Rao", lines=("4 Hill Street",), city="Mumbai", country="IN")
    moving = parcel(scan(Stage.DELIVERED, DAY), ship_to=home)
    page = tracked(pages, order(ship_to=home, email="asha@example.com"), moving, after=DAY)
    said = page.to_json() + pages.html(page)
    assert "Hill Street" not in said
    assert "asha@example.com" not in said


def test_a_late_parcel_shows_promise_and_estimate_and_what_to_do(pages: Pages) -> None:
    eta = Eta.on(date(2026, 3, 9), as_of=ORDERED + 2 * DAY, zone=BERLIN)
    late = parcel(scan(Stage.IN_TRANSIT, DAY), etas=(eta,))
    page = tracked(pages, order(), late, after=3 * DAY)
    part = only(page)
    assert page.title == "Your order is late, and we are sorry"
    assert page.late
    assert part.late
    assert part.promised is not None
    assert part.expected is not None
    assert (part.promised.text, part.expected.text) == (
        "Mar 5\u2009–\u20096, 2026",
        "Monday, March 9, 2026",
    )
    assert part.advice[0] == (
        "You need to do nothing: we watch the parcel and tell you when the day changes."
    )
    html = pages.html(page)
    assert "What you can do" in html
    assert "Now expected" in html


def test_a_carrier_s_word_makes_it_late_too(pages: Pages) -> None:
    told = parcel(scan(Stage.IN_TRANSIT, DAY), scan(Stage.IN_TRANSIT, 2 * DAY, flag=Flag.DELAYED))
    assert only(tracked(pages, order(promise=None), told, after=2 * DAY)).late


def test_an_expectation_that_has_passed_is_not_shown(pages: Pages) -> None:
    eta = Eta.on(date(2026, 3, 4), as_of=ORDERED + DAY, zone=BERLIN)
    moving = parcel(scan(Stage.IN_TRANSIT, DAY), etas=(eta,))
    before = only(tracked(pages, order(), moving, after=2 * DAY))
    assert before.expected is not None
    assert before.expected.text == "Wednesday, March 4, 2026"
    after = only(tracked(pages, order(), moving, after=3 * DAY))
    assert after.expected == after.promised  # the promise still stands
    gone = only(tracked(pages, order(), moving, after=9 * DAY))
    assert gone.expected is None
    assert gone.late


def test_what_was_delivered_is_neither_late_nor_expected(pages: Pages) -> None:
    proof = Proof(signed_by="A. Rao", place="At the door")
    here = parcel(scan(Stage.IN_TRANSIT, DAY), scan(Stage.DELIVERED, 9 * DAY), proof=proof)
    page = tracked(pages, order(), here, after=10 * DAY)
    part = only(page)
    assert page.title == "Your order has arrived"
    assert (part.late, part.expected, page.late) == (False, None, False)
    assert part.delivered is not None
    assert (part.place, part.signed_by) == ("At the door", "A. Rao")
    assert {mark for _, mark in marks(part)} == {Mark.DONE}
    assert part.advice == ("Is it not with you? Please ask your neighbours, then write to us.",)
    assert "Taken by" in pages.html(page)


def test_two_parcels_and_what_is_still_to_be_sent(pages: Pages) -> None:
    lines = tuple(
        Line(sku=name, title=name, unit_price=Money(500, "EUR"), options=Pairs(colour="red"))
        for name in ("knife", "board", "pan")
    )
    first = parcel(scan(Stage.DELIVERED, 2 * DAY), lines=Pairs(knife=1))
    second = parcel(id="s2", at=ORDERED + 2 * HOUR, lines=Pairs(board=1))
    page = tracked(pages, order(*lines), first, second, after=2 * DAY)
    assert page.title == "Part of your order has arrived"
    assert [[item.title for item in part.items] for part in page.parcels] == [["knife"], ["board"]]
    assert page.waiting is not None
    assert [item.title for item in page.waiting.items] == ["pan"]
    html = pages.html(page)
    assert "Parcel 1 of 2" in html
    assert "Parcel 2 of 2" in html
    assert "Still to be sent" in html
    assert page.parcels[1].status == "Being prepared"


def test_returns_void_labels_and_parcels_of_other_orders_are_left_out(pages: Pages) -> None:
    back = parcel(id="s2", direction=Direction.RETURN)
    void = parcel(scan(Stage.CANCELLED, DAY), id="s3")
    other = parcel(id="s4", order="o2")
    page = tracked(pages, order(), back, void, other, after=DAY)
    assert page.parcels == ()
    assert page.waiting is not None


@pytest.mark.parametrize(
    ("stage", "title", "status", "reached"),
    [
        (Stage.LOST, "Something went wrong with your order", "Lost on its way", 1),
        (Stage.DISPOSED, "Something went wrong with your order", "Could not be delivered", 1),
        (Stage.RETURNING, "Your order is on its way back to us", "On its way back", 1),
        (Stage.RETURNED, "Your order is on its way back to us", "Back with us", 1),
        (Stage.ATTEMPT_FAILED, "Your order is on its way", "Nobody was there", 2),
        (Stage.PICKED_UP, "Your order is on its way", "Picked up by the carrier", 1),
        (Stage.INFO_RECEIVED, "Your order is being prepared", "Being prepared", 0),
        (Stage.UNKNOWN, "Your order is being prepared", "News from the carrier", 0),
    ],
)
def test_every_turn_has_its_words(
    pages: Pages, stage: Stage, title: str, status: str, reached: int
) -> None:
    moved = () if reached == 0 else (scan(Stage.IN_TRANSIT, HOUR),)
    page = tracked(pages, order(), parcel(*moved, scan(stage, DAY)), after=DAY)
    part = only(page)
    assert (page.title, part.status) == (title, status)
    assert [mark for _, mark in marks(part)].index(Mark.NOW) == reached
    astray = reached and stage is not Stage.PICKED_UP
    assert bool(part.advice) is bool(astray)


def test_what_went_wrong_before_it_moved_stays_where_it_was(pages: Pages) -> None:
    part = only(tracked(pages, order(), parcel(scan(Stage.EXCEPTION, DAY)), after=DAY))
    assert part.status == "Something went wrong"
    assert marks(part)[0] == ("Ordered", Mark.NOW)
    assert part.expected is None


def test_silence_is_told_unless_something_else_is(pages: Pages) -> None:
    moving = parcel(scan(Stage.IN_TRANSIT, HOUR))
    quiet = only(tracked(pages, order(promise=None), moving, after=5 * DAY))
    assert quiet.advice == (
        "There has been no news for some days. Please write to us if that worries you.",
    )
    fresh = only(tracked(pages, order(promise=None), moving, after=DAY))
    assert fresh.advice == ()


def test_times_of_steps_never_go_back(pages: Pages) -> None:
    odd = parcel(scan(Stage.IN_TRANSIT, -DAY), scan(Stage.OUT_FOR_DELIVERY, DAY))
    part = only(tracked(pages, order(), odd, after=DAY))
    assert [step.when.at if step.when else "" for step in part.milestones] == [
        "2026-03-02T12:00:00+00:00",
        "",
        "2026-03-03T12:00:00+00:00",
        "",
    ]


def test_a_scan_without_a_time_is_told_last(pages: Pages) -> None:
    undated = Scan(recorded_at=ORDERED + HOUR, stage=Stage.IN_TRANSIT, text="Sorted")
    odd = parcel(undated, scan(Stage.OUT_FOR_DELIVERY, DAY))
    page = tracked(pages, order(), odd, after=DAY)
    assert [each.when is None for each in only(page).seen] == [False, True]
    assert "Sorted" in pages.html(page)


def test_legs_and_the_carrier_s_page(pages: Pages) -> None:
    legs = (Leg(carrier="Air One", mode="air"), Leg(carrier="Bike Co", number="B-7", mode="bike"))
    moving = parcel(scan(Stage.IN_TRANSIT, DAY), legs=legs, url="https://dhl.example.com/1")
    page = tracked(pages, order(), moving, after=DAY)
    assert [(leg.carrier, leg.number, leg.mode) for leg in only(page).legs] == [
        ("Air One", "", "air"),
        ("Bike Co", "B-7", "bike"),
    ]
    html = pages.html(page)
    assert "With Bike Co: B-7" in html
    assert 'href="https://dhl.example.com/1"' in html
    bad = tracked(pages, order(), evolve(moving, url="javascript:alert(1)"), after=DAY)
    assert only(bad).url == ""


def test_a_cancelled_order_says_so_and_promises_nothing(pages: Pages) -> None:
    gone = order(cancellations=(Cancellation(id="x", at=ORDERED + HOUR),))
    page = tracked(pages, gone, after=DAY)
    assert page.title == "Your order is cancelled"
    assert page.waiting is None


def test_an_order_refunded_before_it_was_sent_is_cancelled_too(pages: Pages) -> None:
    refund = Refund(
        id="r", at=ORDERED + HOUR, amount=Money(1000, "EUR"), lines=(sample.refund().lines[0],)
    )
    whole = evolve(refund, lines=(evolve(refund.lines[0], line="KN-5", quantity=2),))
    assert tracked(pages, order(refunds=(whole,)), after=DAY).title == "Your order is cancelled"


def test_what_needs_no_parcel_says_so(pages: Pages) -> None:
    book = Line(sku="e", title="E-book", unit_price=Money(5, "EUR"), requires_shipping=False)
    page = tracked(pages, order(book), after=DAY)
    assert (page.title, page.waiting) == ("Your order needs no parcel", None)


def test_only_what_was_known_then_is_told(pages: Pages) -> None:
    here = parcel(scan(Stage.IN_TRANSIT, DAY), scan(Stage.DELIVERED, 3 * DAY))
    page = tracked(pages, order(), here, after=2 * DAY)
    assert only(page).stage == "in_transit"
    with pytest.raises(NotKept, match="holds no order 'o1' at that instant") as caught:
        tracked(pages, order(), here, after=-HOUR)
    assert (caught.value.noun, caught.value.id) == ("order", "o1")


def test_an_empty_history_has_no_page(pages: Pages) -> None:
    with pytest.raises(NotKept):
        pages.tracking(History.of(), order="o1", at=ORDERED)


def test_answers_of_other_rooms_are_shown_in_their_order(pages: Pages) -> None:
    ask = Question(url="https://kitchen.example.com/survey", text="Was it easy?")
    page = pages.tracking(
        History.of(order()), order="o1", at=ORDERED, shows=(ask, sample.suggestions(), ask)
    )
    assert [(block.name, len(block.items)) for block in page.blocks] == [
        ("survey", 2),
        ("suggestions", 1),
    ]
    html = pages.html(page)
    assert html.index("Was it easy?") < html.index("This could go with it")
    assert "₹899.00" in html


def test_an_answer_that_no_block_shows_is_named(pages: Pages) -> None:
    class Weather(Outcome):
        pass

    with pytest.raises(NotShowable, match="no block shows Weather") as caught:
        pages.tracking(History.of(order()), order="o1", at=ORDERED, shows=(Weather(),))
    assert caught.value.answer == "Weather"
