"""What to show: the tracking page, the thank-you page and the invoice.

The same voice as the messages, pulled instead of pushed.
"""

__all__: list[str] = []
