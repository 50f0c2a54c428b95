"""Messages side by side, to be looked at."""

from collections.abc import Iterable
from html import escape
from typing import Final

from postpurchase.messages.message import Message

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
