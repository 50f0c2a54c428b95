"""Keep the catalogs in step with the sentences in templates and reasons.

`python tools/catalogs.py` extracts every sentence, adds what is new to each language's `.po`,
drops what is gone, and compiles the `.mo` files that are shipped. `--check` changes nothing and
fails where something would change. `--export hi` prints the drafts of a language as a table for
somebody who reads it natively.
"""

import argparse
import ast
import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from postpurchase.messages.catalogs import DOMAINS, PLURALS, SHIPPED, compiled

SRC = Path(__file__).parents[1] / "src" / "postpurchase"
LOCALES = SRC / "messages" / "locales"
HEAD = """\
# Sentences of postpurchase in {language}. MIT, as the whole project.
# Every sentence is a draft that waits for somebody who reads the language natively."""

SPEAKING = frozenset({"messages", "pages"})
Sentence = str | tuple[str, str]
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
DATED = ('"POT-Creation-Date', '"PO-Revision-Date', '"Last-Translator', '"Generated-By')


def from_templates() -> dict[Sentence, list[str]]:
    """The sentences of all templates, with where they stand."""
    found: dict[Sentence, list[str]] = {}
    for room in ("messages", "pages"):
        rows = extract_from_dir(
            str(SRC / room / "templates"),
            method_map=[("**.j2", "jinja2")],
            options_map={
                "**.j2": {"trimmed": "true", "newstyle_gettext": "true", "silent": "false"}
            },
            keywords={"_": None, "plain_": None, "gettext": None, "ngettext": (1, 2)},
        )
        for path, _, sentence, _, _ in rows:
            key = sentence if isinstance(sentence, str) else (sentence[0], sentence[1])
            found.setdefault(key, []).append(f"{room}/{path}")
    return found


def in_code(*, rooms: frozenset[str]) -> dict[Sentence, list[str]]:
    """The sentences that code states with `says`, in these rooms."""
    found: dict[Sentence, list[str]] = {}
    for path in sorted(SRC.rglob("*.py")):
        if path.relative_to(SRC).parts[0] not in rooms:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "says":
                texts = [ast.literal_eval(each) for each in node.args]
                key = texts[0] if len(texts) == 1 else (texts[0], texts[1])
                found.setdefault(key, []).append(str(path.relative_to(SRC)))
    return found


def merged(language: str, domain: str, sentences: dict[Sentence, list[str]]) -> bytes:
    """The `.po` of a language with exactly these sentences, and the translations it has."""
    path = _po(language, domain)
    old = Catalog(locale=language)
    if path.exists():
        old = read_po(BytesIO(path.read_bytes()), locale=language)
    new = Catalog(
        locale=language,
        domain=domain,
        project="postpurchase",
        header_comment=HEAD.format(language=language),
        fuzzy=False,
    )
    new.creation_date = new.revision_date = LONG_AGO
    new.mime_headers = [("Plural-Forms", PLURALS[language])]
    for sentence, places in sorted(sentences.items(), key=lambda item: str(item[0])):
        singular = sentence if isinstance(sentence, str) else sentence[0]
        known = old.get(singular)
        text = known.string if known else None
        where = [(place, 0) for place in sorted(set(places))]
        new.add(sentence, text, locations=where, auto_comments=["draft"], flags=["python-format"])
    out = BytesIO()
    write_po(out, new, width=0, include_lineno=False)
    lines = out.getvalue().decode().splitlines()
    kept = [line for line in lines if not line.startswith(DATED)]
    return ("\n".join(kept) + "\n").encode()


def _po(language: str, domain: str) -> Path:
    return LOCALES / language / "LC_MESSAGES" / f"{domain}.po"


def export(language: str) -> str:
    """The sentences of a language beside their originals, as a Markdown table."""
    rows = ["| English | draft | where |", "| --- | --- | --- |"]
    for domain in DOMAINS:
        for message in read_po(BytesIO(_po(language, domain).read_bytes()), locale=language):
            if message.id:
                one = message.id if isinstance(message.id, str) else " / ".join(message.id)
                text = message.string
                draft = text if isinstance(text, str) else " / ".join(text or ())
                where = ", ".join(path for path, _ in message.locations)
                rows.append(f"| {one} | {draft} | {where} |")
    return "\n".join(rows)


def main() -> int:
    """Bring all catalogs up to date, or say which are not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--export", metavar="LANGUAGE")
    chosen = parser.parse_args()
    if chosen.export:
        print(export(chosen.export))
        return 0
    stale = []
    rooms = frozenset(path.name for path in SRC.iterdir() if path.is_dir())
    words = {**in_code(rooms=SPEAKING), **from_templates()}
    for domain, sentences in zip(DOMAINS, (words, in_code(rooms=rooms - SPEAKING)), strict=True):
        for language in SHIPPED[1:]:
            path = _po(language, domain)
            po = merged(language, domain, sentences)
            for target, content in ((path, po), (path.with_suffix(".mo"), compiled(po, language))):
                if not target.exists() or target.read_bytes() != content:
                    stale.append(str(target.relative_to(SRC)))
                    if not chosen.check:
                        target.parent.mkdir(parents=True, exist_ok=True)
                        target.write_bytes(content)
    print("\n".join(stale) if stale else "all catalogs agree")
    return int(chosen.check and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
