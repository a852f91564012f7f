"""`/v1/entities`: voices that are known across recordings. Merging, splitting, deleting and `files` are ours."""

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BaseModel, Field

from setpiece.api.gtm.answers import BOOLEAN, INSTANT, INTEGER, array, maybe, obj, string
from setpiece.api.operation import Call, Operation
from setpiece.api.reports.files import parsed_id
from setpiece.api.reports.rates import ENTITIES
from setpiece.kernel.clock import show_if_any, show_instant
from setpiece.kernel.ids import show
from setpiece.media.identities.model import IDENTITY_PREFIX, LONGEST_LABEL, Identity
from setpiece.media.identities.service import (
    delete_identity,
    get_identity,
    label_identity,
    list_appearances,
    list_identities,
    merge_identities,
    split_identity,
)
from setpiece.media.recordings.model import RECORDING_PREFIX
from setpiece.workspaces.model import Permission

_CURSOR_PREFIX = "cur"
_TAG = "Reports: entities"
_MOST_FILES = 100
_ENTITY_ID = string("ent_0AbCdEfGhIjKlMnOpQrStU")
_MEDIA_ID = string("med_0AbCdEfGhIjKlMnOpQrStU")
_ENTITY = obj(
    "*",
    id=_ENTITY_ID,
    label=maybe(string("The buyer")),
    createdAt=INSTANT,
    mediaCount=INTEGER | {"description": "Files it is heard in"},
    lastSeenAt=maybe(INSTANT | {"description": "When the newest of them was uploaded"}),
)


class EntitiesQuery(BaseModel):
    limit: int = Field(20, ge=1, le=100, description="How many at most")
    cursor: str | None = Field(None, max_length=100, description="`cursor` of the page before")


class EntityUpdate(BaseModel):
    label: Annotated[
        str | None,
        Field(
            description=f"1 to {LONGEST_LABEL} characters; null takes the label away", examples=["The buyer"]
        ),
    ]


class EntityMerge(BaseModel):
    entityId: str = Field(max_length=256, description="The entity that becomes part of this one")


class EntitySplit(BaseModel):
    mediaId: str = Field(max_length=256, description="The file whose speaker becomes an entity of its own")


def operations() -> Iterator[Operation]:
    yield Operation(
        "GET", "/v1/entities", list_entities, Permission.READ, "List voices, newest first", _TAG,
        obj("*", entities=array(_ENTITY), cursor=maybe(string()), hasMore=BOOLEAN), query=EntitiesQuery, rate=ENTITIES,
    )  # fmt: skip
    yield Operation(
        "GET", "/v1/entities/{entityId}", get_entity, Permission.READ, "Get a voice", _TAG, _ENTITY, rate=ENTITIES,
        audited="entity.read",
    )  # fmt: skip
    yield Operation(
        "PATCH", "/v1/entities/{entityId}", label_entity, Permission.WRITE, "Say whose voice it is", _TAG, _ENTITY,
        body=EntityUpdate, rate=ENTITIES,
    )  # fmt: skip
    yield Operation(
        "GET", "/v1/entities/{entityId}/files", list_entity_files, Permission.READ, "Where a voice is heard", _TAG,
        obj("*", files=array(obj("*", mediaId=_MEDIA_ID, speakerIndex=INTEGER, speechSeconds={"type": "number"}, seenAt=INSTANT))),
        rate=ENTITIES, audited="entity.files.read", description=f"The newest {_MOST_FILES} files.",
    )  # fmt: skip
    yield Operation(
        "POST", "/v1/entities/{entityId}/merge", merge_entity, Permission.WRITE, "Two voices are one", _TAG, _ENTITY,
        body=EntityMerge, rate=ENTITIES,
        description="Everything of the other becomes this one's; the label too, when this one has none. Two that speak in "
        "one file cannot be merged: merge the speakers of that file first.",
    )  # fmt: skip
    yield Operation(
        "POST", "/v1/entities/{entityId}/split", split_entity, Permission.WRITE, "One file's speaker is another voice",
        _TAG, _ENTITY, body=EntitySplit, rate=ENTITIES, description="Answers the new entity.",
    )  # fmt: skip
    yield Operation(
        "DELETE", "/v1/entities/{entityId}", delete_entity, Permission.WRITE, "Forget a voice", _TAG,
        obj("*", id=_ENTITY_ID, deleted=BOOLEAN | {"const": True}), rate=ENTITIES,
        description="Its voiceprints and its label are gone when this answers. The files stay; their speaker gets no entity again.",
    )  # fmt: skip


async def list_entities(call: Call[EntitiesQuery, None]) -> dict[str, Any]:
    async with call.bound() as work:
        found, has_more = await list_identities(
            work, parsed_id("cursor", call.query.cursor), call.query.limit
        )
    cursor = show(_CURSOR_PREFIX, found[-1].id) if has_more else None
    return {"entities": [_entity(one) for one in found], "cursor": cursor, "hasMore": has_more}


async def get_entity(call: Call[None, None]) -> dict[str, Any]:
    async with call.bound() as work:
        return _entity(await get_identity(work, call.path["entityId"]))


async def label_entity(call: Call[None, EntityUpdate]) -> dict[str, Any]:
    async with call.bound() as work:
        return _entity(await label_identity(work, call.path["entityId"], call.body.label))


async def list_entity_files(call: Call[None, None]) -> dict[str, Any]:
    async with call.bound() as work:
        found = await list_appearances(work, call.path["entityId"], _MOST_FILES)
    return {
        "files": [
            {
                "mediaId": show(RECORDING_PREFIX, one.recording_id),
                "speakerIndex": one.speaker,
                "speechSeconds": round(one.speech_s, 3),
                "seenAt": show_instant(one.seen_at),
            }
            for one in found
        ]
    }


async def merge_entity(call: Call[None, EntityMerge]) -> dict[str, Any]:
    async with call.transaction() as work:
        return _entity(await merge_identities(work, call.path["entityId"], call.body.entityId))


async def split_entity(call: Call[None, EntitySplit]) -> dict[str, Any]:
    async with call.transaction() as work:
        return _entity(await split_identity(work, call.path["entityId"], call.body.mediaId))


async def delete_entity(call: Call[None, None]) -> dict[str, Any]:
    async with call.transaction() as work:
        deleted = await delete_identity(work, call.path["entityId"])
    return {"id": show(IDENTITY_PREFIX, deleted), "deleted": True}


def _entity(identity: Identity) -> dict[str, Any]:
    return {
        "id": show(IDENTITY_PREFIX, identity.id),
        "label": identity.label,
        "createdAt": show_instant(identity.created_at),
        "mediaCount": identity.media_count,
        "lastSeenAt": show_if_any(identity.last_seen_at),
    }
