"""What stands in the way, the way out of it, and what to read."""

from datetime import UTC, datetime

import pytest
from attrs import evolve

from help_desk import (
    AT,
    BERLIN,
    CARE,
    CATALOG,
    DAY,
    LIBRARY,
    MUSCLES,
    PRICE,
    WORKOUT,
    opened,
    order,
    parcel,
)
from postpurchase.domain.customer import Customer, Shop
from postpurchase.domain.decision import Declined
from postpurchase.domain.event import (
    Agent,
    MessageClicked,
    MessageSent,
    TicketClosed,
    TicketType,
    Visited,
)
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.message import Channel
from postpurchase.domain.order import Cancellation, Payment, PaymentState
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.rule import Known
from postpurchase.domain.selection import Selection
from postpurchase.domain.shipment import Direction, Flag, Scan, Shipment, Stage
from postpurchase.errors import InvalidSupport
from postpurchase.support import (
    About,
    Article,
    Guides,
    Help,
    HelpsWith,
    Hour,
    InTheWay,
    Library,
    Medium,
    Met,
    NoGuide,
    NoLibrary,
    NothingInTheWay,
    PreferredMedium,
    Problem,
    ProductTips,
    Response,
    Responses,
    Roadblocks,
    Tips,
    best_channel,
    best_hour,
    channel_responses,
    guides_for,
    kind_responses,
    next_at,
    problems,
    responses,
    tips_for,
    variant_responses,
)
from postpurchase.support.roadblock import PATHS


@pytest.mark.parametrize(
    ("stage", "problem"),
    [
        (Stage.CUSTOMS, Problem.IN_CUSTOMS),
        (Stage.ATTEMPT_FAILED, Problem.ATTEMPT_FAILED),
        (Stage.AVAILABLE_FOR_PICKUP, Problem.WAITS_FOR_PICKUP),
        (Stage.RETURNING, Problem.COMES_BACK),
        (Stage.RETURNED, Problem.CAME_BACK),
        (Stage.LOST, Problem.LOST),
        (Stage.DISPOSED, Problem.DISPOSED),
        (Stage.CANCELLED, Problem.STOPPED),
        (Stage.EXCEPTION, Problem.EXCEPTION),
    ],
)
def test_every_bad_stage_of_a_parcel_is_a_problem_with_a_way_out(
    stage: Stage, problem: Problem
) -> None:
    history = History.of(order("pan"), parcel(stage))
    assert problems(history, at=AT) == (Met(problem=problem, order="1001", shipment="p1"),)
    decision = Roadblocks().decide(history, at=AT)
    assert decision
    assert decision.value.problem is problem
    assert decision.value.steps[-1] is Help.CONTACT
    assert decision.reasons == (InTheWay("1001", problem),)


def test_every_problem_has_a_path_that_ends_with_a_person() -> None:
    assert set(PATHS) == set(Problem)
    assert all(len(path.steps) > 1 for path in PATHS.values())
    assert all(path.steps[-1] is Help.CONTACT for path in PATHS.values())


def test_late_held_and_silent_parcels_are_problems_and_returns_are_not() -> None:
    late = Shipment(
        id="p1",
        at=AT - 9 * DAY,
        order="1001",
        scans=(
            Scan(stage=Stage.IN_TRANSIT, at=AT - 8 * DAY, recorded_at=AT - 8 * DAY),
            Scan(stage=Stage.IN_TRANSIT, at=AT - 7.5 * DAY, flag=Flag.DELAYED),
            Scan(stage=Stage.IN_TRANSIT, at=AT - 7 * DAY, flag=Flag.HELD),
        ),
    )
    met = [each.problem for each in problems(History.of(order("pan"), late), at=AT)]
    assert met == [Problem.DELAYED, Problem.HELD, Problem.SILENT]
    back = evolve(parcel(Stage.LOST), direction=Direction.RETURN)
    assert problems(History.of(back), at=AT) == ()


def test_orders_and_open_tickets_are_in_the_way_too_and_the_gravest_comes_first() -> None:
    failed = Payment(id="y", at=AT - DAY, amount=PRICE, state=PaymentState.FAILED)
    unpaid = evolve(order("pan"), payments=(failed,))
    paid = evolve(
        order("pan", id="1002"),
        payments=(failed, Payment(id="z", at=AT - DAY, amount=PRICE)),
    )
    gone = evolve(order("pan", id="1003"), cancellations=(Cancellation(id="c", at=AT - DAY),))
    half = evolve(
        order("pan", "lid", id="1004"),
        cancellations=(Cancellation(id="d", at=AT - DAY, lines=Pairs(lid=1)),),
    )
    closed = TicketClosed(id="e", at=AT, ticket="t2")
    history = History.of(
        unpaid,
        paid,
        gone,
        half,
        opened(),
        opened(id="t2"),
        opened(TicketType.OTHER, id="t3"),
        closed,
    )
    met = problems(history, at=AT)
    assert [(each.order, each.problem) for each in met] == [
        ("1001", Problem.PAYMENT_FAILED),
        ("1003", Problem.CANCELLED),
        ("1004", Problem.PARTLY_CANCELLED),
        ("1001", Problem.DAMAGED),
    ]
    picture = Article(id="a", title="How to photograph damage", problems=(Problem.DAMAGED,))
    decision = Roadblocks().decide(history, at=AT, known=Known(Library((picture,))))
    assert decision
    assert decision.value.problem is Problem.DAMAGED
    assert decision.value.articles == (picture,)
    assert Roadblocks().decide(History.of(order("pan")), at=AT) == Declined((NothingInTheWay(),))


