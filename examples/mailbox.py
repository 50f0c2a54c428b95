"""Send the journey of one order to a mail server on this machine, and show what arrived.

`python examples/mailbox.py` starts an SMTP server (aiosmtpd), walks the clock over a month of one
customer's life, sends every mail that falls due, and prints the mailbox. It needs
`pip install aiosmtpd`.
"""

import smtplib
import socket
from datetime import timedelta
from email import message_from_bytes
from email.policy import SMTP

from aiosmtpd import smtp
from aiosmtpd.controller import Controller

from postpurchase import Channel, journey
from postpurchase.messages import Voice
from postpurchase.testing import sample


class Mailbox:
    """Keeps what arrives."""

    def __init__(self) -> None:
        """An empty mailbox."""
        self.mails: list[bytes] = []

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, _server: smtp.SMTP, _session: smtp.Session, envelope: smtp.Envelope
    ) -> str:
        """Take one mail."""
        content = envelope.content
        self.mails.append(content if isinstance(content, bytes) else (content or "").encode())
        return "250 OK"


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def main() -> None:
    """Walk the clock, send what is due, show what arrived."""
    shop, history = sample.shop("hi"), sample.history("hi")
    voice = Voice(
        shop=shop, sender="shop@kitchen.example.com", documents=sample.documents, link=sample.links
    )
    mailbox = Mailbox()
    controller = Controller(mailbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    with smtplib.SMTP("127.0.0.1", controller.port) as server:
        for hours in range(0, 31 * 24, 6):
            now = sample.ORDERED + timedelta(hours=hours)
            for action in journey.decide(history, at=now, shop=shop).due:
                if action.channel is not Channel.EMAIL:
                    continue
                message = voice.compose(action, history.until(now))
                name = action.key.replace("/", ".").replace(":", "-").replace("#", "-")
                message_id = f"<{name}@kitchen.example.com>"
                server.send_message(message.to_email(date=now, message_id=message_id))
                history = history.add(message.sent(at=now))
    controller.stop()
    for wire in mailbox.mails:
        mail = message_from_bytes(wire, policy=SMTP)
        files = [part.get_filename() for part in mail.iter_attachments()]
        print(f"{mail['Date'].datetime:%d.%m. %H:%M}  {mail['Subject']}  {files or ''}")


if __name__ == "__main__":
    main()
