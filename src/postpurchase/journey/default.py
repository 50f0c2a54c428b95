"""The playbook that comes with the library: every kind of message, each default with its source.

A shop changes one number without copying it: `DEFAULT.change("review_request/ask", days=10)`.
Where no source is named, the number is a choice of ours, made to be changed. The page "The default
playbook" of the reference has a row for each journey, with the source of its numbers or our reason.
"""

from datetime import time
from typing import Final

from postpurchase.domain.message import Channel
from postpurchase.domain.moment import Window
from postpurchase.journey.default_after import AFTER
from postpurchase.journey.default_again import AGAIN
from postpurchase.journey.default_order import ORDER
from postpurchase.journey.default_way import WAY
from postpurchase.journey.playbook import Playbook
from postpurchase.privacy import Cap, Hours

DEFAULT: Final = Playbook(
    journeys=(*ORDER, *WAY, *AFTER, *AGAIN),
    # One promotion a day is Klaviyo's 16 hours of smart sending, rounded up (help.klaviyo.com/hc/
    # en-us/articles/115005078227); three a week is our choice: one a day would be seven.
    caps=(Cap(limit=1, hours=24), Cap(limit=3, hours=168)),
    # A phone that rings at night is switched off for good; nobody wants a question at midnight.
    hours=(
        Hours(channel=Channel.PUSH, open=Window.outside(time(21), time(8))),
        Hours(channel=Channel.EMAIL, open=Window.outside(time(22), time(7))),
    ),
)
