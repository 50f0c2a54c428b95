"""Where somebody is reached by post."""

from attrs import frozen

from postpurchase.domain.told import told


@frozen(kw_only=True)
class Address:
    """Where somebody is reached by post; the lines are never taken apart.

    Attributes:
        name: who receives there.
        lines: street and house, as written, top to bottom.
        region: state, province or county.
        country: ISO 3166 code of two letters.
    """

    __repr__ = told

    name: str = ""
    company: str = ""
    lines: tuple[str, ...] = ()
    city: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""
    phone: str = ""
