"""What went wrong in a template, told with its kind, its name, its line and its field."""

import re
from types import TracebackType
from typing import Final

from jinja2.exceptions import SecurityError, TemplateSyntaxError, UndefinedError

from postpurchase.errors import BudgetExhausted, TemplateFault, UnsafeTemplate, VariableMissing

_QUOTED: Final = re.compile(r"'([^']+)'")


class OutOfBudget(Exception):
    """Raised inside a template that has used up what it was given."""


_KINDS: Final[dict[type[Exception], type[TemplateFault]]] = {
    OutOfBudget: BudgetExhausted,
    RecursionError: BudgetExhausted,
    SecurityError: UnsafeTemplate,
}


def told(error: Exception, kind: str, template: str, /) -> TemplateFault:
    """The fault behind an error that a template raised."""
    if isinstance(error, TemplateSyntaxError):
        name, line = error.name or template, error.lineno
        refused = "filter" in str(error) or "test" in str(error)
        make = UnsafeTemplate if refused else TemplateFault
        return make(kind=kind, template=name, line=line, why=str(error.message))
    template, line = _place(error.__traceback__, template)
    if isinstance(error, UndefinedError):
        quoted = _QUOTED.findall(str(error))
        field = quoted[-1] if quoted else str(error)
        return VariableMissing(kind=kind, template=template, line=line, field=field)
    make = _KINDS.get(type(error), TemplateFault)
    return make(kind=kind, template=template, line=line, why=str(error))


def _place(trace: TracebackType | None, template: str) -> tuple[str, int]:
    """The innermost template and its line in a traceback that Jinja has rewritten."""
    line = 0
    while trace is not None:
        if "__jinja_exception__" in trace.tb_frame.f_globals:
            template, line = trace.tb_frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next
    return template, line
