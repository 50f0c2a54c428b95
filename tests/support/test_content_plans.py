"""What customers ask and like, told only of a crowd, and put onto days."""

from datetime import date, timedelta

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from help_desk import AT, DAY, PRICE
from postpurchase.domain.customer import Customer, Interest, Source, Stance
from postpurchase.domain.event import MessageClicked, MessageSent, TicketOpened, TicketType
from postpurchase.domain.fact import Fact
from postpurchase.domain.history import History
from postpurchase.domain.moment import Calendar, Days
from postpurchase.domain.order import Line, Order
from postpurchase.domain.product import Catalog, Product
from postpurchase.domain.selection import Selection
from postpurchase.errors import InvalidSupport
from postpurchase.support import (
    Article,
    AskedAbout,
    AskedByMany,
    Bought,
    ContentCalendar,
    ContentPlan,
    Entry,
    Interests,
    Launch,
    LaunchComes,
    Library,
    LikedByMany,
    Medium,
    NotUpdated,
    Problem,
    Response,
    Season,
    SeasonComes,
    Topic,
    asked_about,
    interests,
)

SHARPEN = Article(
    id="sharpen",
    title="Sharpen a knife",
    medium=Medium.VIDEO,
    about=Selection(products=("knife",), tags=("cooking",)),
    updated=date(2025, 6, 1),
)
LATE = Article(id="late", title="Late?", problems=(Problem.DELAYED,), medium=Medium.FAQ)
LIBRARY = Library((SHARPEN, LATE))


def asks(number: int, type_: TicketType, product: str | None = None, days: int = 3) -> History:
    opened = TicketOpened(id=f"t{number}", at=AT - days * DAY, type=type_, product=product)
    again = evolve(opened, id=f"again{number}")
    return History.of(opened, again)


def test_what_many_ask_is_told_least_answered_first_and_nobody_can_be_picked_out() -> None:
    crowd = [asks(n, TicketType.PRODUCT_QUESTION, "pan") for n in range(10)]
    crowd += [asks(n, TicketType.PRODUCT_QUESTION, "knife") for n in range(12)]
    crowd += [asks(n, TicketType.DELAYED) for n in range(11)]
    crowd += [asks(n, TicketType.RETURN) for n in range(9)]
    crowd += [asks(n, TicketType.PAYMENT, days=91) for n in range(50)]
    assert asked_about(crowd, LIBRARY, at=AT) == (
        AskedAbout(type=TicketType.PRODUCT_QUESTION, product="pan", customers=10, articles=0),
        AskedAbout(type=TicketType.PRODUCT_QUESTION, product="knife", customers=12, articles=1),
        AskedAbout(type=TicketType.DELAYED, product="", customers=11, articles=1),
    )
    assert asked_about(crowd, LIBRARY, at=AT - 100 * DAY) == ()


def test_questions_are_counted_by_the_instant_and_by_what_answers_them() -> None:
    early = [asks(n, TicketType.PRODUCT_QUESTION, "pan", days=90) for n in range(2)]
    assert asked_about(early, LIBRARY, at=AT, crowd=2) == ()
    within = asked_about(early, LIBRARY, at=AT - timedelta(seconds=1), crowd=2)
    assert [each.customers for each in within] == [2]
    two = [asks(n, TicketType.DELAYED) for n in range(19)]
    two += [asks(n, TicketType.RETURN) for n in range(10)]
    answered = Library((*LIBRARY, Article(id="x", title="x"), Article(id="y", title="y")))
    assert [(each.type, each.articles) for each in asked_about(two, answered, at=AT)] == [
        (TicketType.RETURN, 0),
        (TicketType.DELAYED, 1),
    ]


def member(number: int, *facts: Fact, tag: str = "cooking") -> History:
    likes = (
        Interest(tag=tag),
        Interest(tag="secret", sensitive=True),
        Interest(tag="meat", stance=Stance.AVOIDS),
        Interest(tag="seen", source=Source.OBSERVED),
    )
    person = Customer(id=str(number), at=AT - 99 * DAY, interests=likes)
    line = Line(sku="k1", product="knife", category="misc", unit_price=PRICE)
    order = Order(id=f"o{number}", at=AT - 9 * DAY, currency="EUR", lines=(line, line_of("pots")))
    return History.of(person, order, *facts)


def line_of(category: str) -> Line:
    return Line(sku=category, category=category, unit_price=PRICE)


