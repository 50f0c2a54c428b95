"""Which of Shopify's two currencies an amount is read in."""

from enum import StrEnum, unique

from attrs import frozen

from postpurchase.domain.currency import exponent
from postpurchase.domain.money import Money
from postpurchase.errors import UnknownCurrency, UnreadablePayload
from postpurchase.integrations.node import Node, is_object


class NoTwin(Exception):  # noqa: N818, RUF100 - never leaves this package
    """An amount is there in the shop's currency only, so the whole order is read in that one."""


@unique
class Side(StrEnum):
    """The half of a `*_set` that is read."""

    PRESENTMENT = "presentment_money"
    SHOP = "shop_money"


@frozen(kw_only=True)
class Coin:
    """The currency that amounts are read in; plain fields are always in the shop's."""

    currency: str
    shop: str
    side: Side = Side.PRESENTMENT

    @property
    def twice(self) -> bool:
        """Whether the customer paid in another currency than the shop's."""
        return self.currency != self.shop

    @property
    def shops(self) -> "Coin":
        """The shop's own currency."""
        return Coin(currency=self.shop, shop=self.shop, side=Side.SHOP)

    def read(self, node: Node, key: str, /) -> Money | None:
        """The amount under *key*, or under its `_set`."""
        flat = node.money(key, self.currency) if self.currency == self.shop else None
        return self._read_set(node, key) if flat is None else flat

    def _read_set(self, node: Node, key: str, /) -> Money | None:
        pair = node.data.get(f"{key}_set")
        side = pair.get(self.side) if is_object(pair) else None
        if is_object(side):
            return Node(side, f"{key}_set.{self.side}", node).money("amount", self.currency)
        if self.twice and node.data.get(key) is not None:
            raise NoTwin
        return None


def coin_of(node: Node, /, *lists: str) -> Coin:
    """The currencies of an order, or of what is in its *lists* where it says nothing itself.

    Raises:
        UnreadablePayload: no currency stands anywhere, or one that ISO 4217 does not know.
    """
    shop = node.text("currency") or _seen(node, lists, Side.SHOP)
    paid = node.text("presentment_currency") or _seen(node, lists, Side.PRESENTMENT)
    paid, shop = paid or shop, shop or paid
    for currency in (shop, paid):
        try:
            exponent(currency)
        except UnknownCurrency as error:
            raise UnreadablePayload(
                path=f"{node.path}.currency", expected="an ISO 4217 code", got=repr(currency)
            ) from error
    return Coin(currency=paid, shop=shop)


def _seen(node: Node, lists: tuple[str, ...], side: Side, /) -> str:
    for part in (node, *(each for key in lists for each in node.each(key))):
        for value in part.data.values():
            money = value.get(side) if is_object(value) else None
            if is_object(money):
                return str(money.get("currency_code") or "")
        if part.text("currency"):
            return part.text("currency")
    return ""
