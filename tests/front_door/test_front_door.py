import ast
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

import postpurchase
from postpurchase.doors import opening
from postpurchase.errors import MissingExtra, PostPurchaseError
from postpurchase.extras import extra

FRONT_DOOR = Path(postpurchase.__file__)
DEAR = ("jinja2", "babel", "cattrs", "dateutil", "numpy", "scipy")


def _static_words() -> Iterator[str]:
    for node in ast.walk(ast.parse(FRONT_DOOR.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            yield from (name.asname for name in node.names if name.asname)


def _fresh(code: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout


def test_what_type_checkers_see_is_what_is_there() -> None:
    assert sorted(_static_words()) == sorted(postpurchase.__all__)
    assert dir(postpurchase) == sorted(postpurchase.__all__)


@pytest.mark.parametrize("word", postpurchase.__all__)
def test_every_word_is_loaded_on_first_use(word: str) -> None:
    assert getattr(postpurchase, word) is getattr(postpurchase, word)


def test_a_noun_is_one_thing_at_both_addresses() -> None:
    assert postpurchase.Order is import_module("postpurchase.domain.order").Order
    assert postpurchase.rewards is import_module("postpurchase.rewards")


def test_a_word_that_nobody_says() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'Ordr'") as caught:
        _ = postpurchase.Ordr  # type: ignore[attr-defined]  # the very slip that is tested
    assert (caught.value.name, caught.value.obj) == ("Ordr", postpurchase)


def test_nothing_is_loaded_before_it_is_used() -> None:
    code = "import postpurchase, sys; print([m for m in sys.modules if 'postpurchase.dom' in m])"
    assert _fresh(code) == "[]\n"


def test_the_nouns_load_nothing_dear() -> None:
    code = (
        "import postpurchase as pp, sys\n"
        "pp.Order, pp.Money, pp.History, pp.Shipment\n"
        f"print([name for name in {DEAR} if name in sys.modules])"
    )
    assert _fresh(code) == "[]\n"


def test_a_missing_extra_is_named() -> None:
    with pytest.raises(MissingExtra) as caught, extra("sql"):
        import_module("a_database_that_nobody_has")
    assert (caught.value.extra, caught.value.module) == ("sql", "a_database_that_nobody_has")
    assert isinstance(caught.value, PostPurchaseError)
    assert isinstance(caught.value, ImportError)
    assert "pip install 'postpurchase[sql]'" in str(caught.value)


def test_an_extra_that_is_there_is_simply_imported() -> None:
    with extra("testing"):
        module = import_module("hypothesis")
    assert module.__name__ == "hypothesis"


def test_another_error_inside_an_extra_is_left_alone() -> None:
    with pytest.raises(ZeroDivisionError), extra("sql"):
        _ = 1 // 0


def test_a_door_of_ones_own(monkeypatch: pytest.MonkeyPatch) -> None:
    door = type(sys)("door")
    monkeypatch.setitem(sys.modules, "door", door)
    load = opening("door", {"decimal": ("Decimal",)}, ("collections.abc",))
    assert load("Decimal") is import_module("decimal").Decimal
    assert load("abc") is import_module("collections.abc")
    assert vars(door)["Decimal"] is load("Decimal")


@pytest.mark.parametrize(
    "module", ["errors", "messages", "support", "domain.event", "domain.customer"]
)
def test_a_lazy_room_lists_all_its_words(module: str) -> None:
    room = import_module(f"postpurchase.{module}")
    assert dir(room) == sorted(room.__all__)
