"""A local server that speaks both vendors' protocols over real sockets, and does what a test tells it to.

It refuses what the vendors refuse: a missing key or version, unknown fields, a schema that strict mode does not take.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

KEY = "test-key-0123456789abcdef"
OPENAI_PATH, ANTHROPIC_PATH = "/v1/chat/completions", "/v1/messages"
_OPENAI_FIELDS = {"model", "messages", "response_format", "max_completion_tokens", "max_tokens"}
_ANTHROPIC_FIELDS = {"model", "messages", "system", "max_tokens", "output_config", "tools", "tool_choice"}
_UNSUPPORTED = {"minLength", "maxLength", "minimum", "maximum", "maxItems", "pattern"}


@dataclass(frozen=True)
class Say:
    """The model answers with this object, or with this text as it is."""

    output: Mapping[str, Any] | str
    ending: str = "done"


@dataclass(frozen=True)
class Status:
    """An error status, in the vendor's shape."""

    code: int
    headers: Mapping[str, str] = field(default_factory=dict)
    said: str = "told to fail"
    kind: str = "api_error"


@dataclass(frozen=True)
class Raw:
    """These bytes as the body of a success."""

    body: bytes
    content_type: str = "application/json"


@dataclass(frozen=True)
class CutOff:
    """Half of a body, and the connection is gone."""


@dataclass(frozen=True)
class HangUp:
    """Nothing at all."""


@dataclass(frozen=True)
class Slow:
    """Nothing for so long that nobody waits."""


@dataclass(frozen=True)
class Refuse:
    """The model will not."""


Step = Say | Status | Raw | CutOff | HangUp | Slow | Refuse | Callable[[dict[str, Any]], Any]


@dataclass
class Received:
    path: str
    headers: dict[str, str]
    body: dict[str, Any]