def test_the_way_out_is_read_in_the_customers_language() -> None:
    english = Article(id="lost", title="Lost?", problems=(Problem.LOST,))
    bengali = Article(
        id="lost-bn", piece="lost", locale="bn", title="হারিয়েছে?", problems=(Problem.LOST,)
    )
    known = Known(Library((english, bengali)))
    history = History.of(order("pan"), parcel(Stage.LOST))
    reader = Customer(id="c", at=AT - DAY, locale="bn-BD")
    for facts, article in ((history, english), (history.add(reader), bengali)):
        decision = Roadblocks().decide(facts, at=AT, known=known)
        assert decision
        assert decision.value.articles == (article,)


def test_dumbbells_bring_their_workout_and_running_shoes_their_care() -> None:
    known = Known(LIBRARY, CATALOG)
    decision = guides_for(History.of(order("dumbbells")), at=AT, known=known)
    assert decision
    assert [each.article.id for each in decision.value.items] == ["workout", "muscles"]
    assert decision.reasons == (About("Dumbbells"),)
    shoes = guides_for(History.of(order("shoes")), at=AT, known=known)
    assert shoes
    assert [each.article.id for each in shoes.value.items] == ["care"]
    two = Guides(orders=2, limit=2).decide(
        History.of(order("shoes"), order("dumbbells", id="2", at=AT - DAY)), at=AT, known=known
    )
    assert two
    assert [each.article.id for each in two.value.items] == ["workout", "muscles"]


def test_a_lost_parcel_brings_what_to_do_now_first() -> None:
    history = History.of(order("dumbbells"), parcel(Stage.LOST))
    decision = guides_for(history, at=AT, known=Known(LIBRARY))
    assert decision
    assert [each.article.id for each in decision.value.items] == ["late", "workout", "muscles"]
    assert decision.reasons == (HelpsWith(Problem.LOST, "1001"), About("Dumbbells"))


def sent(id: str, about: str, channel: Channel = Channel.EMAIL) -> MessageSent:
    return MessageSent(id=id, at=AT - 2 * DAY, about=about, channel=channel)


def clicked(id: str, by: Agent = Agent.HUMAN, at: datetime = AT - DAY) -> MessageClicked:
    return MessageClicked(id=f"{id}-{by}-{at}", at=at, message=id, by=by)


def test_the_medium_that_they_use_comes_first_and_the_reason_says_how_often() -> None:
    history = History.of(
        order("dumbbells"),
        sent("m1", "article:workout"),
        sent("m2", "article:muscles"),
        sent("m3", "article:muscles"),
        sent("m4", "article:gone"),
        sent("m5", "order:1001"),
        clicked("m2"),
        clicked("m1", Agent.MACHINE),
    )
    assert responses(history, LIBRARY) == Responses(
        (
            Response(name="infographic", shown=2, used=1),
            Response(name="video", shown=1, used=0),
        )
    )
    decision = guides_for(history, at=AT, known=Known(LIBRARY), limit=1)
    assert decision
    assert decision.reasons == (About("Dumbbells"), PreferredMedium("infographic", 1, 2))
    rates = responses(history, LIBRARY)
    assert rates.rate("infographic") == pytest.approx(1.4 / 6)
    assert rates.rate("podcast") == pytest.approx(0.1)
    assert rates.of("podcast") is None


def test_a_shops_own_model_may_say_which_medium_they_use() -> None:
    expected = Responses((Response(name="infographic", shown=100, used=90),))
    history = History.of(order("dumbbells"))
    decision = guides_for(history, at=AT, known=Known(LIBRARY, expected), limit=1)
    assert decision
    assert decision.value.items[0].article == MUSCLES
    assert decision.reasons == (About("Dumbbells"), PreferredMedium("infographic", 90, 100))


def test_the_kind_and_the_wording_that_they_follow_are_counted_too() -> None:
    def asked(id: str, kind: str, variant: str = "") -> MessageSent:
        return MessageSent(id=id, at=AT - DAY, kind=kind, variant=variant)

    history = History.of(
        asked("m1", "how_to", "a"),
        asked("m2", "how_to", "b"),
        asked("m3", "complement", "b"),
        asked("m4", ""),
        clicked("m2", at=AT),
    )
    assert kind_responses(history).each == (
        Response(name="complement", shown=1, used=0),
        Response(name="how_to", shown=2, used=1),
    )
    assert kind_responses(history).best(("complement", "how_to")) == "how_to"
    assert variant_responses(history, "how_to").best(("a", "b")) == "b"
    assert variant_responses(history, "complement").each == (Response(name="b", shown=1, used=0),)


