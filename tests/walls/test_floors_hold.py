from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.walls.conftest import Tree

pytestmark = pytest.mark.walls

HOUSE = "Floors of the house"
DOMAIN = "Floors of the domain"
DOOR = "Nobody comes back in by the front door"
OUTSIDE = "No connection, process, chance or log"
TEMPLATES = "Only messages and pages know templates and catalogs"
DATES = "Only domain.moment knows dateutil"
DATA = "Only plain structures data"
MODELS = "Only the fitted models of clv know numpy and scipy"
FRAMES = "Only the gates know data frames and databases"
STRATEGIES = "Only testing knows Hypothesis"
GATES = "The gates are independent of one another"

PLANTED = [
    (HOUSE, "domain.rule", "postpurchase.rewards"),
    (HOUSE, "domain.rule", "postpurchase.integrations.shopify"),
    (HOUSE, "errors", "postpurchase.domain.rule"),
    (HOUSE, "rewards", "postpurchase.privacy"),
    (HOUSE, "privacy", "postpurchase.journey"),
    (HOUSE, "journey", "postpurchase.messages"),
    (HOUSE, "messages", "postpurchase.journey"),
    (HOUSE, "messages", "postpurchase.plain"),
    (DOMAIN, "domain.fact", "postpurchase.domain.order"),
    (DOMAIN, "domain.rule", "postpurchase.domain.history"),
    (DOMAIN, "domain.order", "postpurchase.domain.shipment"),
    (DOOR, "domain.rule", "postpurchase"),
    (DOOR, "journey", "postpurchase"),
    *[
        (OUTSIDE, "domain.rule", name)
        for name in ("socket", "http.client", "smtplib", "sqlite3", "subprocess", "random")
    ],
    *[(OUTSIDE, "rewards", name) for name in ("secrets", "logging", "time", "threading")],
    (TEMPLATES, "journey", "jinja2"),
    (TEMPLATES, "domain.rule", "babel.numbers"),
    (DATES, "rewards", "dateutil.relativedelta"),
    (DATA, "domain.rule", "cattrs"),
    (DATA, "journey", "cattrs"),
    (MODELS, "rewards", "numpy"),
    (MODELS, "privacy", "scipy.special"),
    (FRAMES, "clv", "pandas"),
    (FRAMES, "journey", "sqlalchemy"),
    (FRAMES, "privacy", "narwhals"),
    (STRATEGIES, "journey", "hypothesis"),
]


def test_the_floors_hold_as_they_are(tree: "Tree") -> None:
    judged = tree.run("lint-imports", "--no-cache")
    assert judged.passed, judged.said


@pytest.mark.parametrize(("contract", "room", "imported"), PLANTED)
def test_an_import_that_is_not_allowed(
    tree: "Tree", contract: str, room: str, imported: str
) -> None:
    path = tree.root / "src" / "postpurchase" / room.replace(".", "/")
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    tree.append(str(file.relative_to(tree.root)), f"\nimport {imported}\n")
    met = imported if imported.startswith("postpurchase") else imported.partition(".")[0]
    judged = tree.run("lint-imports", "--no-cache")
    assert judged.refuses(f"{contract} BROKEN", f"postpurchase.{room} -> {met} (l."), judged.said


@pytest.mark.parametrize(("contract", "home"), [(HOUSE, ""), (DOMAIN, "domain/")])
def test_a_module_that_stands_on_no_floor(tree: "Tree", contract: str, home: str) -> None:
    tree.plant(f"src/postpurchase/{home}attic.py", '"""A room that nobody planned."""\n')
    assert tree.run("lint-imports", "--no-cache").refuses(f"{contract} BROKEN", "attic")


def test_a_gate_that_leans_on_another(tree: "Tree") -> None:
    tree.plant(
        "src/postpurchase/integrations/leaning.py", "import postpurchase.integrations.shopify\n"
    )
    assert tree.run("lint-imports", "--no-cache").refuses(f"{GATES} BROKEN", "leaning")


def test_an_import_for_types_only_counts_too(tree: "Tree") -> None:
    hidden = (
        "\nfrom typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import postpurchase.rewards\n"
    )
    tree.append("src/postpurchase/domain/rule.py", hidden)
    assert tree.run("lint-imports", "--no-cache").refuses(f"{HOUSE} BROKEN", "postpurchase.rewards")
