"""Programs are made, read, changed and deleted."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import orjson

from setpiece.kernel.errors import NotFound
from setpiece.kernel.ids import new_uuid, parse, show
from setpiece.programs.epochs import needs_new_evidence, open_epoch
from setpiece.programs.execution.waking import wake_all
from setpiece.programs.model import Program, Version
from setpiece.programs.repository import Place, ProgramRepository, Wanted
from setpiece.programs.spec.document import read_spec, show_spec
from setpiece.programs.spec.sanitise import merged, take_new, take_update
from setpiece.programs.spec.shapes import Problem
from setpiece.workspaces.audit import note
from setpiece.workspaces.model import MEMBER_PREFIX
from setpiece.workspaces.receipts import Receipt, claim
from setpiece.workspaces.work import Work

CREATE = "POST /v1/playbooks"
_TICK = timedelta(milliseconds=1)  # instants are shown to the millisecond


@dataclass(frozen=True, slots=True)
class Written:
    """A program after a request, and what of the request was ignored or changed."""

    program: Program
    warnings: Sequence[Problem]


def author_of(work: Work) -> str:
    """`u_…`: who does it."""
    return show(MEMBER_PREFIX, work.author.id)


def fingerprint(content: Mapping[str, Any]) -> bytes:
    """Of a request, to tell whether one that comes again is the same."""
    return hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).digest()


async def create_program(
    work: Work, content: Mapping[str, Any], *, is_strict: bool = False, key: str | None = None
) -> Written:
    """A new program; under an idempotency key that was used before, the one it has led to. Needs a transaction.

    Raises:
        Invalid: something required is missing; in strict mode, anything is wrong.
        Conflict: the key was sent with another request.
    """
    document, taken = take_new(content, is_strict=is_strict)
    program = Program(new_uuid(), read_spec(document), 1, 1, work.at, author_of(work), work.at)
    if key:
        receipt = Receipt(program.id, fingerprint(content))
        if before := await claim(work, CREATE, key, receipt):
            before.require(receipt.fingerprint)
            return Written(await get_program(work, show("pb", before.subject_id)), taken.warnings)
    await ProgramRepository(work.scope).insert(program)
    return Written(program, taken.warnings)


async def get_program(work: Work, shown_id: str) -> Program:
    """Raises NotFound when the workspace has none of that id, or it was deleted."""
    program_id = parse(shown_id)
    found = await ProgramRepository(work.scope).find(program_id) if program_id else None
    return _found(found, shown_id)


async def hold_program(work: Work, shown_id: str) -> Program:
    """The program, which nobody else changes until the transaction ends.

    Raises:
        NotFound: as for `get_program`.
    """
    program_id = parse(shown_id)
    found = await ProgramRepository(work.scope).hold(program_id) if program_id else None
    return _found(found, shown_id)


async def list_programs(
    work: Work, wanted: Wanted, after: Place | None = None, most: int | None = None
) -> tuple[Sequence[Program], bool]:
    """The last changed first, all of them or at most `most`, and whether there are more."""
    found = await ProgramRepository(work.scope).newest(wanted, after, most and most + 1)
    return found[:most], most is not None and len(found) > most


async def update_program(
    work: Work,
    shown_id: str,
    content: Mapping[str, Any],
    *,
    is_strict: bool = False,
    require: Callable[[Program], None] = lambda _: None,
) -> Written:
    """The program with what `content` says, unless `require` looks at it as it is and raises. Needs a transaction.

    Raises:
        NotFound: as for `get_program`.
        Invalid: something is wrong, in strict mode.
    """
    program = await hold_program(work, shown_id)
    taken = take_update(content, is_strict=is_strict)
    require(program)
    return Written(await apply_patch(work, program, taken.patch, author_of(work)), taken.warnings)


async def apply_patch(
    work: Work,
    program: Program,
    patch: Mapping[str, Any],
    by: str,
    *,
    why: str = "edited",
    opens_epoch: bool = False,
) -> Program:
    """The program with the patch, as a new version; the same program when nothing changes. Needs a transaction that holds it.

    The patch is by wire name, every value one that the fields allow: from `take_update`, or from a spec. `by` is `u_…`, `auto` or
    `judge:<model>`. With `opens_epoch`, evidence starts anew even if hypothesis and target stay.
    """
    spec = read_spec(merged(show_spec(program.spec), patch))
    if spec == program.spec:
        return program
    epoch = program.epoch
    if opens_epoch or needs_new_evidence(program.spec, spec):
        epoch = await open_epoch(work, program.id)
    changed = replace(
        program,
        spec=spec,
        version=program.version + 1,
        epoch=epoch,
        updated_at=_later(work.at, program.updated_at),
    )
    await ProgramRepository(work.scope).write(changed, by, why)
    if changed.status is not program.status:
        await wake_all(work, program.id)
    return changed


async def delete_program(
    work: Work, shown_id: str, require: Callable[[Program], None] = lambda _: None
) -> None:
    """The program with its runs is not there any more. Needs a transaction.

    Raises:
        NotFound: as for `get_program`.
    """
    program = await hold_program(work, shown_id)
    require(program)
    await ProgramRepository(work.scope).delete(program.id, work.at)
    await note(work, "playbook.delete", program.id)


async def list_versions(
    work: Work, shown_id: str, before: int | None, most: int
) -> tuple[Sequence[Version], bool]:
    """What the program was, the newest first, and whether there is more.

    Raises:
        NotFound: as for `get_program`.
    """
    program = await get_program(work, shown_id)
    found = await ProgramRepository(work.scope).versions(program.id, before, most + 1)
    return found[:most], len(found) > most


def _found(program: Program | None, shown_id: str) -> Program:
    if program is None:
        raise NotFound(f"There is no playbook '{shown_id[:64]}' in this workspace.")
    return program


def _later(now: datetime, before: datetime) -> datetime:
    """Clients sync by it: a clock that goes back must not hide a change."""
    return max(now, before + _TICK)
