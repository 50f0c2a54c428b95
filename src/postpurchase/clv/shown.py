"""How results look in a notebook."""

from collections.abc import Iterable, Mapping
from html import escape


def table(caption: str, rows: Mapping[str, object], /, *, notes: Iterable[str] = ()) -> str:
    """A table of names and what they come to, and sentences below; everything is escaped.

    An empty caption is none.
    """
    body = "".join(
        f"<tr><th>{escape(name)}</th><td>{escape(str(value))}</td></tr>"
        for name, value in rows.items()
    )
    below = "".join(f"<p>{escape(note)}</p>" for note in notes)
    above = f"<caption>{escape(caption)}</caption>" if caption else ""
    return f"<table>{above}{body}</table>{below}"
