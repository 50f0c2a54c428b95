"""Which guide comes first: the newest order's, in the medium they like, in the nearest locale."""

from attrs import evolve

from help_desk import AT, CARE, CATALOG, DAY, MUSCLES, WORKOUT, order
from postpurchase.domain.history import History
from postpurchase.domain.message import Channel
from postpurchase.domain.order import Cancellation
from postpurchase.domain.rule import Known
from postpurchase.support import (
    About,
    Article,
    Guides,
    Library,
    Problem,
    Response,
    Responses,
    Roadblocks,
    guides_for,
)

LIBRARY = Library((WORKOUT, CARE, MUSCLES))


def test_the_newest_order_comes_before_the_medium_they_like() -> None:
    history = History.of(order("shoes"), order("dumbbells", id="2", at=AT - DAY))
    likes = Responses((Response(name="guide", shown=10, used=9),))
    both = Guides(orders=2).decide(history, at=AT, known=Known(LIBRARY, CATALOG, likes))
    assert both
    assert [each.article.id for each in both.value.items] == ["workout", "muscles", "care"]


def test_a_medium_that_they_seldom_open_is_not_said_to_be_preferred() -> None:
    seldom = Responses((Response(name="video", shown=100, used=1),))
    history = History.of(order("dumbbells"))
    decision = guides_for(history, at=AT, known=Known(LIBRARY, seldom))
    assert decision
    assert [each.article.id for each in decision.value.items] == ["muscles", "workout"]
    assert decision.reasons == (About("Dumbbells"),)


def test_a_piece_is_read_in_the_nearest_locale_of_the_language() -> None:
    def piece(id: str, locale: str) -> Article:
        return Article(id=id, piece="p", title="Colour", locale=locale, about=WORKOUT.about)

    library = Library(
        (
            piece("latin", "hi-Latn"),
            piece("gb", "en-GB"),
            piece("us", "en-US"),
            piece("plain", "en"),
            piece("hindi", "hi"),
            piece("hant", "zh-Hant-TW"),
            piece("hans", "zh-Hans"),
        )
    )
    wanted = ["en_US", "en-GB", "en", "en-IN", "hi-IN", "hi", "hi-Latn-IN", "zh-Hans-SG", "zh-Hant"]
    nearest = [library.readable(each)[0].id for each in wanted]
    assert nearest == ["us", "gb", "plain", "plain", "hindi", "hindi", "latin", "hans", "hant"]
    assert [each.id for each in library.readable("bn")] == ["plain"]


def test_only_what_can_be_sent_that_way_is_chosen() -> None:
    pushed = evolve(WORKOUT, id="pushed", channels=(Channel.PUSH, Channel.IN_APP))
    helping = evolve(pushed, id="lost", about=None, problems=(Problem.CANCELLED,))
    library = Library((pushed, MUSCLES, helping))

    def chosen(*known: Channel) -> list[str]:
        decision = guides_for(History.of(order("dumbbells")), at=AT, known=Known(library, *known))
        return [each.article.id for each in decision.value.items] if decision else []

    assert chosen() == ["pushed", "muscles"]
    assert chosen(Channel.PUSH) == ["pushed", "muscles"]
    assert chosen(Channel.EMAIL) == ["muscles"]
    gone = evolve(order("pan"), cancellations=(Cancellation(id="c", at=AT - DAY),))
    for channel, articles in ((Channel.IN_APP, (helping,)), (Channel.SMS, ())):
        path = Roadblocks().decide(History.of(gone), at=AT, known=Known(library, channel))
        assert path
        assert path.value.articles == articles
