"""Messages side by side, to be looked at.

`python -m postpurchase.testing.gallery --out previews/` writes every kind in every language on
every channel, and an `index.html` that shows them; with `--templates DIR` a shop sees its own
templates in their place, and what `lint` finds in them.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Final

from postpurchase.domain.kinds import KINDS
from postpurchase.domain.message import Kind
from postpurchase.domain.pairs import Pairs
from postpurchase.messages.catalogs import SHIPPED
from postpurchase.messages.findings import lint
from postpurchase.messages.message import Message
from postpurchase.messages.voice import Voice
from postpurchase.testing import sample

__all__ = ["index", "main", "messages", "write"]

_STYLE: Final = """\
body{margin:0;background:#eceae4;color:#22262b;font:16px/1.55 system-ui,sans-serif}
header,main{max-width:1240px;margin:0 auto;padding:24px}
h1{margin:8px 0;font-size:28px}h2{margin:0 0 4px;font-size:18px}
p{margin:0 0 12px}.dim{color:#5b6168;font-size:14px}
main{display:grid;gap:24px;grid-template-columns:repeat(auto-fill,minmax(min(100%,560px),1fr))}
article{background:#fff;border-radius:14px;padding:20px;box-shadow:0 1px 4px #0002;min-width:0}
iframe{width:100%;height:620px;border:1px solid #dcd8cf;border-radius:10px;background:#fff}
pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#f7f5f0;border-radius:10px;padding:14px}
details{margin-top:12px}summary{cursor:pointer}
"""


def index(messages: Iterable[Message], /, *, title: str = "Messages") -> str:
    """One page that shows messages as people get them: a stand-alone HTML document.

    A mail's HTML stands in a sandboxed frame, so nothing in it can run; its text part, and why
    anything was left out of it, are folded away below.
    """
    cards = "\n".join(map(_card, messages))
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{_STYLE}</style>\n</head>\n<body>\n"
        f"<header><h1>{escape(title)}</h1></header>\n<main>\n{cards}\n</main>\n</body>\n</html>\n"
    )


def _card(message: Message, /) -> str:
    language = escape(message.locale, quote=True)
    heading = escape(message.subject or message.kind.name)
    about = f"{message.kind.name} · {message.channel} · {message.locale} · to {message.to}"
    return (
        f'<article>\n<h2 lang="{language}" dir="{message.direction}">{heading}</h2>\n'
        f'<p class="dim">{escape(about)}</p>\n{_body(message)}{_left_out(message)}</article>'
    )


def _body(message: Message, /) -> str:
    language = escape(message.locale, quote=True)
    text = f'<pre lang="{language}" dir="{message.direction}">{escape(message.text)}</pre>\n'
    if not message.html:
        return text
    title = escape(f"{message.kind.name} in {message.locale}", quote=True)
    page = escape(message.html, quote=True)
    files = "".join(
        f'<p class="dim">attached: {escape(each.filename)}, {len(each.content)} bytes</p>\n'
        for each in message.attachments
    )
    return (
        f'<iframe title="{title}" sandbox srcdoc="{page}"></iframe>\n{files}'
        f"<details><summary>text part</summary>\n{text}</details>\n"
    )


def _left_out(message: Message, /) -> str:
    if not message.dropped:
        return ""
    rows = "".join(f"<li>{escape(str(reason))}</li>" for reason in message.dropped)
    return f'<ul class="dim">{rows}</ul>\n'


def messages(
    *,
    templates: Pairs[str] = Pairs(),
    locales: Sequence[str] = (),
    kinds: Sequence[Kind] = (),
) -> Iterator[Message]:
    """Every kind in every language on every channel that it names, with sample facts.

    Some languages or some kinds, where they are named.
    """
    for locale in locales or SHIPPED:
        voice = Voice(
            shop=sample.shop(locale),
            sender="shop@kitchen.example.com",
            templates=templates,
            documents=sample.documents,
            link=sample.links,
        )
        facts = sample.history(locale)
        for kind in kinds or KINDS:
            for channel in kind.channels:
                yield voice.compose(sample.action(kind, channel, locale=locale), facts)


def write(folder: Path, shown: Iterable[Message], /) -> int:
    """Write each message, and an index of each language, into a folder; how many there were."""
    folder.mkdir(parents=True, exist_ok=True)
    by_locale: dict[str, list[Message]] = {}
    for message in shown:
        by_locale.setdefault(message.locale, []).append(message)
        stem = f"{message.kind.name}.{message.locale}.{message.channel}"
        (folder / f"{stem}.txt").write_text(message.text, encoding="utf-8")
        if message.html:
            (folder / f"{stem}.html").write_text(message.html, encoding="utf-8")
    links = "".join(
        f'<li><a href="{locale}.html">{locale}: {len(each)} messages</a></li>'
        for locale, each in by_locale.items()
    )
    for locale, each in by_locale.items():
        page = index(each, title=f"Messages in {locale}")
        (folder / f"{locale}.html").write_text(page, encoding="utf-8")
    front = index((), title="Every message").replace("<main>", f"<main><ul>{links}</ul>", 1)
    (folder / "index.html").write_text(front, encoding="utf-8")
    return sum(map(len, by_locale.values()))


def main(arguments: Sequence[str] | None = None, /) -> int:
    """The command: 1 where `lint` found something, else 0."""
    parser = argparse.ArgumentParser(prog="python -m postpurchase.testing.gallery")
    parser.add_argument("--out", type=Path, required=True, help="the folder to write into")
    parser.add_argument("--templates", type=Path, help="a folder of the shop's own templates")
    chosen = parser.parse_args(arguments)
    own = Pairs[str]()
    if chosen.templates:
        own = Pairs(
            {
                path.relative_to(chosen.templates).as_posix(): path.read_text(encoding="utf-8")
                for path in sorted(chosen.templates.rglob("*.j2"))
            }
        )
    made = list(messages(templates=own))
    count = write(chosen.out, made)
    found = [f"{message!r}: {each.says}" for message in made for each in lint(message)]
    sys.stdout.write("".join(f"{line}\n" for line in found))
    sys.stdout.write(f"{count} messages in {chosen.out / 'index.html'}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
