"""People of a CRM or another source become leads of a program, page by page.

Between two pages no connection to the database is held, and each page is kept with the cursor of the next one in one transaction: a
gathering that was cut short, by a vendor or by the end of this process, goes on where it was.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from setpiece.kernel.errors import Invalid
from setpiece.kernel.ids import new_uuid
from setpiece.programs.leads.drawing import draw
from setpiece.programs.leads.intake import Intake, Told
from setpiece.programs.leads.lead_repository import LeadRepository
from setpiece.programs.leads.list_repository import LeadListRepository
from setpiece.programs.leads.local import LocalLists
from setpiece.programs.leads.model import MOST_ROWS, Drawn, LeadList, Problem, Source
from setpiece.programs.leads.people import person_of
from setpiece.programs.leads.sources import Asked, asked_of
from setpiece.programs.model import Program
from setpiece.providers.lead_sources.configured import LeadSources
from setpiece.providers.lead_sources.port import Cost, Fetched, LeadSource, Record
from setpiece.workspaces.work import OpenWork, Work

FRESH = timedelta(hours=1)
"""For so long a gathering is as good as a new one: a run right after a preview does not read a segment twice."""
_GOOD_CURSOR = timedelta(days=1)
"""For so long a vendor knows a cursor; Salesforce, which forgets first, forgets after two days."""
_PAGE = 200
"""People asked for at once; vendors give fewer where they have a bound of their own."""
_PAGE_HERE = 2_000  # where no vendor is asked
_TRIED = 500
"""People that a trial reads to see who would be left out; more would take longer than somebody waits for."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What a run would do, without doing it.

    Attributes:
        count: People that the source says it has; None when it cannot say, or when they were counted here.
        cost: What reading them costs; None for lists that were uploaded.
        read: How many of the source's people `drawn` was tried on; None when on all of them.
    """

    asked: Asked
    drawn: Drawn
    count: int | None = None
    cost: Cost | None = None
    read: int | None = None


async def source_of(open_work: OpenWork, work: Work, sources: LeadSources, asked: Asked) -> LeadSource:
    """The source that a program names, as its workspace has set it up.

    Raises:
        Invalid: it names none, or one that is not set up.
    """
    if asked.source is None:
        raise Invalid(
            "'leadSource.query' is missing; it looks like hubspot:list:123, salesforce:soql:SELECT …, attio:list:slug or twenty:people, "
            "or is the name of a list that was uploaded.",
            code="lead_source_query",
        )
    if asked.is_here:
        return LocalLists(open_work)
    name = await LeadListRepository(work.scope).workspace_name()
    found = sources.of(name).get(asked.source)
    if found is None:
        raise Invalid(
            f"The lead source '{asked.source}' is not set up for this workspace; docs/lead-sources.md says how.",
            code="lead_source_not_set_up",
        )
    return found


async def gather(
    open_work: OpenWork,
    sources: LeadSources,
    program: Program,
    *,
    within_s: float | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> LeadList | None:
    """Read the people of the program's source; None for uploaded lists, which are there already.

    What was read in the last hour is not read again. A source that costs is asked only for as many people as a draw lacks, and for
    nobody twice. `open_work` opens a transaction; after `within_s` seconds an incomplete list is given, and the next call goes on.

    Raises:
        Invalid, Unavailable: as `LeadSource` raises; what was read until then is kept.
    """
    asked = asked_of(program.spec.lead_source)
    if asked.source is Source.MANUAL:
        return None
    async with open_work() as work:
        source = await source_of(open_work, work, sources, asked)
        most = await _wanted(work, program, asked)
        going = await _begin(work, program, asked) if most else None
    if going is None:
        return None
    ends = None if within_s is None else clock() + within_s
    while not going.is_complete and (ends is None or clock() < ends):
        rows = going.counts.get("rows", 0)
        # Of a reading that goes on, more may have been read than is wanted by now.
        page = Fetched((), going.cursor)
        if rows < most:
            size = _PAGE_HERE if asked.is_here else _PAGE
            page = await source.fetch(asked.query, min(size, most - rows), going.cursor)
        async with open_work() as work:
            going = await _take(work, going, page.records, page.cursor, most)
    return going


async def _wanted(work: Work, program: Program, asked: Asked) -> int:
    """How many people are worth reading."""
    if not asked.is_paid:
        return MOST_ROWS
    drawn = await draw(work, program, None, 0)
    return max(program.spec.lead_source.sample_size - drawn.drawable, 0)


async def _begin(work: Work, program: Program, asked: Asked) -> LeadList:
    """The gathering that goes on, or that is fresh, or a new one."""
    repository = LeadListRepository(work.scope)
    await LeadRepository(work.scope).lock_leads(program.id)
    last = await repository.last_gathering(program.id, asked)
    if last and not last.is_complete and work.at - last.created_at < _GOOD_CURSOR:
        return last
    if last and not (asked.is_paid or asked.is_here) and work.at - last.created_at < FRESH:
        return last
    cursor = last.cursor if last and asked.is_paid else None  # on to people who were not bought yet
    name = f"{asked.source} {asked.query}"[:200]
    assert asked.source is not None
    made = LeadList(new_uuid(), program.id, asked.source, name, asked.query, cursor, False, {}, {}, work.at)
    await repository.insert_list(made, work.author.id)
    return made


async def _take(
    work: Work, going: LeadList, records: Sequence[Record], cursor: str | None, most: int
) -> LeadList:
    """Keep a page, unless somebody else has kept it meanwhile."""
    repository = LeadListRepository(work.scope)
    await LeadRepository(work.scope).lock_leads(going.program_id)
    now = await repository.find_list(going.program_id, going.id)
    if now is None:
        raise Invalid("The list was deleted while it was read.", code="list_deleted")
    if (now.cursor, now.counts) != (going.cursor, going.counts):
        return now
    intake = Intake(work, now)
    told, problems = _people_of(records, now.counts.get("rows", 0))
    await intake.take(told, problems)
    is_complete = cursor is None or not records or intake.counts["rows"] >= most
    await repository.move_list(now.id, intake.counts, cursor, is_complete=is_complete)
    return replace(now, counts=intake.counts, cursor=cursor, is_complete=is_complete)


def _people_of(records: Sequence[Record], before: int) -> tuple[list[Told], list[Problem]]:
    told: list[Told] = []
    problems: list[Problem] = []
    for number, one in enumerate(records, start=before + 1):
        try:
            if one.left_out:
                raise Invalid(one.left_out)
            told.append(Told(number, one.reference[:200].replace("\x00", ""), person_of(one.values)))
        except Invalid as wrong:
            problems.append(Problem(number, wrong.message))
    return told, problems


async def try_draw(open_work: OpenWork, sources: LeadSources, program: Program, limit: int) -> Trial:
    """Whom a run would draw now, and what it would cost. Nobody is contacted and nothing is kept.

    Of a source that was not read lately the first people are read and forgotten again, to see who would be left out; of one that
    costs, nobody is read. `open_work` opens work outside a transaction.

    Raises:
        Invalid, Unavailable: as `LeadSource` raises.
    """
    asked = asked_of(program.spec.lead_source)
    async with open_work() as work:
        is_kept = asked.source is not None and not asked.is_here
        known = await LeadListRepository(work.scope).lists_of(program.id, asked) if is_kept else []
        if asked.source is Source.MANUAL:
            return Trial(asked, await draw(work, program, None, limit))
        source = await source_of(open_work, work, sources, asked)
    count = await source.count(asked.query)
    if asked.is_paid:
        async with open_work() as work:
            drawn = await draw(work, program, None, limit)
        return Trial(asked, drawn, count, source.estimate(max(limit - drawn.drawable, 0)))
    if known:
        async with open_work() as work:
            return Trial(asked, await draw(work, program, None, limit), count, source.estimate(count or 0))
    records = await _first(source, asked.query)
    cost = source.estimate(len(records) if count is None else count)
    async with open_work() as work:
        drawn = await _draw_of(work, program, asked, records, limit)
    return Trial(asked, drawn, count, cost, len(records))


async def _first(source: LeadSource, query: str) -> list[Record]:
    found: list[Record] = []
    cursor: str | None = None
    while len(found) < _TRIED:
        page = await source.fetch(query, _PAGE, cursor)
        found += page.records
        cursor = page.cursor
        if cursor is None:
            break
    return found[:_TRIED]


async def _draw_of(
    work: Work, program: Program, asked: Asked, records: Sequence[Record], limit: int
) -> Drawn:
    """A draw from these people, in a transaction that is taken back."""
    transaction = work.connection.transaction()
    await transaction.start()
    try:
        going = await _begin(work, program, asked)
        await _take(work, going, records, None, MOST_ROWS)
        return await draw(work, program, None, limit)
    finally:
        await transaction.rollback()
