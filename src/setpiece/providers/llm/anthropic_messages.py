"""Anthropic's messages.

The answer is asked for by `output_config.format`; a server or model that does not know this is asked to call a tool whose
input has the schema.
"""

import asyncio
import json
import logging
from functools import cached_property
from typing import TYPE_CHECKING, Any

from setpiece.providers.llm.failures import refused, too_slow, unreachable, unreadable
from setpiece.providers.llm.forms import Forms
from setpiece.providers.llm.options import LlmOptions
from setpiece.providers.llm.vendor import Ask, Ending, Reply, counted

if TYPE_CHECKING:
    import anthropic

OFFICIAL_URL = "https://api.anthropic.com"
_FORMAT, _TOOL = "format", "tool"
_TOOL_NAME = "answer"
_ENDINGS = {
    "max_tokens": Ending.CUT,
    "model_context_window_exceeded": Ending.CUT,
    "refusal": Ending.REFUSED,
}


class AnthropicMessages:
    """One attempt with the official client; its own retries are switched off."""

    def __init__(self, options: LlmOptions) -> None:
        self._options = options
        self._url = (options.base_url or OFFICIAL_URL).rstrip("/").removesuffix("/v1")  # the client adds it
        self._forms = Forms(
            (_FORMAT, _TOOL), ("output_config", "output_format", "output format", "structured")
        )

    async def ask(self, ask: Ask) -> Reply:
        """Raises Failed."""
        client = await asyncio.to_thread(lambda: self._client)  # the first import takes most of a second
        form = self._forms.current
        import anthropic

        try:
            answer = await client.messages.create(**_request(ask, form), timeout=ask.timeout_s)
        except anthropic.APITimeoutError:
            raise too_slow(ask.timeout_s) from None
        except anthropic.APIConnectionError as problem:
            raise unreachable(self._url) from problem
        except anthropic.APIStatusError as problem:
            if self._forms.is_at_fault(problem.status_code, problem.message):
                self._forms.give_up(form)
                return await self.ask(ask)
            raise refused(
                problem.status_code,
                problem.response.headers,
                problem.message,
                model=ask.model,
                secret=self._options.secret,
            ) from problem
        except (anthropic.AnthropicError, ValueError) as problem:  # a success whose body is not JSON
            raise unreadable(self._url) from problem
        return _reply(answer, self._url, ask.model)

    async def aclose(self) -> None:
        if "_client" in self.__dict__:
            await self._client.close()

    @cached_property
    def _client(self) -> "anthropic.AsyncAnthropic":
        import anthropic

        logging.getLogger("anthropic").setLevel(logging.WARNING)  # its debug lines hold the whole prompt
        # A key has to be given, or the client looks for credentials in the environment and on the disk.
        return anthropic.AsyncAnthropic(
            api_key=self._options.secret or "none",
            base_url=self._url,
            max_retries=0,
            http_client=anthropic.DefaultAsyncHttpxClient(follow_redirects=False),
        )


def _request(ask: Ask, form: str) -> dict[str, Any]:
    request: dict[str, Any] = {
        "model": ask.model,
        "max_tokens": ask.max_output_tokens,
        "system": ask.prompt.system,
        "messages": [{"role": message.role, "content": message.text} for message in ask.prompt.messages],
    }
    schema = dict(ask.schema)
    if form == _FORMAT:
        return request | {"output_config": {"format": {"type": "json_schema", "schema": schema}}}
    tool = {"name": _TOOL_NAME, "description": "Gives the answer.", "input_schema": schema}
    return request | {"tools": [tool], "tool_choice": {"type": "tool", "name": _TOOL_NAME}}


def _reply(answer: Any, url: str, model: str) -> Reply:
    """The reply in an answer: its texts, or the tool's input. The client does not check what it is given."""
    try:
        parts = [_content(block) for block in answer.content]
        ending = _ENDINGS.get(answer.stop_reason, Ending.DONE)
    except (AttributeError, TypeError) as problem:
        raise unreadable(url) from problem
    usage = getattr(answer, "usage", None)
    read = ("input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens")
    return Reply(
        "".join(parts),
        str(getattr(answer, "model", None) or model)[:200],
        sum(counted(getattr(usage, name, None)) for name in read),
        counted(getattr(usage, "output_tokens", None)),
        ending,
    )


def _content(block: Any) -> str:
    if block.type == "tool_use":
        return json.dumps(block.input)
    return str(block.text) if block.type == "text" else ""
