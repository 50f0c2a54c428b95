"""May this be sent on this channel, and on what ground?"""

from datetime import UTC, datetime
from enum import StrEnum, unique
from typing import Final, final

from attrs import frozen

from postpurchase.domain.customer import Cause, Consent, ConsentState, Customer, Suppression
from postpurchase.domain.decision import Decision, Declined, Granted, Reason
from postpurchase.domain.demands import Demands
from postpurchase.domain.history import History
from postpurchase.domain.message import Channel, Purpose
from postpurchase.domain.moment import add_months, resolve
from postpurchase.privacy import reason
from postpurchase.privacy.law import OWN_GROUND, Jurisdiction, Law
from postpurchase.privacy.world import WORLD


@unique
class Basis(StrEnum):
    """The ground on which a message may be sent."""

    CONTRACT = "contract"
    SERVICE_RELATIONSHIP = "service_relationship"
    CONSENT = "consent"
    SOFT_OPT_IN = "soft_opt_in"
    IMPLIED = "implied"
    OPT_OUT_REGIME = "opt_out_regime"
    OWN_GROUND = "own_ground"


_STOPS: Final = {
    Cause.HARD_BOUNCE: Purpose.TRANSACTIONAL,
    Cause.ERASED: Purpose.TRANSACTIONAL,
    Cause.COMPLAINT: Purpose.SERVICE,
    Cause.UNSUBSCRIBED: Purpose.SOLICITATION,
    Cause.OBJECTED: Purpose.SOLICITATION,
}
"""The least strict purpose that each cause stops: a complaint leaves only what a contract needs."""


_STRICTEST_FIRST: Final = tuple(reversed(Purpose))


def permitted(
    history: History, channel: Channel, purpose: Purpose, /, *, at: datetime, law: Law = WORLD
) -> Decision[Basis]:
    """Whether a message of this purpose may go to this customer on this channel, and the basis.

    The recipient's country decides. A withdrawal beats every earlier or simultaneous consent; a
    suppression beats consent. Consent to something stricter covers what is less strict, and
    taking back something less strict takes back what is stricter.

    Args:
        history: what is known of the customer; facts recorded after *at* do not count.
        channel: where.
        purpose: the strictest purpose of the message's blocks.
        at: the instant of sending.
        law: the jurisdictions; the library's own unless told otherwise.
    """
    return Permissions(history.until(at), at, law).ask(channel, purpose)


def demands(history: History, channel: Channel, /, *, at: datetime, law: Law = WORLD) -> Demands:
    """What a message to this customer on this channel must have, by the law of their country.

    The blocks and languages depend on the purpose of the message; `Demands.lacking` looks at one
    with its words.

    Args:
        history: what is known of the customer; facts recorded after *at* do not count.
        channel: where.
        at: the instant of sending.
        law: the jurisdictions; the library's own unless told otherwise.
    """
    return law.of(country(history.until(at))).demands(channel)


@final
class Permissions:
    """What one customer permits at one instant, each question answered once."""

    __slots__ = ("_answers", "_at", "_customer", "_known", "country", "rules")

    country: str | None
    rules: Jurisdiction

    def __init__(self, known: History, at: datetime, law: Law, /) -> None:
        """Read what was known at *at*: `history.until(at)`."""
        self._known = known
        self._at = at
        self._customer = known.customer
        self._answers: dict[tuple[Channel, Purpose], Decision[Basis]] = {}
        self.country = country(known)
        self.rules = law.of(self.country)

    def ask(self, channel: Channel, purpose: Purpose, /) -> Decision[Basis]:
        """Whether such a message may go out on the channel."""
        found = self._answers.get((channel, purpose))
        if found is None:
            found = self._answers[channel, purpose] = self._answer(channel, purpose)
        return found

    def ceiling(self, channel: Channel, /) -> Purpose:
        """The strictest purpose permitted on the channel; TRANSACTIONAL where none is."""
        permitted = (each for each in _STRICTEST_FIRST if self.ask(channel, each))
        return next(permitted, Purpose.TRANSACTIONAL)

    def demands(self, channel: Channel, /) -> Demands:
        """What the law asks of a message on the channel."""
        return self.rules.demands(channel)

    def changes_at(self) -> datetime | None:
        """The next instant at which an answer may be another one; None where none is known."""
        consents, stops = self._known.all(Consent), self._known.all(Suppression)
        turns = [turn for each in consents for turn in (each.at, each.ends)]
        turns += [turn for each in stops for turn in (each.at, each.lifted_at)]
        return min((turn for turn in turns if turn and turn > self._at), default=None)

    def _answer(self, channel: Channel, purpose: Purpose, /) -> Decision[Basis]:
        if self._customer is None:
            return Declined((reason.NoCustomer(),))
        blocked = _blocked(self._known, self._customer, channel, purpose, self._at)
        if blocked is not None:
            return Declined((blocked,))
        counted = self.rules.purpose(purpose, channel)
        if counted <= Purpose.SERVICE:
            return Granted(Basis.CONTRACT, (reason.NeededForTheOrder(),))
        return _asked(self._known, _Question(channel, counted, self._at, self.rules))


