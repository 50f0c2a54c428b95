"""Deciding: from facts and a clock to what is due, and why everything else is not."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from postpurchase.domain import draw
from postpurchase.domain.customer import Shop
from postpurchase.domain.decision import Outcome
from postpurchase.domain.history import History
from postpurchase.domain.message import Action
from postpurchase.domain.moment import instant
from postpurchase.domain.rule import NOTHING, Known
from postpurchase.journey.caps import Book, rank
from postpurchase.journey.case import Case
from postpurchase.journey.default import DEFAULT
from postpurchase.journey.door import expect, expect_all
from postpurchase.journey.enter import cases
from postpurchase.journey.gates import GATES
from postpurchase.journey.market import ceiling
from postpurchase.journey.plan import Plan, Row, Status
from postpurchase.journey.playbook import Playbook
from postpurchase.journey.reason import NotInPlaybook
from postpurchase.journey.scene import Scene
from postpurchase.journey.superseded import superseded
from postpurchase.privacy import erased


def decide(
    history: History,
    /,
    *,
    at: datetime,
    shop: Shop,
    playbook: Playbook = DEFAULT,
    known: Known = NOTHING,
) -> Plan:
    """What is due for one customer, what comes next, and why everything else does not go out.

    Nothing is stored and chased: all follows from the facts, the sent messages among them, and
    the clock. The same facts give the same plan, in whatever order they come.

    Args:
        history: all facts of one customer; those recorded after *at* do not count.
        at: the instant of the decision; aware.
        shop: who writes.
        playbook: the journeys; the library's own unless told otherwise.
        known: answers of other rooms, such as a `Catalog` or a segment.

    Raises:
        InvalidFact: one of them is something else; the message says what to hand in.
        InvalidMoment: *at* is naive.
    """
    expect(History, history, "history")
    expect_all(shop, playbook, known)
    at = instant(at)
    now = history.until(at)
    if erased(now, at=at):
        return Plan(at=at, customer=now.customer.id if now.customer else "")
    scene = Scene(now, at, shop, known, playbook.law)
    rows, passed = _judged(cases(scene, playbook))
    if playbook.superseding:
        rows, passed = superseded(scene, playbook, rows, passed)
    due = _capped(scene, playbook, passed, rows)
    kept = _in_sight(rows, playbook, at)
    return Plan(
        at=at,
        customer=scene.customer.id if scene.customer else "",
        due=due,
        rows=kept,
        next_wakeup=_next(scene, playbook, kept),
        sent=scene.sent,
    )


def confirm(
    action: Action,
    history: History,
    /,
    *,
    at: datetime,
    shop: Shop,
    playbook: Playbook = DEFAULT,
    known: Known = NOTHING,
) -> Action | Row | None:
    """Decide one key again, just before it is handed over: the action as it stands now.

    A row says why it must not go out any more, also where nothing in this history and this
    playbook leads to it; None says that it was sent.

    Raises:
        InvalidFact: the action or another argument is something else.
        InvalidMoment: *at* is naive.
    """
    expect(Action, action, "action")
    plan = decide(history, at=at, shop=shop, playbook=playbook, known=known)
    again = next((each for each in plan.due if each.key == action.key), None)
    if again is not None or action.key in plan.sent:
        return again
    return plan.row(action.key) or _gone(action)


def _gone(action: Action, /) -> Row:
    return Row(
        key=action.key,
        status=Status.EXITED,
        target=action.target,
        reasons=(NotInPlaybook(),),
        subject=action.subject,
        kind=action.kind.name,
        priority=0,
        purpose=action.kind.purpose,
    )


def _judged(found: Iterable[Case], /) -> tuple[list[Row], list[Case]]:
    rows: list[Row] = []
    passed: list[Case] = []
    for case in found:
        for gate in GATES:
            row = gate(case)
            if row is not None:
                rows.append(row)
                break
        else:
            passed.append(case)
    return rows, passed


def _capped(
    scene: Scene, playbook: Playbook, passed: list[Case], rows: list[Row], /
) -> tuple[Action, ...]:
    """The actions that the caps leave; every case gets its row."""
    if not passed:
        return ()
    book = Book(scene, (*playbook.caps, *scene.permissions.rules.caps))
    due: list[Action] = []
    for case in sorted(passed, key=rank):
        row = book.weigh(case)
        if row is None:
            row = case.row(Status.DUE, (*case.came, *case.permission))
            due.append(_action(case, row))
        rows.append(row)
    return tuple(due)


def _action(case: Case, row: Row, /) -> Action:
    scene, step = case.scene, case.step
    customer = scene.customer.id if scene.customer else ""
    salt = f"{case.journey.id}/{step.id}"
    return Action(
        key=case.key,
        kind=step.kind,
        subject=case.entry.subject,
        channel=case.on,
        ceiling=ceiling(case),
        target=case.target,
        reasons=row.reasons,
        shows=_shown(case) if step.brings else (),
        variant=draw.variant(salt, customer, step.variants) if step.variants else "",
        demands=scene.permissions.demands(case.on),
    )


def _shown(case: Case, /) -> tuple[Outcome, ...]:
    """What other rooms grant for the message, asked only now that it is due."""
    scene = case.scene
    known = scene.known.add(scene.shop, case.entry, scene, case.on)
    answers = (
        policy.decide(scene.history, at=scene.at, known=known) for policy in case.step.brings
    )
    return tuple(answer.value for answer in answers if answer)


def _in_sight(rows: list[Row], playbook: Playbook, at: datetime, /) -> tuple[Row, ...]:
    if playbook.horizon_days is None:
        return tuple(rows)
    end = at + timedelta(days=playbook.horizon_days)
    return tuple(row for row in rows if row.status is not Status.PLANNED or row.target <= end)


def _next(scene: Scene, playbook: Playbook, rows: tuple[Row, ...], /) -> datetime | None:
    """The first instant after now at which a row may pass."""
    turns = [row.until or row.target for row in rows if row.status is Status.PLANNED or row.until]
    turns += playbook.turns(scene.at)
    if any(row.status is Status.SUPPRESSED for row in rows):
        change = scene.permissions.changes_at()
        turns += [change] if change else []
    return min(turns, default=None)
