"""The gallery: every message written where it can be looked at."""

import runpy
import sys
from pathlib import Path

import pytest

from postpurchase.domain import kinds
from postpurchase.domain.message import Channel, Purpose
from postpurchase.messages import Voice
from postpurchase.testing import gallery, sample


def test_messages_are_written_with_an_index(tmp_path: Path) -> None:
    shown = gallery.messages(locales=("en", "ur"), kinds=(kinds.SHIPPED, kinds.SURVEY))
    count = gallery.write(tmp_path / "out", shown)
    assert count == 2 * (len(kinds.SHIPPED.channels) + len(kinds.SURVEY.channels))
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert {
        "en.html",
        "ur.html",
        "shipped.ur.email.html",
        "survey.en.sms.txt",
    } <= names
    assert "ur.html" in (tmp_path / "out" / "index.html").read_text()


def test_the_command_shows_a_shops_own_templates_and_what_is_wrong_with_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gallery, "SHIPPED", ("en",))
    own = tmp_path / "own" / "kinds"
    own.mkdir(parents=True)
    own.joinpath("shipped.j2").write_text(
        '{% extends "!core/kinds/shipped.j2" %}{% block title %}Big sale{% endblock %}'
        "{% block body %}<img src='https://x.example/y.png'>{% endblock %}"
    )
    arguments = ["--out", str(tmp_path / "seen"), "--templates", str(tmp_path / "own")]
    assert gallery.main(arguments) == 1
    said = capsys.readouterr().out
    assert "the picture 'https://x.example/y.png' has no alt text" in said
    assert f"in {tmp_path / 'seen' / 'index.html'}" in said
    assert "Big sale" in (tmp_path / "seen" / "shipped.en.email.html").read_text()


def test_the_command_finds_nothing_wrong_with_what_is_shipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gallery, "KINDS", (kinds.SHIPPED,))
    assert gallery.main(["--out", str(tmp_path)]) == 0


def test_the_module_is_the_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["gallery", "--help"])
    monkeypatch.delitem(sys.modules, "postpurchase.testing.gallery")
    with pytest.raises(SystemExit):
        runpy.run_module("postpurchase.testing.gallery", run_name="__main__")
    assert "--templates" in capsys.readouterr().out


def test_what_was_left_out_of_a_message_is_listed() -> None:
    action = sample.action(
        kinds.INVOICE, Channel.EMAIL, sample.suggestions(), ceiling=Purpose.SERVICE
    )
    voice = Voice(shop=sample.shop(), sender="a@example.com")
    page = gallery.index([voice.compose(action, sample.history())])
    assert "<li>block suggestions is left out: there is no permission for marketing</li>" in page
