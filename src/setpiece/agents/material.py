"""Everything one run may say: who it is about, what was chosen, what was told, and the facts as speech."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from setpiece.agents.identity import Identity
from setpiece.agents.model import credits_for
from setpiece.agents.provenance import Cited, annotations
from setpiece.agents.running import Outcome, Run
from setpiece.agents.selection import Selection, select
from setpiece.agents.sequence.answer import choice_record
from setpiece.agents.sequence.brief import brief_for
from setpiece.agents.sequence.gather import MOST_OF_A_ROLE, Chosen, Facts, gather
from setpiece.agents.sequence.messages import nothing_to_sell
from setpiece.agents.sequence.schemas import SequenceRun
from setpiece.agents.sequence.writer.clean import clean_name
from setpiece.agents.sequence.writer.model import Brief, Fact, FactRole
from setpiece.agents.speech import Speech
from setpiece.agents.told import told_text
from setpiece.kernel.ids import show
from setpiece.library.model import Entity, named_texts
from setpiece.library.service import KIND_BY_NAME
from setpiece.library.titles.words import content_words
from setpiece.matching.model import Prospect

NOBODY = Identity(None, None, None, None, None, None, subject="")
"""For a run that is about nobody in particular."""


@dataclass(frozen=True, slots=True)
class Material:
    """What was chosen for somebody, and everything that may be said with it."""

    identity: Identity
    selection: Selection
    chosen: Chosen
    facts: Facts
    brief: Brief
    speech: Speech
    told: tuple[Fact, ...]

    @property
    def company_name(self) -> str | None:
        """Fit to print, or None."""
        return clean_name(self.identity.company_name)

    @property
    def told_words(self) -> frozenset[str]:
        """Words of what was told: facts that share them come first."""
        return content_words(told_text(self.told) or "")

    @property
    def gaps(self) -> list[str]:
        """What was not known, and what could not be chosen because of it, in sentences."""
        missing = self.identity.missing
        told = [f"Not known: {', '.join(missing)}."] if missing else []
        unchosen = self.selection.choice.unchosen.items()
        return told + [one.reason for kind, one in unchosen if kind.value in ("playbook", "persona")]


async def gather_material(
    run: Run[Any],
    told: tuple[Fact, ...] = (),
    pins: SequenceRun | None = None,
    prospect: Prospect | None = None,
) -> Material | Outcome:
    """Choose and gather for a run; an outcome when there is nothing to sell.

    `told` are the facts of the request's runtime context, `pins` a request that holds only what is pinned, and `prospect`
    what is known of the person or company where that is more than the request's own fields.

    Raises:
        Invalid: a pinned id is not in this workspace.
    """
    identity, request = run.identity or NOBODY, pins or SequenceRun()
    async with run.open_work() as work:
        selection = await select(work, run, prospect or prospect_for(identity, told), request)
    if selection.chosen is None:
        message = nothing_to_sell(selection.loaded, selection.choice)
        return Outcome(message, choice=choice_record(selection.choice))
    facts = usable_facts(selection.chosen, told)
    brief = brief_for(identity, selection.chosen, facts, request, run.agent.settings)
    brief = replace(brief, offering_name=clean_name(brief.offering_name) or "our offer")
    return Material(identity, selection, selection.chosen, facts, brief, Speech(brief), told)


def prospect_for(identity: Identity, told: tuple[Fact, ...]) -> Prospect:
    return Prospect(
        job_title=identity.job_title,
        company_name=identity.company_name,
        company_domain=identity.company_domain,
        runtime_context=told_text(told),
    )


def outcome_of(
    run: Run[Any], selection: Selection, data: Mapping[str, Any], cited: Sequence[Cited], notes: Sequence[str]
) -> Outcome:
    """The answer with its annotations; for a dry run the plan in its place."""
    nothing = [nothing_to_sell(selection.loaded, selection.choice)] if selection.chosen is None else []
    record, message = choice_record(selection.choice), " ".join([*notes, *nothing]) or "OK"
    if run.request.dryRun:
        facts = [one["meta"] for one in annotations(cited, full=True)["annotations"]]
        plan = {"dryRun": True, "choice": record, "facts": facts, "wouldUse": credits_for(run.agent.type)}
        return Outcome(message, plan, record)
    told = annotations(cited, full=run.request.includeFullAnnotation)
    return Outcome(message, {**data, "annotations": told}, record, selection.persona_id)


def usable_facts(chosen: Chosen, told: tuple[Fact, ...]) -> Facts:
    """What the choice brings and what was told.

    A buying trigger is an event: its urgency is used only where what was told speaks of it.
    """
    facts = dict(gather(chosen, SequenceRun()))
    words = content_words(told_text(told) or "")
    happening = {
        show(KIND_BY_NAME[one.kind].prefix, one.id)
        for one in chosen.beside
        if one.kind == "buying-trigger" and len(words & content_words(_about(one))) >= _SPEAKS_OF
    }
    facts[FactRole.TRIGGER] = tuple(
        fact for fact in facts.get(FactRole.TRIGGER, ()) if fact.source.oid in happening
    )
    return facts | ({FactRole.CONTEXT: told[:MOST_OF_A_ROLE]} if told else {})


_SPEAKS_OF = 2
"""Words in common between what was told and a trigger's name, description and reasons; one may be chance."""


def _about(trigger: Entity) -> str:
    return " ".join(named_texts(KIND_BY_NAME[trigger.kind], trigger))
