"""The checks by name: `nox -l` lists them, `nox -s lint` runs one."""

import nox

nox.needs_version = ">=2025.5.1"
nox.options.default_venv_backend = "venv"
nox.options.sessions = ["lint", "types", "tests"]


def _install(session: nox.Session, *groups: str) -> None:
    session.install("--upgrade", "pip")
    session.install("--editable", ".[all]", *(f"--group={group}" for group in groups))


@nox.session(python=["3.11", "3.12", "3.13", "3.14"])
def tests(session: nox.Session) -> None:
    """Run the quick tests, or those that the arguments choose."""
    _install(session, "test")
    session.run("python", "-m", "pytest", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Check style, floors and house rules."""
    _install(session, "lint")
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")
    session.run("lint-imports")
    session.run("python", "tools/conventions.py")


@nox.session
def types(session: nox.Session) -> None:
    """Check types, with both checkers."""
    _install(session, "dev", "bench")
    python = f"{session.virtualenv.location}/bin/python"
    session.run("mypy")
    session.run("python", "tools/page_types.py", ".mypy_cache")
    session.run("pyright", "--pythonpath", python)
    session.install(".[all]")  # no longer editable: completeness is judged of what is installed
    session.run("python", "tools/verify_types.py", python)


@nox.session
def docs(session: nox.Session) -> None:
    """Build the documentation, strictly."""
    _install(session, "docs")
    session.run("sphinx-build", "-W", "-n", "-b", "html", "docs", "docs/_build")


@nox.session
def walls(session: nox.Session) -> None:
    """Plant violations, and see each refused."""
    _install(session, "dev")
    session.run("python", "-m", "pytest", "-m", "walls")
