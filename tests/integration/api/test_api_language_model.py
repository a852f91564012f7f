"""The sequence agent with a language model behind it, over both vendors' protocols on real sockets."""

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

import httpx
import pytest
from caller import Caller
from play_example import make_library, make_playbook
from pydantic import SecretStr

from model_example import honest_over_http
from model_server import KEY, ModelServer, Refuse, Say, Status, serving
from setpiece.agents.running import Tools
from setpiece.api.app import create_app
from setpiece.api.services import Services
from setpiece.providers.llm.catalog import open_model
from setpiece.providers.llm.configured import ConfiguredModel
from setpiece.providers.llm.options import LlmOptions

PERSON = {"firstName": "Ada", "jobTitle": "Financial Controller", "companyName": "Example Brewing"}
RUN = "agents/sequence/run"
both_vendors = pytest.mark.parametrize("provider", ["openai", "anthropic"])


@dataclass
class Asking:
    """The tenant's owner at an API that asks a model, and the model's server."""

    api: Caller
    server: ModelServer

    async def run(self, **body: Any) -> dict[str, Any]:
        answer = await self.api.post(RUN, PERSON | body)
        assert answer["found"] is True, answer["message"]
        return answer


Ask = Callable[..., Any]


@pytest.fixture
async def made(api: Caller) -> dict[str, str]:
    ids = await make_library(api)
    await make_playbook(api, productOId=ids["product"], personaOIds=[ids["controller"]], name="First play")
    return ids


@pytest.fixture
def asking(services: Services, tenant: Any, made: dict[str, str]) -> Ask:
    @asynccontextmanager
    async def opened(provider: str, *steps: Any, **more: Any) -> AsyncIterator[Asking]:
        async with serving(*steps) as server:
            options = LlmOptions(provider, "m-1", f"{server.origin}/v1", SecretStr(KEY), ("m-2",), retries=0)
            async with aclosing(open_model(options)) as model:
                tools = Tools(
                    services.tools.page_reader, language_model=ConfiguredModel(model, ("m-2",), **more)
                )
                transport = httpx.ASGITransport(create_app(replace(services, tools=tools)))
                async with httpx.AsyncClient(
                    transport=transport, base_url="http://setpiece.test", headers={"api_key": tenant.secret}
                ) as client:
                    yield Asking(Caller(client), server)

    return opened


@both_vendors
async def test_the_model_writes_and_every_claim_is_annotated(asking: Ask, provider: str):
    async with asking(provider, honest_over_http) as at:
        answer = await at.run(includeFullAnnotation=True, runtimeContext="They opened a second brewery.")
        kept = (await at.api.get("agents/run/get", requestId=answer["_metadata"]["requestId"]))["data"]
    data = answer["data"]
    assert len(at.server.received) == 1
    assert "Here is how: " in data["emails"][0]["email"]
    assert "second brewery" in data["emails"][0]["email"]
    assert data["annotations"]["annotations"]
    for one in data["annotations"]["annotations"]:
        assert one["meta"]["field"]
        assert any(one["description"] in f"{email['subject']} {email['email']}" for email in data["emails"])
    spent = data["annotations"]["metadata"]["languageModel"]
    assert spent == kept["languageModel"]
    assert (spent["provider"], spent["model"], spent["used"], spent["answers"]) == (provider, "m-1", True, 1)
    assert (spent["inputTokens"], spent["outputTokens"], spent["cost"]) == (120, 40, None)
    assert answer["_metadata"]["usage"] == kept["usage"] == 1


async def test_the_cost_is_shown_without_full_annotations_too(asking: Ask):
    async with asking("openai", honest_over_http, input_price=10.0, output_price=20.0) as at:
        metadata = (await at.run())["data"]["annotations"]["metadata"]
    assert metadata == {"languageModel": metadata["languageModel"]}
    assert metadata["languageModel"]["cost"] == 0.002


FAILURES: dict[str, tuple[Any, str]] = {
    "down": (Status(500), "answered 500"),
    "over its limit": (Status(429), "over its limit"),
    "a refused key": (Status(401), "SETPIECE_LLM_API_KEY"),
    "a refusal": (Refuse(), "refused to answer"),
    "no JSON": (Say("Sure! Here are your emails"), "not JSON"),
    "another shape": (Say({"emails": "none"}), "another shape"),
    "no emails": (Say({"emails": []}), "must hold the emails"),
}


