"""How the documentation is built: strictly, and with every name of our own resolved."""

import re
import sys
from importlib import import_module
from typing import ParamSpec, TypeVar, TypeVarTuple

from docutils.nodes import Element, TextElement, reference
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

project = "postpurchase"
author = "The postpurchase authors"
copyright = author

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.intersphinx",
    "sphinx.ext.napoleon",
]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = "postpurchase"
html_copy_source = False

myst_enable_extensions = ["colon_fence", "deflist", "linkify"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_preserve_defaults = True
autodoc_typehints = "signature"
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True
python_use_unqualified_type_names = True

# Python's own inventory stands beside this file, so that a build needs no network.
intersphinx_mapping = {"python": ("https://docs.python.org/3", "python-objects.inv")}
nitpicky = True
# Names of other projects only; each stands in no inventory here. Nothing of our own.
nitpick_ignore_regex = [
    (r"py:.*", r"(attrs?|typing_extensions|hypothesis|sqlalchemy|narwhals|numpy|scipy)(\..*)?"),
    (r"py:.*", r"(matplotlib|pyspark|jinja2|babel|dateutil|cattrs)(\..*)?"),
]


def _public(target: str) -> tuple[object, str] | None:
    """The thing of that full name, and the address under which its package offers it."""
    parts = target.split(".")
    for cut in range(len(parts) - 1, 0, -1):
        home = sys.modules.get(".".join(parts[:cut]))
        if home is None:
            continue
        thing: object = home
        for part in parts[cut:]:
            thing = getattr(thing, part, None)
        if thing is None:
            return None
        rest = parts[cut:]
        for door in (".".join(parts[:2]), "postpurchase"):
            if rest[0] in getattr(sys.modules.get(door), "__all__", ()):
                return thing, ".".join((door, *rest))
        return thing, target
    return None


def resolve(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, content: TextElement
) -> reference | Element | None:
    """Lead a full name to the public address of the same thing; a type variable stays a word."""
    target = str(node.get("reftarget", ""))
    homes = [node.get("py:module"), "postpurchase.errors", "postpurchase"]
    if "." not in target:  # the name of a quoted type, bare of its module
        homes += sorted(name for name in sys.modules if name.startswith("postpurchase."))
    for name in (target, *(f"{home}.{target}" for home in homes if home)):
        found = _public(name) if name.startswith("postpurchase.") else None
        if found is None:
            continue
        thing, address = found
        if isinstance(thing, TypeVar | TypeVarTuple | ParamSpec):
            return content
        python = env.domains.python_domain
        return python.resolve_xref(
            env, node.get("refdoc", ""), app.builder, "obj", address, node, content
        )
    return None


# Napoleon takes what stands before a colon for a type, and `a, b:` for one name of the type `a`.
COLON = "\ue000"
SEVERAL = re.compile(r"^(\s+)((?:\w+, )+)(\w+): ")


def before_napoleon(
    _app: Sphinx, what: str, _name: str, _thing: object, _options: object, lines: list[str]
) -> None:
    """Keep a sentence with a colon one sentence, and give each of several names its own entry."""
    if what in {"attribute", "data", "property"} and lines:
        lines[0] = lines[0].replace(":", COLON)
    if what == "class":
        lines[:] = [entry for line in lines for entry in _entries(line)]


def _entries(line: str) -> list[str]:
    several = SEVERAL.match(line)
    if several is None:
        return [line]
    indent, others, last = several.groups()
    seen = [f"{indent}{name}: see {last}." for name in others.split(", ") if name]
    return [*seen, f"{indent}{last}: {line[several.end() :]}"]


def after_napoleon(
    _app: Sphinx, _what: str, _name: str, _thing: object, _options: object, lines: list[str]
) -> None:
    """Put the colons back."""
    lines[:] = [line.replace(COLON, ":") for line in lines]


def setup(app: Sphinx) -> None:
    """Load every room, so that full names can be looked up, and add the resolver."""
    front = import_module("postpurchase")
    for word in front.__all__:
        getattr(front, word)
    app.connect("missing-reference", resolve)
    app.connect("autodoc-process-docstring", before_napoleon, priority=400)
    app.connect("autodoc-process-docstring", after_napoleon, priority=600)
