"""Phone numbers in the form that carriers take, E.164; needs the extra `phone`."""

from postpurchase.errors import InvalidPhone
from postpurchase.extras import extra

with extra("phone"):
    import phonenumbers


def e164(number: str, region: str, /) -> str:
    """A number as `+919876543210`; digits of any script will do.

    Args:
        number: as somebody wrote it.
        region: ISO 3166 code of the country in which it was written.

    Raises:
        InvalidPhone: no such number can exist there.
    """
    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException as error:
        raise InvalidPhone(number=number, region=region) from error
    if not phonenumbers.is_valid_number(parsed):
        raise InvalidPhone(number=number, region=region)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
