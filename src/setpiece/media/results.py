"""Stage results as they are kept: which kinds there are, what each is known by, and how they become bytes.

Light to import: it knows the values of the stages and none of their models.
"""

import hashlib
import zlib
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from typing import Any

import orjson
from pydantic import TypeAdapter

from setpiece.media.model import Measures, Pitch, Recording, Speakers, Speech, Stage, Turns, Words

Result = Recording | Speech | Speakers | Words | Turns | Pitch | Measures

RESULT_BY_STAGE: dict[Stage, type[Any]] = {
    Stage.DECODE: Recording,
    Stage.SPEECH: Speech,
    Stage.SPEAKERS: Speakers,
    Stage.WORDS: Words,
    Stage.TURNS: Turns,
    Stage.PITCH: Pitch,
    Stage.MEASURES: Measures,
}

OptionsByStage = Mapping[Stage, Any]
"""The options dataclass of each stage that a result rests on."""

_VERSION = 3
"""Raised when a stage answers something else for the same options: what was kept before is then not taken back."""


def print_of(stage: Stage, options: OptionsByStage, model_id: str) -> bytes:
    """What a result is known by: two results with the same print are the same."""
    asked = {str(one): asdict(of_stage) for one, of_stage in options.items()}
    content = orjson.dumps([_VERSION, str(stage), asked, model_id], option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(content).digest()


def packed(result: Result) -> bytes:
    """Compressed JSON; a call of ten minutes is some 60 KB in all stages together."""
    return zlib.compress(orjson.dumps(result))


def unpacked(stage: Stage, content: bytes) -> Result:
    """The value that `packed` was given."""
    result: Result = _reader(stage).validate_json(zlib.decompress(content))
    return result


@cache
def _reader(stage: Stage) -> TypeAdapter[Any]:
    return TypeAdapter(RESULT_BY_STAGE[stage])