@dataclass
class ModelServer:
    """`steps` are done one after the other, the last one for ever."""

    steps: list[Any]
    knows_schemas: bool = True
    knows_objects: bool = True
    knows_newer_bound: bool = True
    received: list[Received] = field(default_factory=list)
    origin: str = ""
    most_at_once: int = 0
    _at_once: int = 0

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while (head := await _head(reader)) is not None:
                path, headers = head
                body = await reader.readexactly(int(headers.get("content-length", 0)))
                self._at_once += 1
                self.most_at_once = max(self.most_at_once, self._at_once)
                try:
                    if not await self._one(path, headers, body, writer):
                        return
                finally:
                    self._at_once -= 1
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the client is gone, or the test is over
        finally:
            writer.close()

    async def _one(
        self, path: str, headers: dict[str, str], body: bytes, writer: asyncio.StreamWriter
    ) -> bool:
        """Answer one request; whether the connection may stay."""
        asked = json.loads(body)
        self.received.append(Received(path, headers, asked))
        problem = self._problem(path, headers, asked)
        step = problem or (self.steps.pop(0) if len(self.steps) > 1 else self.steps[0])
        if callable(step):
            step = step(asked)
        if isinstance(step, HangUp):
            return False
        if isinstance(step, Slow):
            await asyncio.sleep(30)
            return False
        await asyncio.sleep(0.005)  # as long as it takes others to arrive
        status, more, content = _content(path, asked, step)
        kind = step.content_type if isinstance(step, Raw) else "application/json"
        head = f"HTTP/1.1 {status} Status\r\ncontent-type: {kind}\r\ncontent-length: {len(content)}\r\n"
        head += "".join(f"{name}: {value}\r\n" for name, value in more.items())
        cut = isinstance(step, CutOff)
        writer.write(head.encode() + b"\r\n" + (content[: len(content) // 2] if cut else content))
        await writer.drain()
        return not cut

    def _problem(self, path: str, headers: dict[str, str], asked: dict[str, Any]) -> Status | None:
        if path == OPENAI_PATH:
            return self._openai_problem(headers, asked)
        if path == ANTHROPIC_PATH:
            return self._anthropic_problem(headers, asked)
        return Status(404, said=f"no route {path}", kind="not_found_error")

    def _openai_problem(self, headers: dict[str, str], asked: dict[str, Any]) -> Status | None:
        if headers.get("authorization") != f"Bearer {KEY}":
            return Status(
                401,
                said=f"Incorrect API key provided: {headers.get('authorization')}",
                kind="invalid_request_error",
            )
        if unknown := asked.keys() - _OPENAI_FIELDS:
            return Status(400, said=f"Unrecognized request arguments: {sorted(unknown)}")
        if not self.knows_newer_bound and "max_completion_tokens" in asked:
            return Status(400, said="Unknown parameter: 'max_completion_tokens'.")
        form = asked.get("response_format", {}).get("type", "text")
        if form == "json_schema" and not self.knows_schemas:
            return Status(400, said="'response_format.type' must be 'json_object' or 'text'")
        if form == "json_object" and not self.knows_objects:
            return Status(422, said="response_format: json_object is not supported")
        if form == "json_object" and "json" not in str(asked["messages"]).lower():
            return Status(400, said="'messages' must contain the word 'json' in some form")
        if form == "json_schema":
            return _schema_problem(asked["response_format"]["json_schema"]["schema"])
        return None

    def _anthropic_problem(self, headers: dict[str, str], asked: dict[str, Any]) -> Status | None:
        if KEY not in (headers.get("x-api-key"), headers.get("authorization", "").removeprefix("Bearer ")):
            return Status(401, said="invalid x-api-key", kind="authentication_error")
        if not headers.get("anthropic-version") or "max_tokens" not in asked:
            return Status(
                400, said="anthropic-version and max_tokens: Field required", kind="invalid_request_error"
            )
        if unknown := asked.keys() - _ANTHROPIC_FIELDS:
            return Status(400, said=f"{sorted(unknown)}: Extra inputs are not permitted")
        if "output_config" in asked:
            if not self.knows_schemas:
                return Status(400, said="output_config: Extra inputs are not permitted")
            return _schema_problem(asked["output_config"]["format"]["schema"])
        return None


@asynccontextmanager
async def serving(*steps: Any, **options: Any) -> AsyncIterator[ModelServer]:
    """A server with these steps on a free loopback port."""
    server = ModelServer(list(steps), **options)
    listening = await asyncio.start_server(server.answer, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    server.origin = f"http://127.0.0.1:{port}"
    try:
        yield server
    finally:
        listening.close()


async def _head(reader: asyncio.StreamReader) -> tuple[str, dict[str, str]] | None:
    raw = await reader.readuntil(b"\r\n\r\n")
    first, *lines = raw.decode().strip().split("\r\n")
    pairs = (line.partition(":") for line in lines)
    return first.split()[1], {name.lower(): value.strip() for name, _, value in pairs}


def _schema_problem(schema: Any) -> Status | None:
    """What strict mode refuses: an open object, a property that may be missing, a bound."""
    if isinstance(schema, list):
        return next((found for one in schema if (found := _schema_problem(one))), None)
    if not isinstance(schema, dict):
        return None
    if schema.get("type") == "object":
        if schema.get("additionalProperties") is not False:
            return Status(400, said="Invalid schema: 'additionalProperties' is required to be false")
        if set(schema.get("required", ())) != set(schema["properties"]):
            return Status(400, said="Invalid schema: 'required' must include every key in properties")
    if bad := schema.keys() & _UNSUPPORTED:
        return Status(400, said=f"Invalid schema: {sorted(bad)} not supported")
    return next((found for one in schema.values() if (found := _schema_problem(one))), None)


def _content(path: str, asked: dict[str, Any], step: Any) -> tuple[int, Mapping[str, str], bytes]:
    if isinstance(step, Raw):
        return 200, {}, step.body
    if isinstance(step, Status):
        error: dict[str, Any] = {"type": step.kind, "message": step.said}
        body = (
            {"error": error | {"code": None, "param": None}}
            if path == OPENAI_PATH
            else {"type": "error", "error": error, "request_id": "req_1"}
        )
        return step.code, step.headers, json.dumps(body).encode()
    shape = _openai_body if path == OPENAI_PATH else _anthropic_body
    return 200, {}, json.dumps(shape(asked, step)).encode()


def _text(step: Any) -> str:
    if not isinstance(step, Say):
        return "{}"
    return step.output if isinstance(step.output, str) else json.dumps(step.output)


def _openai_body(asked: dict[str, Any], step: Any) -> dict[str, Any]:
    refusal = "I cannot help with that." if isinstance(step, Refuse) else None
    ending = {"done": "stop", "cut": "length"}[getattr(step, "ending", "done")]
    message = {"role": "assistant", "content": None if refusal else _text(step), "refusal": refusal}
    return {
        "id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": asked["model"],
        "choices": [{"index": 0, "message": message, "logprobs": None, "finish_reason": ending}],
        "usage": {"prompt_tokens": 120, "completion_tokens": 40, "total_tokens": 160},
    }  # fmt: skip


def _anthropic_body(asked: dict[str, Any], step: Any) -> dict[str, Any]:
    ending = {"done": "end_turn", "cut": "max_tokens"}[getattr(step, "ending", "done")]
    content: list[dict[str, Any]] = [{"type": "text", "text": _text(step)}]
    if isinstance(step, Refuse):
        content, ending = [], "refusal"
    elif "tools" in asked and ending == "end_turn":
        name = asked["tool_choice"]["name"]
        content = [{"type": "tool_use", "id": "toolu_1", "name": name, "input": json.loads(_text(step))}]
        ending = "tool_use"
    return {
        "id": "msg_1", "type": "message", "role": "assistant", "model": asked["model"], "content": content,
        "stop_reason": ending, "stop_sequence": None, "usage": {"input_tokens": 120, "output_tokens": 40},
    }  # fmt: skip
