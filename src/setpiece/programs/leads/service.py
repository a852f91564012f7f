"""Leads are listed, read and forgotten."""

from collections.abc import Sequence
from uuid import UUID

from setpiece.kernel.errors import NotFound
from setpiece.kernel.ids import parse, show
from setpiece.programs.leads.lead_repository import LeadRepository
from setpiece.programs.leads.list_repository import LeadListRepository
from setpiece.programs.leads.model import LEAD_PREFIX, Lead, LeadList, Problem
from setpiece.programs.leads.people import read_email
from setpiece.programs.model import Program
from setpiece.programs.outcomes.forgetting import forget_people
from setpiece.workspaces.audit import note
from setpiece.workspaces.work import Work


async def list_leads(
    work: Work, program: Program, after: UUID | None, most: int
) -> tuple[Sequence[Lead], bool]:
    """At most `most`, the oldest first, each with where it came from, and whether there are more."""
    found = await LeadRepository(work.scope).leads(program.id, after, most + 1)
    return found[:most], len(found) > most


async def get_lead(work: Work, shown_id: str) -> Lead:
    """Raises NotFound when the workspace has none of that id, or it was erased."""
    lead_id = parse(shown_id)
    found = await LeadRepository(work.scope).find([lead_id]) if lead_id else []
    if not found:
        raise NotFound(f"There is no lead '{shown_id[:64]}' in this workspace.")
    return found[0]


async def find_leads(work: Work, email: str) -> list[Lead]:
    """Everything that the workspace's programs have of an address.

    Raises:
        Invalid: it is none.
    """
    repository = LeadRepository(work.scope)
    return await repository.find(await repository.ids_of(read_email(email)))


async def delete_list(work: Work, program: Program, shown_id: str) -> int:
    """Delete a list and the leads that stand in no other one; who was drawn stays. Needs a transaction. How many leads it was.

    Raises:
        NotFound: the program has no such list.
    """
    repository = LeadListRepository(work.scope)
    await LeadRepository(work.scope).lock_leads(program.id)
    found = await _list(repository, program, shown_id)
    await note(work, "lead_list.delete", found.id)
    return await repository.delete_list(program.id, found.id)


async def erase_lead(work: Work, shown_id: str) -> int:
    """Delete the person from every program of the workspace, with all that refers to it. Needs a transaction.

    Messages and what agents wrote go with the lead. What stays is numbers, and an entry of the audit log without a name. How many leads
    it was.

    Raises:
        NotFound: as for `get_lead`.
    """
    lead = await get_lead(work, shown_id)
    gone = await LeadRepository(work.scope).erase(lead)
    await forget_people(work, [(show(LEAD_PREFIX, lead_id), lead.email) for lead_id in gone])
    for lead_id in gone:
        await note(work, "lead.delete", lead_id)
    return len(gone)


async def list_lists(
    work: Work, program: Program, before: UUID | None, most: int
) -> tuple[Sequence[LeadList], bool]:
    """Imports and gatherings of the program, the newest first, and whether there are more."""
    found = await LeadListRepository(work.scope).lists(program.id, before, most + 1)
    return found[:most], len(found) > most


async def left_out(work: Work, program: Program, shown_id: str) -> tuple[LeadList, Sequence[Problem]]:
    """A list and the rows that it left out.

    Raises:
        NotFound: the program has no such list.
    """
    repository = LeadListRepository(work.scope)
    found = await _list(repository, program, shown_id)
    return found, await repository.problems(found.id)


async def _list(repository: LeadListRepository, program: Program, shown_id: str) -> LeadList:
    list_id = parse(shown_id)
    found = await repository.find_list(program.id, list_id) if list_id else None
    if found is None:
        raise NotFound(f"This playbook has no lead list '{shown_id[:64]}'.")
    return found
