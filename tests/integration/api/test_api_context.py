"""What the library says on a question: `context`, and the agent that asks it."""

from typing import Any

import pytest
from caller import Caller
from play_example import make_library, make_playbook

EVERYTHING = {"reasoning": {"perDocument": True, "overall": True}}


@pytest.fixture
async def made(api: Caller) -> dict[str, str]:
    ids = await make_library(api)
    objection = await api.create(
        "objection",
        name="Auditors will object",
        internalName="The audit fight",
        reframeAndResponse=["Every figure keeps its receipt"],
    )
    return ids | {"objection": objection["oId"]}


async def ask(api: Caller, query: str, **more: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await api.post("context", {"query": query} | more))["data"]["documents"]
    return found


async def test_the_entry_with_the_question_s_words_comes_first(api: Caller, made: dict[str, str]):
    documents = await ask(api, "What do we say when auditors want a receipt?", **EVERYTHING)
    assert documents[0]["id"] == made["objection"]
    assert documents[0]["data"]["passages"][0]["text"] == "Every figure keeps its receipt"
    assert "“auditor”" in documents[0]["reasoning"]
    scores = [one["score"] for one in documents]
    assert scores == sorted(scores, reverse=True)
    assert 0 < scores[0] <= 1


async def test_every_kind_is_found_by_a_word_of_its_own(api: Caller, made: dict[str, str]):
    words = {
        "brewery story": "Brewery",
        "proof": "4,000",
        "competitor": "consultant",
        "use case": "morning",
        "persona": "Treasurer",
    }
    for word in words.values():
        assert await ask(api, word), word


async def test_a_job_title_finds_the_persona_that_lists_it(api: Caller, made: dict[str, str]):
    person = {"person": {"title": "Head of Treasury"}}
    documents = await ask(api, "what matters", additionalContext=person, **EVERYTHING)
    assert documents[0]["id"] == made["treasurer"]
    assert "lists this job title" in documents[0]["reasoning"]


async def test_top_k_and_the_sources_bound_the_answer(api: Caller, made: dict[str, str]):
    assert len(await ask(api, "the close of the books", topK=1)) == 1
    assert await ask(api, "the close of the books", sources={"library": {"enabled": False}}) == []
    await api.post("context", {"query": "x", "topK": 0}, 400)
    await api.post("context", {"query": "x", "topK": 101}, 400)
    await api.post("context", {}, 400)


async def test_reasons_are_given_when_asked_for(api: Caller, made: dict[str, str]):
    plain = (await api.post("context", {"query": "receipt"}))["data"]
    assert plain["reasoning"] is None
    assert "reasoning" not in plain["documents"][0]
    told = (await api.post("context", {"query": "receipt"} | EVERYTHING))["data"]
    assert "comes first" in told["reasoning"]
    assert told["_debug"]["totalFetched"] >= len(told["documents"])
    assert told["_debug"]["sourcesUsed"]["library"] == len(told["documents"])


async def test_what_has_no_effect_is_said(api: Caller, made: dict[str, str]):
    body = {
        "query": "receipt",
        "rerank": "best",
        "sources": {"resources": {"enabled": True}},
        "tools": {"personProfile": {"enabled": True}, "deepWebResearch": {"enabled": False}},
        "commonContext": {"page": 1},
    }
    message = (await api.post("context", body))["_metadata"]["message"]
    assert "'rerank' has no effect" in message
    assert "no resources" in message
    assert "personProfile" in message
    assert "deepWebResearch" not in message
    assert "commonContext" in message


async def test_internal_names_drafts_and_deleted_entries_stay_out(api: Caller, made: dict[str, str]):
    answer = await make_playbook(
        api, productOId=made["product"], personaOIds=[made["controller"]], name="Kangaroo", status="draft"
    )
    assert await ask(api, "kangaroo") == []
    await api.post("playbook/update", {"oId": answer["playbook"]["oId"], "status": "active"})
    assert [one["name"] for one in await ask(api, "kangaroo")] == ["Kangaroo"]
    assert "audit fight" not in str(await ask(api, "auditors receipt"))
    await api.delete("objection/delete", oId=made["objection"])
    assert made["objection"] not in [one["id"] for one in await ask(api, "auditors receipt")]


async def test_another_workspace_finds_nothing_of_ours(api: Caller, stranger: Caller, made: dict[str, str]):
    assert await ask(api, "receipt")
    assert await ask(stranger, "receipt") == []


@pytest.mark.parametrize(
    "query", ["' or 1=1 --", "%_%", "\u202e", "x" * 20_000, "?" * 500, "{{query}} <script>"], ids=range(6)
)
async def test_a_hostile_question_is_only_words(api: Caller, made: dict[str, str], query: str):
    await ask(api, query)


async def test_of_a_large_kind_a_bounded_number_is_compared(api: Caller):
    for number in range(25):
        await api.create("objection", name=f"Zebra crossing {number}")
    debug = (await api.post("context", {"query": "zebra"}))["data"]["_debug"]
    assert debug["totalFetched"] == 20
    assert debug["afterReranking"] == 10


RUN = "agents/context/run"


async def test_the_agent_answers_documents_or_says_that_there_are_none(api: Caller, made: dict[str, str]):
    answer = await api.post(RUN, {"query": "auditors receipt"})
    assert answer["found"] is True
    assert answer["data"]["documents"][0]["id"] == made["objection"]
    assert answer["data"]["documents"][0]["reasoning"]
    assert answer["_metadata"]["usage"] == 1
    nothing = await api.post(RUN, {"query": "zeppelin"})
    assert nothing["found"] is False
    assert nothing["_metadata"]["usage"] == 0


async def test_a_runtime_context_stands_in_for_a_query_and_one_of_them_is_needed(
    api: Caller, made: dict[str, str]
):
    told = await api.post(RUN, {"runtimeContext": "auditors receipt"})
    assert told["data"]["documents"][0]["id"] == made["objection"]
    refused = await api.post(RUN, {"query": ""}, 400)
    assert "query" in refused["message"]


async def test_the_agent_s_settings_bound_it_and_other_workspaces_cannot_run_it(
    api: Caller, stranger: Caller, made: dict[str, str]
):
    body = {"name": "A", "description": "", "type": "CONTEXT", "data": {"topK": 1}}
    oid = (await api.post("agents/create", body))["data"]["oId"]
    asked = {"query": "close of the books", "agentOId": oid}
    assert len((await api.post(RUN, asked))["data"]["documents"]) == 1
    await stranger.post(RUN, asked, 404)


async def test_a_dry_run_names_the_documents_and_keeps_nothing(api: Caller, made: dict[str, str]):
    plan = (await api.post(RUN, {"query": "auditors receipt", "dryRun": True, "requestId": "dry"}))["data"]
    assert plan["documents"][0]["id"] == made["objection"]
    assert plan["wouldUse"] == 1
    await api.get("agents/run/get", 404, requestId="dry")
