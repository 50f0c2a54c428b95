"""A mail, as an object and as bytes: multipart, deterministic, with safe headers.

`to_bytes` writes what RFC 5322, 2045, 2046 and 2047 ask for without building the object, which
is most of the price of a mail; a test holds that both parse to the same mail.
"""

import re
from base64 import encodebytes
from binascii import b2a_qp
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from hashlib import blake2b
from typing import Final

from attrs import field, frozen
from typing_extensions import override

from postpurchase.domain.moment import instant
from postpurchase.errors import InvalidFact
from postpurchase.messages.headers import (
    clean,
    clean_name,
    mailbox,
    message_id,
    written,
    written_address,
)
from postpurchase.messages.links import one_click

_TYPE: Final = re.compile(r"[A-Za-z0-9.+-]+/[A-Za-z0-9.+-]+")
_CID: Final = re.compile(r"[A-Za-z0-9.@_-]*")
_ONE_CLICK: Final = "List-Unsubscribe=One-Click"
_LINE: Final = 990
# Above this share of other characters base64 is the shorter one, and a mail program's search copes.
_FOREIGN: Final = 0.15


def _a_type(_attachment: object, _attribute: object, mime: str, /) -> None:
    if not _TYPE.fullmatch(mime):
        raise InvalidFact(fact="Attachment", name="mime", got=mime, expected="such as image/png")


def _a_name(_attachment: object, _attribute: object, cid: str, /) -> None:
    if not _CID.fullmatch(cid):
        raise InvalidFact(fact="Attachment", name="cid", got=cid, expected="letters and digits")


@frozen(kw_only=True)
class Attachment:
    """Something enclosed; the shop brings the bytes.

    Attributes:
        document: which of the documents of a message it is: `invoice`, `label`, `terms` ...
        filename: as the customer sees it.
        mime: its media type, such as `application/pdf`.
        content: the bytes.
        cid: where it is a picture inside the HTML, the name after `cid:`.
    """

    document: str
    filename: str
    mime: str = field(validator=_a_type)
    content: bytes = field(repr=False)
    cid: str = field(default="", validator=_a_name)


@frozen(kw_only=True)
class Letter:
    """What a mail is made of, before it is written."""

    sender: str
    sender_name: str
    reply_to: str
    to: str
    to_name: str
    subject: str
    locale: str
    text: str
    html: str
    attachments: tuple[Attachment, ...]
    unsubscribe: str

    @property
    def inline(self) -> tuple[Attachment, ...]:
        """The pictures inside the HTML."""
        return tuple(each for each in self.attachments if each.cid)

    @property
    def enclosed(self) -> tuple[Attachment, ...]:
        """Everything that stands beside the text."""
        return tuple(each for each in self.attachments if not each.cid)


class SafeFolding(EmailPolicy):
    """The standard policy, but names and subjects are folded by our own writer.

    The standard one loses a space between two encoded words of a subject, and a quote of a
    folded display name; whoever sends such a mail keeps its policy, and so is safe from that.
    """

    @override
    def fold(self, name: str, value: str) -> str:
        line = self._safely(name, value)
        return line.replace("\r\n", self.linesep) if line else super().fold(name, value)

    @override
    def fold_binary(self, name: str, value: str) -> bytes:
        line = self._safely(name, value)
        if line is None:
            return super().fold_binary(name, value)
        return line.replace("\r\n", self.linesep).encode()

    def _safely(self, name: str, value: str) -> str | None:
        if name.lower() == "subject":
            return f"{written(name, clean(value))}\r\n"
        addresses: tuple[Address, ...] = getattr(value, "addresses", ())
        if len(addresses) != 1:
            return None
        only = addresses[0]
        return f"{written_address(name, clean_name(only.display_name), only.addr_spec)}\r\n"


_POLICY: Final = SafeFolding(linesep="\r\n")


def to_email(letter: Letter, /, *, date: datetime, message_id: str) -> EmailMessage:
    """The mail as a standard object."""
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = _address(letter.sender_name, letter.sender)
    mail["To"] = _address(letter.to_name, letter.to)
    if letter.reply_to:
        mail["Reply-To"] = mailbox(letter.reply_to)
    mail["Subject"] = clean(letter.subject)
    for name, value in _plain_headers(letter, date, message_id):
        mail[name] = value
    mail.set_content(letter.text, cte=_encoding(letter.text))
    mail.add_alternative(letter.html, subtype="html", cte=_encoding(letter.html))
    _, page = mail.iter_parts()
    for each in letter.inline:
        page.add_related(
            each.content,
            *_types(each),
            cid=f"<{each.cid}>",
            filename=clean_name(each.filename),
            disposition="inline",
        )
    for each in letter.enclosed:
        mail.add_attachment(each.content, *_types(each), filename=clean_name(each.filename))
    for at, part in enumerate(each for each in mail.walk() if each.is_multipart()):
        part.set_boundary(_boundary(letter, at))
    # Setting a body moves every header of this family into the part, so it comes last.
    mail["Content-Language"] = letter.locale
    return mail


