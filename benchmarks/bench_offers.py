"""Offers against django-oscar, and rules against json-logic-qubit and rule-engine.

    python -m venv build/bench
    build/bench/bin/pip install . django-oscar json-logic-qubit rule-engine
    build/bench/bin/python benchmarks/bench_offers.py

Oscar asks a database for every range and condition, which is most of its time; the figure says so.
Its offers are exclusive, as they are unless one says otherwise: letting them combine, as ours do,
makes it some forty times slower still.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from importlib import import_module
from statistics import median
from time import perf_counter
from typing import Any, Final

from attrs import frozen
from typing_extensions import override

from postpurchase.domain.decision import Reason, says
from postpurchase.domain.money import Money
from postpurchase.domain.order import Line, Order
from postpurchase.domain.rule import Finding, Known, Rule, Verdict
from postpurchase.offers import PercentOff, Promotion, Quote, quote

NOON: Final = datetime(2026, 11, 24, 12, tzinfo=UTC)
LINES, OFFERS, RULES = 10, 20, 20


def per_call(work: Callable[[], object], seconds: float) -> float:
    """Median seconds of one call, over so many seconds."""
    work()
    times: list[float] = []
    ends = perf_counter() + seconds
    while perf_counter() < ends:
        begin = perf_counter()
        work()
        times.append(perf_counter() - begin)
    return median(times)


# ---------------------------------------------------------------- offers


def ours() -> Callable[[], Quote]:
    order = Order(
        id="1",
        at=NOON,
        currency="EUR",
        lines=tuple(
            Line(id=f"l{n}", sku=f"s{n}", unit_price=Money(1000 + n, "EUR"), quantity=2)
            for n in range(LINES)
        ),
    )
    offers = tuple(
        Promotion(
            id=f"offer{n}",
            gives=PercentOff(percent=Decimal(1 + n % 5)),
            minimum=Money(100 * n, "EUR"),
            units=n % 4,
            priority=n,
        )
        for n in range(OFFERS)
    )

    def work() -> Quote:
        made = quote(order, offers=offers, at=NOON)
        assert len(made.answers) == OFFERS
        return made

    return work


def oscar() -> Callable[[], object]:
    """The same order and as many percentage offers, in Oscar on SQLite in memory."""
    django = import_module("django")
    settings = import_module("django.conf").settings

    settings.configure(**_oscar_settings())
    django.setup()
    call_command = import_module("django.core.management").call_command
    loading = import_module("oscar.core.loading")
    get_class, get_model = loading.get_class, loading.get_model
    factories = import_module("oscar.test.factories")

    call_command("migrate", verbosity=0, run_syncdb=True)
    basket = factories.create_basket(empty=True)
    for n in range(LINES):
        product = factories.create_product(price=Decimal(1000 + n) / 100, num_in_stock=99)
        basket.add_product(product, 2)
    everything = get_model("offer", "Range").objects.create(name="all", includes_all_products=True)
    for n in range(OFFERS):
        condition = get_model("offer", "Condition").objects.create(
            range=everything, type="Value", value=n + 1
        )
        benefit = get_model("offer", "Benefit").objects.create(
            range=everything, type="Percentage", value=1 + n % 5
        )
        get_model("offer", "ConditionalOffer").objects.create(
            name=f"offer{n}",
            condition=condition,
            benefit=benefit,
            priority=n,
            max_basket_applications=1,  # else Oscar applies each as long as lines are left
        )
    applicator = get_class("offer.applicator", "Applicator")()

    def work() -> object:
        basket.reset_offer_applications()
        applicator.apply(basket)
        return basket.total_discount

    assert work()
    return work


def _oscar_settings() -> dict[str, Any]:
    defaults = import_module("oscar.defaults")

    named = {name: getattr(defaults, name) for name in dir(defaults) if name.startswith("OSCAR")}
    return {
        **named,
        "SECRET_KEY": "bench",
        "INSTALLED_APPS": import_module("oscar").INSTALLED_APPS,
        "DATABASES": {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        "SITE_ID": 1,
        "ROOT_URLCONF": "oscar.urls",
        "USE_TZ": True,
        "DEFAULT_AUTO_FIELD": "django.db.models.AutoField",
        "MIDDLEWARE": [],
        "HAYSTACK_CONNECTIONS": {
            "default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}
        },
        "TEMPLATES": [
            {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}
        ],
    }


# ---------------------------------------------------------------- rules


# Twenty rules on one nested context: of one condition each, by turns a total, a country and a tag;
# or of four, joined by and, or and not, where the others stop at the first that decides.

SINGLE: Final = "one condition each"
JOINED: Final = "four conditions each"
COUNTRIES: Final = ("DE", "FR", "IN")
CONTEXT: Final[Mapping[str, object]] = {
    "order": {"total": 100, "tags": ["knives", "steel"]},
    "customer": {"country": "IN"},
}


@frozen
class Figures:
    """What the rules look at."""

    total: int
    tags: tuple[str, ...]
    country: str


@frozen
class Has(Reason):
    """A figure that a rule met."""

    says = says("it is %(value)s")
    value: int | str | tuple[str, ...]


@frozen
class TotalAtLeast(Rule):
    """Holds from a total on."""

    least: int

    @override
    def check(self, known: Known, /) -> Finding:
        figures = known.find(Figures)
        if figures is None:
            return Finding(self, Verdict.UNKNOWN)
        verdict = Verdict.YES if figures.total >= self.least else Verdict.NO
        return Finding(self, verdict, Has(figures.total))


@frozen
class CountryIn(Rule):
    """Holds in these countries."""

    countries: tuple[str, ...]

    @override
    def check(self, known: Known, /) -> Finding:
        figures = known.find(Figures)
        if figures is None:
            return Finding(self, Verdict.UNKNOWN)
        verdict = Verdict.YES if figures.country in self.countries else Verdict.NO
        return Finding(self, verdict, Has(figures.country))


@frozen
class Tagged(Rule):
    """Holds for orders with this tag."""

    tag: str

    @override
    def check(self, known: Known, /) -> Finding:
        figures = known.find(Figures)
        if figures is None:
            return Finding(self, Verdict.UNKNOWN)
        verdict = Verdict.YES if self.tag in figures.tags else Verdict.NO
        return Finding(self, verdict, Has(figures.tags))


def our_rules(shape: str) -> Callable[[], object]:
    belongs = CountryIn(COUNTRIES) | Tagged("club")
    by_turns: tuple[Callable[[int], Rule], ...] = (
        TotalAtLeast,
        lambda _: CountryIn(COUNTRIES),
        lambda _: Tagged("steel"),
    )
    rules: list[Rule] = [by_turns[n % 3](n) for n in range(RULES)]
    if shape == JOINED:
        rules = [TotalAtLeast(n) & belongs & ~Tagged("gift_card") for n in range(RULES)]
    known = Known(Figures(total=100, tags=("knives", "steel"), country="IN"))

    def work() -> object:
        found = [rule.check(known) for rule in rules]
        assert all(found)
        return found

    leaves = 4 if shape == JOINED else 1
    assert all(len(list(rule.check(known).leaves())) == leaves for rule in rules)
    return work


def json_logic(shape: str) -> Callable[[], object]:
    json_logic_of = import_module("json_logic").jsonLogic

    country = {"in": [{"var": "customer.country"}, list(COUNTRIES)]}
    tags = {"var": "order.tags"}

    def total(n: int) -> object:
        return {">=": [{"var": "order.total"}, n]}

    rules = [(total(n), country, {"in": ["steel", tags]})[n % 3] for n in range(RULES)]
    if shape == JOINED:
        belongs = {"or": [country, {"in": ["club", tags]}]}
        plain = {"!": {"in": ["gift_card", tags]}}
        rules = [{"and": [total(n), belongs, plain]} for n in range(RULES)]

    def work() -> object:
        found = [json_logic_of(rule, CONTEXT) for rule in rules]
        assert all(found)
        return found

    return work


def rule_engine_rules(shape: str) -> Callable[[], object]:
    rule_engine = import_module("rule_engine")

    country = "customer.country in [" + ", ".join(f'"{name}"' for name in COUNTRIES) + "]"
    texts = [(f"order.total >= {n}", country, '"steel" in order.tags')[n % 3] for n in range(RULES)]
    if shape == JOINED:
        texts = [
            f'order.total >= {n} and ({country} or "club" in order.tags) '
            'and not "gift_card" in order.tags'
            for n in range(RULES)
        ]
    rules = [rule_engine.Rule(text) for text in texts]

    def work() -> object:
        found = [rule.matches(CONTEXT) for rule in rules]
        assert all(found)
        return found

    return work


def main() -> None:
    mine = per_call(ours(), 2)
    theirs = per_call(oscar(), 4)
    print(f"{LINES} lines x {OFFERS} offers, every answer with its reasons: {mine * 1e3:.3f} ms")
    print(f"django-oscar's applicator, SQLite in memory: {theirs * 1e3:.1f} ms")
    print(f"ratio {theirs / mine:.0f} (target at least 200)")
    for shape in (SINGLE, JOINED):
        rules = per_call(our_rules(shape), 2)
        print(f"{RULES} rules, {shape}, every leaf explained: {rules * 1e6:.1f} us")
        for name, other in (
            ("json-logic-qubit", per_call(json_logic(shape), 2)),
            ("rule-engine", per_call(rule_engine_rules(shape), 2)),
        ):
            print(f"  {name}: {other * 1e6:.1f} us, ratio {other / rules:.1f}")


if __name__ == "__main__":
    main()
