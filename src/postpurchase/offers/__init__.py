"""What a shop takes off or gives on top, and why: coupons, quotes, codes, personal offers."""

from postpurchase.offers.adjustment import Adjustment as Adjustment
from postpurchase.offers.attempt import Attempts as Attempts
from postpurchase.offers.attempt import CodeTried as CodeTried
from postpurchase.offers.attempt import MayTry as MayTry
from postpurchase.offers.benefit import Benefit as Benefit
from postpurchase.offers.benefit import Cutting as Cutting
from postpurchase.offers.benefit import Phase as Phase
from postpurchase.offers.benefit import Scope as Scope
from postpurchase.offers.best import Combination as Combination
from postpurchase.offers.best import NextOffer as NextOffer
from postpurchase.offers.best import best_combination as best_combination
from postpurchase.offers.best import next_best_offer as next_best_offer
from postpurchase.offers.calendar import OfferCalendar as OfferCalendar
from postpurchase.offers.calendar import Regular as Regular
from postpurchase.offers.calendar import Sale as Sale
from postpurchase.offers.cart import Cart as Cart
from postpurchase.offers.code import ALPHABET as ALPHABET
from postpurchase.offers.code import Pattern as Pattern
from postpurchase.offers.code import Source as Source
from postpurchase.offers.code import check_symbol as check_symbol
from postpurchase.offers.code import normalised as normalised
from postpurchase.offers.discount import AmountOff as AmountOff
from postpurchase.offers.discount import PercentOff as PercentOff
from postpurchase.offers.discount import ShippingOff as ShippingOff
from postpurchase.offers.discount import Step as Step
from postpurchase.offers.discount import StepPercent as StepPercent
from postpurchase.offers.extra import BuyGet as BuyGet
from postpurchase.offers.extra import GiftWith as GiftWith
from postpurchase.offers.extra import GiveAfter as GiveAfter
from postpurchase.offers.margin import margin_floors as margin_floors
from postpurchase.offers.personal import Aim as Aim
from postpurchase.offers.personal import Behaviour as Behaviour
from postpurchase.offers.personal import Personal as Personal
from postpurchase.offers.personal import PersonalOffer as PersonalOffer
from postpurchase.offers.personal import behaviour as behaviour
from postpurchase.offers.promotions import Beside as Beside
from postpurchase.offers.promotions import Limit as Limit
from postpurchase.offers.promotions import Promotion as Promotion
from postpurchase.offers.promotions import Validity as Validity
from postpurchase.offers.promotions import promotion as promotion
from postpurchase.offers.quoting import Answer as Answer
from postpurchase.offers.quoting import CodeAnswer as CodeAnswer
from postpurchase.offers.quoting import Quote as Quote
from postpurchase.offers.quoting import quote as quote
from postpurchase.offers.signed import SignedCode as SignedCode
from postpurchase.offers.signed import Signer as Signer
from postpurchase.offers.stacking import Lane as Lane
from postpurchase.offers.stacking import Mode as Mode
from postpurchase.offers.stacking import Stacking as Stacking
from postpurchase.offers.uses import Undone as Undone
from postpurchase.offers.uses import Usage as Usage
from postpurchase.offers.uses import Used as Used
from postpurchase.offers.uses import usage as usage

__all__ = [
    "ALPHABET",
    "Adjustment",
    "Aim",
    "AmountOff",
    "Answer",
    "Attempts",
    "Behaviour",
    "Benefit",
    "Beside",
    "BuyGet",
    "Cart",
    "CodeAnswer",
    "CodeTried",
    "Combination",
    "Cutting",
    "GiftWith",
    "GiveAfter",
    "Lane",
    "Limit",
    "MayTry",
    "Mode",
    "NextOffer",
    "OfferCalendar",
    "Pattern",
    "PercentOff",
    "Personal",
    "PersonalOffer",
    "Phase",
    "Promotion",
    "Quote",
    "Regular",
    "Sale",
    "Scope",
    "ShippingOff",
    "SignedCode",
    "Signer",
    "Source",
    "Stacking",
    "Step",
    "StepPercent",
    "Undone",
    "Usage",
    "Used",
    "Validity",
    "behaviour",
    "best_combination",
    "check_symbol",
    "margin_floors",
    "next_best_offer",
    "normalised",
    "promotion",
    "quote",
    "usage",
]
