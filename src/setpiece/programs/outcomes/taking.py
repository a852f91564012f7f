"""What is reported of a run, taken in: outcomes, corrections of them, and people who do not want to be contacted again."""

from collections.abc import Sequence
from dataclasses import dataclass

from setpiece.kernel.ids import parse
from setpiece.programs.addresses import normal_email
from setpiece.programs.leads.lead_repository import LeadRepository
from setpiece.programs.model import Program, Run
from setpiece.programs.outcomes.correcting import correct
from setpiece.programs.outcomes.model import Correction, Event, OutcomeKind, Taken
from setpiece.programs.outcomes.recording import record
from setpiece.programs.suppressions.model import SuppressionKind, SuppressionReason, Wanted
from setpiece.programs.suppressions.service import suppress
from setpiece.workspaces.work import Work

SOURCE = "outcome"


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of what was reported.

    Attributes:
        corrected: For each correction, in their order, whether it was kept, or why it cannot be made, in a sentence.
        suppressed: Addresses that were put on the suppression list by it.
    """

    outcomes: Taken
    corrected: Sequence[bool | str]
    suppressed: Sequence[str]


_REASONS = {
    OutcomeKind.UNSUBSCRIBED: SuppressionReason.UNSUBSCRIBED,
    OutcomeKind.COMPLAINED: SuppressionReason.COMPLAINED,
}


async def take_in(
    work: Work,
    program: Program,
    run: Run,
    events: Sequence[Event],
    corrections: Sequence[Correction] = (),
    *,
    is_complete: bool = False,
) -> TakenIn:
    """Record the events, then make the corrections, which may be of these events; who unsubscribed is suppressed. Needs a transaction."""
    taken = await record(work, program, run, events, is_complete=is_complete)
    corrected = await correct(work, program, run, corrections) if corrections else ()
    made = [one for one, result in zip(corrections, corrected, strict=True) if result is True]
    return TakenIn(taken, corrected, await _suppress(work, program, [*events, *made]))


async def _suppress(work: Work, program: Program, told: Sequence[Event | Correction]) -> list[str]:
    """Whoever unsubscribed or complained is not contacted again, where the address is told or is that of a lead of ours."""
    left = [one for one in told if one.kind in _REASONS]
    if not left:
        return []
    address_by_lead = await _addresses(work, left)
    wanted = {
        address: Wanted(SuppressionKind.EMAIL, address, _REASONS[one.kind], SOURCE, program_id=program.id)
        for one in left
        if (address := normal_email(one.email or "") or address_by_lead.get(_lead(one) or ""))
    }
    added = await suppress(work, list(wanted.values()), by_member=False) if wanted else set()
    return sorted(value for _, value in added)


async def _addresses(work: Work, told: Sequence[Event | Correction]) -> dict[str, str]:
    """The addresses of the leads that are named and are ours, by the id that they were named by."""
    named = {shown: lead_id for one in told if (shown := _lead(one)) and (lead_id := parse(shown))}
    found = await LeadRepository(work.scope).find(list(named.values())) if named else []
    address_by_id = {lead.id: lead.email for lead in found if lead.email}
    return {shown: address_by_id[lead_id] for shown, lead_id in named.items() if lead_id in address_by_id}


def _lead(one: Event | Correction) -> str | None:
    return one.lead_id if isinstance(one, Event) else None
