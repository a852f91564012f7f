"""What a workspace does with its identities."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from setpiece.kernel.errors import Invalid, NotFound
from setpiece.kernel.ids import new_uuid, parse, show
from setpiece.media.identities.model import IDENTITY_PREFIX, LONGEST_LABEL, Identity
from setpiece.media.identities.repository import Appearance, IdentityRepository
from setpiece.media.recordings.model import RECORDING_PREFIX
from setpiece.media.recordings.stage_results import StageResults
from setpiece.storage.database import Scope
from setpiece.workspaces.audit import note
from setpiece.workspaces.work import Work


@dataclass(frozen=True, slots=True)
class Known:
    """Whose voice a speaker's is."""

    identity_id: UUID
    label: str | None


async def speakers_of(scope: Scope, recording_id: UUID) -> Mapping[int, Known]:
    """The identity of each speaker of a recording that has one, under the numbers they have after corrections."""
    named = await IdentityRepository(scope).named(recording_id)
    return {speaker: Known(*found) for speaker, found in named.items()}


async def get_identity(work: Work, shown_id: str) -> Identity:
    """Raises NotFound when the workspace has none of that id."""
    identity_id = parse(shown_id)
    found = await IdentityRepository(work.scope).find(identity_id) if identity_id else None
    if found is None:
        raise NotFound(f"There is no entity '{shown_id[:64]}' in this workspace.")
    return found


async def list_identities(work: Work, before: UUID | None, most: int) -> tuple[Sequence[Identity], bool]:
    """At most `most` identities, newest first, and whether there are more."""
    found = await IdentityRepository(work.scope).newest(before, most + 1)
    return found[:most], len(found) > most


async def list_appearances(work: Work, shown_id: str, most: int) -> Sequence[Appearance]:
    """Where the identity is heard, the newest recordings first.

    Raises:
        NotFound: as for `get_identity`.
    """
    identity = await get_identity(work, shown_id)
    return await IdentityRepository(work.scope).appearances(identity.id, most)


async def label_identity(work: Work, shown_id: str, label: str | None) -> Identity:
    """Call the identity so, or nothing any more.

    Raises:
        Invalid: the label is empty or too long.
        NotFound: as for `get_identity`.
    """
    identity = await get_identity(work, shown_id)
    changed = await IdentityRepository(work.scope).label(identity.id, _checked(label))
    return changed or await get_identity(work, shown_id)  # deleted meanwhile: says so


def _checked(label: str | None) -> str | None:
    if label is None:
        return None
    label = label.strip()
    if not 1 <= len(label) <= LONGEST_LABEL:
        raise Invalid(f"'label' must have 1 to {LONGEST_LABEL} characters; null takes the label away.")
    return label


async def merge_identities(work: Work, shown_id: str, other_id: str) -> Identity:
    """Everything of the other is this one's; the label too, when this one has none. Needs a transaction.

    Raises:
        Invalid: both are one already, or both speak in one recording.
        NotFound: as for `get_identity`.
    """
    identities = IdentityRepository(work.scope)
    await identities.begin_change()
    target, source = await get_identity(work, shown_id), await get_identity(work, other_id)
    if target.id == source.id:
        raise Invalid("'entityId' names the entity itself; name another one to merge into it.")
    if recording_id := await identities.shared_recording(target.id, source.id):
        shown = show(RECORDING_PREFIX, recording_id)
        raise Invalid(
            f"Both speak in file {shown}, so they are two; if they are one, merge the speakers of that file first.",
            code="speak_together",
        )
    await identities.move(source.id, target.id)
    await note(work, "entity.merge", source.id)
    if target.label is None and source.label is not None:
        await identities.label(target.id, source.label)
    return await get_identity(work, shown_id)


async def split_identity(work: Work, shown_id: str, recording_id: str) -> Identity:
    """The speaker of that recording becomes an identity of its own, without a label. Needs a transaction.

    Raises:
        Invalid: the identity is not heard there, or nowhere else.
        NotFound: as for `get_identity`.
    """
    identities = IdentityRepository(work.scope)
    await identities.begin_change()
    identity = await get_identity(work, shown_id)
    if identity.media_count < 2:
        raise Invalid("The entity is heard in one file only; there is nothing to split off.", code="one_file")
    new_id, found = new_uuid(), parse(recording_id)
    await identities.insert(new_id, None, work.at)
    if found is None or not await identities.move(identity.id, new_id, found):
        raise Invalid(
            f"The entity is not heard in file '{recording_id[:64]}'; 'mediaId' must be one of its files.",
            code="not_heard_there",
        )
    return await get_identity(work, show(IDENTITY_PREFIX, new_id))


async def delete_identity(work: Work, shown_id: str) -> UUID:
    """Forget the voice in all recordings; their speakers get no identity again. Needs a transaction.

    Raises:
        NotFound: as for `get_identity`.
    """
    identities = IdentityRepository(work.scope)
    await identities.begin_change()
    identity = await get_identity(work, shown_id)
    await identities.delete(identity.id)
    await note(work, "entity.delete", identity.id)
    return identity.id


async def are_identities_on(work: Work) -> bool:
    return await IdentityRepository(work.scope).are_on()


async def switch_identities(work: Work, on: bool) -> None:
    """Switched off, no voice is kept and every recording has identities of its own, called as before. Needs a transaction.

    Switched on again, only recordings that are heard from then on are compared.
    """
    identities = IdentityRepository(work.scope)
    await identities.begin_change()
    if not on and await identities.are_on():
        await identities.separate(work.at)
        await StageResults(work.scope).forget_voices()
        await note(work, "voices.delete", work.workspace_id)
    await identities.switch(on)
