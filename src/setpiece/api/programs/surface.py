"""Every operation of the programs surface."""

from collections.abc import Iterator

from setpiece.api.operation import Operation
from setpiece.api.programs import (
    decisions,
    deleted,
    draws,
    execution,
    exports,
    history,
    leads,
    outcomes,
    pivots,
    prompts,
    runs,
    specs,
    streams,
    suppressions,
    switches,
    variants,
)


def operations() -> Iterator[Operation]:
    """Those whose path has a name where `specs` has an id stand before it: the first that fits is asked."""
    yield from deleted.operations()
    yield from prompts.operations()
    yield from suppressions.operations()
    yield from outcomes.operations()
    yield from decisions.operations()
    yield from pivots.operations()
    yield from history.operations()
    yield from streams.operations()
    yield from variants.operations()
    yield from leads.operations()
    yield from draws.operations()
    yield from switches.operations()
    yield from runs.operations()
    yield from execution.operations()
    yield from exports.operations()
    yield from specs.operations()
