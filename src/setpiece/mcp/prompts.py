"""Two prompts: one playbook's, for the agent that works it, and the block on all that are active."""

from collections.abc import Sequence
from typing import Any

from mcp.server import Server
from mcp.server.context import ServerRequestContext
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError
from mcp_types import (
    INVALID_PARAMS,
    CompleteRequestParams,
    CompleteResult,
    Completion,
    GetPromptRequestParams,
    GetPromptResult,
    ListPromptsResult,
    PaginatedRequestParams,
    Prompt,
    PromptArgument,
    PromptMessage,
    TextContent,
)

from setpiece import __version__
from setpiece.kernel.errors import Invalid, NotFound, SetpieceError
from setpiece.kernel.ids import parse, show
from setpiece.programs.model import PROGRAM_PREFIX, Program
from setpiece.programs.prompts.service import awareness_of, prompt_of
from setpiece.programs.repository import Wanted
from setpiece.programs.service import list_programs
from setpiece.programs.spec.model import ProgramStatus
from setpiece.workspaces.work import OpenWork, Work

_PLAYBOOK, _ACTIVE = "playbook", "active-playbooks"
_AWARENESS_TOKENS = 800  # as the HTTP surface has it when nobody says
_MOST_COMPLETIONS = 100  # the protocol's own bound
_SHOWN = (ProgramStatus.ACTIVE, ProgramStatus.DRAFT, ProgramStatus.PAUSED)
_PROMPTS = [
    Prompt(
        name=_PLAYBOOK,
        title="Work on a playbook",
        description="What its agent needs to know: hypothesis, leads, channels, success, evidence, and how to answer",
        arguments=[
            PromptArgument(name="playbook", description="Its id or its name", required=True),
            PromptArgument(name="run", description="The id of a run: as the playbook was when that began"),
        ],
    ),
    Prompt(
        name=_ACTIVE,
        title="Active playbooks",
        description="What is being tried in this workspace, in short",
    ),
]
Context = ServerRequestContext[Any]


async def serve_prompts(open_work: OpenWork) -> None:
    """Answer a client on standard input and output until it goes."""
    server = prompts_server(open_work)
    async with stdio_server() as (reading, writing):
        await server.run(reading, writing, server.create_initialization_options())


def prompts_server(open_work: OpenWork) -> Server[Any]:
    """The protocol's server, for one workspace."""

    async def list_prompts(_: Context, __: PaginatedRequestParams | None) -> ListPromptsResult:
        return ListPromptsResult(prompts=_PROMPTS)

    async def get_prompt(_: Context, asked: GetPromptRequestParams) -> GetPromptResult:
        try:
            async with open_work() as work:
                text = await _text(work, asked)
        except SetpieceError as refused:
            raise MCPError(INVALID_PARAMS, refused.message) from refused
        return GetPromptResult(
            messages=[PromptMessage(role="user", content=TextContent(type="text", text=text))]
        )

    async def complete(_: Context, asked: CompleteRequestParams) -> CompleteResult:
        names: list[str] = []
        if asked.argument.name == "playbook":
            async with open_work() as work:
                names = [one.spec.name for one in await _shown(work)]
        begun = [name for name in names if name.casefold().startswith(asked.argument.value.casefold())]
        values = begun[:_MOST_COMPLETIONS]
        return CompleteResult(
            completion=Completion(values=values, total=len(begun), has_more=len(begun) > len(values))
        )

    return Server(
        "setpiece",
        version=__version__,
        on_list_prompts=list_prompts,
        on_get_prompt=get_prompt,
        on_completion=complete,
    )


async def _text(work: Work, asked: GetPromptRequestParams) -> str:
    """Raises Invalid when there is no such prompt or an argument is missing, NotFound when there is no such record."""
    if asked.name == _ACTIVE:
        prompt, _, _ = await awareness_of(work, _AWARENESS_TOKENS)
        return prompt.text
    if asked.name != _PLAYBOOK:
        raise Invalid(f"There is no prompt '{asked.name[:64]}'; there are {_PLAYBOOK} and {_ACTIVE}.")
    arguments = asked.arguments or {}
    if not (named := arguments.get("playbook", "").strip()):
        raise Invalid("'playbook' is required: its id or its name.")
    _, prompt = await prompt_of(work, await _id_of(work, named), arguments.get("run") or None)
    return prompt.text


async def _id_of(work: Work, named: str) -> str:
    """Raises NotFound when no playbook is called so, Invalid when several are."""
    if parse(named):
        return named
    found = [one for one in await _shown(work) if one.spec.name.casefold() == named.casefold()]
    if not found:
        raise NotFound(f"There is no playbook '{named[:64]}' in this workspace.")
    ids = [show(PROGRAM_PREFIX, one.id) for one in found]
    if len(ids) > 1:
        raise Invalid(f"{len(ids)} playbooks are called so; give an id: {', '.join(ids[:5])}.")
    return ids[0]


async def _shown(work: Work) -> Sequence[Program]:
    found, _ = await list_programs(work, Wanted(_SHOWN))
    return found
