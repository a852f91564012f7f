"""`/v1/playbooks/:id/prompt` and `/v1/playbooks/awareness`: what agents are told. Ours."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, Field

from setpiece.api.gtm.answers import INTEGER, obj, string
from setpiece.api.operation import Call, Operation
from setpiece.api.programs.reading import ONE, PATH, TAG, both
from setpiece.programs.prompts.buddies import reply_schema
from setpiece.programs.prompts.model import Prompt
from setpiece.programs.prompts.service import awareness_of, prompt_of
from setpiece.programs.spec.model import Buddy
from setpiece.workspaces.model import Permission

_PROMPT: dict[str, Any] = {
    "version": string("program_v1"),
    "hash": string("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", description="SHA-256 of the text"),
    "text": string("Setpiece playbook prompt, version program_v1\n…"),
}  # fmt: skip


class PromptQuery(BaseModel):
    runId: str | None = Field(None, max_length=100, description="As the playbook was when this run began")


class AwarenessQuery(BaseModel):
    tokens: int = Field(
        800, ge=100, le=20_000, description="How long it may be; fewer playbooks are named then"
    )


def operations() -> Iterator[Operation]:
    yield both(Operation(
        "GET", f"{PATH}/awareness", awareness, Permission.READ, "What every agent is told of the active playbooks", TAG,
        obj("*", awareness=obj("*", **_PROMPT, shown=INTEGER, total=INTEGER)), query=AwarenessQuery,
    ))  # fmt: skip
    yield both(Operation(
        "GET", f"{ONE}/prompt", prompt, Permission.READ, "The exact prompt for a playbook's agent", TAG,
        obj("*", prompt=obj("*", **_PROMPT, buddyId=string("prospect", enum=[*Buddy]), replySchema={"type": "object"})),
        query=PromptQuery,
        description="The same playbook gives the same text. What people wrote stands in it as quoted data.",
    ))  # fmt: skip


async def prompt(call: Call[PromptQuery, None]) -> dict[str, Any]:
    async with call.bound() as work:
        buddy, found = await prompt_of(work, call.path["playbookId"], call.query.runId)
    return {"prompt": _show(found) | {"buddyId": buddy, "replySchema": reply_schema(buddy)}}


async def awareness(call: Call[AwarenessQuery, None]) -> dict[str, Any]:
    async with call.bound() as work:
        found, shown, total = await awareness_of(work, call.query.tokens)
    return {"awareness": _show(found) | {"shown": shown, "total": total}}


def _show(prompt: Prompt) -> dict[str, Any]:
    return {"version": prompt.version, "hash": prompt.hash, "text": prompt.text}