def watched(number: int) -> tuple[Fact, ...]:
    sent = MessageSent(id=f"m{number}", at=AT - 2 * DAY, about="article:sharpen")
    clicked = MessageClicked(id=f"c{number}", at=AT - DAY, message=sent.id)
    return (sent, clicked) if number % 2 else (sent,)


def test_a_segment_is_summed_up_by_what_a_crowd_of_it_likes_buys_and_opens() -> None:
    catalog = Catalog((Product(id="knife", title="Knife", category="knives"),))
    loyal = [member(n, *watched(n)) for n in range(10)]
    told = interests({"loyal": loyal, "new": loyal[:9]}, LIBRARY, at=AT, catalog=catalog)
    assert told == (
        Interests(
            segment="loyal",
            customers=10,
            likes=(Topic(tag="cooking", customers=10, articles=1),),
            buys=(Bought(category="knives", customers=10), Bought(category="pots", customers=10)),
            media=(Response(name="video", shown=10, used=5),),
        ),
        Interests(segment="new", customers=9),
    )
    (plain,) = interests({"loyal": loyal}, LIBRARY, at=AT)
    assert [each.category for each in plain.buys] == ["misc", "pots"]
    (before,) = interests({"loyal": [*loyal, History()]}, LIBRARY, at=AT - 20 * DAY)
    assert (before.customers, before.buys) == (11, ())


def test_what_most_do_comes_first() -> None:
    faq = Article(id="faq", title="?", medium=Medium.FAQ)
    library = Library((SHARPEN, faq))

    def reader(number: int) -> History:
        about = (("sharpen", number < 2), ("faq", number < 9))
        facts: list[Fact] = []
        for name, used in about:
            sent = MessageSent(id=f"{name}{number}", at=AT - 2 * DAY, about=f"article:{name}")
            facts.append(sent)
            if used:
                facts.append(MessageClicked(id=f"c{sent.id}", at=AT - DAY, message=sent.id))
        bought = ("pots",) if number % 2 else ("pots", "art")
        order = Order(
            id=f"o{number}",
            at=AT - 9 * DAY,
            currency="EUR",
            lines=tuple(line_of(each) for each in bought),
        )
        return History.of(order, *facts)

    (told,) = interests({"all": [reader(n) for n in range(20)]}, library, at=AT)
    assert told.buys == (
        Bought(category="pots", customers=20),
        Bought(category="art", customers=10),
    )
    assert told.media == (
        Response(name="faq", shown=20, used=9),
        Response(name="video", shown=20, used=2),
    )


def test_one_customer_is_no_crowd() -> None:
    for wrong in (
        lambda: asked_about((), LIBRARY, at=AT, crowd=1),
        lambda: interests({}, LIBRARY, at=AT, crowd=1),
    ):
        with pytest.raises(InvalidSupport, match="crowd must be 2 or more, got 1"):
            wrong()


MONDAY = date(2026, 5, 11)
WORKING = Calendar(is_holiday=Days.of(date(2026, 5, 14)))
PLANNER = ContentCalendar(
    seasons=(
        Season(name="Eid al-Adha", on=date(2026, 5, 27), lead=10),
        Season(name="Past", on=date(2026, 5, 10)),
        Season(name="Tomorrow", on=date(2026, 5, 12), lead=30),
        Season(name="Far", on=date(2026, 12, 24)),
    ),
    launches=(Launch(product="Bread knife", on=date(2026, 5, 17)),),
    working=WORKING,
)


def test_a_calendar_puts_seasons_launches_questions_interests_and_old_guides_onto_days() -> None:
    plan = PLANNER.plan(
        LIBRARY,
        start=MONDAY,
        days=30,
        asked=(
            AskedAbout(type=TicketType.PRODUCT_QUESTION, product="pan", customers=12, articles=0),
            AskedAbout(type=TicketType.DELAYED, product="", customers=11, articles=1),
        ),
        liked=(Topic(tag="baking", customers=40, articles=0),),
    )
    assert plan == ContentPlan(
        entries=(
            Entry(on=MONDAY, why=SeasonComes("Tomorrow", date(2026, 5, 12))),
            Entry(on=date(2026, 5, 15), why=SeasonComes("Eid al-Adha", date(2026, 5, 27))),
            Entry(on=date(2026, 5, 15), why=LaunchComes("Bread knife", date(2026, 5, 17))),
            Entry(
                on=date(2026, 5, 18),
                why=AskedByMany(12, 0, (TicketType.PRODUCT_QUESTION, "pan")),
            ),
            Entry(on=date(2026, 5, 21), why=AskedByMany(11, 1, (TicketType.DELAYED,))),
            Entry(on=date(2026, 5, 25), why=LikedByMany(40, 0, "baking")),
            Entry(on=date(2026, 6, 1), why=NotUpdated("Sharpen a knife", date(2025, 6, 1))),
        )
    )
    assert [str(entry.why) for entry in plan.entries[2:6]] == [
        "Bread knife is new on 2026-05-17",
        "12 customers asked about this: a question about a product, pan; articles that answer: 0",
        "11 customers asked about this: a late parcel; articles that answer: 1",
        "40 customers like baking; articles about it: 0",
    ]


