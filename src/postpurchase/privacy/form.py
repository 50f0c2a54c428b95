"""Forms that ask for little, say what for, and never ask twice."""

import re
from collections.abc import Callable, Mapping
from enum import StrEnum, unique
from typing import ClassVar, Final, Self

from attrs import evolve, field, frozen

from postpurchase.domain.decision import Reason, Says, says
from postpurchase.domain.pairs import Pairs
from postpurchase.errors import InvalidForm


@unique
class Need(StrEnum):
    """Whether a form works without the field."""

    REQUIRED = "required"
    OPTIONAL = "optional"


@unique
class InputMode(StrEnum):
    """Which keyboard a phone shows (HTML `inputmode`)."""

    TEXT = "text"
    EMAIL = "email"
    TEL = "tel"
    NUMERIC = "numeric"


def _named(_: object, attribute: object, value: str, /) -> None:
    if not value:
        name: str = getattr(attribute, "name", "")
        raise InvalidForm(field=name, problem="a field has a name and a label: write them")


@frozen(kw_only=True)
class FieldSpec:
    """One field of a form, with all that it takes to fill it in without a mistake.

    Attributes:
        name: what the shop calls it, and what `known` is looked up by.
        label: what stands beside it.
        help: one sentence more.
        example: what a right answer looks like.
        purpose: what will be done with the answer; shown, and kept with a consent.
        serves: the tasks that cannot be done without it, such as `delivery` or `invoice`.
        need: whether the form works without it.
        autocomplete: the HTML token by which a browser fills it in.
        input_mode: which keyboard a phone shows.
        form: a regular expression that a right answer matches whole; empty for any.
        error: what is wrong and what to do, when it does not.
        stage: when it is asked: `checkout`, `delivered`, `account`, `later`, or your own.
    """

    name: str = field(validator=_named)
    label: str = field(validator=_named)
    help: str = ""
    example: str = ""
    purpose: str = ""
    serves: tuple[str, ...] = ()
    need: Need = Need.OPTIONAL
    autocomplete: str = ""
    input_mode: InputMode = InputMode.TEXT
    form: str = ""
    error: str = ""
    stage: str = "checkout"


@frozen(kw_only=True)
class Form:
    """Fields in the order in which they are asked, for one task.

    Attributes:
        name: what it is for, such as `checkout`.
        tasks: what must be done with the answers, such as `delivery` and `invoice`.
    """

    name: str
    tasks: tuple[str, ...] = ()
    fields: tuple[FieldSpec, ...]

    def said(self, say: Callable[[str], str], /) -> Self:
        """The same form in other words: labels, helps, purposes and errors, each as *say* says it.

        `CHECKOUT.said(voice.spoken("hi").say)` is the library's own form in Hindi; what is wrong
        with an answer is then told with these words. Names, tokens and examples stay.
        """
        return evolve(self, fields=tuple(_said(each, say) for each in self.fields))


def _said(spec: FieldSpec, say: Callable[[str], str], /) -> FieldSpec:
    return evolve(
        spec,
        label=say(spec.label),
        help=spec.help and say(spec.help),
        purpose=spec.purpose and say(spec.purpose),
        error=spec.error and say(spec.error),
    )


@frozen(kw_only=True)
class Questions:
    """What is left to ask, and what is filled in already."""

    ask: tuple[FieldSpec, ...]
    prefilled: Pairs[str]


def ask_only_missing(fields: tuple[FieldSpec, ...], known: Mapping[str, str], /) -> Questions:
    """The fields whose answer nobody has, required ones first; what is known is filled in."""
    missing = [each for each in fields if not known.get(each.name)]
    needed = sorted(missing, key=lambda each: each.need is not Need.REQUIRED)
    filled = {each.name: known[each.name] for each in fields if known.get(each.name)}
    return Questions(ask=tuple(needed), prefilled=Pairs(filled))


def next_questions(
    form: Form, known: Mapping[str, str], /, *, stage: str, most: int = 2
) -> tuple[FieldSpec, ...]:
    """What may be asked at a stage, a little at a time: progressive profiling.

    Only fields of that stage of which nobody has the answer; required ones first.
    """
    here = tuple(each for each in form.fields if each.stage == stage)
    return ask_only_missing(here, known).ask[:most]


# ---------------------------------------------------------------- what is wrong with an answer


@frozen
class AnswerMissing(Reason):
    """A required field is empty."""

    says: ClassVar[Says] = says("%(label)s is missing: please fill it in, such as %(example)s")
    label: str
    example: str


