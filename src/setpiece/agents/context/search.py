"""The one road of a question, whether an agent or the endpoint asks it."""

from typing import Any

from setpiece.agents.context.find import find
from setpiece.agents.context.model import Document, Found, Question
from setpiece.agents.context.schemas import AdditionalContext
from setpiece.agents.context.score import rank
from setpiece.agents.running import Timing
from setpiece.kernel.ids import show
from setpiece.library import record
from setpiece.library.service import KIND_BY_NAME
from setpiece.workspaces.work import Work


async def search(work: Work, question: Question, most: int, timing: Timing | None = None) -> Found:
    """The `most` best documents for a question."""
    timing = timing or Timing()
    with timing.stage("find"):
        candidates = await find(work, question)
    with timing.stage("rank"):
        documents = rank(question, candidates, most)
    return Found(tuple(documents), len(candidates), timing.spent_ms)


def question_of(text: str, beside: AdditionalContext | None) -> Question:
    person, company = (beside.person, beside.company) if beside else (None, None)
    return Question(
        text,
        details=(beside.details if beside else None) or "",
        job_title=person.title if person else None,
        company_name=company.name if company else None,
        company_domain=company.domain if company else None,
    )


def shown(document: Document, *, with_reason: bool) -> dict[str, Any]:
    """A document of the contract; `data` holds the entity's fields and the passages that bear on the question.

    An internal name is left out: what is found here may end up in copy.
    """
    entity = document.entity
    kind = KIND_BY_NAME[entity.kind]
    fields = {name: one for name, one in record.data_of(kind, entity).items() if name != "internalName"}
    passages = [{"field": one.field, "index": one.index, "text": one.text} for one in document.passages]
    content = {"kind": kind.name, "description": entity.description, **fields, "passages": passages}
    answer = {
        "id": show(kind.prefix, entity.id),
        "name": entity.name,
        "data": content,
        "score": document.score,
    }
    return answer | ({"reasoning": document.reason[0].upper() + document.reason[1:]} if with_reason else {})
