"""A runtime context that names a recorded call: what the person said there becomes facts of the run, word for word."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from setpiece.agents.sequence.writer.model import Fact, Source
from setpiece.kernel.errors import Invalid, NotFound
from setpiece.workspaces.work import OpenWork

if TYPE_CHECKING:
    from setpiece.reports.recall import Recalled

REPORT, ENTITY = "reportId", "entityId"
NAMES_A_CALL = frozenset({REPORT, ENTITY})
"""Keys of a runtime context that name what is known, and are nothing to be said themselves."""
SAID = "call"
"""`Source.kind` of what somebody said; `field` holds the seconds."""


async def recall(open_work: OpenWork, context: Any) -> "Recalled | None":
    """What was said on the call that the context names; None when it names none.

    Raises:
        Invalid: it names a report or an entity that is not in this workspace.
    """
    named = (
        {name: context[name] for name in NAMES_A_CALL & context.keys()}
        if isinstance(context, Mapping)
        else {}
    )
    if not any(named.values()):
        return None
    from setpiece.reports.recall import recall_entity, recall_report  # a second, which most runs save

    async with open_work() as work:
        try:
            if shown_id := named.get(REPORT):
                found = await recall_report(work, str(shown_id))
            else:
                found = await recall_entity(work, str(named[ENTITY]))
        except NotFound as missing:
            raise Invalid(f"runtimeContext: {missing.message}") from missing
    return found


def facts_of(recalled: "Recalled | None") -> tuple[Fact, ...]:
    """The one to come back to first at the front."""
    if recalled is None:
        return ()
    return tuple(
        Fact(one.text, Source(recalled.source_id, SAID, recalled.label, f"{one.start_s:g}-{one.end_s:g} s"))
        for one in recalled.quotes
    )
