"""The jurisdictions that come with the library: data to have checked by counsel, not advice.

Each record names what it was read from and when. Where sources differ, the narrower reading is
taken; what no record names falls to `STRICTEST`.
"""

from datetime import date, time
from typing import Final

from postpurchase.domain.demands import Cited
from postpurchase.domain.message import Channel, Purpose
from postpurchase.domain.moment import Window
from postpurchase.privacy.law import (
    Cap,
    Counting,
    Duty,
    Honour,
    Hours,
    Jurisdiction,
    Language,
    Law,
)

_READ: Final = date(2026, 11, 24)
_READ_AGAIN: Final = date(2026, 11, 25)
_TEXT: Final = (Channel.SMS, Channel.WHATSAPP)
_EVERYWHERE: Final = (*_TEXT, Channel.EMAIL, Channel.PUSH)

_UNSUBSCRIBE: Final = Duty(block="unsubscribe", channel=Channel.EMAIL)
_POSTAL: Final = Duty(block="postal_address", channel=Channel.EMAIL)
_STOP: Final = tuple(Duty(block="opt_out", channel=channel) for channel in _TEXT)
_PROMOTIONAL: Final = (_UNSUBSCRIBE, _POSTAL, *_STOP)


def _texts(quiet: time, loud: time, /) -> tuple[Hours, ...]:
    return tuple(Hours(channel=each, open=Window.outside(quiet, loud)) for each in _TEXT)


_MAILBOXES: Final = Cited(
    url="https://support.google.com/a/answer/14229414",
    read=_READ,
    what="one-click unsubscribe on promotions, processed within two days; order mail excluded",
)
_EPRIVACY: Final = Cited(
    url="https://eur-lex.europa.eu/eli/dir/2002/58/oj",
    read=_READ,
    what="Article 13: consent, or an address from a sale, own similar goods, objection offered",
)

STRICTEST: Final = Jurisdiction(
    name="strictest",
    countries=(),
    raised=_EVERYWHERE,
    hours=_texts(time(20), time(10)),
    duties=_PROMOTIONAL,
    stop_words=("stop", "unsubscribe"),
)

UNITED_STATES: Final = Jurisdiction(
    name="US",
    countries=("US",),
    opt_out=(Channel.EMAIL,),
    raised=_TEXT,
    hours=_texts(time(21), time(8)),
    duties=_PROMOTIONAL,
    honour=Honour(10, Counting.BUSINESS),
    stop_words=("stop", "quit", "end", "revoke", "opt out", "optout", "cancel", "unsubscribe"),
    sources=(
        Cited(
            url="https://www.law.cornell.edu/cfr/text/16/part-316",
            read=_READ,
            what="commercial mail until opt-out, postal address, honoured within 10 business days",
        ),
        Cited(
            url="https://www.law.cornell.edu/cfr/text/47/64.1200",
            read=_READ,
            what="written consent for promotional texts, 8:00 to 21:00 local, stop words",
        ),
        _MAILBOXES,
    ),
)

CANADA: Final = Jurisdiction(
    name="CA",
    countries=("CA",),
    implied_years=2,
    implied=(Channel.EMAIL,),
    raised=_EVERYWHERE,
    hours=UNITED_STATES.hours,
    duties=(
        *_PROMOTIONAL,
        Duty(block="postal_address", channel=Channel.EMAIL, purpose=Purpose.TRANSACTIONAL),
        Duty(block="unsubscribe", channel=Channel.EMAIL, purpose=Purpose.TRANSACTIONAL),
    ),
    honour=Honour(10, Counting.BUSINESS),
    stop_words=("stop", "arret", "arrêt", "unsubscribe", "désabonner"),
    sources=(
        Cited(
            url="https://crtc.gc.ca/eng/com500/guide.htm",
            read=_READ,
            what="opt-in; implied for two years after a purchase; identification and unsubscribe",
        ),
    ),
)

GREAT_BRITAIN: Final = Jurisdiction(
    name="GB",
    countries=("GB",),
    soft=(Channel.EMAIL, Channel.SMS),
    raised=_TEXT,
    duties=_PROMOTIONAL,
    stop_words=("stop", "unsubscribe"),
    sources=(
        Cited(
            url="https://www.legislation.gov.uk/uksi/2003/2426/regulation/22",
            read=_READ,
            what="soft opt-in: details from a sale, opt-out then and each time, own similar goods",
        ),
    ),
)

