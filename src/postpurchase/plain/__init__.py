"""Rules, playbooks and policies as plain data, and back: what TOML and JSON files can hold."""

from postpurchase.plain.convert import dump as dump
from postpurchase.plain.convert import load as load
from postpurchase.plain.names import POLICIES as POLICIES
from postpurchase.plain.names import RULES as RULES
from postpurchase.plain.names import WORDS as WORDS

__all__ = ["POLICIES", "RULES", "WORDS", "dump", "load"]
