"""The context agent: a saved way to ask the library."""

from setpiece.agents.context.schemas import MOST_DOCUMENTS, USUAL_DOCUMENTS, ContextRun
from setpiece.agents.context.search import question_of, search, shown
from setpiece.agents.model import Agent, AgentType, credits_for
from setpiece.agents.running import Outcome, Run, Runnable
from setpiece.agents.told import told_in, told_text


async def find_context(run: Run[ContextRun]) -> Outcome:
    """What the library says on the query."""
    request = run.request
    text = request.query or told_text(told_in(run)) or ""
    async with run.open_work() as work:
        found = await search(work, question_of(text, request.additionalContext), _most(run.agent), run.timing)
    documents = [shown(one, with_reason=True) for one in found.documents]
    choice = {
        "documents": [{"id": one["id"], "name": one["name"], "score": one["score"]} for one in documents]
    }
    if not documents:
        return Outcome(
            f"{found.reasoning} Ask in the words that the library uses, or add what is missing to it."
        )
    if request.dryRun:
        return Outcome("OK", {"dryRun": True, **choice, "wouldUse": credits_for(AgentType.CONTEXT)}, choice)
    return Outcome("OK", {"documents": documents, "reasoning": found.reasoning}, choice)


CONTEXT = Runnable(
    AgentType.CONTEXT, "context", "Find what the library says on a question", ContextRun, find_context
)


def _most(agent: Agent) -> int:
    """How many documents the agent answers: `data.topK`, where it is a number in bounds."""
    told = (agent.settings.get("data") or {}).get("topK")
    return min(max(told, 1), MOST_DOCUMENTS) if isinstance(told, int) else USUAL_DOCUMENTS
