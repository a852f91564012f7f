"""The call prep agent: choose, gather, and put what is known into the order of a call."""

from typing import Any

from setpiece.agents.call_prep.briefs import company_brief, objections, person_brief
from setpiece.agents.call_prep.methodologies import DEFAULT, METHODOLOGIES
from setpiece.agents.call_prep.model import Methodology
from setpiece.agents.call_prep.schemas import CallPrepRun
from setpiece.agents.call_prep.script import StagePlan, plan_stages, qualifying, script, stage_id
from setpiece.agents.document import Section, cited, render
from setpiece.agents.matched import matched
from setpiece.agents.material import Material, gather_material, outcome_of
from setpiece.agents.model import AgentType
from setpiece.agents.provenance import Cited
from setpiece.agents.running import Outcome, Run, Runnable
from setpiece.agents.sequence.messages import nobody
from setpiece.agents.told import told_in


async def prepare_call(run: Run[CallPrepRun]) -> Outcome:
    """Prepare a call with one person, by the methodology of the agent."""
    material = await gather_material(run, told_in(run))
    if isinstance(material, Outcome):
        return material
    methodology = METHODOLOGIES[run.agent.settings.get("callPrepMethodology") or DEFAULT]
    with run.timing.stage("write"):
        return _prepared(run, material, methodology)


CALL_PREP = Runnable(
    AgentType.CALL_PREP, "call-prep", "Prepare a call with one person", CallPrepRun, prepare_call, nobody()
)


def _prepared(run: Run[CallPrepRun], material: Material, methodology: Methodology) -> Outcome:
    plans, to_qualify = plan_stages(material, methodology), qualifying(material)
    asked = [*(question for plan in plans for question in plan.questions), *to_qualify]
    parts = {
        "callScript": script(material, plans, to_qualify),
        "personBrief": person_brief(material),
        "companyBrief": company_brief(material),
        "objectionHandling": objections(material),
    }
    data = {
        "methodology": methodology.name,
        "discoveryQuestions": [one.text for one in asked],
        **{name: render("", sections, "TEXT") for name, sections in parts.items()},
        "objections": [_shown(one) for one in parts["objectionHandling"]],
        "stages": [_stage(plan) for plan in plans],
        **matched(material.selection),
    }
    sources = [
        Cited(f"discoveryQuestions[{at}]", one.text, one.fact.source, one.fact.text)
        for at, one in enumerate(asked)
        if one.fact
    ]
    sources += [one for name, sections in parts.items() for one in cited(sections, f"{name}.")]
    notes = [f"Prepared by {methodology.label}, with {len(asked)} questions."]
    if not parts["objectionHandling"]:
        notes.append(
            "The library has no objections and no concerns for this persona, so objectionHandling is empty."
        )
    return outcome_of(run, material.selection, data, sources, [*material.gaps, *notes])


def _shown(section: Section) -> dict[str, Any]:
    return {"id": section.id, "objection": section.heading, "handling": [line.text for line in section.lines]}


def _stage(plan: StagePlan) -> dict[str, Any]:
    return {
        "id": stage_id(plan.stage),
        "stage": plan.stage.name,
        "aim": plan.stage.aim,
        "questions": [one.text for one in plan.questions],
        "say": [text for text, _ in plan.tells],
    }
