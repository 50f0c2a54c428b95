"""Offers and their codes in the form in which Shopify and WooCommerce take them.

Both return plain JSON, and name what the platform cannot hold: nothing is dropped in silence. What
would give something else, or give it on more than is meant, is refused.

- Shopify: the inputs of `discountCodeBasicCreate`, `discountCodeFreeShippingCreate` and
  `discountCodeBxgyCreate` of the GraphQL Admin API from version 2025-10 on,
  https://shopify.dev/docs/api/admin-graphql/latest/mutations/discountCodeBasicCreate
- WooCommerce: the body of `POST /wp-json/wc/v3/coupons`,
  https://woocommerce.github.io/woocommerce-rest-api-docs/#coupon-properties
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Final, TypeAlias

from attrs import frozen

from postpurchase.domain.decision import Outcome
from postpurchase.domain.money import Money
from postpurchase.domain.pairs import Pairs
from postpurchase.domain.selection import Selection
from postpurchase.errors import InvalidProgramme
from postpurchase.offers import (
    AmountOff,
    Beside,
    BuyGet,
    PercentOff,
    Promotion,
    Scope,
    ShippingOff,
)

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"
"""What JSON holds."""

_EVER: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""Shopify wants a start; this stands for an offer without one."""

_NO_IDS: Final[Pairs[str]] = Pairs()


@frozen(kw_only=True)
class Export(Outcome):
    """A coupon as a platform takes it.

    Attributes:
        call: the mutation or the endpoint.
        body: what it takes, as JSON; make it into text with `json.dumps`.
        lost: what the platform cannot hold, which the shop must see to itself.
    """

    call: str
    body: dict[str, Json]
    lost: tuple[str, ...] = ()


def shopify(
    promotion: Promotion, code: str, /, *, currency: str, collections: Mapping[str, str] = _NO_IDS
) -> Export:
    """An offer with a code for Shopify.

    Args:
        promotion: the offer; ids of products and customers are Shopify's, as its gate reads them.
        code: what the customer enters.
        currency: of the shop; an amount in another one is not taken.
        collections: the id of the collection of each category.
    """
    gives = promotion.gives
    body: dict[str, Json] = {"title": promotion.id, "code": code, **_shopify_frame(promotion)}
    lost = [*_lost(promotion, currency)]
    if promotion.limit.each is not None and promotion.limit.each > 1:
        lost.append("more than one use by one customer")
    if isinstance(gives, BuyGet):
        lost += ["the minimum"] if promotion.minimum is not None else []
        lost += ["the fewest units"] if promotion.units else []
        lost += ["countries"] if promotion.countries else []
        body.update(_shopify_buy_get(promotion, gives, collections))
        return Export(call="discountCodeBxgyCreate", body=body, lost=tuple(lost))
    least = _shopify_least(promotion, currency)
    body.update(least)
    if promotion.units and _minimum(promotion, currency) is not None:
        lost.append("the fewest units")
    if least and promotion.basis not in {None, gives.meant}:
        lost.append("what its minimum is judged on: the lines that it is for count there")
    if isinstance(gives, ShippingOff):
        countries: list[Json] = [*promotion.countries]
        body["destination"] = {"countries": {"add": countries}} if countries else {"all": True}
        if gives != ShippingOff():
            lost.append("a part of the shipping: all of it is free there")
        return Export(call="discountCodeFreeShippingCreate", body=body, lost=tuple(lost))
    lost += ["countries"] if promotion.countries else []
    items = _shopify_items(promotion, gives.meant, collections)
    body["customerGets"] = {"value": _shopify_value(promotion, currency), "items": items}
    if isinstance(gives, PercentOff) and (gives.most or gives.units):
        lost.append("the most that it takes off")
    return Export(call="discountCodeBasicCreate", body=body, lost=tuple(lost))


def _shopify_frame(promotion: Promotion) -> dict[str, Json]:
    validity, limit = promotion.validity, promotion.limit
    customers: dict[str, Json] = {"add": [f"gid://shopify/Customer/{promotion.customer}"]}
    together = promotion.beside is Beside.OTHERS
    return {
        "startsAt": (validity.starts or _EVER).isoformat(),
        "endsAt": None if validity.ends is None else validity.ends.isoformat(),
        "usageLimit": limit.total,
        "appliesOncePerCustomer": limit.each == 1,
        "context": {"customers": customers} if promotion.customer else {"all": "ALL"},
        "combinesWith": {
            "orderDiscounts": together,
            "productDiscounts": together,
            "shippingDiscounts": together,
        },
    }


def _shopify_least(promotion: Promotion, currency: str) -> dict[str, Json]:
    minimum = _minimum(promotion, currency)
    if minimum is not None:
        subtotal: dict[str, Json] = {"greaterThanOrEqualToSubtotal": str(minimum.amount)}
        return {"minimumRequirement": {"subtotal": subtotal}}
    if promotion.units:
        quantity: dict[str, Json] = {"greaterThanOrEqualToQuantity": str(promotion.units)}
        return {"minimumRequirement": {"quantity": quantity}}
    return {}


def _shopify_value(promotion: Promotion, currency: str) -> dict[str, Json]:
    gives = promotion.gives
    if isinstance(gives, PercentOff):
        return {"percentage": float(gives.percent / 100)}
    amount = _amount(promotion, currency)
    each = isinstance(gives, AmountOff) and gives.scope is Scope.EACH_LINE
    return {"discountAmount": {"amount": str(amount.amount), "appliesOnEachItem": each}}


