"""Shopify's Admin REST and webhook payloads, read into facts."""

from postpurchase.integrations.parsed import Issue as Issue
from postpurchase.integrations.parsed import Mismatch as Mismatch
from postpurchase.integrations.parsed import Parsed as Parsed
from postpurchase.integrations.reconcile import reconcile as reconcile
from postpurchase.integrations.shopify.read import facts as facts

__all__ = ["Issue", "Mismatch", "Parsed", "facts", "reconcile"]
