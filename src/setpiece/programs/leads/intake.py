"""People become leads of a list: who is there already is recognised, who is suppressed is left out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from setpiece.kernel.ids import new_uuid
from setpiece.programs.leads.lead_repository import LeadRepository
from setpiece.programs.leads.list_repository import LeadListRepository
from setpiece.programs.leads.model import COUNTED, MOST_ROWS, LeadList, Person, Problem
from setpiece.programs.leads.recognise import Known
from setpiece.programs.suppressions.model import Contact
from setpiece.programs.suppressions.service import find_suppressed
from setpiece.workspaces.work import Work


@dataclass(frozen=True, slots=True)
class Told:
    """A person and where it stands: `line` for reports on rows, `reference` for the provenance."""

    line: int
    reference: str
    person: Person


_FEW = MOST_ROWS
"""So many leads of a program are held to recognise them, some 40 MB; of more, those that a batch may be are looked up."""


@dataclass(slots=True)
class _Sorted:
    """A batch, taken apart."""

    new: list[tuple[UUID, Told]] = field(default_factory=list)
    known: list[tuple[UUID, Told]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class Intake:
    """Takes the rows of one list, batch by batch. The leads of the program are locked by whoever makes it."""

    work: Work
    into: LeadList
    counts: dict[str, int] = field(init=False)
    """Those of the list, as far as it was read before, and what is taken now."""
    _line_by_lead: dict[UUID, int] = field(default_factory=dict)
    _held: Known | None = None
    """Everybody who is there; None where that is looked up for each batch."""

    def __post_init__(self) -> None:
        self.counts = dict.fromkeys(COUNTED, 0) | dict(self.into.counts)

    async def hold_known(self) -> None:
        """Hold who is there for all batches to come, unless they are many. Worth it before a list of many batches."""
        few = await LeadRepository(self.work.scope).few_known(self.into.program_id, _FEW)
        self._held = None if few is None else Known(few)

    async def take(self, told: Sequence[Told], problems: Sequence[Problem] = ()) -> None:
        """Add a batch; `problems` are its rows that tell of nobody."""
        repository, invalid = LeadRepository(self.work.scope), len(problems)
        allowed, refused = await self._unsuppressed(told)
        known = self._held or Known(
            await repository.known(self.into.program_id, [one.person for one in allowed])
        )
        batch = self._sort(allowed, known)
        await self._keep(repository, batch)
        problems = [*problems, *refused, *batch.problems]
        await LeadListRepository(self.work.scope).insert_problems(self.into.id, problems)
        self._count(len(told) + invalid, batch, invalid, len(refused))

    async def _unsuppressed(self, told: Sequence[Told]) -> tuple[list[Told], list[Problem]]:
        people = [Contact(one.person.email, one.person.account_key) for one in told]
        found = await find_suppressed(self.work, people)
        refused = [
            Problem(one.line, f"Is on the suppression list ({by.reason.replace('_', ' ')}).")
            for one, by in zip(told, found, strict=True)
            if by
        ]
        return [one for one, by in zip(told, found, strict=True) if not by], refused

    def _sort(self, told: Sequence[Told], known: Known) -> _Sorted:
        batch = _Sorted()
        for one in told:
            lead_id = known.find(one.person)
            if lead_id is None:
                lead_id = new_uuid()
                batch.new.append((lead_id, one))
            elif lead_id in self._line_by_lead:
                batch.problems.append(
                    Problem(one.line, f"Is the same person as row {self._line_by_lead[lead_id]}.")
                )
                continue
            else:
                batch.known.append((lead_id, one))
            known.add(lead_id, one.person)
            self._line_by_lead[lead_id] = one.line
        return batch

    async def _keep(self, repository: LeadRepository, batch: _Sorted) -> None:
        new = [(lead_id, one.person) for lead_id, one in batch.new]
        await repository.insert_leads(self.into.program_id, new, self.work.at)
        await repository.fill_leads([(lead_id, one.person) for lead_id, one in batch.known])
        members = [(lead_id, one.reference) for lead_id, one in (*batch.new, *batch.known)]
        await repository.insert_members(self.into.id, members)

    def _count(self, rows: int, batch: _Sorted, invalid: int, suppressed: int) -> None:
        found = {
            "rows": rows,
            "added": len(batch.new),
            "known": len(batch.known),
            "duplicates": len(batch.problems),
            "invalid": invalid,
            "suppressed": suppressed,
        }
        for name, number in found.items():
            self.counts[name] += number
