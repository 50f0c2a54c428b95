"""What a later message about the same thing makes moot."""

from attrs import evolve

from postpurchase.domain.message import Subject
from postpurchase.journey.case import Case
from postpurchase.journey.plan import Row, Status
from postpurchase.journey.playbook import Playbook
from postpurchase.journey.reason import SupersededBy
from postpurchase.journey.scene import Scene

_OPEN = (Status.PLANNED, Status.DEFERRED)


def superseded(
    scene: Scene, playbook: Playbook, rows: list[Row], passed: list[Case], /
) -> tuple[list[Row], list[Case]]:
    """The rows and cases again, those exited that another message has overtaken.

    A step overtakes once its own time has come and nothing but hours or a cap holds it back, or
    once it was sent; both must be about the same order, parcel or other thing.
    """
    open_keys = [row.key for row in rows if row.status in _OPEN]
    open_keys += [case.key for case in passed]
    if playbook.moot.isdisjoint([key.partition("/")[0] for key in open_keys]):
        return rows, passed
    overtaking = {(*_named(case.key), _thing(case.entry.subject)) for case in passed}
    overtaking |= {(*_named(row.key), _thing(row.subject)) for row in rows if row.until is not None}
    overtaking |= {
        (*_named(key), key.split("/", 2)[1].partition("#")[0])
        for key in scene.sent
        if _named(key) in playbook.overtaking
    }
    kept: list[Case] = []
    changed: list[Row] = []
    for row in rows:
        by = _by(playbook, row.key, row.subject, overtaking) if row.status in _OPEN else None
        changed.append(_exited(row, by) if by else row)
    for case in passed:
        by = _by(playbook, case.key, case.entry.subject, overtaking)
        if by is None:
            kept.append(case)
        else:
            changed.append(_exited(case.row(Status.EXITED, case.came), by))
    return changed, kept


def _exited(row: Row, by: str, /) -> Row:
    return evolve(
        row, status=Status.EXITED, reasons=(SupersededBy(by),), until=None, channel=None, basis=None
    )


def _by(
    playbook: Playbook, key: str, subject: Subject, overtaking: set[tuple[str, str, str]], /
) -> str | None:
    journey, step = _named(key)
    thing = _thing(subject)
    for name in (journey, f"{journey}/{step}"):
        for other in playbook.superseding.get(name, ()):
            if other != (journey, step) and (*other, thing) in overtaking:
                return "/".join(other)
    return None


def _named(key: str, /) -> tuple[str, str]:
    return (key.partition("/")[0], key.rpartition("/")[2])


def _thing(subject: Subject, /) -> str:
    return str(Subject(subject.noun, subject.id))
