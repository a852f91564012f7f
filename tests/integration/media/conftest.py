"""A workspace whose recordings are heard."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hearing_bench import Gate, HearingBench, member_of

from setpiece.api.services import Services
from setpiece.providers.blobs.memory import MemoryBlobs
from setpiece.providers.speech.fakes import fake_speech_models


@pytest.fixture
async def hearing(services: Services, tenant: Any, tmp_path: Path) -> HearingBench:
    member = await member_of(services, tenant.workspace_id)
    return HearingBench(
        services.database,
        MemoryBlobs(),
        tenant.workspace_id,
        member,
        tmp_path / "work",
    )


@pytest.fixture
def gate(hearing: HearingBench) -> Iterator[Gate]:
    """What the recogniser waits at."""
    closed = Gate()
    models = replace(fake_speech_models(), recogniser=closed)
    hearing.models = lambda: models
    yield closed
    closed.is_open.set()