BROCHURE = Article(
    id="brochure",
    title="All about dumbbells",
    medium=Medium.BROCHURE,
    about=Selection(products=("dumbbells",)),
)
FAQ = Article(id="faq", title="?", medium=Medium.FAQ, about=Selection(tags=("running",)))


def test_tips_stand_beside_each_product_of_a_cart_before_there_is_an_order() -> None:
    stuck = Article(
        id="stuck", title="!", about=Selection(products=("dumbbells",)), problems=(Problem.DEFECT,)
    )
    library = Library((stuck, WORKOUT, CARE, MUSCLES, BROCHURE, FAQ))
    lines = order("shoes", "lamp", "dumbbells").lines
    tips = tips_for(lines, library, locale="en", catalog=CATALOG)
    assert tips == Tips(
        items=(
            ProductTips(line="shoes", title="Shoes", articles=(CARE, FAQ)),
            ProductTips(line="dumbbells", title="Dumbbells", articles=(WORKOUT, MUSCLES)),
        )
    )
    one = tips_for(lines, library, locale="en", each=1)
    assert [each.articles for each in one.items] == [(WORKOUT,)]
    assert tips_for((), library, locale="en") == Tips()
    with pytest.raises(InvalidSupport, match="each must be 1 or more, got 0"):
        tips_for(lines, library, locale="en", each=0)


def test_tips_read_as_one_list_show_each_piece_once_and_name_the_first_product() -> None:
    both = Article(id="both", title="Stretch", about=Selection(products=("dumbbells", "mat")))
    tips = tips_for(order("mat", "dumbbells").lines, Library((both, WORKOUT)), locale="en")
    assert [(each.article.id, each.reasons) for each in tips.reading.items] == [
        ("both", (About("Mat"),)),
        ("workout", (About("Dumbbells"),)),
    ]


def test_the_best_channel_is_the_one_they_use_and_ties_go_to_the_first() -> None:
    both = (Channel.EMAIL, Channel.PUSH)
    history = History.of(
        sent("m1", "x"), sent("m2", "x", Channel.PUSH), clicked("m2", Agent.UNKNOWN)
    )
    assert best_channel(history, both) is Channel.PUSH
    assert best_channel(History(), both) is Channel.EMAIL
    assert best_channel(history, ()) is None
    assert channel_responses(history).of("push") == Response(name="push", shown=1, used=1)


def test_the_best_hour_is_their_commute_in_their_own_zone() -> None:
    commute = [
        Visited(id=f"v{day}", at=datetime(2026, 5, day, 6, 20, tzinfo=UTC)) for day in (4, 5, 6)
    ]
    evening = clicked("m", at=datetime(2026, 5, 4, 19, tzinfo=UTC))
    scanner = [
        clicked(f"s{day}", Agent.MACHINE, datetime(2026, 5, day, 1, tzinfo=UTC))
        for day in range(1, 9)
    ]
    history = History.of(*commute, evening, *scanner)
    hour = best_hour(history, zone=BERLIN)
    assert hour == Hour(hour=8, days=3, of=3)
    assert best_hour(history, zone=BERLIN, least=4) is None
    assert best_hour(History(), zone=BERLIN) is None
    assert next_at(hour, AT, BERLIN) == datetime(2026, 5, 12, 6, tzinfo=UTC)
    early = datetime(2026, 5, 11, 5, 59, tzinfo=UTC)
    assert next_at(hour, early, BERLIN) == datetime(2026, 5, 11, 6, tzinfo=UTC)
    sharp = datetime(2026, 5, 11, 6, tzinfo=UTC)
    assert next_at(hour, sharp, BERLIN) == sharp
    night = Hour(hour=2, days=3, of=3)
    left_out = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    assert next_at(night, left_out, BERLIN) == datetime(2026, 3, 29, 1, tzinfo=UTC)


def test_guides_speak_the_language_of_the_customer_the_order_or_the_shop() -> None:
    bengali = Article(
        id="workout-bn", piece="workout", locale="bn", title="ব্যায়াম", about=WORKOUT.about
    )
    library = Library((WORKOUT, bengali))

    def first(*facts: Fact, known: Known = Known(library)) -> str:  # noqa: B008 - a frozen value
        decision = guides_for(History.of(*facts), at=AT, known=known)
        assert decision
        return decision.value.items[0].article.id

    bought = order("dumbbells")
    shop = Shop(name="S", zone=BERLIN, locale="bn-BD")
    assert first(bought) == "workout"
    assert first(bought, known=Known(library, shop)) == "workout-bn"
    assert first(evolve(bought, locale="bn")) == "workout-bn"
    reader = Customer(id="c", at=AT - DAY, locale="en")
    assert first(evolve(bought, locale="bn"), reader) == "workout"


def test_without_articles_there_is_nothing_to_read() -> None:
    assert Guides().decide(History.of(order("pan")), at=AT) == Declined((NoLibrary(),))
    known = Known(LIBRARY)
    assert Guides().decide(History.of(order("pan")), at=AT, known=known) == Declined((NoGuide(),))
