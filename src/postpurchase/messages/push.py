"""Push messages within what APNs and FCM take.

Both take a payload of 4096 bytes: Apple's documentation of remote notifications, Firebase's of
message concepts.
"""

import json
from typing import Final, Self

from attrs import frozen

MOST_BYTES: Final = 4096


@frozen(kw_only=True)
class Push:
    """A push message.

    Attributes:
        title: its first line.
        body: the text.
        link: what it opens.
        key: the key of the action; both services take it to show one message once.
    """

    title: str
    body: str
    link: str = ""
    key: str = ""

    @classmethod
    def fitting(cls, *, title: str, body: str, link: str = "", key: str = "") -> Self:
        """The message, its body cut at a character where the larger payload would be too big."""
        whole = cls(title=title, body=body, link=link, key=key)
        over = whole.size - MOST_BYTES
        while over > 0:
            cut = body.encode()[: -over - len("…".encode())].decode(errors="ignore")
            body = cut.rstrip()
            whole = cls(title=title, body=f"{body}…", link=link, key=key)
            over = whole.size - MOST_BYTES
        return whole

    @property
    def size(self) -> int:
        """The bytes of the larger of its two payloads."""
        return max(len(self.apns()), len(self.fcm()))

    def apns(self) -> bytes:
        """The body of the request to Apple's service."""
        alert = {"title": self.title, "body": self.body}
        return _json({"aps": {"alert": alert, "sound": "default"}, "link": self.link})

    def fcm(self) -> bytes:
        """The message object for Firebase's service, without the token."""
        notification = {"title": self.title, "body": self.body}
        return _json({"notification": notification, "data": {"link": self.link, "key": self.key}})


def payload(title: str, body: str, /) -> bytes:
    """The least payload of a title and a body, as Apple's service counts it."""
    return _json({"aps": {"alert": {"title": title, "body": body}}})


def _json(value: object) -> bytes:
    # Escapes would double the size of every script but Latin.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