@both_vendors
@pytest.mark.parametrize(("step", "reason"), FAILURES.values(), ids=FAILURES.keys())
async def test_what_the_model_cannot_do_the_embedded_writer_does_and_says_so(
    asking: Ask, api: Caller, provider: str, step: Any, reason: str
):
    if provider == "anthropic" and step == FAILURES["no JSON"][0]:
        step = Say("Sure! Here are your emails")
    async with asking(provider, step) as at:
        answer = await at.run()
    assert "The embedded writer wrote this" in answer["message"]
    assert reason in answer["message"]
    assert answer["data"]["emails"] == (await api.post(RUN, PERSON))["data"]["emails"]
    assert answer["data"]["annotations"]["metadata"]["languageModel"]["used"] is False


async def test_no_connection_is_held_while_the_model_is_asked(asking: Ask, services: Services):
    pool = services.database._pool
    held: list[int] = []

    def look(asked: dict[str, Any]) -> Say:
        held.append(pool.get_size() - pool.get_idle_size())
        return honest_over_http(asked)

    async with asking("openai", look) as at:
        before = pool.get_size() - pool.get_idle_size()  # the authenticator listens on one
        await at.run()
    assert held == [before]


async def test_a_dry_run_asks_no_model(asking: Ask):
    async with asking("openai", honest_over_http) as at:
        answer = await at.run(dryRun=True)
    assert answer["data"]["dryRun"] is True
    assert at.server.received == []


AGENT = {"name": "Writer", "description": "", "type": "EMAIL"}


async def agent(at: Asking, llm: Any) -> str:
    made = await at.api.post("agents/create", AGENT | {"data": {"llm": llm}})
    return str(made["data"]["oId"])


async def test_an_agent_may_stay_with_the_embedded_writer(asking: Ask):
    async with asking("openai", honest_over_http) as at:
        answer = await at.run(agentOId=await agent(at, {"provider": "embedded"}))
    assert at.server.received == []
    assert answer["data"]["annotations"]["metadata"] is None


async def test_an_agent_may_name_a_model_that_the_operator_allows(asking: Ask):
    async with asking("openai", honest_over_http) as at:
        await at.run(agentOId=await agent(at, {"model": "m-2"}))
    assert at.server.received[0].body["model"] == "m-2"


@pytest.mark.parametrize(
    ("llm", "said"),
    [({"model": "m-3"}, "does not allow"), ({"provider": "anthropic"}, "not set up here")],
    ids=["model", "provider"],
)
async def test_a_wish_that_cannot_be_met_is_said(asking: Ask, llm: Any, said: str):
    async with asking("openai", honest_over_http) as at:
        answer = await at.run(agentOId=await agent(at, llm))
    assert said in answer["message"]


async def test_an_agent_that_wants_a_model_where_there_is_none_is_told(api: Caller, made: dict[str, str]):
    created = await api.post("agents/create", AGENT | {"data": {"llm": {"model": "m-1"}}})
    answer = await api.post(RUN, PERSON | {"agentOId": created["data"]["oId"]})
    assert "'m-1', which is not set up here" in answer["message"]
    assert answer["data"]["emails"]


@pytest.mark.parametrize(
    "llm",
    [{"provider": "other"}, {"model": ""}, {"model": 5}, "openai", ["openai"], {"model": "x" * 300}],
    ids=str,
)
async def test_a_wrong_choice_of_model_is_refused_and_named(api: Caller, made: dict[str, str], llm: Any):
    answer = await api.post("agents/create", AGENT | {"data": {"llm": llm}}, 400)
    assert "data" in answer["message"]


async def test_an_agent_cannot_send_the_facts_elsewhere(asking: Ask):
    async with serving(honest_over_http) as elsewhere, asking("openai", honest_over_http) as at:
        oid = await agent(at, {"model": "m-1", "baseUrl": elsewhere.origin, "base_url": elsewhere.origin})
        await at.run(agentOId=oid)
    assert elsewhere.received == []
    assert len(at.server.received) == 1


@both_vendors
async def test_the_key_and_the_prompt_are_in_no_log(
    asking: Ask, provider: str, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
):
    caplog.set_level(logging.DEBUG)
    async with asking(provider, Status(500)) as at:
        answer = await at.run()
    printed = capsys.readouterr()
    assert KEY not in caplog.text + printed.out + printed.err + str(answer)
    assert "You write the emails" not in caplog.text + printed.out + printed.err
