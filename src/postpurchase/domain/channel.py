"""How somebody is reached, and what for."""

from enum import IntEnum, StrEnum, unique


@unique
class Purpose(IntEnum):
    """Why a message is sent, from what a contract needs to what only consent allows."""

    TRANSACTIONAL = 0
    SERVICE = 1
    SOLICITATION = 2
    MARKETING = 3


@unique
class Channel(StrEnum):
    """How a message reaches somebody; `SITE` waits for a visit, `IN_APP` for the next start."""

    EMAIL = "email"
    SMS = "sms"
    PUSH = "push"
    WHATSAPP = "whatsapp"
    IN_APP = "in_app"
    SITE = "site"
