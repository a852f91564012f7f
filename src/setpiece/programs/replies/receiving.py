"""A report of another tool becomes outcomes of the runs that its people belong to, and suppressions. What was written is not kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from setpiece.kernel.ids import parse, show
from setpiece.programs.addresses import normal_email
from setpiece.programs.model import PROGRAM_PREFIX, RUN_PREFIX
from setpiece.programs.outcomes.model import Event
from setpiece.programs.outcomes.recording import record
from setpiece.programs.replies.reports import Meaning, Report
from setpiece.programs.replies.run_finding_repository import RunFinder, RunPlace
from setpiece.programs.runs import get_run
from setpiece.programs.service import get_program
from setpiece.programs.suppressions.model import Key, SuppressionKind, Wanted
from setpiece.programs.suppressions.service import suppress
from setpiece.workspaces.work import Work

MOST_PEOPLE = 50
"""Recipients of one mail that are looked at; a cold mail has one."""
SOURCE = "webhook"


@dataclass(frozen=True, slots=True)
class Recorded:
    """An outcome of one person; not new when the run has it already."""

    program_id: UUID
    run_id: UUID
    source_id: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a report."""

    meaning: Meaning
    recorded: Sequence[Recorded]
    suppressed: Sequence[str]


async def receive(work: Work, report: Report, meaning: Meaning) -> Received:
    """Take in what is reported, and means what `meaning_of` has found. Needs a transaction.

    Somebody whom no run knows has no outcome; that they want no more mail is kept all the same.
    """
    people = list(dict.fromkeys(one for given in meaning.people if (one := normal_email(given))))[
        :MOST_PEOPLE
    ]
    placed = await _placed(work, report, meaning, people)
    recorded = [await _record(work, place, event) for place, event in placed]
    program_id = recorded[-1].program_id if recorded else None
    suppressed = await _suppress(work, meaning, people, program_id)
    return Received(meaning, recorded, [value for _, value in suppressed])


async def _placed(
    work: Work, report: Report, meaning: Meaning, people: Sequence[str]
) -> list[tuple[RunPlace, Event]]:
    """The events that a run is concerned with, program by program.

    Recording holds a program's epoch: in one order for all, two reports about the same programs do not wait for each other.
    """
    if not meaning.kind:
        return []
    named = await _named(work, report)
    placed = [
        (place, event)
        for event in _events(report, meaning, people)
        if (place := named or await RunFinder(work.scope).of_event(event))
    ]
    return sorted(placed, key=lambda one: (one[0].program_id, one[0].run_id))


async def _named(work: Work, report: Report) -> RunPlace | None:
    """The run or the program that the other tool was given as its campaign."""
    campaign_id = parse(report.campaign_id) if report.campaign_id else None
    return await RunFinder(work.scope).named(campaign_id) if campaign_id else None


def _events(report: Report, meaning: Meaning, people: Sequence[str]) -> list[Event]:
    assert meaning.kind
    about: list[str | None] = list(people) or ([None] if report.account_id else [])
    return [
        Event(
            kind=meaning.kind,
            at=report.at,
            source_id=f"{report.source_id}:{place}" if place else report.source_id,
            account_id=report.account_id,
            email=one,
            value=report.value,
        )
        for place, one in enumerate(about)
    ]


async def _record(work: Work, place: RunPlace, event: Event) -> Recorded:
    program = await get_program(work, show(PROGRAM_PREFIX, place.program_id))
    run = await get_run(work, show(PROGRAM_PREFIX, place.program_id), show(RUN_PREFIX, place.run_id))
    taken = await record(work, program, run, [event])
    return Recorded(program.id, run.id, event.source_id, taken.is_new[0])


async def _suppress(work: Work, meaning: Meaning, people: Sequence[str], program_id: UUID | None) -> set[Key]:
    if not meaning.suppresses:
        return set()
    wanted = [
        Wanted(SuppressionKind.EMAIL, one, meaning.suppresses, SOURCE, "", program_id) for one in people
    ]
    return await suppress(work, wanted, by_member=False) if wanted else set()
