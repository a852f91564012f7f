"""How each vendor's protocol is asked for JSON, where the key goes, and what happens when a server knows less."""

from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from pydantic import SecretStr

from model_server import ANTHROPIC_PATH, KEY, ModelServer, Raw, Say, Status, serving
from setpiece.kernel.errors import Invalid, Unavailable
from setpiece.providers.llm.catalog import open_model
from setpiece.providers.llm.options import LlmOptions
from setpiece.providers.llm.port import Completion, LanguageModel, Message, Prompt

SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["word"],
    "properties": {"word": {"type": "string"}},
}
PROMPT = Prompt("Say a word.", (Message("user", "Which?"),))
GOOD = Say({"word": "set"})
both_vendors = pytest.mark.parametrize("provider", ["openai", "anthropic"])


@dataclass
class Talk:
    server: ModelServer
    model: LanguageModel

    async def complete(self) -> Completion:
        return await self.model.complete(PROMPT, SCHEMA)


@asynccontextmanager
async def talking(
    provider: str, *steps: Any, key: str | None = KEY, ending: str = "/v1", **knows: bool
) -> AsyncIterator[Talk]:
    async with serving(*steps, **knows) as server:
        secret = SecretStr(key) if key else None
        options = LlmOptions(provider, "m-1", server.origin + ending, secret, retries=0)
        async with aclosing(open_model(options)) as model:
            yield Talk(server, model)


async def test_openai_is_asked_for_the_schema_in_strict_mode():
    async with talking("openai", GOOD) as talk:
        await talk.complete()
    (asked,) = talk.server.received
    told = {"name": "answer", "schema": SCHEMA, "strict": True}
    assert asked.body["response_format"] == {"type": "json_schema", "json_schema": told}
    assert asked.body["messages"][0] == {"role": "system", "content": "Say a word."}
    assert asked.body["max_completion_tokens"] == 8192


LESS: dict[str, tuple[dict[str, bool], list[str | None]]] = {
    "objects only": ({"knows_schemas": False}, ["json_schema", "json_object", "json_object"]),
    "text only": (
        {"knows_schemas": False, "knows_objects": False},
        ["json_schema", "json_object", None, None],
    ),
}


@pytest.mark.parametrize(("knows", "forms"), LESS.values(), ids=LESS.keys())
async def test_a_server_that_knows_less_is_asked_in_a_simpler_form_and_remembered(
    knows: dict[str, bool], forms: list[str | None]
):
    fenced = Say('```json\n{"word": "set"}\n```')
    async with talking("openai", fenced, **knows) as talk:
        for _ in range(2):
            assert (await talk.complete()).output == {"word": "set"}
    used = [one.body.get("response_format", {}).get("type") for one in talk.server.received]
    assert used == forms
    assert '"word"' in talk.server.received[-1].body["messages"][0]["content"]  # the schema is spelled out


async def test_an_older_server_is_bounded_in_the_older_way():
    async with talking("openai", GOOD, knows_newer_bound=False) as talk:
        await talk.complete()
    assert talk.server.received[-1].body["max_tokens"] == 8192


async def test_an_error_that_is_not_about_the_form_changes_nothing():
    async with talking("openai", Status(400, said="the prompt is too long"), GOOD) as talk:
        with pytest.raises(Invalid, match="too long"):
            await talk.complete()
        await talk.complete()
    assert [one.body["response_format"]["type"] for one in talk.server.received] == ["json_schema"] * 2


async def test_anthropic_is_asked_for_the_schema_as_its_output_format():
    async with talking("anthropic", GOOD) as talk:
        await talk.complete()
    (asked,) = talk.server.received
    assert asked.path == ANTHROPIC_PATH
    assert asked.body["output_config"] == {"format": {"type": "json_schema", "schema": SCHEMA}}
    assert asked.body["system"] == "Say a word."


async def test_an_older_messages_server_is_asked_to_call_a_tool():
    async with talking("anthropic", GOOD, knows_schemas=False) as talk:
        for _ in range(2):
            assert (await talk.complete()).output == {"word": "set"}
    assert [("tools" in one.body) for one in talk.server.received] == [False, True, True]
    assert talk.server.received[-1].body["tool_choice"] == {"type": "tool", "name": "answer"}


@pytest.mark.parametrize("ending", ["", "/", "/v1", "/v1/"])
async def test_the_messages_address_may_end_in_v1_or_not(ending: str):
    async with talking("anthropic", GOOD, ending=ending) as talk:
        await talk.complete()
    assert talk.server.received[0].path == ANTHROPIC_PATH


async def test_cached_tokens_are_counted_as_read_and_nonsense_as_none():
    body = (
        b'{"id":"1","type":"message","role":"assistant","model":"m-1","stop_reason":"end_turn",'
        b'"content":[{"type":"text","text":"{\\"word\\":\\"set\\"}"}],'
        b'"usage":{"input_tokens":5,"cache_read_input_tokens":90,"output_tokens":"many"}}'
    )
    async with talking("anthropic", Raw(body)) as talk:
        found = await talk.complete()
    assert (found.input_tokens, found.output_tokens) == (95, 0)


@both_vendors
async def test_a_redirect_is_not_followed_with_the_key(provider: str):
    async with serving(GOOD) as elsewhere:
        moved = Status(307, {"location": f"{elsewhere.origin}/v1/messages"})
        async with talking(provider, moved) as talk:
            with pytest.raises(Invalid):
                await talk.complete()
    assert elsewhere.received == []


@both_vendors
async def test_credentials_of_the_environment_are_not_sent_to_another_address(
    provider: str, monkeypatch: pytest.MonkeyPatch
):
    for name in ("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN"):
        monkeypatch.setenv(name, "from-the-environment")
    async with talking(provider, GOOD, key=None) as talk:
        with pytest.raises(Unavailable):
            await talk.complete()
    assert "from-the-environment" not in str(talk.server.received)


@both_vendors
async def test_a_wrong_key_is_not_repeated_after_a_vendor_that_quotes_it(provider: str):
    async with talking(provider, GOOD, key="sk-wrong") as talk:
        with pytest.raises(Unavailable, match="SETPIECE_LLM_API_KEY") as raised:
            await talk.complete()
    assert "sk-wrong" not in raised.value.message


@both_vendors
async def test_nobody_listening_is_unavailable(provider: str):
    options = LlmOptions(provider, "m-1", "http://127.0.0.1:9", retries=0)
    async with aclosing(open_model(options)) as model:
        with pytest.raises(Unavailable, match=r"127\.0\.0\.1:9"):
            await model.complete(PROMPT, SCHEMA)
