"""ISO 4217: which codes are current, and how many decimals each has.

The decimals are ISO 4217's minor units, not CLDR's display digits: CLDR writes an Iraqi dinar
without decimals, ISO 4217 gives it three, and a payment is made in the latter. Source: the
current list of the ISO 4217 Maintenance Agency (SIX Group), in the state of 2026-01-01, when
Bulgaria's lev had left it for the euro.
"""

from types import MappingProxyType
from typing import Final

from postpurchase.errors import UnknownCurrency

_NONE: Final = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THREE: Final = "BHD IQD JOD KWD LYD OMR TND"
_FOUR: Final = "CLF UYW"
_TWO: Final = (
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN "
    "BZD CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD "
    "FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW "
    "KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR "
    "MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG "
    "SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD "
    "USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG"
)
_NO_MINOR_UNIT: Final = "XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX"
_WITHDRAWN_TWO: Final = "ANG BGN CUC HRK LTL MRO SLL STD VEF ZWL"
_WITHDRAWN_NONE: Final = "BYR"

CURRENT: Final = MappingProxyType(
    {
        code: decimals
        for decimals, codes in ((0, _NONE), (2, _TWO), (3, _THREE), (4, _FOUR))
        for code in codes.split()
    }
)
"""Every current code that has a minor unit, with its number of decimals."""

WITHDRAWN: Final = MappingProxyType(
    {
        code: decimals
        for decimals, codes in ((0, _WITHDRAWN_NONE), (2, _WITHDRAWN_TWO))
        for code in codes.split()
    }
)
"""Codes withdrawn since 2015, so that an old order can still be read."""

_EXPONENTS: Final = {**CURRENT, **WITHDRAWN}


def exponent(currency: str, /) -> int:
    """The decimals of a currency: 0 for JPY, 2 for EUR, 3 for KWD, 4 for CLF.

    Metals, funds and test codes (XAU, XDR, XTS, XXX ...) have no minor unit in ISO 4217, so
    nothing can be counted in it: they are refused like an unknown code.

    Raises:
        UnknownCurrency: not a code of ISO 4217, or one without a minor unit.
    """
    try:
        return _EXPONENTS[currency]
    except (KeyError, TypeError):
        raise UnknownCurrency(currency=currency, advice=_advice(currency)) from None


def _advice(currency: object) -> str:
    if not isinstance(currency, str):
        return "pass its code as text, such as 'EUR'"
    if currency in _NO_MINOR_UNIT.split():
        return "it has no minor unit to count in"
    tidy = currency.strip().upper()
    return f"did you mean {tidy!r}?" if tidy in _EXPONENTS else "use a code such as 'EUR'"
