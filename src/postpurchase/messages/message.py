"""A message with its words: frozen, and the same for the same facts."""

from datetime import datetime
from email.message import EmailMessage
from html import escape
from typing import Final

from attrs import evolve, field, frozen

from postpurchase.domain.decision import Reason
from postpurchase.domain.event import MessageSent
from postpurchase.domain.message import Channel, Kind, Purpose, Subject
from postpurchase.errors import DocumentMissing, WrongChannel
from postpurchase.messages import mime
from postpurchase.messages.mime import Attachment
from postpurchase.messages.push import Push
from postpurchase.messages.sms import Sms, folded, sms
from postpurchase.messages.tongues import Direction, facing

_SHORT: Final = (Channel.SMS, Channel.WHATSAPP)


@frozen(kw_only=True)
class Sender:
    """Who a message is from.

    Attributes:
        address: the e-mail address.
        name: shown beside it.
        reply_to: where answers go; empty means to the address.
    """

    address: str
    name: str = ""
    reply_to: str = ""


@frozen(kw_only=True, repr=False)
class Message:
    """What somebody gets to read, on one channel, in one language.

    Attributes:
        key: the key of the action; the shop keeps it, so that nothing goes out twice.
        kind: what it says; `about` what it is about.
        purpose: the strictest of its kind and of the blocks that are in it.
        to: the e-mail address, phone number or first device, by channel; `name` whose it is.
        locale: the tag whose words and formats it uses; BCP 47.
        subject: the subject of a mail, the title of a push message.
        preheader: what an inbox shows beside the subject.
        html, text: both bodies of a mail; `text` is also what every short channel says.
        link: what a short message leads to.
        unsubscribe: the https address of one click, where the standards want one.
        postal: whether the shop's postal address stands in it.
        attachments: what is enclosed; `encloses` names the documents that must be.
        blocks: the names of the blocks that are in it; `dropped` why others are not.
        variant: which wording, where several are tested.
    """

    key: str
    kind: Kind
    about: Subject
    channel: Channel
    purpose: Purpose
    to: str
    name: str = ""
    sender: Sender
    locale: str
    direction: Direction
    subject: str = ""
    preheader: str = ""
    html: str = field(default="", repr=False)
    text: str = field(default="", repr=False)
    link: str = ""
    unsubscribe: str = ""
    postal: bool = False
    attachments: tuple[Attachment, ...] = ()
    encloses: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    dropped: tuple[Reason, ...] = ()
    variant: str = ""

    def attach(self, *attachments: Attachment) -> "Message":
        """This message with these enclosed too."""
        return evolve(self, attachments=(*self.attachments, *attachments))

    @property
    def missing(self) -> tuple[str, ...]:
        """The documents that it promises and that are not attached yet."""
        have = {attachment.document for attachment in self.attachments}
        return tuple(name for name in self.encloses if name not in have)

    def to_email(self, *, date: datetime, message_id: str) -> EmailMessage:
        """A standard mail object, for any library that sends one.

        Args:
            date: the instant that its Date header tells; aware.
            message_id: `<left@right>`; a shop that derives it from `key` can send again safely.

        Raises:
            WrongChannel: it was written for another channel.
            DocumentMissing: a document that it promises is not attached.
            InvalidAddress, InvalidLink: an address or the unsubscription link is unsafe.
        """
        return mime.to_email(self._letter(), date=date, message_id=message_id)

    def to_bytes(self, *, date: datetime, message_id: str) -> bytes:
        """The same mail as it goes over the wire, several times faster.

        Raises:
            WrongChannel, DocumentMissing, InvalidAddress, InvalidLink: as for `to_email`.
        """
        return mime.to_bytes(self._letter(), date=date, message_id=message_id)

    def to_sms(self) -> Sms:
        """The text in the GSM alphabet where only typography stands in its way, and its cost.

        Raises:
            WrongChannel: it was not written for SMS or WhatsApp.
        """
        if self.channel not in _SHORT:
            raise WrongChannel(channel=self.channel, wanted=Channel.SMS)
        return sms(self.to, facing(folded(self.text), self.direction))

    def to_push(self) -> Push:
        """A push message within the limits of APNs and FCM.

        Raises:
            WrongChannel: it was not written for push or the app.
        """
        if self.channel not in {Channel.PUSH, Channel.IN_APP}:
            raise WrongChannel(channel=self.channel, wanted=Channel.PUSH)
        title, body = (facing(text, self.direction) for text in (self.subject, self.text))
        return Push.fitting(title=title, body=body, link=self.link, key=self.key)

    def sent(self, *, at: datetime) -> MessageSent:
        """The fact that it went out: add it to the history and keep it."""
        return MessageSent(
            id=self.key,
            at=at,
            channel=self.channel,
            purpose=self.purpose,
            kind=self.kind.name,
            about=str(self.about),
            subject=self.subject,
            variant=self.variant,
            locale=self.locale,
        )

    def _letter(self) -> mime.Letter:
        if self.channel is not Channel.EMAIL:
            raise WrongChannel(channel=self.channel, wanted=Channel.EMAIL)
        for document in self.missing:
            raise DocumentMissing(kind=self.kind.name, document=document)
        return mime.Letter(
            sender=self.sender.address,
            sender_name=self.sender.name,
            reply_to=self.sender.reply_to,
            to=self.to,
            to_name=self.name,
            subject=self.subject,
            locale=self.locale,
            text=self.text,
            html=self.html,
            attachments=self.attachments,
            unsubscribe=self.unsubscribe,
        )

    def __repr__(self) -> str:
        """Kind, channel, language and subject on one line."""
        return f"<Message {self.kind.name} by {self.channel} in {self.locale}: {self.subject!r}>"

    def _repr_html_(self) -> str:
        if not self.html:
            return f'<blockquote dir="{self.direction}">{escape(self.text)}</blockquote>'
        title = escape(f"{self.kind.name}, {self.locale}", quote=True)
        return (
            f'<iframe title="{title}" sandbox style="width:100%;height:640px;border:0" '
            f'srcdoc="{escape(self.html, quote=True)}"></iframe>'
        )
