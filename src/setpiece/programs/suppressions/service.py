"""What a workspace does with its list of suppressions, and what draws and sendings ask of it."""

from collections.abc import Sequence
from dataclasses import replace

from setpiece.kernel.errors import NotFound
from setpiece.kernel.ids import parse
from setpiece.programs.suppressions.model import (
    Contact,
    Key,
    Suppression,
    Wanted,
    all_keys,
    normal_value,
    suppressing,
)
from setpiece.programs.suppressions.repository import SuppressionRepository, WantedSuppressions
from setpiece.workspaces.audit import note
from setpiece.workspaces.work import Work


async def find_suppressed(work: Work, contacts: Sequence[Contact]) -> list[Suppression | None]:
    """For each contact the entry that forbids it, or None; one query for all of them."""
    found = await SuppressionRepository(work.scope).holding(all_keys(contacts))
    return [suppressing(contact, found) if found else None for contact in contacts]


async def suppress(work: Work, wanted: Sequence[Wanted], *, by_member: bool = True) -> set[Key]:
    """Put all of it on the list, or nothing; gives what was not yet there. A reply or a link is not asked for `by_member`.

    Raises:
        Invalid: a value is no address or no domain.
    """
    normal = [replace(one, value=normal_value(one.kind, one.value)) for one in wanted]
    author_id = work.author.id if by_member else None
    return await SuppressionRepository(work.scope).add(normal, author_id, work.at)


async def get_holding(work: Work, keys: Sequence[Key]) -> list[Suppression]:
    """The entries that hold of those with `keys`, in their order, each once. The values need not be in normal form."""
    normal = list(dict.fromkeys((kind, normal_value(kind, value)) for kind, value in keys))
    found = await SuppressionRepository(work.scope).holding(normal)
    return [found[key] for key in normal if key in found]


async def list_suppressions(
    work: Work, wanted: WantedSuppressions, most: int
) -> tuple[Sequence[Suppression], bool]:
    """At most `most`, the newest first, and whether there are more."""
    found = await SuppressionRepository(work.scope).newest(wanted, most + 1)
    return found[:most], len(found) > most


async def lift(work: Work, shown_id: str) -> Suppression:
    """Take an entry off the list, which is noted in the audit log.

    Raises:
        NotFound: the list has none of that id.
    """
    suppression_id = parse(shown_id)
    repository = SuppressionRepository(work.scope)
    lifted = await repository.remove(suppression_id, work.author.id, work.at) if suppression_id else None
    if lifted is None:
        raise NotFound(f"There is no suppression '{shown_id[:64]}' in this workspace.")
    await note(work, "suppression.delete", lifted.id)
    return lifted
