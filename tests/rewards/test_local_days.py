"""Days, weeks and periods are those of the stated zone, never those of the machine or of UTC."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from members import GOLD
from postpurchase.domain.customer import Birthday, Customer
from postpurchase.domain.decision import Granted
from postpurchase.domain.event import ContentShared, ReviewPosted, SignedUp, SurveyAnswered
from postpurchase.domain.history import History
from postpurchase.domain.moment import Duration, Frequency, Leap, MonthDay, Recurrence, Spell
from postpurchase.domain.money import Money
from postpurchase.domain.offer import Coupon, Percent, Perk, StoreCredit
from postpurchase.domain.order import Line, Order, Payment
from postpurchase.domain.rule import Known
from postpurchase.domain.shipment import Scan, Shipment, Stage
from postpurchase.rewards import (
    After,
    AskForReferral,
    Cap,
    ContentThanks,
    Deed,
    Earn,
    Earning,
    Entry,
    EntryKind,
    Every,
    Given,
    GivenSoFar,
    Ledger,
    MembershipCancelled,
    MembershipStarted,
    Occasions,
    Often,
    OnDays,
    PartnerPerk,
    PerkCodes,
    Plan,
    Programme,
    Referral,
    ReferralCase,
    Renewal,
    Terms,
    TierAtLeast,
    Trigger,
    UntilReturnWindow,
    fold,
    hold,
    simulate,
)
from postpurchase.rewards.limit import counted, too_soon
from postpurchase.rewards.membership import LastsUntil
from till import eur

AUCKLAND = ZoneInfo("Pacific/Auckland")
TICK = timedelta(microseconds=1)
# In Auckland 1 April 2026 begins; the clocks go back in the night of 4 to 5 April.
MIDNIGHT = datetime(2026, 3, 31, 11, tzinfo=UTC)
THANKS = StoreCredit(amount=Money.parse("5.00 EUR"))


def order(id: str, amount: str, at: datetime) -> Order:
    return Order(
        id=id,
        at=at,
        currency="EUR",
        lines=(Line(id="l1", unit_price=eur(amount)),),
        payments=(Payment(id=f"p{id}", at=at, amount=eur(amount)),),
    )


@pytest.mark.parametrize("every", [Every.DAY, Every.MONTH])
def test_a_limit_begins_anew_at_local_midnight(every: Every) -> None:
    assert not every.holds(MIDNIGHT, MIDNIGHT - TICK, AUCKLAND)
    assert every.holds(MIDNIGHT, MIDNIGHT + timedelta(hours=23), AUCKLAND)
    given = (Given(rule="r", points=5, at=MIDNIGHT - TICK), Given(rule="r", points=3, at=MIDNIGHT))
    assert counted(given, every, MIDNIGHT + timedelta(hours=20), AUCKLAND) == 3
    assert not too_soon(given[:1], Often(times=1, every=every), MIDNIGHT, AUCKLAND)
    assert too_soon(given, Often(times=1, every=every), MIDNIGHT, AUCKLAND)


def test_the_least_time_between_counts_local_days() -> None:
    often = Often(apart=Duration(days=2))
    given = (Given(rule="r", points=5, at=datetime(2026, 4, 3, 12, tzinfo=UTC)),)
    ends = datetime(2026, 4, 5, 13, tzinfo=UTC)
    assert too_soon(given, often, ends - TICK, AUCKLAND)
    assert not too_soon(given, often, ends, AUCKLAND)


def test_earning_counts_its_limits_and_hours_in_its_zone() -> None:
    morning = Spell(
        Recurrence(first=date(2026, 1, 1), at=time(0), frequency=Frequency.DAILY),
        Duration(hours=1),
    )
    rules = (
        Earn(name="cap", points=5, on=Trigger.SIGN_UP, cap=Cap(most=7, every=Every.DAY)),
        Earn(name="hour", points=10, on=Trigger.SIGN_UP, hours=morning),
        Earn(name="often", points=100, on=Trigger.SIGN_UP, often=Often(times=1, every=Every.DAY)),
    )
    earning = Earning(rules=rules, zone=AUCKLAND)
    given = GivenSoFar(
        tuple(Given(rule=name, points=5, at=MIDNIGHT - TICK) for name in ("cap", "often"))
    )

    def points(at: datetime) -> int:
        deed = Deed(trigger=Trigger.SIGN_UP, id="n", at=at)
        decision = earning.decide(deed, at=at, known=Known(given))
        return decision.value.points if decision else 0

    assert points(MIDNIGHT) == 115
    assert points(MIDNIGHT - TICK) == 2


def test_a_membership_counts_local_days() -> None:
    plan = Plan(name="p", fee=eur("31.00"), months=1, zone=AUCKLAND, renewal=Renewal.NONE)
    started = MembershipStarted(id="m", at=MIDNIGHT, plan="p")
    ends = datetime(2026, 4, 30, 12, tzinfo=UTC)
    member = plan.decide(History.of(started), at=ends - TICK)
    assert isinstance(member, Granted)
    assert (member.value.starts, member.value.ends) == (MIDNIGHT, ends)
    assert not plan.decide(History.of(started), at=ends)
    monthly = evolve(plan, renewal=Renewal.AUTOMATIC)
    second = monthly.decide(History.of(started), at=ends)
    assert isinstance(second, Granted)
    assert (second.value.period, second.value.starts) == (1, ends)
    used = order("1", "40.00", MIDNIGHT)
    paid = evolve(monthly, minimum=eur("40.00"))
    late = MembershipCancelled(id="c", at=ends, membership="m")
    assert paid.returned(started, History.of(started, late, used)) == eur("31.00")
    early = evolve(late, at=ends - TICK)
    assert paid.returned(started, History.of(started, early, used)) == eur("0.00")
    lasts = paid.decide(History.of(started, early, used), at=ends - TICK)
    assert isinstance(lasts, Granted)
    assert not paid.decide(History.of(started, early, used), at=ends)
    runs = paid.decide(History.of(started, late, order("2", "40.00", ends)), at=ends)
    assert isinstance(runs, Granted)
    assert runs.reasons == (LastsUntil(datetime(2026, 5, 31, 12, tzinfo=UTC)),)
    again = order("2", "40.00", ends)
    after = MembershipCancelled(id="c", at=ends + timedelta(days=3), membership="m")
    assert paid.returned(started, History.of(started, after, again)) == eur("0.00")


def test_a_perk_is_given_by_local_years_and_its_code_ends_by_the_local_clock() -> None:
    spa = PartnerPerk(
        perk=Perk(name="spa", partner="Calm Waters"),
        when=TierAtLeast("gold"),
        every=Every.DAY,
        lasts=Duration(days=2),
        zone=AUCKLAND,
    )
    at = datetime(2026, 4, 3, 12, tzinfo=UTC)
    decision = spa.decide(History.of(), at=at, known=Known(GOLD, PerkCodes(("A",))))
    assert isinstance(decision, Granted)
    assert decision.value.key == "perk:spa::2026-04-04:1"
    assert decision.value.perk.ends == datetime(2026, 4, 5, 13, tzinfo=UTC)


def test_thanks_are_counted_by_local_months() -> None:
    thanks = ContentThanks(gives=THANKS, disclosure="Rewarded.", zone=AUCKLAND)
    posts = [
        ContentShared(id=id, at=at, url="https://example.com")
        for id, at in (("a", MIDNIGHT - TICK), ("b", MIDNIGHT), ("c", MIDNIGHT + TICK))
    ]
    answers = [bool(thanks.decide(History.of(*posts), at=MIDNIGHT + TICK, id=id)) for id in "abc"]
    assert answers == [True, True, False]


def test_friends_have_local_days() -> None:
    friends = Referral(
        advocate=THANKS,
        friend=Coupon(code="HELLO", off=Percent(Decimal(10))),
        within=Duration(days=2),
        window=Duration(days=2),
        zone=AUCKLAND,
    )
    there = datetime(2026, 4, 3, 12, tzinfo=UTC)
    last = datetime(2026, 4, 5, 13, tzinfo=UTC)
    case = ReferralCase(
        advocate=Customer(id="A", at=there),
        friend=Customer(id="B", at=there),
        brought_at=there,
        order=order("1", "9.00", last - TICK),
        delivered_at=there,
    )
    assert friends.decide(case, at=last)
    assert not friends.decide(case, at=last - TICK)
    assert not friends.decide(evolve(case, order=order("1", "9.00", last)), at=last)


def test_a_good_word_is_fresh_for_local_days() -> None:
    ask = AskForReferral(within=Duration(days=2), zone=AUCKLAND)
    said = ReviewPosted(id="r", at=datetime(2026, 4, 3, 12, tzinfo=UTC), rating=5)
    ends = datetime(2026, 4, 5, 13, tzinfo=UTC)
    assert ask.decide(History.of(said), at=ends - TICK)
    assert not ask.decide(History.of(said), at=ends)


def test_four_fifths_are_good_and_one_less_is_not() -> None:
    for score, good in ((800, True), (799, False)):
        said = SurveyAnswered(id="s", at=MIDNIGHT, survey="csat", score=score, highest=1000)
        assert bool(AskForReferral().decide(History.of(said), at=MIDNIGHT)) is good


# ---------------------------------------------------------------- days of the year

HER = Customer(id="C", at=datetime(2025, 6, 1, tzinfo=UTC), zone=AUCKLAND)


def dates(*facts: Customer | Order, at: datetime, leap: Leap = Leap.FEB28) -> list[object]:
    found = Occasions(leap=leap).deeds(History.of(*facts), at, UTC)
    return [(deed.key, deed.number, deed.at) for deed in found]


def test_a_birthday_comes_with_its_first_local_instant() -> None:
    her = evolve(HER, birthday=Birthday(month=1, day=1))
    begins = datetime(2025, 12, 31, 11, tzinfo=UTC)
    assert dates(her, at=begins) == [("birthday:2026", 0, begins)]
    assert dates(her, at=begins - TICK) == []


def test_a_birthday_is_known_since_a_local_day() -> None:
    """31 days before 1 April is 1 March, which begins on 28 February in UTC."""
    begins = datetime(2026, 2, 28, 11, tzinfo=UTC)
    for known, count in ((begins - TICK, 1), (begins, 1), (begins + timedelta(days=1), 0)):
        her = evolve(HER, at=known, recorded_at=known, birthday=Birthday(month=4, day=1))
        assert len(dates(her, at=MIDNIGHT)) == count


def test_a_year_of_buying_ends_on_a_local_day_of_the_year() -> None:
    first = order("1", "9.00", MIDNIGHT)
    begins = datetime(2027, 3, 31, 11, tzinfo=UTC)
    assert dates(HER, first, at=begins) == [("anniversary:1:1", 1, begins)]
    assert dates(HER, first, at=begins - TICK) == []
    new_year = datetime(2025, 12, 31, 11, tzinfo=UTC)
    early = order("1", "9.00", new_year)
    assert dates(HER, early, at=datetime(2026, 12, 31, 11, tzinfo=UTC)) == [
        ("anniversary:1:1", 1, datetime(2026, 12, 31, 11, tzinfo=UTC))
    ]
    leap = order("1", "9.00", datetime(2024, 2, 28, 12, tzinfo=UTC))
    for choice, day in ((Leap.FEB28, 27), (Leap.MAR1, 28)):
        at = datetime(2025, 3, 9, tzinfo=UTC)
        assert dates(HER, leap, at=at, leap=choice) == [
            ("anniversary:1:1", 1, datetime(2025, 2, day, 11, tzinfo=UTC))
        ]


def test_a_day_that_the_clocks_begin_late_begins_late() -> None:
    """In Beirut 29 March 2026 has no midnight."""
    beirut = ZoneInfo("Asia/Beirut")
    her = evolve(HER, zone=beirut, birthday=Birthday(month=3, day=29))
    begins = datetime(2026, 3, 28, 22, tzinfo=UTC)
    assert begins.astimezone(beirut).time() == time(1)
    assert dates(her, at=begins) == [("birthday:2026", 0, begins)]


def test_a_birthday_that_was_taken_out_and_put_in_again_is_new() -> None:
    known = [datetime(2025, 6, 1, tzinfo=UTC) + timedelta(days=number) for number in (0, 100, 300)]
    born = Birthday(month=4, day=1)
    versions = [
        evolve(HER, recorded_at=at, birthday=birthday)
        for at, birthday in zip(known, (born, None, born), strict=True)
    ]
    assert dates(versions[0], at=MIDNIGHT) != []
    assert dates(*versions, at=MIDNIGHT) == []


# ---------------------------------------------------------------- the ledger, and simulations


def test_grace_and_idle_points_end_by_the_local_clock() -> None:
    terms = Terms(zone=AUCKLAND, grace=Duration(days=2), idle=After(Duration(days=2)))
    at = datetime(2026, 4, 3, 12, tzinfo=UTC)
    assert terms.restored_until(at, at) == datetime(2026, 4, 5, 13, tzinfo=UTC)
    assert terms.restored_until(None, at) is None
    night = datetime(2026, 4, 3, 11, 30, tzinfo=UTC)
    assert After(Duration(days=2)).ends(night, AUCKLAND) == datetime(2026, 4, 6, 12, tzinfo=UTC)
    set_aside = hold(5, order="1", at=at, lasts=Duration(days=2))
    assert (set_aside.kind, set_aside.expires_at) == (EntryKind.HOLD, at + timedelta(days=2))


def test_points_of_stated_days_end_with_a_local_day() -> None:
    ends = OnDays((MonthDay(3, 31), MonthDay(2, 29)))
    assert ends.ends(MIDNIGHT - TICK, AUCKLAND) == MIDNIGHT
    for leap, day in ((Leap.FEB28, 28), (Leap.MAR1, 29)):
        chosen = evolve(ends, leap=leap)
        last = datetime(2026, 2, 28, 11, tzinfo=UTC) + timedelta(days=day - 28)
        assert chosen.ends(MIDNIGHT, AUCKLAND) == last.replace(year=2027)


def test_points_that_waited_begin_and_end_by_the_local_clock() -> None:
    programme = Programme(
        name="nz",
        terms=Terms(zone=AUCKLAND, expiry=After(Duration(days=1))),
        earning=Earning(rules=(Earn(name="base", points=5),), zone=AUCKLAND),
        waiting=UntilReturnWindow(Duration(days=2)),
    )
    there = datetime(2026, 4, 3, 12, tzinfo=UTC)
    scan = Scan(id="d", at=there, stage=Stage.DELIVERED)
    facts = (
        order("1", "9.00", MIDNIGHT),
        Shipment(id="s", at=MIDNIGHT, order="1", scans=(scan,)),
    )
    gift = Entry(key="gift", kind=EntryKind.ADJUST, points=3, at=MIDNIGHT)
    decision = programme.decide(History.of(*facts), at=there, known=Known(Ledger((gift,))))
    assert isinstance(decision, Granted)
    earned, begun = decision.value.entries
    assert (earned.available_at, begun.kind) == (None, EntryKind.ACTIVATE)
    assert begun.available_at == datetime(2026, 4, 5, 13, tzinfo=UTC)
    assert begun.expires_at == datetime(2026, 4, 7, 12, tzinfo=UTC)


def test_the_months_of_a_simulation_are_local() -> None:
    earning = Earning(rules=(Earn(name="news", points=5, on=Trigger.SIGN_UP),), zone=AUCKLAND)
    programme = Programme(name="nz", terms=Terms(zone=AUCKLAND), earning=earning)
    facts = [
        SignedUp(id=id, at=at, what=id) for id, at in (("a", MIDNIGHT - TICK), ("b", MIDNIGHT))
    ]
    until = datetime(2026, 4, 30, 12, tzinfo=UTC)
    made = simulate(
        programme,
        {"ann": History.of(*facts)},
        start=MIDNIGHT - TICK,
        until=until,
        each=Decimal("0.01"),
        redemption=Decimal(1),
        currency="EUR",
    )
    assert [(month.month, month.grants) for month in made.months] == [
        (date(2026, 3, 1), 1),
        (date(2026, 4, 1), 1),
        (date(2026, 5, 1), 0),
    ]
    assert fold(made.ledgers["ann"], at=until).available == 10
    shorter = simulate(
        programme,
        {"ann": History.of(*facts)},
        start=MIDNIGHT,
        until=until - TICK,
        each=Decimal("0.01"),
        redemption=Decimal(1),
        currency="EUR",
    )
    assert [(month.month, month.points) for month in shorter.months] == [(date(2026, 4, 1), 10)]
    assert not programme.decide(
        History.of(*facts), at=until, known=Known(Ledger(made.ledgers["ann"]))
    )
