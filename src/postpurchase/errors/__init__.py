"""Everything that can go wrong, as one tree.

```
PostPurchaseError
├── InvalidMoment (ValueError)      an instant, zone, window or duration that cannot be meant
├── MoneyError (ValueError)         money that cannot be exact
│   ├── InvalidAmount               no plain number
│   │   ├── InexactAmount (TypeError)   a float or a bool
│   │   └── TooManyDecimals         more decimals than the currency has
│   ├── UnknownCurrency (LookupError)   no ISO 4217 code, or one without a minor unit
│   ├── CurrencyMismatch            two currencies in one sum
│   ├── RoundingNeeded (TypeError)  a product that may not be whole
│   └── ImpossibleSplit             weights, counts or ceilings without an answer
├── InvalidDraw (ValueError)        a share or weights that nothing can be drawn by
├── InvalidRhythm (ValueError)      purchases or gaps that show no rhythm
├── InvalidFact (ValueError)        a fact that contradicts itself
├── OddPayload (ValueError)         a payload that a strict reader does not take
│   └── UnreadablePayload           nothing that the gate can read
├── InvalidAnswer (ValueError)      two answers of one type, which a decision cannot tell apart
├── InvalidRule (ValueError)        a rule that joins nothing
├── UnexplainedDecision (ValueError)  a decision without a reason
├── InvalidFigure (ValueError)      a number, span or table that a formula of worth cannot take
├── InvalidSegment (ValueError)     a segment or a scheme of scores that nobody could be in
├── FitFailed (RuntimeError)        a strict fit did not reach a proper optimum
├── NoInterval (ValueError)         an interval was asked of parameters without a covariance
├── InvalidReward (ValueError)      something about points, perks or offers that cannot be meant
│   ├── InvalidEntry                a ledger entry that contradicts itself
│   ├── InexactPoints (TypeError)   points or a multiplier that are no exact number
│   ├── InvalidProgramme            rules, tiers, offers or codes that contradict one another
│   └── StaleState                  entries older than the state they should be added to
├── IdempotencyConflict (ValueError)  one key with two meanings
├── InvalidPairs (ValueError)       a table of what was bought together that contradicts itself
│   └── InvalidCounts               four counts that no set of baskets can have
├── InvalidSuggestion (ValueError)  a policy, filter or budget for suggestions that cannot be meant
├── InvalidEvaluation (ValueError)  a split or cut that leaves nothing to judge
├── InvalidSupport (ValueError)     an article, ticket, timer or remedy that cannot be meant
├── MessageError (ValueError)       a message that cannot be made
│   ├── UnknownTongue (LookupError) a locale tag that names no language
│   ├── FactMissing (LookupError)   what the message is about was not found
│   ├── NoWords (LookupError)       no words for this kind on this channel
│   ├── AboveCeiling                the kind is stricter than what is permitted
│   ├── NoRecipient                 the customer cannot be reached on this channel
│   ├── WrongChannel                a mail asked of an SMS
│   ├── DocumentMissing (LookupError)  a document that the message promises is not attached
│   ├── InvalidAddress              not one plain e-mail address
│   ├── InvalidPhone                not a phone number that can exist
│   ├── InvalidLink                 not an address that a message may link to
│   ├── InvalidCatalog              sentences that do not fit their originals
│   └── TemplateFault               a template that could not be rendered
│       ├── VariableMissing (LookupError)  it reads what its kind does not declare
│       ├── UnsafeTemplate          it reaches for what templates may not have
│       └── BudgetExhausted         it takes too many steps or writes too much
├── PageError (ValueError)          a page that cannot be made
│   ├── NotKept (LookupError)       what it is about stands nowhere in the history
│   ├── NotShowable                 an answer that no block shows
│   ├── LettersMissing              letters that no face has
│   └── UnreadableFace              a face that is no font
├── InvalidPlaybook (ValueError)    a journey, a step or a cap that contradicts itself
├── InvalidLaw (ValueError)         a country with two jurisdictions
├── UnknownKey (LookupError)        a key that nothing in a customer's history leads to
├── InvalidForm (ValueError)        a form, a field or a consent that cannot be meant
├── InvalidPlain (ValueError)       plain data that cannot be read as what it should be
├── ClaimLost (LookupError)         a claim that another worker holds by now
├── UnknownDatabase (LookupError)    a database whose guards were never put to the test
├── ContractBroken (AssertionError)  a store that does not keep its promises
└── MissingExtra (ImportError)      a part was used whose extra is not installed
```

Every class carries what it complains about as keyword attributes, and a message that says
what was wrong, what was given, and what to do.
Each family is loaded when it is first used.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from postpurchase.errors.clv import FitFailed as FitFailed
    from postpurchase.errors.clv import InvalidFigure as InvalidFigure
    from postpurchase.errors.clv import NoInterval as NoInterval
    from postpurchase.errors.domain import InvalidAnswer as InvalidAnswer
    from postpurchase.errors.domain import InvalidDraw as InvalidDraw
    from postpurchase.errors.domain import InvalidFact as InvalidFact
    from postpurchase.errors.domain import InvalidMoment as InvalidMoment
    from postpurchase.errors.domain import InvalidRhythm as InvalidRhythm
    from postpurchase.errors.domain import InvalidRule as InvalidRule
    from postpurchase.errors.domain import UnexplainedDecision as UnexplainedDecision
    from postpurchase.errors.integrations import ClaimLost as ClaimLost
    from postpurchase.errors.integrations import OddPayload as OddPayload
    from postpurchase.errors.integrations import UnknownDatabase as UnknownDatabase
    from postpurchase.errors.integrations import UnreadablePayload as UnreadablePayload
    from postpurchase.errors.journey import InvalidPlaybook as InvalidPlaybook
    from postpurchase.errors.journey import UnknownKey as UnknownKey
    from postpurchase.errors.messages import AboveCeiling as AboveCeiling
    from postpurchase.errors.messages import BudgetExhausted as BudgetExhausted
    from postpurchase.errors.messages import DocumentMissing as DocumentMissing
    from postpurchase.errors.messages import FactMissing as FactMissing
    from postpurchase.errors.messages import InvalidAddress as InvalidAddress
    from postpurchase.errors.messages import InvalidCatalog as InvalidCatalog
    from postpurchase.errors.messages import InvalidLink as InvalidLink
    from postpurchase.errors.messages import InvalidPhone as InvalidPhone
    from postpurchase.errors.messages import MessageError as MessageError
    from postpurchase.errors.messages import NoRecipient as NoRecipient
    from postpurchase.errors.messages import NoWords as NoWords
    from postpurchase.errors.messages import TemplateFault as TemplateFault
    from postpurchase.errors.messages import UnknownTongue as UnknownTongue
    from postpurchase.errors.messages import UnsafeTemplate as UnsafeTemplate
    from postpurchase.errors.messages import VariableMissing as VariableMissing
    from postpurchase.errors.messages import WrongChannel as WrongChannel
    from postpurchase.errors.money import CurrencyMismatch as CurrencyMismatch
    from postpurchase.errors.money import ImpossibleSplit as ImpossibleSplit
    from postpurchase.errors.money import InexactAmount as InexactAmount
    from postpurchase.errors.money import InvalidAmount as InvalidAmount
    from postpurchase.errors.money import MoneyError as MoneyError
    from postpurchase.errors.money import RoundingNeeded as RoundingNeeded
    from postpurchase.errors.money import TooManyDecimals as TooManyDecimals
    from postpurchase.errors.money import UnknownCurrency as UnknownCurrency
    from postpurchase.errors.pages import LettersMissing as LettersMissing
    from postpurchase.errors.pages import NotKept as NotKept
    from postpurchase.errors.pages import NotShowable as NotShowable
    from postpurchase.errors.pages import PageError as PageError
    from postpurchase.errors.pages import UnreadableFace as UnreadableFace
    from postpurchase.errors.plain import InvalidPlain as InvalidPlain
    from postpurchase.errors.privacy import InvalidForm as InvalidForm
    from postpurchase.errors.privacy import InvalidLaw as InvalidLaw
    from postpurchase.errors.recommend import InvalidCounts as InvalidCounts
    from postpurchase.errors.recommend import InvalidEvaluation as InvalidEvaluation
    from postpurchase.errors.recommend import InvalidPairs as InvalidPairs
    from postpurchase.errors.recommend import InvalidSuggestion as InvalidSuggestion
    from postpurchase.errors.rewards import ContractBroken as ContractBroken
    from postpurchase.errors.rewards import IdempotencyConflict as IdempotencyConflict
    from postpurchase.errors.rewards import InexactPoints as InexactPoints
    from postpurchase.errors.rewards import InvalidEntry as InvalidEntry
    from postpurchase.errors.rewards import InvalidProgramme as InvalidProgramme
    from postpurchase.errors.rewards import InvalidReward as InvalidReward
    from postpurchase.errors.rewards import StaleState as StaleState
    from postpurchase.errors.root import MissingExtra as MissingExtra
    from postpurchase.errors.root import PostPurchaseError as PostPurchaseError
    from postpurchase.errors.segments import InvalidSegment as InvalidSegment
    from postpurchase.errors.support import InvalidSupport as InvalidSupport

__all__ = [
    "AboveCeiling",
    "BudgetExhausted",
    "ClaimLost",
    "ContractBroken",
    "CurrencyMismatch",
    "DocumentMissing",
    "FactMissing",
    "FitFailed",
    "IdempotencyConflict",
    "ImpossibleSplit",
    "InexactAmount",
    "InexactPoints",
    "InvalidAddress",
    "InvalidAmount",
    "InvalidAnswer",
    "InvalidCatalog",
    "InvalidCounts",
    "InvalidDraw",
    "InvalidEntry",
    "InvalidEvaluation",
    "InvalidFact",
    "InvalidFigure",
    "InvalidForm",
    "InvalidLaw",
    "InvalidLink",
    "InvalidMoment",
    "InvalidPairs",
    "InvalidPhone",
    "InvalidPlain",
    "InvalidPlaybook",
    "InvalidProgramme",
    "InvalidReward",
    "InvalidRhythm",
    "InvalidRule",
    "InvalidSegment",
    "InvalidSuggestion",
    "InvalidSupport",
    "LettersMissing",
    "MessageError",
    "MissingExtra",
    "MoneyError",
    "NoInterval",
    "NoRecipient",
    "NoWords",
    "NotKept",
    "NotShowable",
    "OddPayload",
    "PageError",
    "PostPurchaseError",
    "RoundingNeeded",
    "StaleState",
    "TemplateFault",
    "TooManyDecimals",
    "UnexplainedDecision",
    "UnknownCurrency",
    "UnknownDatabase",
    "UnknownKey",
    "UnknownTongue",
    "UnreadableFace",
    "UnreadablePayload",
    "UnsafeTemplate",
    "VariableMissing",
    "WrongChannel",
]

_HOMES = {
    "postpurchase.errors.clv": (
        "FitFailed",
        "InvalidFigure",
        "NoInterval",
    ),
    "postpurchase.errors.domain": (
        "InvalidAnswer",
        "InvalidDraw",
        "InvalidFact",
        "InvalidMoment",
        "InvalidRhythm",
        "InvalidRule",
        "UnexplainedDecision",
    ),
    "postpurchase.errors.integrations": (
        "ClaimLost",
        "OddPayload",
        "UnknownDatabase",
        "UnreadablePayload",
    ),
    "postpurchase.errors.journey": (
        "InvalidPlaybook",
        "UnknownKey",
    ),
    "postpurchase.errors.messages": (
        "AboveCeiling",
        "BudgetExhausted",
        "DocumentMissing",
        "FactMissing",
        "InvalidAddress",
        "InvalidCatalog",
        "InvalidLink",
        "InvalidPhone",
        "MessageError",
        "NoRecipient",
        "NoWords",
        "TemplateFault",
        "UnknownTongue",
        "UnsafeTemplate",
        "VariableMissing",
        "WrongChannel",
    ),
    "postpurchase.errors.money": (
        "CurrencyMismatch",
        "ImpossibleSplit",
        "InexactAmount",
        "InvalidAmount",
        "MoneyError",
        "RoundingNeeded",
        "TooManyDecimals",
        "UnknownCurrency",
    ),
    "postpurchase.errors.pages": (
        "LettersMissing",
        "NotKept",
        "NotShowable",
        "PageError",
        "UnreadableFace",
    ),
    "postpurchase.errors.plain": ("InvalidPlain",),
    "postpurchase.errors.privacy": (
        "InvalidForm",
        "InvalidLaw",
    ),
    "postpurchase.errors.recommend": (
        "InvalidCounts",
        "InvalidEvaluation",
        "InvalidPairs",
        "InvalidSuggestion",
    ),
    "postpurchase.errors.rewards": (
        "ContractBroken",
        "IdempotencyConflict",
        "InexactPoints",
        "InvalidEntry",
        "InvalidProgramme",
        "InvalidReward",
        "StaleState",
    ),
    "postpurchase.errors.root": (
        "MissingExtra",
        "PostPurchaseError",
    ),
    "postpurchase.errors.segments": ("InvalidSegment",),
    "postpurchase.errors.support": ("InvalidSupport",),
}

if not TYPE_CHECKING:
    from postpurchase.doors import opening

    __getattr__ = opening(__name__, _HOMES)


def __dir__() -> list[str]:
    return __all__
