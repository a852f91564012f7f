"""Every operation under `/api/v2`."""

from collections.abc import Iterator

from setpiece.api.gtm import (
    agents,
    analytics,
    async_runs,
    background,
    connections,
    context,
    headless,
    keys,
    library,
    lint,
    matching,
    more_agents,
    playbooks,
    qualify,
    revisions,
    sequence,
    transfer,
)
from setpiece.api.operation import Operation
from setpiece.library.catalog import KINDS


def operations() -> Iterator[Operation]:
    yield from sequence.operations()
    yield from more_agents.operations()
    yield from qualify.operations()
    yield from context.operations()
    yield from agents.operations()
    yield from playbooks.operations()
    yield from background.operations()
    yield from async_runs.operations()
    yield from headless.operations()
    for kind in KINDS:
        yield from library.operations(kind)
    yield from transfer.operations()
    yield from lint.operations()
    yield from matching.operations()
    yield from revisions.operations()
    yield from keys.operations()
    yield from analytics.operations()
    yield from connections.operations()
