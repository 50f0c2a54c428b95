"""Addresses that a message may link to, and what is counted on them."""

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from postpurchase.errors import InvalidLink

_FORBIDDEN: Final = re.compile('[\\x00-\\x20\\x7f-\\x9f<>"`{}|\\\\^\u2028\u2029]')
_WEB: Final = ("https", "http")
_OTHER: Final = ("mailto", "tel")
MOST: Final = 2048
MOST_HEADER: Final = 900


def link(url: str, /) -> str:
    """The address, if a message may link to it: https, http, mailto or tel, on one line.

    Raises:
        InvalidLink: another scheme, no host, or a character that could end the attribute.
    """
    if len(url) > MOST or _FORBIDDEN.search(url):
        raise InvalidLink(url=url[:80], why="a character or a length that no address has")
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise InvalidLink(url=url, why=str(error)) from error
    if parts.scheme in _WEB and parts.hostname:
        return url
    if parts.scheme in _OTHER and parts.path:
        return url
    raise InvalidLink(url=url, why="not https, http, mailto or tel")


def link_or_none(url: str, /) -> str:
    """The address, or nothing: what comes with a product is left out, never trusted."""
    if not url:
        return ""
    try:
        return link(url)
    except InvalidLink:
        return ""


def one_click(url: str, /) -> str:
    """The address of a one-click unsubscription.

    Raises:
        InvalidLink: it is not https, which RFC 8058 section 3.1 asks for, or longer than a line
            of a mail can be.
    """
    if urlsplit(link(url)).scheme != "https":
        raise InvalidLink(url=url, why="RFC 8058 needs https")
    if len(url) > MOST_HEADER:
        raise InvalidLink(url=url[:80], why=f"a header holds at most {MOST_HEADER} characters")
    return url


def tagged(url: str, tags: Mapping[str, str], /) -> str:
    """A web address with these parameters added, in their order; those it has are kept.

    A mailto or tel address is returned unchanged.

    Raises:
        InvalidLink: a message may not link to it.
    """
    parts = urlsplit(link(url))
    if parts.scheme not in _WEB or not tags:
        return url
    has = {name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    added = urlencode([pair for pair in tags.items() if pair[0] not in has])
    query = "&".join(part for part in (parts.query, added) if part)
    return urlunsplit(parts._replace(query=query))
