"""`POST /api/v2/context`: a question to the library, without an agent."""

from collections.abc import Iterator
from typing import Any

from setpiece.agents.context.schemas import ContextSearch
from setpiece.agents.context.search import question_of, search, shown
from setpiece.api.gtm import lenient
from setpiece.api.gtm.answers import INTEGER, Schema, array, maybe, obj, string, wrapped
from setpiece.api.gtm.envelope import data
from setpiece.api.operation import Call, Operation
from setpiece.workspaces.model import Permission

_NUMBER: Schema = {"type": "number"}
DOCUMENTS = array(
    obj(
        "id name data score",
        id=string("oj_0AbCdEfGhIjKlMnOpQrStU"),
        name=string("Another tool to run"),
        data={
            "type": "object",
            "description": "The entity's fields, its kind, and the passages that bear on it",
        },
        score=_NUMBER | {"minimum": 0, "maximum": 1, "example": 0.61},
        reasoning=string("Its name has “tool”; its text has “folder”."),
    )
)
_TOKENS = obj("*", inputTokens=INTEGER, outputTokens=INTEGER, totalTokens=INTEGER)
_USED = obj("*", library=INTEGER, resources=INTEGER, tools=array(string()))
_DEBUG = obj(
    "*",
    totalFetched=INTEGER,
    afterReranking=INTEGER,
    sourcesUsed=_USED,
    timeTaken=_NUMBER | {"description": "Milliseconds"},
    tokenUsage=_TOKENS,
)
_EXAMPLE = {
    "query": "Who would have to run another tool?",
    "topK": 5,
    "reasoning": {"perDocument": True, "overall": True},
    "additionalContext": {"person": {"title": "Head of Security"}},
}


def operations() -> Iterator[Operation]:
    yield Operation(
        "POST",
        "/api/v2/context",
        find_context,
        Permission.READ,
        "Search the library",
        "Context",
        wrapped(obj("documents _debug", documents=DOCUMENTS, reasoning=maybe(string()), _debug=_DEBUG)),
        body=ContextSearch,
        lenient=lenient.given,
        example=_EXAMPLE,
        description="Ranks what the library says on a question. The cost does not grow with the library.",
    )


async def find_context(call: Call[None, ContextSearch]) -> dict[str, Any]:
    body = call.body
    call.warnings += _without_effect(body)
    uses_library = not (body.sources and body.sources.library) or body.sources.library.enabled
    async with call.bound() as work:
        found = await search(
            work, question_of(body.query, body.additionalContext), body.topK if uses_library else 0
        )
    reasons = body.reasoning
    documents = [shown(one, with_reason=bool(reasons and reasons.perDocument)) for one in found.documents]
    used = {"library": len(documents), "resources": 0, "tools": []}
    answer = {
        "documents": documents,
        "reasoning": found.reasoning if reasons and reasons.overall else None,
        "_debug": {
            "totalFetched": found.compared,
            "afterReranking": len(documents),
            "sourcesUsed": used,
            "timeTaken": round(sum(found.spent_ms.values()), 2),
            "tokenUsage": {"inputTokens": 0, "outputTokens": 0, "totalTokens": 0},
        },
    }
    return data(call, answer)


def _without_effect(body: ContextSearch) -> list[str]:
    """What was asked for and is not done, so that nobody takes it for done."""
    told = []
    if body.rerank and body.rerank != "off":
        told.append("'rerank' has no effect: there is one ranking.")
    if body.sources and body.sources.resources and body.sources.resources.enabled:
        told.append("There are no resources here; only the library was searched.")
    asked = [name for name, one in {**(body.tools or {}), **(body.agentTools or {})}.items() if _is_on(one)]
    if asked:
        told.append(f"No tools were used: {', '.join(sorted(asked))[:200]}.")
    if body.commonContext:
        told.append("'commonContext' has no effect.")
    return told


def _is_on(tool: Any) -> bool:
    return bool(tool.get("enabled", True)) if isinstance(tool, dict) else bool(tool)
