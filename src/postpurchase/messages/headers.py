"""Headers that say what they should and nothing else.

The standard library's are not safe on the Pythons that are in use: an encoded word in a subject
can smuggle in a header (python/cpython#121650), and folding can lose the quotes of a display
name and with them the recipient (#80222, #143935). So every value is cleaned before any
serialiser sees it: a name or a subject is made harmless and never refused; only addresses are.
"""

import re
from binascii import b2a_base64
from typing import Final

from postpurchase.errors import InvalidAddress

_CONTROLS: Final = re.compile(
    "[\x00-\x20\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+"
)
_LOCAL: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN: Final = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])"
)
_MESSAGE_ID: Final = re.compile(r"<[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9.-]+>")
_ATOMS: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*")

MOST_LOCAL: Final = 64
MOST_ADDRESS: Final = 254
MOST_NAME: Final = 60
_LINE: Final = 76
_WORD_BYTES: Final = 45


def clean(text: str, /) -> str:
    """One harmless line: control, line and direction characters become a space.

    `=?` is broken up, so that nothing in it can be taken for an encoded word.
    """
    return _CONTROLS.sub(" ", text).strip().replace("=?", "= ?")


def clean_name(name: str, /) -> str:
    """A display name: one harmless line of at most 60 characters."""
    line = clean(name)
    return line if len(line) <= MOST_NAME else f"{line[: MOST_NAME - 1].rstrip()}…"


def mailbox(address: str, /) -> str:
    """The address with its domain in lower case, and in ASCII where it was not.

    Raises:
        InvalidAddress: it is not exactly one plain address. A part before the @ that is not
            ASCII is refused too: it needs a server that speaks SMTPUTF8.
    """
    local, at, domain = address.rpartition("@")
    if not at or not _LOCAL.fullmatch(local) or len(local) > MOST_LOCAL:
        raise InvalidAddress(address=address, why="the part before the @")
    ascii_domain = domain.lower() if domain.isascii() else _ascii(address, domain)
    if not _DOMAIN.fullmatch(ascii_domain) or len(local) + len(ascii_domain) >= MOST_ADDRESS:
        raise InvalidAddress(address=address, why="the part after the @")
    return f"{local}@{ascii_domain}"


def _ascii(address: str, domain: str) -> str:
    try:
        return domain.encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise InvalidAddress(address=address, why="the part after the @") from error


def message_id(text: str, /) -> str:
    """A Message-ID as it came in.

    Raises:
        InvalidAddress: it is not of the form `<left@right>`.
    """
    if not _MESSAGE_ID.fullmatch(text):
        raise InvalidAddress(
            address=text,
            why="it reads <left@right>",
            what="Message-ID",
            example="<1001.confirm@example.com>",
        )
    return text


def written(name: str, value: str, /) -> str:
    """A header of clean text, folded, in encoded words where it is not plain ASCII."""
    if value.isascii() and max(map(len, value.split(" "))) < _LINE - len(name):
        return _folded(f"{name}: {value}")
    return f"{name}: {_encoded(value, _WORD_BYTES - len(name))}"


def written_address(name: str, display: str, address: str, /) -> str:
    """A header of one address with a clean display name."""
    if not display:
        return f"{name}: {address}"
    if not display.isascii():
        shown = _encoded(display, _WORD_BYTES - len(name))
    elif _ATOMS.fullmatch(display):
        shown = display
    else:
        quoted = display.replace("\\", "\\\\").replace('"', '\\"')
        shown = f'"{quoted}"'
    return f"{name}: {shown}\r\n <{address}>"


def _encoded(text: str, first: int) -> str:
    """Encoded words of RFC 2047 in base64, none of which splits a character."""
    words: list[str] = []
    start, room, size = 0, first, 0
    for at, character in enumerate(text):
        width = len(character.encode())
        if size + width > room:
            words.append(text[start:at])
            start, room, size = at, _WORD_BYTES, 0
        size += width
    words.append(text[start:])
    return "\r\n ".join(
        f"=?utf-8?b?{b2a_base64(word.encode(), newline=False).decode()}?=" for word in words
    )


def _folded(line: str) -> str:
    if len(line) <= _LINE:
        return line
    lines = [""]
    for word in line.split(" "):
        if lines[-1] and len(lines[-1]) + len(word) >= _LINE:
            lines.append("")
        lines[-1] += f" {word}" if lines[-1] or len(lines) > 1 else word
    return "\r\n".join(lines)
