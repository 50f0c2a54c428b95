"""What customers say and show."""

from attrs import frozen

from postpurchase.domain.fact import Fact


@frozen(kw_only=True, repr=False)
class ReviewPosted(Fact):
    """A review that a customer wrote.

    Attributes:
        id: names the review.
        rating: stars, from 1; `best` is the most that could be given.
        verified: whether the shop knows that the writer bought it.
        incentive: what was given for it, such as a code; it must be told beside the review.
    """

    order: str | None = None
    product: str | None = None
    rating: int | None = None
    best: int = 5
    title: str = ""
    text: str = ""
    author: str = ""
    locale: str = ""
    images: tuple[str, ...] = ()
    verified: bool = False
    incentive: str = ""


@frozen(kw_only=True, repr=False)
class ReviewPublished(Fact):
    """A review that can be read now, at `url`; `review` is the id of the posted one."""

    review: str
    url: str = ""
    place: str = ""


@frozen(kw_only=True, repr=False)
class SurveyAnswered(Fact):
    """An answer to a question of a survey.

    Attributes:
        survey: the name of the survey, such as `checkout_ease` or `nps`.
        question: which of its questions; empty where it has one.
        score: what was chosen, from `lowest` to `highest`; None for an open question.
        topics: what it is about, such as `delivery`.
    """

    survey: str
    question: str = ""
    order: str | None = None
    product: str | None = None
    score: int | None = None
    lowest: int = 0
    highest: int = 10
    text: str = ""
    topics: tuple[str, ...] = ()


@frozen(kw_only=True, repr=False)
class ContentShared(Fact):
    """Something a customer made and showed, such as a picture with the product.

    Attributes:
        url: where it can be seen.
        place: which network or page.
        consent: the id of the consent to show it again; None where nobody asked.
    """

    url: str
    place: str = ""
    product: str | None = None
    order: str | None = None
    consent: str | None = None
