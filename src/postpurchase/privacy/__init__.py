"""What a shop may write to whom, what it may ask, and what it must forget."""

from postpurchase.domain.demands import BlockLacking as BlockLacking
from postpurchase.domain.demands import Cited as Cited
from postpurchase.domain.demands import Demands as Demands
from postpurchase.domain.demands import OtherLanguage as OtherLanguage
from postpurchase.domain.demands import Worded as Worded
from postpurchase.privacy.account import Autofill as Autofill
from postpurchase.privacy.account import SavedCard as SavedCard
from postpurchase.privacy.account import assurance as assurance
from postpurchase.privacy.account import autofill as autofill
from postpurchase.privacy.account import claimed as claimed
from postpurchase.privacy.account import merged as merged
from postpurchase.privacy.forget import Erasure as Erasure
from postpurchase.privacy.forget import Idle as Idle
from postpurchase.privacy.forget import Retention as Retention
from postpurchase.privacy.forget import address_hash as address_hash
from postpurchase.privacy.forget import erase as erase
from postpurchase.privacy.forget import export as export
from postpurchase.privacy.forget import idle as idle
from postpurchase.privacy.forget import stopped as stopped
from postpurchase.privacy.form import FieldError as FieldError
from postpurchase.privacy.form import FieldSpec as FieldSpec
from postpurchase.privacy.form import Form as Form
from postpurchase.privacy.form import InputMode as InputMode
from postpurchase.privacy.form import Need as Need
from postpurchase.privacy.form import Questions as Questions
from postpurchase.privacy.form import ask_only_missing as ask_only_missing
from postpurchase.privacy.form import check as check
from postpurchase.privacy.form import lint_form as lint_form
from postpurchase.privacy.form import next_questions as next_questions
from postpurchase.privacy.law import OWN_GROUND as OWN_GROUND
from postpurchase.privacy.law import Cap as Cap
from postpurchase.privacy.law import Counting as Counting
from postpurchase.privacy.law import Duty as Duty
from postpurchase.privacy.law import Honour as Honour
from postpurchase.privacy.law import Hours as Hours
from postpurchase.privacy.law import Jurisdiction as Jurisdiction
from postpurchase.privacy.law import Language as Language
from postpurchase.privacy.law import Law as Law
from postpurchase.privacy.ledger import Asked as Asked
from postpurchase.privacy.ledger import confirmed as confirmed
from postpurchase.privacy.ledger import existing_customer as existing_customer
from postpurchase.privacy.ledger import granted as granted
from postpurchase.privacy.ledger import opts_out as opts_out
from postpurchase.privacy.ledger import redeemed as redeemed
from postpurchase.privacy.ledger import requested as requested
from postpurchase.privacy.ledger import statement as statement
from postpurchase.privacy.ledger import token as token
from postpurchase.privacy.ledger import withdrawn as withdrawn
from postpurchase.privacy.permission import Basis as Basis
from postpurchase.privacy.permission import Permissions as Permissions
from postpurchase.privacy.permission import country as country
from postpurchase.privacy.permission import demands as demands
from postpurchase.privacy.permission import erased as erased
from postpurchase.privacy.permission import permitted as permitted
from postpurchase.privacy.permission import reachable as reachable
from postpurchase.privacy.presets import CHECKOUT as CHECKOUT
from postpurchase.privacy.presets import CONTACT as CONTACT
from postpurchase.privacy.presets import PROFILE as PROFILE
from postpurchase.privacy.world import STRICTEST as STRICTEST
from postpurchase.privacy.world import WORLD as WORLD

__all__ = [
    "CHECKOUT",
    "CONTACT",
    "OWN_GROUND",
    "PROFILE",
    "STRICTEST",
    "WORLD",
    "Asked",
    "Autofill",
    "Basis",
    "BlockLacking",
    "Cap",
    "Cited",
    "Counting",
    "Demands",
    "Duty",
    "Erasure",
    "FieldError",
    "FieldSpec",
    "Form",
    "Honour",
    "Hours",
    "Idle",
    "InputMode",
    "Jurisdiction",
    "Language",
    "Law",
    "Need",
    "OtherLanguage",
    "Permissions",
    "Questions",
    "Retention",
    "SavedCard",
    "Worded",
    "address_hash",
    "ask_only_missing",
    "assurance",
    "autofill",
    "check",
    "claimed",
    "confirmed",
    "country",
    "demands",
    "erase",
    "erased",
    "existing_customer",
    "export",
    "granted",
    "idle",
    "lint_form",
    "merged",
    "next_questions",
    "opts_out",
    "permitted",
    "reachable",
    "redeemed",
    "requested",
    "statement",
    "stopped",
    "token",
    "withdrawn",
]