@frozen
class AnswerUnfit(Reason):
    """An answer that cannot be right."""

    says: ClassVar[Says] = says("%(label)s: %(error)s, such as %(example)s")
    label: str
    error: str
    example: str


@frozen
class AnswerUnasked(Reason):
    """An answer to nothing that was asked; it must not be kept."""

    says: ClassVar[Says] = says("%(name)s was not asked: it is not kept")
    name: str


@frozen(kw_only=True)
class FieldError:
    """What is wrong with one field, and what to do next."""

    field: str
    reason: Reason


def check(form: Form, answers: Mapping[str, str], /) -> tuple[FieldError, ...]:
    """What is wrong with the answers, field by field, in the order of the form."""
    found: list[FieldError] = []
    for each in form.fields:
        answer = answers.get(each.name, "").strip()
        if not answer and each.need is Need.REQUIRED:
            reason: Reason = AnswerMissing(each.label, each.example)
            found.append(FieldError(field=each.name, reason=reason))
        elif answer and each.form and not re.fullmatch(each.form, answer):
            reason = AnswerUnfit(each.label, each.error, each.example)
            found.append(FieldError(field=each.name, reason=reason))
    names = {each.name for each in form.fields}
    unasked = (name for name in answers if name not in names)
    found += [FieldError(field=name, reason=AnswerUnasked(name)) for name in unasked]
    return tuple(found)


# ---------------------------------------------------------------- what is wrong with a form


@frozen
class BirthdayRequired(Reason):
    """A date of birth is never required."""

    says: ClassVar[Says] = says(
        "%(field)s is required: a birthday never is, month and day are enough"
    )
    field: str


@frozen
class BirthYearAsked(Reason):
    """The year tells an age that nobody needs for a greeting."""

    says: ClassVar[Says] = says("%(field)s asks for the year of birth: ask for month and day only")
    field: str


@frozen
class NotNeeded(Reason):
    """A required field without a task that needs it."""

    says: ClassVar[Says] = says(
        "%(field)s is required, but no task of the form needs it: make it optional"
    )
    field: str


@frozen
class PurposeMissing(Reason):
    """Nobody is told what the answer is for."""

    says: ClassVar[Says] = says("%(field)s does not say what the answer is for: write its purpose")
    field: str


@frozen
class HardOnPhones(Reason):
    """A field that no browser can fill in and no example explains."""

    says: ClassVar[Says] = says(
        "%(field)s has neither an autocomplete token nor an example: add one"
    )
    field: str


@frozen
class ErrorMissing(Reason):
    """A form of answer without a word on what to do."""

    says: ClassVar[Says] = says(
        "%(field)s refuses some answers without saying what to do: write its error"
    )
    field: str


@frozen
class ManyRequired(Reason):
    """Every required field costs orders."""

    says: ClassVar[Says] = says("%(count)s fields are required: more than %(most)s cost orders")
    count: int
    most: int


_BIRTH: Final = frozenset({"bday", "birthday", "birth_date", "date_of_birth", "dob"})
_YEAR: Final = frozenset({"bday", "bday-year"})
MOST_REQUIRED: Final = 8
"""Baymard counts eight fields in a checkout that asks only what it needs
(baymard.com/blog/checkout-flow-average-form-fields)."""


def lint_form(form: Form, /) -> tuple[Reason, ...]:
    """What makes a form ask too much, or too little clearly; in the order of its fields."""
    found = [why for each in form.fields for why in _wrong(each, form.tasks)]
    required = sum(each.need is Need.REQUIRED for each in form.fields)
    if required > MOST_REQUIRED:
        found.append(ManyRequired(required, MOST_REQUIRED))
    return tuple(found)


def _wrong(each: FieldSpec, tasks: tuple[str, ...], /) -> list[Reason]:
    birth = each.name in _BIRTH or each.autocomplete.startswith("bday")
    required = each.need is Need.REQUIRED
    wrong: tuple[tuple[bool, Reason], ...] = (
        (birth and required, BirthdayRequired(each.name)),
        (birth and each.autocomplete in _YEAR, BirthYearAsked(each.name)),
        (required and not birth and not {*tasks} & {*each.serves}, NotNeeded(each.name)),
        (not each.purpose, PurposeMissing(each.name)),
        (not each.autocomplete and not each.example, HardOnPhones(each.name)),
        (bool(each.form) and not each.error, ErrorMissing(each.name)),
    )
    return [why for holds, why in wrong if holds]
