"""The strategies that measure and do not interpret. Pure."""

from collections.abc import Mapping

from setpiece.kernel.ids import parse
from setpiece.media.spans import shared_s
from setpiece.providers.speech.ports import Span
from setpiece.reports.model import Call
from setpiece.reports.targets.model import Candidate, Found
from setpiece.reports.targets.schemas import Timerange
from setpiece.reports.targets.telling import percent, seconds, tell, whom


def find_dominant(call: Call, language: str) -> Found:
    """Who speaks most; of two who speak equally long the one who spoke first."""
    speech_s_by_speaker = {one.speaker: one.speech_s for one in call.measures.speakers}
    candidates = _by_share(speech_s_by_speaker)
    if not candidates or not candidates[0].score:
        return Found(None, tell(language, "nobody"), 0.0, candidates)
    first = candidates[0]
    why = tell(language, "dominant", whom(call, first.speaker, language), percent(first.score))
    return Found(first.speaker, why, _ahead(candidates), candidates)


def find_in_stretch(call: Call, timerange: Timerange, language: str) -> Found:
    """Who says most, in seconds of their words, in a stretch of the recording."""
    end_s = call.duration_s if timerange.end_seconds is None else timerange.end_seconds
    stretch = Span(timerange.start_seconds or 0.0, end_s)
    words_s_by_speaker = {one.speaker: 0.0 for one in call.people}
    for turn in call.turns.turns:
        said_s = sum(shared_s(Span(word.start_s, word.end_s), stretch) for word in turn.words)
        words_s_by_speaker[turn.speaker] = words_s_by_speaker.get(turn.speaker, 0.0) + said_s
    candidates = _by_share(words_s_by_speaker)
    bounds = seconds(stretch.start_s), seconds(stretch.end_s)
    if not candidates or not candidates[0].score:
        return Found(
            None, tell(language, "timerange_missed", *bounds, seconds(call.duration_s)), 0.0, candidates
        )
    first = candidates[0].speaker
    spoken = seconds(words_s_by_speaker[first]), seconds(sum(words_s_by_speaker.values()))
    why = tell(language, "timerange", whom(call, first, language), *bounds, *spoken)
    return Found(first, why, _ahead(candidates), candidates)


def find_entity(call: Call, shown_id: str, language: str) -> Found:
    """Whose voice is that identity; of several, after a split or a merge, the one who speaks most."""
    wanted = parse(shown_id.strip())
    holders = {one.speaker for one in call.people if wanted is not None and one.entity_id == wanted}
    ranked = find_dominant(call, language).candidates
    found = next((one.speaker for one in ranked if one.speaker in holders), None)
    candidates = _settled(call, found)
    if found is None:
        return Found(None, tell(language, "entity_missed", shown_id[:64]), 0.0, candidates)
    return Found(found, tell(language, "entity", whom(call, found, language)), 1.0, candidates)


def find_number(call: Call, number: int, language: str) -> Found:
    numbers = [one.speaker for one in call.people]
    candidates = _settled(call, number)
    if number not in numbers:
        known = ", ".join(map(str, numbers)) or "-"
        return Found(None, tell(language, "index_missed", str(number), known), 0.0, candidates)
    return Found(number, tell(language, "index", whom(call, number, language)), 1.0, candidates)


def _by_share(amount_by_speaker: Mapping[int, float]) -> tuple[Candidate, ...]:
    """Shares of the whole, the largest first; equal ones in the order of their numbers."""
    whole = sum(amount_by_speaker.values())
    shares = {one: amount / whole if whole else 0.0 for one, amount in amount_by_speaker.items()}
    ranked = sorted(shares, key=lambda one: (-shares[one], one))
    return tuple(Candidate(one, round(shares[one], 4)) for one in ranked)


def _ahead(candidates: tuple[Candidate, ...]) -> float:
    """The first one's part of what the first two have: 0.5 when they are equal, 1 when there is nobody else."""
    first, second = candidates[0].score, candidates[1].score if len(candidates) > 1 else 0.0
    return round(first / (first + second), 4)


def _settled(call: Call, found: int | None) -> tuple[Candidate, ...]:
    """For what is true of a speaker or is not."""
    candidates = [Candidate(one.speaker, float(one.speaker == found)) for one in call.people]
    return tuple(sorted(candidates, key=lambda one: -one.score))
