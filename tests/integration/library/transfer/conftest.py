"""Work on a tenant's library, as a front door opens it."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import pytest

from setpiece.api.services import Services
from setpiece.workspaces.work import Work

Open = Callable[[Any], AbstractAsyncContextManager[Work]]


@pytest.fixture
def opened(services: Services) -> Open:
    """Opens a transaction on a tenant's rows, in the name of its key's member."""

    @asynccontextmanager
    async def work(tenant: Any) -> AsyncIterator[Work]:
        principal = await services.authenticator.authenticate(tenant.secret)
        async with services.database.transaction(tenant.workspace_id) as scope:
            yield Work(scope, principal.member, services.now())

    return work
