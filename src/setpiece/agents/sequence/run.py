"""The sequence agent: choose, gather, write, annotate."""

from collections.abc import Mapping
from typing import Any

from setpiece.agents.identity import Identity
from setpiece.agents.model import AgentType, credits_for
from setpiece.agents.running import Outcome, Run, Runnable
from setpiece.agents.selection import Selection, select
from setpiece.agents.sequence.answer import choice_record, data_for, plan_for
from setpiece.agents.sequence.brief import brief_for
from setpiece.agents.sequence.gather import Chosen, gather
from setpiece.agents.sequence.messages import message_for, nobody, nothing_to_sell
from setpiece.agents.sequence.rules import prospect_of
from setpiece.agents.sequence.schemas import SequenceRun
from setpiece.agents.sequence.templates import filled_templates
from setpiece.agents.sequence.writer import Draft, write
from setpiece.workspaces.work import Work


async def write_sequence(run: Run[SequenceRun]) -> Outcome:
    """Write the emails for one person, and say why so.

    Raises:
        Invalid: a pinned id is not in this workspace.
    """
    assert run.identity is not None
    request, settings = run.request, run.agent.settings
    async with run.open_work() as work:
        selection = await select(work, run, prospect_of(run.identity, request), request)
        templates = await _templates(work, run.identity, selection, settings)
    chosen, choice, record = selection.chosen, selection.choice, choice_record(selection.choice)
    if chosen is None:
        return Outcome(nothing_to_sell(selection.loaded, choice), choice=record)
    with run.timing.stage("write"):
        draft = templates or _written(run.identity, chosen, request, settings)
    message = message_for(request, run.identity, choice, draft, selection.loaded.remark)
    if not draft.emails:
        return Outcome(message, choice=record)
    if request.dryRun:
        return Outcome(
            message, plan_for(record, draft.emails, would_use=credits_for(AgentType.EMAIL)), record
        )
    data = data_for(chosen, choice, draft.emails, request.outputFormat, full=request.includeFullAnnotation)
    return Outcome(message, data, record, selection.persona_id, len(draft.emails))


SEQUENCE = Runnable(
    AgentType.EMAIL, "sequence", "Write the emails for one person", SequenceRun, write_sequence, nobody()
)


def _written(identity: Identity, chosen: Chosen, request: SequenceRun, settings: Mapping[str, Any]) -> Draft:
    return write(brief_for(identity, chosen, gather(chosen, request), request, settings))


async def _templates(
    work: Work, identity: Identity, selection: Selection, settings: Mapping[str, Any]
) -> Draft | None:
    """The playbook's own templates filled, where the agent wants them and there are any."""
    if selection.chosen is None or not (settings.get("sequenceSettings") or {}).get("useTemplates"):
        return None
    return await filled_templates(work, identity, selection.chosen)
