"""The sequence agent: choose, gather, write, annotate."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from setpiece.agents.identity import Identity
from setpiece.agents.llm_choice import choose_llm
from setpiece.agents.model import AgentType, credits_for
from setpiece.agents.running import Outcome, Run, Runnable
from setpiece.agents.selection import Selection, select
from setpiece.agents.sequence.answer import choice_record, data_for, plan_for
from setpiece.agents.sequence.brief import brief_for
from setpiece.agents.sequence.gather import gather
from setpiece.agents.sequence.llm_writer.write import Written, write_with
from setpiece.agents.sequence.messages import message_for, nobody, nothing_to_sell
from setpiece.agents.sequence.rules import prospect_of
from setpiece.agents.sequence.schemas import SequenceRun
from setpiece.agents.sequence.templates import filled_templates
from setpiece.agents.sequence.writer import Brief, Draft, write
from setpiece.workspaces.work import Work


async def write_sequence(run: Run[SequenceRun]) -> Outcome:
    """Write the emails for one person, and say why so.

    Raises:
        Invalid: a pinned id is not in this workspace.
    """
    assert run.identity is not None
    request, settings = run.request, run.agent.settings
    async with run.open_work() as work:
        selection = await select(work, run, prospect_of(run.identity, request, run.said), request)
        templates = await _templates(work, run.identity, selection, settings)
    chosen, choice, record = selection.chosen, selection.choice, choice_record(selection.choice)
    if chosen is None:
        return Outcome(nothing_to_sell(selection.loaded, choice), choice=record)
    with run.timing.stage("write"):
        brief = brief_for(run.identity, chosen, gather(chosen, request, run.said), request, settings)
        written = await _written(run, brief, templates)
    draft, spent = written.draft, written.spent
    message = message_for(run.identity, choice, draft, selection.loaded.remark)
    if not draft.emails:
        return Outcome(message, choice=record, language_model=spent)
    if request.dryRun:
        return Outcome(
            message, plan_for(record, draft.emails, would_use=credits_for(AgentType.EMAIL)), record
        )
    data = data_for(
        chosen,
        choice,
        draft.emails,
        request.outputFormat,
        full=request.includeFullAnnotation,
        language_model=spent,
    )
    return Outcome(message, data, record, selection.persona_id, len(draft.emails), spent)


SEQUENCE = Runnable(
    AgentType.EMAIL, "sequence", "Write the emails for one person", SequenceRun, write_sequence, nobody()
)


async def _written(run: Run[SequenceRun], brief: Brief, templates: Draft | None) -> Written:
    """Templates as they are; else by the language model, if one is chosen; a dry run asks no model. No connection is held."""
    if templates is not None:
        return Written(templates, {})
    choice = choose_llm(run.tools.language_model, run.agent.settings)
    if choice.configured is None or run.request.dryRun:
        written = Written(write(brief), {})
    else:
        written = await write_with(choice.configured, brief, choice.model)
    if not choice.note:
        return written
    return replace(written, draft=replace(written.draft, notes=(choice.note, *written.draft.notes)))


async def _templates(
    work: Work, identity: Identity, selection: Selection, settings: Mapping[str, Any]
) -> Draft | None:
    """The playbook's own templates filled, where the agent wants them and there are any."""
    if selection.chosen is None or not (settings.get("sequenceSettings") or {}).get("useTemplates"):
        return None
    return await filled_templates(work, identity, selection.chosen)
