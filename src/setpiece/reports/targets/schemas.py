"""The selector of a speaker, as clients of the contract send it. Source: reports-v1, section 3."""

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictInt, field_validator, model_validator

LONGEST_ENTITY_ID = 256
LONGEST_HINT = 1024


class Strategy(StrEnum):
    """How the speaker is found."""

    DOMINANT = "dominant"
    TIMERANGE = "timerange"
    ENTITY_ID = "entity_id"
    MAGIC_HINT = "magic_hint"
    SPEAKER_INDEX = "speaker_index"


class OnMiss(StrEnum):
    """What follows when nobody is found."""

    ERROR = "error"
    FALLBACK_DOMINANT = "fallback_dominant"


Seconds = Annotated[float, Field(ge=0, allow_inf_nan=False, strict=True)]


class Timerange(BaseModel):
    """A stretch of the recording; an end that is left out is the recording's own."""

    model_config = ConfigDict(extra="forbid")

    start_seconds: Seconds | None = None
    end_seconds: Seconds | None = None

    @model_validator(mode="after")
    def _is_a_stretch(self) -> "Timerange":
        if self.start_seconds is None and self.end_seconds is None:
            raise ValueError("must have 'start_seconds', 'end_seconds' or both")
        if self.end_seconds is not None and (self.start_seconds or 0.0) >= self.end_seconds:
            raise ValueError("must have a 'start_seconds' that is before 'end_seconds'")
        return self


class TargetSelector(BaseModel):
    """Whom a report is about. Fields of other strategies may be there; they are checked and not used."""

    model_config = ConfigDict(extra="ignore")

    strategy: Strategy
    on_miss: OnMiss = OnMiss.ERROR
    timerange: Timerange | None = None
    entity_id: Annotated[str, Field(min_length=1, max_length=LONGEST_ENTITY_ID)] | None = None
    hint: Annotated[str, Field(min_length=1, max_length=LONGEST_HINT)] | None = None
    speaker_index: Annotated[StrictInt, Field(ge=0)] | None = None

    @field_validator("on_miss", mode="before")
    @classmethod
    def _null_is_the_default(cls, given: Any) -> Any:
        return OnMiss.ERROR if given is None else given

    @model_validator(mode="after")
    def _has_what_it_needs(self) -> "TargetSelector":
        field = _FIELD_BY_STRATEGY.get(self.strategy)
        if field is None:
            return self
        given = getattr(self, field)
        if given is None:
            raise ValueError(f"must have '{field}' when 'strategy' is '{self.strategy}'")
        if isinstance(given, str) and not given.strip():
            raise ValueError(f"must have a '{field}' that is not blank")
        return self

    def echo(self) -> dict[str, Any]:
        """The selector as answers repeat it: `on_miss` always, what was not given never."""
        shown: dict[str, Any] = self.model_dump(mode="json", exclude_none=True)
        return shown


_NeedsField = Literal["timerange", "entity_id", "hint", "speaker_index"]
_FIELD_BY_STRATEGY: dict[Strategy, _NeedsField] = {
    Strategy.TIMERANGE: "timerange",
    Strategy.ENTITY_ID: "entity_id",
    Strategy.MAGIC_HINT: "hint",
    Strategy.SPEAKER_INDEX: "speaker_index",
}
