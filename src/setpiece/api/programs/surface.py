"""Every operation of the programs surface."""

from collections.abc import Iterator

from setpiece.api.operation import Operation
from setpiece.api.programs import decisions, deleted, leads, outcomes, pivots, runs, specs, suppressions


def operations() -> Iterator[Operation]:
    """Those whose path has a name where `specs` has an id stand before it: the first that fits is asked."""
    yield from deleted.operations()
    yield from suppressions.operations()
    yield from outcomes.operations()
    yield from decisions.operations()
    yield from pivots.operations()
    yield from leads.operations()
    yield from runs.operations()
    yield from specs.operations()
