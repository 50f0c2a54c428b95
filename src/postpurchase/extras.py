"""What is said where an extra lacks.

A module that needs one imports it inside `extra`:

```
with extra("sql"):
    import sqlalchemy
```
"""

from collections.abc import Generator
from contextlib import contextmanager

from postpurchase.errors import MissingExtra


@contextmanager
def extra(name: str, /) -> Generator[None, None, None]:
    """Name the extra that the imports inside need; a missing one raises `MissingExtra`."""
    try:
        yield
    except ModuleNotFoundError as missing:
        raise MissingExtra(extra=name, module=missing.name or str(missing)) from missing
