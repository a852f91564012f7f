"""After a pivot, leads are shared among the present variant of the message and those that are prepared, more to what works (Thompson sampling).

Where a lead goes depends only on what was counted before, so the evidence of the epoch stays as valid as it was.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from setpiece.programs.evidence.allocation import Arm, choose_variant
from setpiece.programs.model import Program
from setpiece.programs.outcomes.deciding import assess_shown
from setpiece.programs.outcomes.model import Event, OutcomeKind, Standing
from setpiece.programs.outcomes.naming import names_of
from setpiece.programs.outcomes.repository import OutcomeRepository
from setpiece.programs.pivots.repository import PivotRepository
from setpiece.programs.spec.model import Changeable
from setpiece.workspaces.work import Work

_LONGEST_NAME = 200  # of a variant that has only its text


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to write.

    Attributes:
        text: What the messages are told to be like; None for a program that says nothing about it.
        samples: Counted units that got it in the present epoch, and `successes` those of them that succeeded.
    """

    name: str
    text: str | None
    is_present: bool
    samples: int = 0
    successes: int = 0


@dataclass(frozen=True, slots=True)
class Variants:
    """The variants of a program.

    Attributes:
        is_shared: Leads are shared among them; otherwise all get the present one.
    """

    program: Program
    all: Sequence[Variant]
    is_shared: bool


async def list_variants(work: Work, shown_id: str) -> Variants:
    """Raises NotFound when there is no such program."""
    found = await assess_shown(work, shown_id)
    pivots = await PivotRepository(work.scope).of_program(found.program.id)
    after_pivot = any(one.opened_epoch == found.program.epoch for one in pivots)
    variants = _variants(found.program, found.standing)
    return Variants(found.program, variants, after_pivot and len(variants) > 1)


async def assign(work: Work, shown_id: str, lead_ids: Sequence[str]) -> Mapping[str, Variant]:
    """The variant that each lead gets. One that was touched in this epoch keeps what it got.

    Raises:
        NotFound: there is no such program.
    """
    found = await list_variants(work, shown_id)
    by_name = {one.name: one for one in found.all}
    got = await _got(work, found.program, lead_ids)
    arms = {
        one.name: Arm(one.samples, one.successes) for one in found.all if found.is_shared or one.is_present
    }
    place = f"{work.workspace_id} {found.program.id} {found.program.epoch}"
    return {
        lead: by_name.get(got.get(lead, "")) or by_name[choose_variant(arms, f"{place} {lead}")]
        for lead in lead_ids
    }


def _variants(program: Program, standing: Standing) -> list[Variant]:
    """The present one first, then those prepared."""
    text = program.spec.strategy.variant
    prepared = {
        str(one.to): one.name or str(one.to)[:_LONGEST_NAME]
        for one in program.spec.adaptation.alternatives
        if one.changes is Changeable.VARIANT
    }
    present = prepared.get(text, text[:_LONGEST_NAME]) if text else "present"
    named: list[tuple[str, str | None]] = [(present, text)]
    named += [(name, other) for other, name in prepared.items() if other != text and name != present]
    return [
        Variant(name, other, index == 0, *standing.variants.get(name, (0, 0)))
        for index, (name, other) in enumerate(named)
    ]


async def _got(work: Work, program: Program, lead_ids: Sequence[str]) -> Mapping[str, str]:
    """The variant that the unit of each lead got first, for those that were touched with one."""
    rows = OutcomeRepository(work.scope, program.id, program.epoch)
    names = {}
    for lead in lead_ids:
        event = Event(OutcomeKind.TOUCHED, work.at, "", lead_id=lead)
        names[lead] = names_of(event, "contact", lambda _: None, str(work.workspace_id))[0].digest
    keys, _ = await rows.known(names.values())
    units = await rows.units(set(keys.values()))
    variants = {lead: units[keys[name]].variant for lead, name in names.items() if keys.get(name) in units}
    return {lead: variant for lead, variant in variants.items() if variant}
