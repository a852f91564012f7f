"""A workspace whose recordings are heard."""

from pathlib import Path
from typing import Any

import pytest
from hearing_bench import HearingBench, member_of

from setpiece.api.services import Services
from setpiece.providers.blobs.memory import MemoryBlobs


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
