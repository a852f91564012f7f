"""Choosing the speaker of a report: every strategy, and what follows when it finds nobody."""

from dataclasses import replace

from setpiece.kernel.errors import Invalid
from setpiece.providers.embeddings.embedder import Embedder
from setpiece.reports.model import Call
from setpiece.reports.targets.hints.weigh import find_by_hint
from setpiece.reports.targets.measured import find_dominant, find_entity, find_in_stretch, find_number
from setpiece.reports.targets.model import NOT_FOUND, Chosen, Found
from setpiece.reports.targets.schemas import OnMiss, Strategy, TargetSelector
from setpiece.reports.targets.telling import language_of, tell, whom


async def choose_speaker(
    call: Call, selector: TargetSelector, embedder: Embedder | None, *, language: str | None = None
) -> Chosen:
    """The speaker whom the selector means, why, and how sure.

    Args:
        call: The recording with everybody who speaks on it.
        selector: Whom a report is asked for.
        embedder: Compares a hint with what was said by meaning; without it, only words are compared.
        language: Of the sentences; by default that of the call.

    Raises:
        Invalid: nobody was found, and no fallback was asked for or nobody speaks at all; its code is `target_not_found`.
    """
    told_in = language_of(call, language)
    found = await _find(call, selector, embedder, told_in)
    if found.speaker is not None:
        return Chosen(found.speaker, selector.strategy, found.why, found.confidence, found.candidates)
    if selector.on_miss is OnMiss.ERROR:
        raise _missed(found, selector)
    return _fall_back(call, selector, found, told_in)


async def _find(call: Call, selector: TargetSelector, embedder: Embedder | None, language: str) -> Found:
    match selector.strategy:
        case Strategy.DOMINANT:
            return find_dominant(call, language)
        case Strategy.TIMERANGE if selector.timerange:
            return find_in_stretch(call, selector.timerange, language)
        case Strategy.ENTITY_ID if selector.entity_id:
            return find_entity(call, selector.entity_id, language)
        case Strategy.SPEAKER_INDEX if selector.speaker_index is not None:
            return find_number(call, selector.speaker_index, language)
        case _:
            return await find_by_hint(call, selector.hint or "", embedder, language)


def _fall_back(call: Call, selector: TargetSelector, missed: Found, language: str) -> Chosen:
    dominant = find_dominant(call, language)
    if dominant.speaker is None:
        raise _missed(dominant, selector)
    why = f"{missed.why} {tell(language, 'fallback', whom(call, dominant.speaker, language))}"
    chosen = Chosen(dominant.speaker, selector.strategy, why, 0.0, missed.candidates)
    return replace(chosen, used_fallback=True)


def _missed(found: Found, selector: TargetSelector) -> Invalid:
    candidates = [{"speakerIndex": one.speaker, "score": one.score} for one in found.candidates]
    return Invalid(
        found.why, code=NOT_FOUND, details={"strategy": selector.strategy, "candidates": candidates}
    )