def to_bytes(letter: Letter, /, *, date: datetime, message_id: str) -> bytes:
    """The mail as it goes over the wire."""
    head = [
        written_address("From", clean_name(letter.sender_name), mailbox(letter.sender)),
        written_address("To", clean_name(letter.to_name), mailbox(letter.to)),
    ]
    if letter.reply_to:
        head.append(f"Reply-To: {mailbox(letter.reply_to)}")
    head.append(written("Subject", clean(letter.subject)))
    head += [f"{name}: {value}" for name, value in _plain_headers(letter, date, message_id)]
    head += [f"Content-Language: {letter.locale}", "MIME-Version: 1.0"]
    return "\r\n".join(head).encode() + b"\r\n" + _body(letter)


def _plain_headers(letter: Letter, date: datetime, own_id: str) -> list[tuple[str, str]]:
    headers = [
        ("Date", format_datetime(instant(date))),
        ("Message-ID", message_id(own_id)),
    ]
    if letter.unsubscribe:
        url = one_click(letter.unsubscribe)
        headers += [("List-Unsubscribe", f"<{url}>"), ("List-Unsubscribe-Post", _ONE_CLICK)]
    return headers


def _address(name: str, address: str) -> Address:
    return Address(display_name=clean_name(name), addr_spec=mailbox(address))


def _types(attachment: Attachment) -> tuple[str, str]:
    main, _, sub = attachment.mime.partition("/")
    return main, sub


def _boundary(letter: Letter, at: int) -> str:
    seed = blake2b(f"{at}\0{letter.subject}\0".encode(), digest_size=16)
    seed.update(letter.html.encode())
    seed.update(letter.text.encode())
    return f"=_{seed.hexdigest()}"


def _encoding(text: str) -> str:
    if text.isascii():
        return "7bit" if max(map(len, text.split("\n"))) < _LINE else "quoted-printable"
    foreign = len(text.encode()) - len(text)
    return "base64" if foreign > _FOREIGN * len(text) else "quoted-printable"


def _body(letter: Letter) -> bytes:
    """The parts from the inside out: texts, pictures around the HTML, enclosures around all."""
    page = _text("html", letter.html)
    if letter.inline:
        parts = [page, *(_file(each) for each in letter.inline)]
        page = _multipart("related", _boundary(letter, 2), parts)
    body = _multipart("alternative", _boundary(letter, 1), [_text("plain", letter.text), page])
    if not letter.enclosed:
        return body
    return _multipart(
        "mixed", _boundary(letter, 0), [body, *(_file(each) for each in letter.enclosed)]
    )


def _multipart(subtype: str, boundary: str, parts: list[bytes]) -> bytes:
    mark = f"--{boundary}".encode()
    kind = f"Content-Type: multipart/{subtype};"
    head = f'{kind}\r\n boundary="{boundary}"\r\n\r\n'.encode()
    inside = b"".join(mark + b"\r\n" + part + b"\r\n" for part in parts)
    return head + inside + mark + b"--\r\n"


def _text(subtype: str, text: str) -> bytes:
    encoding = _encoding(text)
    charset = "us-ascii" if text.isascii() else "utf-8"
    head = (
        f'Content-Type: text/{subtype}; charset="{charset}"\r\n'
        f"Content-Transfer-Encoding: {encoding}\r\n\r\n"
    ).encode()
    data = text.replace("\r\n", "\n").replace("\n", "\r\n").encode()
    if encoding == "base64":
        return head + encodebytes(data).replace(b"\n", b"\r\n")
    return head + (b2a_qp(data) if encoding == "quoted-printable" else data)


def _file(attachment: Attachment) -> bytes:
    main, sub = _types(attachment)
    lines = [f"Content-Type: {main}/{sub}", "Content-Transfer-Encoding: base64"]
    kind = "inline" if attachment.cid else "attachment"
    lines.append(f"Content-Disposition: {kind};\r\n {_filename(attachment.filename)}")
    if attachment.cid:
        lines.append(f"Content-ID: <{attachment.cid}>")
    head = "\r\n".join([*lines, "", ""]).encode()
    return head + encodebytes(attachment.content).replace(b"\n", b"\r\n")


def _filename(name: str) -> str:
    """The file name of RFC 2231: percent-encoded UTF-8 where it is not plain."""
    plain = clean_name(name)
    if plain.isascii():
        quoted = plain.replace("\\", "\\\\").replace('"', '\\"')
        return f'filename="{quoted}"'
    coded = "".join(
        chr(byte) if chr(byte).isascii() and chr(byte).isalnum() else f"%{byte:02X}"
        for byte in plain.encode()
    )
    return f"filename*=utf-8''{coded}"
