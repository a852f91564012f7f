"""Every operation of the reports surface."""

from collections.abc import Iterator

from setpiece.api.operation import Operation
from setpiece.api.reports import (
    audio,
    corrections,
    credit,
    deliveries,
    entities,
    feedback,
    files,
    health,
    hearing,
    jobs,
    matching,
    privacy,
    psychometrics,
    reports,
    webhooks,
    workspace,
)


def operations() -> Iterator[Operation]:
    yield from files.operations()
    yield from hearing.operations()
    yield from audio.operations()
    yield from corrections.operations()
    yield from entities.operations()
    yield from jobs.operations()
    yield from matching.operations()
    yield from psychometrics.operations()
    yield from privacy.operations()
    yield from reports.operations()
    yield from workspace.operations()
    yield from credit.operations()
    yield from feedback.operations()
    yield from webhooks.operations()
    yield from deliveries.operations()
    yield from health.operations()
