"""Templates that nobody has read: what they may do, and where they are stopped."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postpurchase.domain import kinds
from postpurchase.domain.message import Channel, Kind, Purpose
from postpurchase.domain.pairs import Pairs
from postpurchase.errors import (
    BudgetExhausted,
    NoWords,
    TemplateFault,
    UnsafeTemplate,
    VariableMissing,
)
from postpurchase.messages import Budget, Theme, Voice
from postpurchase.messages.catalogs import shipped
from postpurchase.messages.engine import Engine, Form
from postpurchase.messages.views import LinkView
from postpurchase.testing import sample

SMALL = Budget(steps=2000, size=20_000)


def rendered(template: str, form: Form = Form.TEXT, **values: object) -> str:
    engine = Engine(
        theme=Theme(), own={"kinds/probe.j2": template}, languages=shipped, budget=SMALL
    )
    return engine.render("probe", "kinds/probe.j2", form, "en", values)


@pytest.mark.parametrize(
    "template",
    [
        "{{ ''.__class__ }}",
        "{{ link._hidden }}",
        "{{ link|attr('__class__') }}",
        "{{ link.__init__.__globals__ }}",
        "{{ 'x'.format(1) }}",
        "{{ 'x'.ljust(10**9) }}",
        "{{ 'x'.encode() }}",
        "{{ '%s'|format(link) }}",
        "{{ '%1000000000d' % 1 }}",
        "{{ 'a' * 10**9 }}",
        "{{ [1] * 10**9 }}",
        "{{ [1] + [2] }}",
        "{{ link }}",
        "{{ [link] }}",
        "{{ _ }}",
        "{{ range }}",
        "{{ d.pop('a') }}",
        "{{ d.update(a=2) }}",
        "{{ link.url.replace('h', 'x') }}",
        "{% autoescape false %}{{ link.name }}{% endautoescape %}",
        "{{ link.name|safe }}",
        "{{ '<b>'|safe }}",
        "{{ link.name|tojson }}",
        "{{ 1|round(10**9) }}",
        "{{ 'x'|center(10**9) }}",
        "{{ 'x'|indent(10**9) }}",
        "{{ [1]|batch(10**9)|list }}",
        "{{ [1]|slice(10**9)|list }}",
        "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}",
        "{{ 'x'|replace('', 'y') }}",
        "{{ 'x'|pprint }}",
        "{{ typ('x') }}",
        "{{ typ.mro() }}",
        "{{ self.__init__ }}",
        "{{ when.strftime('%Y') }}",
        "{{ [link]|map(attribute='__class__')|first }}",
    ],
)
def test_a_template_cannot_reach_out(template: str) -> None:
    with pytest.raises(UnsafeTemplate):
        rendered(
            template, link=LinkView("n", "https://h"), d={"a": 1}, typ=str, when=sample.ORDERED
        )


BOMBS: list[str] = json.loads(
    (Path(__file__).parents[1] / "vectors" / "template_bombs.json").read_text()
)["templates"]


@pytest.mark.parametrize("template", BOMBS, ids=range(len(BOMBS)))
def test_a_bomb_is_stopped_within_its_budget(template: str) -> None:
    with pytest.raises((BudgetExhausted, TemplateFault)):
        rendered(template)


def test_a_bomb_stops_at_the_same_step_each_time() -> None:
    def said() -> str:
        with pytest.raises(BudgetExhausted) as stopped:
            rendered("{% for a in range(99) %}{% for b in range(99) %}.{% endfor %}{% endfor %}")
        return str(stopped.value)

    assert said() == said() == "probe: kinds/probe.j2, line 1: more than 2000 steps"


def test_what_a_shop_usually_does_works() -> None:
    template = (
        "{% macro row(x) %}[{{ x|upper }}]{% endmacro %}"
        "{% for each in links if each.name %}{{ loop.index }}{{ row(each.name) }}"
        "{% if not loop.last %}, {% endif %}{% endfor %}"
        "{% set total = 2 + 3 * 4 %}{{ total }} {{ 7 % 4 }} {{ 2 ** 3 }}"
        "{{ ' ' ~ (names|join(', ')) }} {{ 'a-b'|replace('-', '+') }}"
        "{{ d.get('a') }}{{ names|length }}{{ none }}{{ true }}"
        "{% set note %}hm{% endset %}{{ note }}"
        "{% for key, value in d.items() %}{{ key }}{{ value }}{% endfor %}"
        "{{ links|map(attribute='name')|join('/') }} {{ 'x'.upper() }} {{ ngettext('1', 'n', 3) }}"
        "{% for n in range(2) %}{{ loop.cycle('a', 'b') }}{% endfor %}"
    )
    links = (LinkView("one", ""), LinkView("", ""), LinkView("two", ""))
    text = rendered(template, links=links, names=("x", "y"), d={"a": 1})
    assert text == "1[ONE], 2[TWO]14 3 8 x, y a+b12Truehma1one//two X nab"


def test_user_text_is_escaped_in_pages_and_not_in_texts() -> None:
    assert rendered("{{ x }}", Form.HTML, x="<b>") == "&lt;b&gt;"
    assert rendered("{{ x }}", Form.TEXT, x="<b>") == "<b>"


def test_data_is_never_a_template() -> None:
    assert rendered("{{ x }}", x="{{ 7*7 }}{% raw %}") == "{{ 7*7 }}{% raw %}"


@given(st.text(max_size=200))
def test_any_text_comes_out_as_it_went_in(text: str) -> None:
    assert rendered("{{ x }}", x=text) == text


def test_a_fault_names_kind_template_line_and_field() -> None:
    with pytest.raises(VariableMissing) as missing:
        rendered("one\ntwo {{ customer.nickname }}", customer=LinkView("n", ""))
    fault = missing.value
    assert (fault.kind, fault.template, fault.line) == ("probe", "kinds/probe.j2", 2)
    assert fault.field == "nickname"
    with pytest.raises(VariableMissing) as absent:
        rendered("{{ nobody }}")
    assert absent.value.field == "nobody"


@pytest.mark.parametrize(
    ("template", "line"),
    [("a\n{% if %}", 2), ("{% block %}", 1), ("\n\n{{ 1/0 }}", 3), ("{{ [1][5].x }}", 1)],
)
def test_a_broken_template_is_told_with_its_line(template: str, line: int) -> None:
    with pytest.raises(TemplateFault) as fault:
        rendered(template)
    assert fault.value.line == line


@pytest.mark.parametrize(
    "name", ["../secret.j2", "/etc/passwd", "kinds/none.j2", "KINDS/x.j2", "a b.j2"]
)
def test_only_templates_are_found(name: str) -> None:
    with pytest.raises(TemplateFault):
        rendered(f"{{% include '{name}' %}}")


def test_a_shop_overrides_one_block_of_one_language() -> None:
    own = Pairs(
        {
            "kinds/shipped.hi.j2": '{% extends "!core/kinds/shipped.j2" %}'
            "{% block title %}केवल हिन्दी{% endblock %}",
            "html/help.j2": "<p>own help</p>",
        }
    )
    voice = Voice(shop=sample.shop(), sender="a@example.com", templates=own)
    action = sample.action(kinds.SHIPPED)
    hindi = voice.compose(action, sample.history("hi"))
    english = voice.compose(action, sample.history("en"))
    assert "केवल हिन्दी" in hindi.html
    assert "केवल हिन्दी" in hindi.text
    assert "केवल हिन्दी" not in english.html
    assert "own help" in english.html
    assert "own help" not in english.text
    assert "BD123456789IN" in hindi.html


def test_a_shop_adds_a_kind_of_its_own() -> None:
    tasting = Kind(
        name="tasting",
        purpose=Purpose.SERVICE,
        channels=(Channel.EMAIL, Channel.SMS),
        requires=("order",),
    )
    own = Pairs(
        {
            "kinds/tasting.j2": '{% extends "layout.j2" %}{% import "parts.j2" as ui %}'
            "{% block subject %}A tasting for {{ order.titles }}{% endblock %}"
            "{% block title %}Come and taste{% endblock %}"
            "{% block body %}{{ ui.p('Bring your knives.') }}{% endblock %}"
            "{% block short %}Come and taste{% endblock %}"
        }
    )
    voice = Voice(shop=sample.shop(), sender="a@example.com", templates=own)
    mail = voice.compose(sample.action(tasting), sample.history())
    assert mail.subject == "A tasting for Knife set, 5 pieces"
    assert "Bring your knives." in mail.text
    assert "Bring your knives." in mail.html
    short = voice.compose(sample.action(tasting, Channel.SMS), sample.history())
    assert short.text.startswith("Come and taste")
    bare = Voice(shop=sample.shop(), sender="a@example.com")
    with pytest.raises(NoWords, match="no words for tasting on"):
        bare.compose(sample.action(tasting), sample.history())