def test_what_finds_no_day_is_told_and_what_is_not_old_is_left_out() -> None:
    liked = tuple(Topic(tag=str(n), customers=20, articles=0) for n in range(3))
    short = ContentCalendar().plan(LIBRARY, start=MONDAY, days=5, liked=liked)
    assert [entry.on for entry in short.entries] == [MONDAY, date(2026, 5, 14)]
    assert short.later == (LikedByMany(20, 0, "2"),)
    weekend = ContentCalendar(seasons=(Season(name="S", on=date(2026, 5, 17), lead=0),))
    nowhere = weekend.plan(Library(), start=date(2026, 5, 16), days=9)
    assert nowhere == ContentPlan(entries=(), later=(SeasonComes("S", date(2026, 5, 17)),))


def test_the_days_of_a_plan_hold_from_the_first_to_the_last() -> None:
    assert (Season(name="s", on=MONDAY).lead, Launch(product="p", on=MONDAY).lead) == (21, 0)
    one = ContentCalendar(launches=(Launch(product="p", on=MONDAY),))
    assert [each.on for each in one.plan(Library(), start=MONDAY, days=1).entries] == [MONDAY]
    assert one.plan(Library(), start=MONDAY + DAY, days=9).entries == ()
    last = ContentCalendar(launches=(Launch(product="p", on=MONDAY + 4 * DAY),))
    assert len(last.plan(Library(), start=MONDAY, days=5).entries) == 1
    assert last.plan(Library(), start=MONDAY, days=4) == ContentPlan(entries=())
    old = Article(id="a", title="A", updated=MONDAY - 361 * DAY)
    undated = Article(id="b", title="B")
    library = Library((undated, old))
    assert ContentCalendar().plan(library, start=MONDAY, days=5) == ContentPlan(
        entries=(Entry(on=MONDAY + 4 * DAY, why=NotUpdated("A", MONDAY - 361 * DAY)),)
    )
    assert ContentCalendar().plan(library, start=MONDAY, days=4).entries == ()
    quarter = ContentCalendar(launches=(Launch(product="p", on=MONDAY + 88 * DAY),))
    assert len(quarter.plan(Library(), start=MONDAY).entries) == 1
    after = ContentCalendar(launches=(Launch(product="p", on=MONDAY + 90 * DAY),))
    assert after.plan(Library(), start=MONDAY).entries == ()
    year = ContentCalendar().plan(Library((undated,)), start=MONDAY, days=500)
    assert year.entries == ()


def test_a_calendar_that_cannot_be_meant_is_refused() -> None:
    with pytest.raises(InvalidSupport, match="apart must be 1 or more, got 0"):
        ContentCalendar(apart=0)
    with pytest.raises(InvalidSupport, match="days must be 1 or more, got 0"):
        ContentCalendar().plan(Library(), start=MONDAY, days=0)


@given(
    st.lists(st.integers(0, 120), max_size=6),
    st.integers(1, 9),
    st.integers(1, 90),
)
def test_whatever_has_no_day_of_its_own_keeps_its_distance_on_working_days(
    offsets: list[int], apart: int, days: int
) -> None:
    seasons = tuple(
        Season(name=str(place), on=MONDAY + offset * DAY) for place, offset in enumerate(offsets)
    )
    liked = [Topic(tag=str(n), customers=20, articles=0) for n in range(12)]
    calendar = ContentCalendar(seasons=seasons, working=WORKING, apart=apart)
    plan = calendar.plan(Library(), start=MONDAY, days=days, liked=liked)
    undated = [each for each in plan.entries if isinstance(each.why, LikedByMany)]
    assert len(undated) + len(plan.later) == 12
    assert all(WORKING.is_business_day(each.on) for each in plan.entries)
    assert all(MONDAY <= each.on < MONDAY + days * DAY for each in plan.entries)
    for each in undated:
        others = [other for other in plan.entries if other is not each]
        assert all(abs((each.on - other.on).days) >= apart for other in others)
