"""What clients ask. Source: reports-v1, "Matching"; its body is strict, unlike that of a report."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from setpiece.events.schemas import JobWebhook
from setpiece.kernel.ids import parse
from setpiece.reports.schemas import Label
from setpiece.reports.targets.schemas import LONGEST_ENTITY_ID, TargetSelector

CONTEXT = "behavioral_compatibility"
MOST_MEMBERS = 20
"""Ours: each is compared with the target, from up to five calls."""
_Id = Annotated[str, Field(min_length=1, max_length=LONGEST_ENTITY_ID)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class EntitySubject(_Strict):
    """A voice, in the calls in which it is heard."""

    type: Literal["entity_id"]
    entityId: _Id

    def echo(self) -> dict[str, Any]:
        return {"type": self.type, "entityId": self.entityId}


class MediaSubject(_Strict):
    """A speaker of one recording."""

    type: Literal["media_target"]
    mediaId: _Id
    selector: TargetSelector

    def echo(self) -> dict[str, Any]:
        return {"type": self.type, "mediaId": self.mediaId, "selector": self.selector.echo()}


Subject = Annotated[EntitySubject | MediaSubject, Field(discriminator="type")]


class MatchingCreate(_Strict):
    context: Literal["behavioral_compatibility"]
    target: Subject
    group: Annotated[list[Subject], Field(min_length=1, max_length=MOST_MEMBERS)]
    label: Label | None = None
    webhook: JobWebhook | None = None
    idempotencyKey: Annotated[str, Field(max_length=255)] | None = None

    @model_validator(mode="after")
    def _nobody_twice(self) -> "MatchingCreate":
        seen: set[object] = set()
        for entity_id in self._entity_ids():
            known = parse(entity_id.strip()) or entity_id  # an id may be written in two ways
            if known in seen:
                raise ValueError(f"names the entity '{entity_id[:64]}' twice; name everybody once")
            seen.add(known)
        return self

    def _entity_ids(self) -> Iterator[str]:
        """Those of subjects, and those that selectors name."""
        for one in self.subjects():
            if isinstance(one, EntitySubject):
                yield one.entityId

    def subjects(self) -> list[EntitySubject | MediaSubject]:
        """The target first."""
        return [self.target, *self.group]

    def asked(self) -> dict[str, Any]:
        """What tells this request from another one under the same key."""
        return self.model_dump(mode="json", exclude={"idempotencyKey"}, exclude_none=True)