def _shopify_buy_get(
    promotion: Promotion, gives: BuyGet, collections: Mapping[str, str]
) -> dict[str, Json]:
    effect: dict[str, Json] = {"percentage": float(gives.percent / 100)}
    return {
        "customerBuys": {
            "items": _shopify_items(promotion, gives.buys, collections),
            "value": {"quantity": str(gives.buy)},
        },
        "customerGets": {
            "items": _shopify_items(promotion, gives.gets, collections),
            "value": {"discountOnQuantity": {"quantity": str(gives.get), "effect": effect}},
        },
        "usesPerOrderLimit": gives.times,
    }


def _shopify_items(
    promotion: Promotion, selection: Selection, collections: Mapping[str, str]
) -> dict[str, Json]:
    if selection.everything:
        return {"all": True}
    found = _named(promotion, selection, collections)
    if selection.products:
        products: list[Json] = [f"gid://shopify/Product/{id}" for id in selection.products]
        return {"products": {"productsToAdd": products}}
    return {"collections": {"add": [f"gid://shopify/Collection/{id}" for id in found]}}


def woocommerce(
    promotion: Promotion, code: str, /, *, currency: str, categories: Mapping[str, str] = _NO_IDS
) -> Export:
    """An offer with a code for WooCommerce.

    Args:
        promotion: the offer; ids of products are WooCommerce's, as its gate reads them.
        code: what the customer enters.
        currency: of the shop; an amount in another one is not taken.
        categories: the id of each category.
    """
    gives, limit = promotion.gives, promotion.limit
    lost = [*_lost(promotion, currency)]
    lost += ["the customer that it was made for"] if promotion.customer else []
    lost += ["countries"] if promotion.countries else []
    lost += ["the first day"] if promotion.validity.starts is not None else []
    kind, amount = _woo_value(promotion, currency)
    if isinstance(gives, ShippingOff) and gives != ShippingOff():
        lost.append("a part of the shipping: all of it is free there")
    if isinstance(gives, PercentOff) and gives.most:
        lost.append("the most that it takes off")
    lost += ["the fewest units"] if promotion.units else []
    judged = gives.meant if promotion.basis is None else promotion.basis
    minimum = _minimum(promotion, currency)
    if minimum is not None and not judged.everything:
        lost.append("what its minimum is judged on: the whole order counts there")
    ends = promotion.validity.ends
    found = _named(promotion, gives.meant, categories)
    body: dict[str, Json] = {
        "code": code,
        "description": promotion.id,
        "discount_type": kind,
        "amount": amount,
        "date_expires_gmt": None if ends is None else f"{ends:%Y-%m-%dT%H:%M:%S}",
        "individual_use": promotion.beside is Beside.NOTHING,
        "product_ids": [int(id) for id in gives.meant.products],
        "product_categories": [int(id) for id in found],
        "usage_limit": limit.total,
        "usage_limit_per_user": limit.each,
        "limit_usage_to_x_items": gives.units if isinstance(gives, PercentOff) else None,
        "free_shipping": isinstance(gives, ShippingOff),
        "minimum_amount": "" if minimum is None else str(minimum.amount),
    }
    return Export(call="POST /wp-json/wc/v3/coupons", body=body, lost=tuple(lost))


def _woo_value(promotion: Promotion, currency: str) -> tuple[str, str]:
    gives = promotion.gives
    if isinstance(gives, PercentOff):
        return "percent", f"{gives.percent:f}"
    if isinstance(gives, ShippingOff):
        return "fixed_cart", "0"
    amount = _amount(promotion, currency)
    each = isinstance(gives, AmountOff) and gives.scope is Scope.EACH_LINE
    return ("fixed_product" if each else "fixed_cart"), str(amount.amount)


def _minimum(promotion: Promotion, currency: str) -> Money | None:
    minimum = promotion.minimum
    return minimum if minimum is not None and minimum.currency == currency else None


def _amount(promotion: Promotion, currency: str) -> Money:
    gives = promotion.gives
    amounts = gives.amounts if isinstance(gives, AmountOff) else ()
    for money in amounts:
        if money.currency == currency:
            return money
    raise InvalidProgramme(
        part=promotion.id,
        what=f"only a share or an amount in {currency} can be exported",
        given=", ".join(map(str, amounts)) or type(gives).__name__,
        advice="apply it with postpurchase.offers.quote instead",
    )


def _named(promotion: Promotion, selection: Selection, ids: Mapping[str, str]) -> list[str]:
    """The ids of the categories of a selection that is of products or of categories alone."""
    unknown = [name for name in selection.categories if name not in ids]
    mixed = bool(selection.products) and bool(selection.categories)
    if unknown or mixed or selection.tags or selection.skus:
        raise InvalidProgramme(
            part=promotion.id,
            what="only products, or categories whose ids are known, can be exported",
            given=repr(selection),
            advice="pass the ids of all its categories, or make two offers",
        )
    return [ids[name] for name in selection.categories]


def _lost(promotion: Promotion, currency: str) -> Iterator[str]:
    """What neither platform holds."""
    limit, minimum = promotion.limit, promotion.minimum
    if minimum is not None and minimum.currency != currency:
        yield f"the minimum in {minimum.currency}"
    if promotion.when is not None:
        yield f"the condition {type(promotion.when).__name__}"
    if promotion.validity.hours is not None:
        yield "the hours"
    if limit.budget is not None:
        yield "the budget"
    if limit.scope:
        yield "the limit that it shares with others"
    if promotion.lane:
        yield "the lane that it competes in"