def country(known: History, /) -> str | None:
    """Where the customer is: as they said, else where the newest order went."""
    customer = known.customer
    if customer is not None and customer.country:
        return customer.country
    sent = (order.ship_to.country for order in reversed(known.orders) if order.ship_to)
    return next(sent, None)


def reachable(customer: Customer, channel: Channel, /) -> bool:
    """Whether there is an address, number or device for the channel.

    The shop's own site needs none; its app is met by who has it, or an account to open it with.
    """
    if channel is Channel.EMAIL:
        return bool(customer.email)
    if channel is Channel.PUSH:
        return bool(customer.devices)
    if channel is Channel.IN_APP:
        return bool(customer.devices or customer.account)
    return channel in OWN_GROUND or bool(customer.phone)


def erased(history: History, /, *, at: datetime) -> bool:
    """Whether the customer asked to be forgotten: then nothing is planned at all."""
    return any(
        each.cause is Cause.ERASED and each.channel is None and _stands(each, at)
        for each in history.all(Suppression)
        if each.recorded_at <= at
    )


@frozen
class _Question:
    channel: Channel
    purpose: Purpose
    at: datetime
    rules: Jurisdiction


def _blocked(
    known: History, customer: Customer, channel: Channel, purpose: Purpose, at: datetime, /
) -> Reason | None:
    for each in known.all(Suppression):
        meant = each.channel is None or each.channel is channel
        if meant and purpose >= _STOPS[each.cause] and _stands(each, at):
            if each.cause is Cause.ERASED:
                return reason.Erased()
            return reason.Suppressed(channel, each.cause)
    return None if reachable(customer, channel) else reason.NoAddress(channel)


def _stands(suppression: Suppression, at: datetime, /) -> bool:
    return suppression.at <= at and (suppression.lifted_at is None or at < suppression.lifted_at)


def _asked(known: History, asked: _Question, /) -> Decision[Basis]:
    """What consents say first, and where they say nothing, the rules of the country."""
    said = [
        each
        for each in known.all(Consent)
        if each.at <= asked.at and (each.channel is None or each.channel is asked.channel)
    ]
    taken_back = _taken_back(said, asked.purpose)
    standing = [each for each in said if taken_back is None or each.at > taken_back]
    consented = _consented(standing, asked)
    if consented is not None:
        return consented
    if taken_back is not None:
        return Declined((reason.Withdrawn(asked.channel),))
    return _unasked(known, standing, asked)


def _taken_back(said: list[Consent], purpose: Purpose, /) -> datetime | None:
    return max(
        (
            each.at
            for each in said
            if each.state is ConsentState.WITHDRAWN and each.purpose <= purpose
        ),
        default=None,
    )


def _consented(standing: list[Consent], asked: _Question, /) -> Granted[Basis] | None:
    covering = [
        each
        for each in standing
        if each.purpose >= asked.purpose and (each.ends is None or asked.at < each.ends)
    ]
    for each in reversed(covering):
        if each.state is ConsentState.GRANTED:
            why = reason.ConsentGiven(asked.channel, each.at.date())
            return Granted(Basis.CONSENT, (why,))
    for each in reversed(covering):
        if each.state is ConsentState.SOFT and asked.channel in asked.rules.soft:
            told = reason.ExistingCustomer(asked.channel, each.at.date())
            return Granted(Basis.SOFT_OPT_IN, (told,))
    return None


def _unasked(known: History, standing: list[Consent], asked: _Question, /) -> Decision[Basis]:
    channel, rules = asked.channel, asked.rules
    if channel in OWN_GROUND:
        return Granted(Basis.OWN_GROUND, (reason.OnOwnGround(),))
    if asked.purpose is Purpose.SOLICITATION:
        return Granted(Basis.SERVICE_RELATIONSHIP, (reason.ServiceRelationship(),))
    if channel in rules.opt_out:
        return Granted(Basis.OPT_OUT_REGIME, (reason.AllowedUntilOptOut(channel),))
    until = _implied_until(known, rules) if channel in rules.implied else None
    if until is not None and asked.at < until:
        return Granted(Basis.IMPLIED, (reason.ImpliedByPurchase(until.date()),))
    return Declined((_lacking(standing, channel, asked.at, until),))


def _implied_until(known: History, rules: Jurisdiction, /) -> datetime | None:
    bought = [order.at for order in known.orders if not order.cancelled]
    if not bought:
        return None
    last = max(bought)
    return resolve(add_months(last.date(), 12 * rules.implied_years), last.time(), UTC)


def _lacking(
    standing: list[Consent], channel: Channel, at: datetime, until: datetime | None, /
) -> Reason:
    if until is not None:
        return reason.ImpliedExpired(channel)
    states = {each.state for each in standing}
    if ConsentState.PENDING in states:
        return reason.NotConfirmed(channel)
    if any(each.ends is not None and each.ends <= at for each in standing):
        return reason.ConsentLapsed(channel)
    return reason.NoConsent(channel)