GERMANY: Final = Jurisdiction(
    name="DE",
    countries=("DE", "AT"),
    soft=(Channel.EMAIL,),
    raised=_EVERYWHERE,
    duties=_PROMOTIONAL,
    stop_words=("stop", "stopp", "abmelden", "ende"),
    sources=(
        Cited(
            url="https://www.kdsa-nord.de/20180921",
            read=_READ,
            what="BGH VI ZR 225/17: asking whether a buyer is content is advertising, also with "
            "the invoice; Austria is treated alike by caution",
        ),
        _EPRIVACY,
    ),
)

FRANCE: Final = Jurisdiction(
    name="FR",
    countries=("FR",),
    soft=(Channel.EMAIL, Channel.SMS),
    raised=_TEXT,
    hours=(
        Hours(
            channel=Channel.SMS,
            open=Window.outside(time(22), time(8), closed_weekdays=frozenset({6})),
        ),
    ),
    duties=_PROMOTIONAL,
    stop_words=("stop", "arrêt", "arret", "désabonnement"),
    sources=(
        Cited(
            url="https://help.klaviyo.com/hc/en-us/articles/4408737146651",
            read=_READ_AGAIN,
            what="no promotional texts before 8:00, after 22:00, on Sundays and holidays",
        ),
        _EPRIVACY,
    ),
)

EUROPEAN_UNION: Final = Jurisdiction(
    name="EU",
    countries=(
        *("BE", "BG", "CY", "CZ", "DK", "EE", "ES", "FI", "GR", "HR", "HU", "IE", "IS", "IT", "LI"),
        *("LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK"),
    ),
    soft=(Channel.EMAIL,),
    raised=_TEXT,
    duties=_PROMOTIONAL,
    stop_words=("stop", "alto", "baja", "fermare", "afmelden", "avsluta", "koniec"),
    sources=(_EPRIVACY,),
)

INDIA: Final = Jurisdiction(
    name="IN",
    countries=("IN",),
    raised=_TEXT,
    hours=_texts(time(21), time(10)),
    duties=(
        *_PROMOTIONAL,
        Duty(block="template_id", channel=Channel.SMS, purpose=Purpose.TRANSACTIONAL),
    ),
    stop_words=("stop", "बंद", "बंद करें", "रोकें"),
    sources=(
        Cited(
            url="https://docs.contlo.com/docs/sms-regulation-in-india",
            read=_READ,
            what="promotional texts 10:00 to 21:00 only (other pages say from 9:00); templates "
            "and headers are registered; questions count as promotional since 6 May 2025",
        ),
    ),
)

BANGLADESH: Final = Jurisdiction(
    name="BD",
    countries=("BD",),
    raised=_TEXT,
    hours=_texts(time(20), time(9)),
    caps=(Cap(limit=3, hours=24, channel=Channel.SMS),),
    duties=_PROMOTIONAL,
    languages=(Language(channel=Channel.SMS, languages=("bn",)),),
    stop_words=("stop", "বন্ধ", "বন্ধ করুন"),
    sources=(
        Cited(
            url="https://www.mimsms.com/all-types-of-bulk-sms-have-to-be-sent-in-bengali/",
            read=_READ_AGAIN,
            what="texts in Bengali, by order of the regulator BTRC",
        ),
        Cited(
            url="https://www.techworldbd24.com/techworld/460",
            read=_READ_AGAIN,
            what="no promotions at night (the hours are not stated here; 20:00 to 9:00 is taken, "
            "and three a day is a caution of ours)",
        ),
    ),
)

PAKISTAN: Final = Jurisdiction(
    name="PK",
    countries=("PK",),
    raised=_TEXT,
    hours=_texts(time(20), time(9)),
    duties=_PROMOTIONAL,
    stop_words=("stop", "unsub", "بند", "بند کریں"),
    sources=(
        Cited(
            url="https://digitalrightsmonitor.pk/"
            "pta-restricts-telemarketers-with-promotional-text-messages/",
            read=_READ_AGAIN,
            what="consent, and an opt-out in each promotional text from 1 July 2022; the hours are "
            "a caution of ours",
        ),
    ),
)

WORLD: Final = Law(
    records=(
        UNITED_STATES,
        CANADA,
        GREAT_BRITAIN,
        GERMANY,
        FRANCE,
        EUROPEAN_UNION,
        INDIA,
        BANGLADESH,
        PAKISTAN,
    ),
    strictest=STRICTEST,
)
