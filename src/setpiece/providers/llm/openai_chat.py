"""OpenAI's chat completions, which every OpenAI-compatible server speaks: Ollama, vLLM, llama.cpp, gateways.

Not the newer `responses`: few other servers have it. The answer is asked for as `json_schema`; a server that does not know
this is asked for `json_object`, then for plain text, each time with the schema spelled out in the prompt.
"""

import asyncio
import logging
from functools import cached_property
from typing import TYPE_CHECKING, Any

from setpiece.providers.llm.failures import refused, too_slow, unreachable, unreadable
from setpiece.providers.llm.forms import Forms, spelled_out
from setpiece.providers.llm.options import LlmOptions
from setpiece.providers.llm.vendor import Ask, Ending, Failed, Reply, counted

if TYPE_CHECKING:
    import openai

OFFICIAL_URL = "https://api.openai.com/v1"
_SCHEMA, _OBJECT, _TEXT = "json_schema", "json_object", "text"
_BOUND, _OLDER_BOUND = "max_completion_tokens", "max_tokens"
_ENDINGS = {"length": Ending.CUT, "content_filter": Ending.REFUSED}


class OpenAiChat:
    """One attempt with the official client; its own retries are switched off."""

    def __init__(self, options: LlmOptions) -> None:
        self._options = options
        self._url = options.base_url or OFFICIAL_URL
        self._forms = Forms(
            (_SCHEMA, _OBJECT, _TEXT), ("response_format", "json_schema", "json_object", "schema")
        )
        self._bounds = Forms((_BOUND, _OLDER_BOUND), (_BOUND,))

    async def ask(self, ask: Ask) -> Reply:
        """Raises Failed."""
        client = await asyncio.to_thread(lambda: self._client)  # the first import takes most of a second
        while True:
            form, bound = self._forms.current, self._bounds.current
            try:
                return await self._ask(client, ask, form, bound)
            except _NotUnderstood as problem:
                if self._bounds.is_at_fault(problem.status, problem.said):
                    self._bounds.give_up(bound)
                elif self._forms.is_at_fault(problem.status, problem.said):
                    self._forms.give_up(form)
                else:
                    raise problem.failed from problem

    async def aclose(self) -> None:
        if "_client" in self.__dict__:
            await self._client.close()

    @cached_property
    def _client(self) -> "openai.AsyncOpenAI":
        import openai

        logging.getLogger("openai").setLevel(logging.WARNING)  # its debug lines hold the whole prompt
        # A key has to be given, or the client looks for one in the environment; servers without keys ignore it.
        return openai.AsyncOpenAI(
            api_key=self._options.secret or "none",
            base_url=self._url,
            max_retries=0,
            http_client=openai.DefaultAsyncHttpxClient(follow_redirects=False),
        )

    async def _ask(self, client: "openai.AsyncOpenAI", ask: Ask, form: str, bound: str) -> Reply:
        import openai

        try:
            answer = await client.chat.completions.create(**_request(ask, form, bound), timeout=ask.timeout_s)
        except openai.APITimeoutError:
            raise too_slow(ask.timeout_s) from None
        except openai.APIConnectionError as problem:
            raise unreachable(self._url) from problem
        except openai.APIStatusError as problem:
            failed = refused(
                problem.status_code,
                problem.response.headers,
                problem.message,
                model=ask.model,
                secret=self._options.secret,
            )
            raise _NotUnderstood(problem.status_code, problem.message, failed) from problem
        except (openai.OpenAIError, ValueError) as problem:  # a success whose body is not JSON
            raise unreadable(self._url) from problem
        return _reply(answer, self._url, ask.model)


class _NotUnderstood(Exception):
    """An error status: perhaps only the form of the request was at fault."""

    def __init__(self, status: int, said: str, failed: Failed) -> None:
        super().__init__(said)
        self.status, self.said, self.failed = status, said, failed


def _request(ask: Ask, form: str, bound: str) -> dict[str, Any]:
    system = ask.prompt.system if form == _SCHEMA else spelled_out(ask.prompt.system, ask.schema)
    messages = [{"role": "system", "content": system}]
    messages += [{"role": message.role, "content": message.text} for message in ask.prompt.messages]
    request: dict[str, Any] = {"model": ask.model, "messages": messages, bound: ask.max_output_tokens}
    if form == _SCHEMA:
        told = {"name": "answer", "schema": dict(ask.schema), "strict": True}
        request["response_format"] = {"type": _SCHEMA, "json_schema": told}
    elif form == _OBJECT:
        request["response_format"] = {"type": _OBJECT}
    return request


def _reply(answer: Any, url: str, model: str) -> Reply:
    """The reply in an answer. The client does not check what it is given, so nothing is taken for granted."""
    try:
        choice = answer.choices[0]
        text, refusal = choice.message.content, getattr(choice.message, "refusal", None)
    except (AttributeError, LookupError, TypeError) as problem:
        raise unreadable(url) from problem
    usage = getattr(answer, "usage", None)
    return Reply(
        text if isinstance(text, str) else "",
        str(getattr(answer, "model", None) or model)[:200],
        counted(getattr(usage, "prompt_tokens", None)),
        counted(getattr(usage, "completion_tokens", None)),
        Ending.REFUSED if refusal else _ENDINGS.get(choice.finish_reason, Ending.DONE),
    )
