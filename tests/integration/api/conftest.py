"""Clients of the surface `/api/v2`, as its users have them."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from background_work import Worker
from caller import Caller
from job_examples import Jobs
from play_example import make_library
from program_example import Clock
from recordings import Files, Listener
from report_examples import CALL, Reports

from setpiece.agents.running import Tools
from setpiece.api.app import create_app
from setpiece.api.services import Services
from setpiece.providers.lead_sources.configured import LeadSources
from setpiece.providers.lead_sources.port import LeadSource
from setpiece.providers.web.canned import CannedPages
from setpiece.providers.web.http_pages import HttpPages
from setpiece.providers.web.page import PageReader, WebPage
from setpiece.providers.webhooks.kept import KeptWebhooks


class SomePages:
    """Known pages are canned; of the others only what the real reader refuses without a connection is asked."""

    def __init__(self) -> None:
        self.text_by_url: dict[str, str] = {}
        self.about_by_url: dict[str, dict[str, tuple[str, ...]]] = {}
        self._real = HttpPages()

    async def read(self, url: str) -> WebPage:
        canned = CannedPages(self.text_by_url, self.about_by_url)
        reader: PageReader = canned if url in self.text_by_url else self._real
        return await reader.read(url)


class SomeSources(LeadSources):
    """Whatever a test puts into `by_name` is set up in every workspace."""

    def __init__(self) -> None:
        super().__init__()
        self.by_name: dict[str, LeadSource] = {}

    def of(self, workspace: str) -> dict[str, LeadSource]:  # noqa: ARG002 - all have the same
        return self.by_name


_PAGES = SomePages()
_SOURCES = SomeSources()


@pytest.fixture(scope="session")
def services(services: Services) -> Services:
    return replace(services, tools=Tools(_PAGES), lead_sources=_SOURCES)


@pytest.fixture
def pages() -> Iterator[dict[str, str]]:
    """The texts of the public pages that can be read, by URL."""
    _PAGES.text_by_url.clear()
    yield _PAGES.text_by_url
    _PAGES.text_by_url.clear()


@pytest.fixture
def lead_sources() -> Iterator[dict[str, LeadSource]]:
    """The lead sources that are set up, by name."""
    _SOURCES.by_name.clear()
    yield _SOURCES.by_name
    _SOURCES.by_name.clear()


@pytest.fixture
def stated() -> Iterator[dict[str, dict[str, tuple[str, ...]]]]:
    """What those pages state of the organisation behind them, by URL."""
    _PAGES.about_by_url.clear()
    yield _PAGES.about_by_url
    _PAGES.about_by_url.clear()


@pytest.fixture
def api(client: httpx.AsyncClient) -> Caller:
    """The tenant's owner."""
    return Caller(client)


@pytest.fixture
async def stranger(
    connect: Callable[..., Any], new_tenant: Callable[..., Awaitable[Any]]
) -> AsyncIterator[Caller]:
    """The owner of another workspace."""
    async with connect(api_key=(await new_tenant()).secret) as client:
        yield Caller(client)


@pytest.fixture
async def agent(api: Caller) -> str:
    await make_library(api)
    made = await api.post(
        "agents/create", {"name": "Two emails", "type": "EMAIL", "sequenceSettings": {"numEmails": 2}}
    )
    return str(made["data"]["oId"])


@pytest.fixture
def sender() -> KeptWebhooks:
    return KeptWebhooks()


@pytest.fixture
def worker(services: Services, tenant: Any, sender: KeptWebhooks) -> Worker:
    return Worker(services, tenant.workspace_id, sender)


@pytest.fixture
async def jobs(services: Services, tenant: Any) -> Jobs:
    async with services.database.bound(tenant.workspace_id) as scope:
        member = await scope.connection.fetchval(
            "select id from members where workspace_id = $1", tenant.workspace_id
        )
    return Jobs(services, tenant.workspace_id, member)


@pytest.fixture
def files(client: httpx.AsyncClient) -> Files:
    return Files(client)


@pytest.fixture
def listener(services: Services, tenant: Any, tmp_path: Path) -> Listener:
    return Listener(services, tenant.workspace_id, tmp_path)


@pytest.fixture
def reports(client: httpx.AsyncClient, services: Services, tenant: Any) -> Reports:
    return Reports(client, services, tenant.workspace_id)


@pytest.fixture
async def heard(files: Files, listener: Listener) -> str:
    """A call of two voices that was heard."""
    media_id: str = (await files.upload(CALL))["mediaId"]
    await listener.hear(media_id)
    return media_id


@pytest.fixture
async def outsider(connect: Any, new_tenant: Any) -> AsyncIterator[httpx.AsyncClient]:
    """A client of another workspace."""
    async with connect(api_key=(await new_tenant()).secret) as client:
        yield client


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def owner(services: Services, tenant: Any, clock: Clock) -> AsyncIterator[httpx.AsyncClient]:
    """The tenant's owner, in an application that goes by the clock."""
    transport = httpx.ASGITransport(create_app(replace(services, now=clock)), raise_app_exceptions=False)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://setpiece.test", headers={"api_key": tenant.secret}
    ) as opened:
        yield opened
