"""Runs compare by meaning with stored vectors; without an embedder they say so and go on."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import asyncpg
import httpx
import pytest
from caller import Caller

from setpiece.agents.running import Tools
from setpiece.api.app import create_app
from setpiece.api.services import Services
from setpiece.kernel.errors import Unavailable
from setpiece.providers.embeddings.embedder import Embedder
from setpiece.providers.embeddings.hashed import HashedWords

_PERSON = {"firstName": "Example", "jobTitle": "Head of sales"}
_PRODUCT = {"name": "Example Suite", "customerBenefits": ["Answers come within a day"]}
_PERSONA = {
    "name": "Head of sales",
    "commonJobTitles": ["Head of sales"],
    "painPoints": ["Answers take a week"],
}


class Broken(HashedWords):
    async def embed(self, texts: Any) -> Any:  # noqa: ARG002 - the port names it
        raise Unavailable("The embedding model cannot be used: its file is another one.")


@pytest.fixture
def with_embedder(services: Services, tenant: Any) -> Callable[[Embedder | None], Any]:
    """A client of an application that has this embedder."""

    @asynccontextmanager
    async def opened(embedder: Embedder | None) -> AsyncIterator[Caller]:
        tools: Tools = replace(services.tools, embedder=embedder)
        transport = httpx.ASGITransport(
            create_app(replace(services, tools=tools)), raise_app_exceptions=False
        )
        async with httpx.AsyncClient(
            transport=transport, base_url="http://setpiece.test", headers={"api_key": tenant.secret}
        ) as client:
            yield Caller(client)

    return opened


async def vectors(dsn: str, tenant: Any) -> dict[str, str]:
    """Model by name of the entity, as stored."""
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute("select set_config('app.workspace', $1, false)", str(tenant.workspace_id))
        rows = await connection.fetch(
            "select e.name, v.model from embeddings v join entities e on e.id = v.entity_id where v.workspace_id = $1",
            tenant.workspace_id,
        )
    finally:
        await connection.close()
    return {row["name"]: row["model"] for row in rows}


async def signals(api: Caller, answer: dict[str, Any], kind: str) -> set[str]:
    """The signals that found something for the first candidate."""
    kept = await api.get("agents/run/get", requestId=answer["_metadata"]["requestId"])
    return {one["signal"] for one in kept["data"]["choice"][kind]["candidates"][0]["signals"]}


async def test_the_first_run_makes_the_vectors_it_lacks_and_the_next_one_uses_them(
    with_embedder: Any, tenant: Any, dsn: str
):
    async with with_embedder(HashedWords()) as api:
        await api.create("product", **_PRODUCT)
        await api.create("persona", **_PERSONA)
        assert await vectors(dsn, tenant) == {}
        answer = await api.post("agents/sequence/run", _PERSON)
        assert await vectors(dsn, tenant) == dict.fromkeys(
            ("Example Suite", "Head of sales"), "hashed-words-1"
        )
        again = await api.post("agents/sequence/run", _PERSON)
    assert answer["data"]["persona"]["name"] == again["data"]["persona"]["name"] == "Head of sales"
    assert answer["data"]["persona"]["matchAnalysis"] == again["data"]["persona"]["matchAnalysis"]


async def test_meaning_is_one_of_the_signals_that_a_run_shows(with_embedder: Any):
    async with with_embedder(HashedWords()) as api:
        await api.create("product", **_PRODUCT)
        await api.create(
            "persona",
            name="Head of sales",
            commonJobTitles=["Head of sales"],
            painPoints=["Answers take a week"],
        )
        answer = await api.post("agents/sequence/run", _PERSON)
        assert "title_similarity" in await signals(api, answer, "persona")


async def test_without_an_embedder_the_choice_stands_on_the_other_signals(
    with_embedder: Any, tenant: Any, dsn: str
):
    async with with_embedder(None) as api:
        await api.create("product", **_PRODUCT)
        await api.create(
            "persona",
            name="Head of sales",
            commonJobTitles=["Head of sales"],
            painPoints=["Answers take a week"],
        )
        answer = await api.post("agents/sequence/run", _PERSON)
        assert "title_similarity" not in await signals(api, answer, "persona")
    assert answer["data"]["persona"]["matchConfidence"] == "HIGH"
    assert await vectors(dsn, tenant) == {}


async def test_an_embedder_that_cannot_work_is_said_and_left_out(with_embedder: Any):
    async with with_embedder(Broken()) as api:
        await api.create("product", **_PRODUCT)
        await api.create(
            "persona",
            name="Head of sales",
            commonJobTitles=["Head of sales"],
            painPoints=["Answers take a week"],
        )
        answer = await api.post("agents/sequence/run", _PERSON)
    assert answer["data"]["persona"]["name"] == "Head of sales"
    assert "The embedding model cannot be used" in answer["message"]


async def test_a_change_of_the_text_is_seen_by_the_next_run(with_embedder: Any):
    async with with_embedder(HashedWords()) as api:
        await api.create("product", **_PRODUCT)
        record = await api.create(
            "persona",
            name="Head of sales",
            commonJobTitles=["Head of sales"],
            painPoints=["Answers take a week"],
        )
        first = await api.post("agents/sequence/run", _PERSON)
        body = {"oId": record["oId"], "name": "Chief gardener", "commonJobTitles": ["Gardener"]}
        await api.post("persona/update", body)
        second = await api.post("agents/sequence/run", _PERSON)
        kept = [
            await api.get("agents/run/get", requestId=one["_metadata"]["requestId"])
            for one in (first, second)
        ]
    values = [
        {s["signal"]: s["value"] for s in one["data"]["choice"]["persona"]["candidates"][0]["signals"]}
        for one in kept
    ]
    assert values[0]["title_similarity"] > values[1].get("title_similarity", 0.0)
