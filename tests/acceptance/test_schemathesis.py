"""Requests made from the OpenAPI document, good ones and bad ones, against a running server."""

import asyncio
import re
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import asyncpg
import pytest
import schemathesis
import uvicorn
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation.feedback import FeedbackSources
from schemathesis.pytest._test_builder import build_operation_test
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from setpiece.api import openapi
from setpiece.api.app import create_app, every_operation
from setpiece.bootstrap.http_protocol import MOST_HEAD_BYTES, BoundedHttp
from setpiece.bootstrap.settings import Settings
from setpiece.bootstrap.wiring import open_services
from setpiece.library.catalog import KINDS
from setpiece.library.persona import PERSONA
from setpiece.library.segment import SEGMENT
from setpiece.storage.migrate import migrate
from setpiece.workspaces.directory import Directory
from setpiece.workspaces.model import Role

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
"""Left out: `negative_data_rejection` and `positive_data_acceptance`. The surface forgives much that a schema cannot
say (empty values, unknown fields, texts for lists of one), and refuses ids that the schema cannot know."""

DOCUMENT = openapi.document(every_operation())
FULL = {PERSONA, SEGMENT}
"""Kinds that stand for the others, made by the same code: only these also get every edge of every field."""
ALIKE = re.compile(
    "^/api/v2/("
    + "|".join(kind.name for kind in KINDS if kind not in FULL)
    + r")/|^/v1/playbooks/\{playbookId\}$"
)
"""A change of a spec has the fields of a new one, read by the same code."""

BOUNDED = settings(max_examples=4, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))


@schemathesis.deserializer("text/yaml")
def keep_as_text(_: schemathesis.DeserializationContext, response: schemathesis.Response) -> str:
    """The document describes a library file in YAML as the text that it is."""
    return response.text


@dataclass(frozen=True)
class Running:
    url: str
    key: str


@pytest.fixture(scope="module")
def server(dsn: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The application behind uvicorn, in a thread with an event loop of its own."""
    listening = socket.create_server(("127.0.0.1", 0))
    thread = _Serving(dsn, tmp_path_factory.mktemp("schemathesis"), listening)
    thread.start()
    thread.ready.wait(timeout=180)
    yield Running(f"http://127.0.0.1:{listening.getsockname()[1]}", thread.key)
    thread.server.should_exit = True
    thread.join(timeout=30)


class _Serving(threading.Thread):
    server: uvicorn.Server
    key: str

    def __init__(self, dsn: str, data_dir: Path, listening: socket.socket) -> None:
        super().__init__(daemon=True)
        self.ready = threading.Event()
        self._dsn, self._data_dir, self._listening = dsn, data_dir, listening

    def run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        await migrate(self._dsn)
        self.key = await _make_key(self._dsn)
        async with open_services(Settings(data_dir=self._data_dir), self._dsn) as services:
            self.server = uvicorn.Server(
                uvicorn.Config(create_app(services), http=BoundedHttp, log_level="error", lifespan="off")
            )
            self.ready.set()
            await self.server.serve(sockets=[self._listening])


async def _make_key(dsn: str) -> str:
    connection = await asyncpg.connect(dsn)
    directory = Directory(connection)
    workspace = await directory.ensure_workspace("Schemathesis")
    member = await directory.ensure_member(workspace, "Test Member")
    key = await directory.create_key(workspace, Role.OWNER, name="test", member=member)
    await connection.close()
    return key


def labels(*, alike: bool) -> list[str]:
    """What schemathesis calls the operations that are made like others, or those that are not."""
    return [
        f"{method.upper()} {path}"
        for path, operations in DOCUMENT["paths"].items()
        for method in operations
        if bool(ALIKE.match(path)) is alike
    ]


@pytest.fixture(scope="module")
def thorough() -> BaseSchema:
    return schemathesis.openapi.from_dict(DOCUMENT)


@pytest.fixture(scope="module")
def quick() -> BaseSchema:
    schema = schemathesis.openapi.from_dict(DOCUMENT)
    schema.config.phases.coverage.enabled = False
    return schema


def check(schema: BaseSchema, label: str, server: Running) -> None:
    """The cases of one operation. Schemathesis' own `parametrize` would make all nineteen thousand in each process that collects tests."""

    @BOUNDED
    def is_as_described(case: schemathesis.Case) -> None:
        if len(urlencode(case.query or {})) > MOST_HEAD_BYTES - 4096:
            return  # no server takes such a head, whatever the operation
        case.call_and_validate(base_url=server.url, headers={"api_key": server.key}, checks=CHECKS)

    operation = schema.find_operation_by_label(label)
    assert operation is not None
    build_operation_test(
        config=schema.config,
        operation=operation,
        test_func=is_as_described,
        given_kwargs={},
        feedback=FeedbackSources(),
    )()


@pytest.mark.parametrize("label", labels(alike=False))
def test_every_answer_is_one_that_the_document_describes(label: str, thorough: BaseSchema, server: Running):
    check(thorough, label, server)


@pytest.mark.parametrize("label", labels(alike=True))
def test_every_kind_answers_as_the_document_describes(label: str, quick: BaseSchema, server: Running):
    check(quick, label, server)
