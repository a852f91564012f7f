"""What was heard, as JSON: times in seconds, speakers by their index, measures under their own names."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from setpiece.api.gtm.answers import INTEGER, maybe, obj, string
from setpiece.kernel.ids import show
from setpiece.media.identities.model import IDENTITY_PREFIX
from setpiece.media.identities.service import Known
from setpiece.media.model import Measures, Overlap, SpeakerMeasures, Turn, Word
from setpiece.media.recordings.heard import HeardCall
from setpiece.providers.speech.values import Span

NUMBER: dict[str, Any] = {"type": "number"}
_SHOWN_OTHERWISE = {"speaker": "speakerIndex"}


def shown_name(name: str) -> str:
    """A measure's name in JSON: `longest_monologue_s` is `longestMonologueSeconds`."""
    first, *others = name.removesuffix("_s").split("_")
    seconds = "Seconds" if name.endswith("_s") else ""
    return _SHOWN_OTHERWISE.get(name) or first + "".join(one.title() for one in others) + seconds


def measures_schema(kind: type[Measures | SpeakerMeasures]) -> dict[str, Any]:
    return obj("*", **{shown_name(one.name): _schema_of(one.type) for one in _numbers(kind)})


def _schema_of(kind: Any) -> dict[str, Any]:
    schema = INTEGER if kind is int else NUMBER
    return schema if kind in (int, float) else maybe(schema)


def _numbers(kind: Any) -> list[Any]:
    """All fields but the list of speakers, which has a place of its own."""
    return [one for one in fields(kind) if one.name != "speakers"]


def shown_measures(measures: Measures | SpeakerMeasures) -> dict[str, Any]:
    return {shown_name(one.name): getattr(measures, one.name) for one in _numbers(measures)}


def shown_span(span: Span) -> dict[str, float]:
    return {"startSeconds": round(span.start_s, 3), "endSeconds": round(span.end_s, 3)}


def shown_turn(turn: Turn, *, with_words: bool = False) -> dict[str, Any]:
    shown = {
        "speakerIndex": turn.speaker,
        **shown_span(Span(turn.start_s, turn.end_s)),
        "text": turn.text,
    }
    return shown | ({"words": [_word(word) for word in turn.words]} if with_words else {})


def _word(word: Word) -> dict[str, Any]:
    return {
        "text": word.text,
        **shown_span(Span(word.start_s, word.end_s)),
        "probability": word.probability,
    }


def shown_overlap(overlap: Overlap) -> dict[str, Any]:
    return {
        "firstSpeakerIndex": overlap.first,
        "secondSpeakerIndex": overlap.second,
        **shown_span(overlap.span),
        "isInterruption": overlap.is_interruption,
    }


PERSON_SCHEMA = obj(
    "*",
    speakerIndex=INTEGER,
    name=maybe(string("Maria", description="What somebody called this speaker of this file")),
    entityId=maybe(string("ent_0AbCdEfGhIjKlMnOpQrStU")),
    entityLabel=maybe(string("The buyer")),
    totalDurationSeconds=NUMBER,
    utteranceCount=INTEGER,
)


def shown_people(heard: HeardCall, known: Mapping[int, Known]) -> list[dict[str, Any]]:
    """Who speaks. Source: reports-v1, the detail view of a file; `name` is ours."""
    return [
        {
            "speakerIndex": one.speaker,
            "name": heard.names.get(one.speaker),
            "entityId": show(IDENTITY_PREFIX, known[one.speaker].identity_id)
            if one.speaker in known
            else None,
            "entityLabel": known[one.speaker].label if one.speaker in known else None,
            "totalDurationSeconds": one.speech_s,
            "utteranceCount": one.turn_count,
        }
        for one in heard.measures.speakers
    ]


def shown_speakers(heard: HeardCall) -> list[dict[str, Any]]:
    """As the contract has them: one string for all that a speaker says."""
    return [
        {
            "speakerIndex": one.speaker,
            "speechSeconds": one.speech_s,
            "transcript": " ".join(turn.text for turn in heard.turns.turns if turn.speaker == one.speaker),
        }
        for one in heard.measures.speakers
    ]
