"""A report about one speaker of a call. The way in."""

import asyncio
from typing import Any

from setpiece.kernel.errors import Unavailable
from setpiece.providers.llm.configured import ConfiguredModel
from setpiece.reports.model import Call
from setpiece.reports.moments import Found, find_moments
from setpiece.reports.moments.nearest import with_nearest
from setpiece.reports.writing.compose import Composed, compose
from setpiece.reports.writing.document import MODEL, PROVIDER, document, evidence, meta
from setpiece.reports.writing.library import Ties, tie
from setpiece.reports.writing.llm.prompt import VERSION
from setpiece.reports.writing.llm.write import write_with
from setpiece.reports.writing.markdown import markdown
from setpiece.reports.writing.model import LEAST_SPEECH_S, Ask, Tools, Written

EMBEDDED = ("embedded", "deterministic", "no-language-model")
BY_MODEL = ("language-model", "checked-against-transcript")
MODEL_LEFT_OUT = ("embedded", "deterministic", "language-model-not-used")


async def write_report(call: Call, speaker: int, ask: Ask, tools: Tools) -> Written:
    """The document, its Markdown and its evidence; without a language model the same for the same call, speaker, ask and tools."""
    found, ties, notes = await _found(call, speaker, ask, tools)
    composed = await asyncio.to_thread(compose, found, ask, ties)
    told = meta(ask, model=MODEL, labels=EMBEDDED)
    if tools.llm and found.speech_s >= LEAST_SPEECH_S:
        composed, told, more = await _by_model(tools.llm, composed, found, ask)
        notes += more
    made = document(composed, ask, told)
    return Written(made, markdown(made), evidence(composed, found, told, notes), notes)


async def _by_model(
    llm: ConfiguredModel, composed: Composed, found: Found, ask: Ask
) -> tuple[Composed, dict[str, Any], tuple[str, ...]]:
    """The report in the model's words where they pass, else as it was; the meta block says which."""
    written = await write_with(llm, composed, found, ask)
    if written.composed is None:
        note = f"The embedded writer wrote this, because the language model could not: {written.refused}"
        return composed, meta(ask, model=MODEL, labels=MODEL_LEFT_OUT), (note,)
    provider = "anthropic" if llm.model.provider == "anthropic" else PROVIDER
    told = meta(
        ask, model=written.model, labels=(*BY_MODEL, VERSION), attempts=written.answers, provider=provider
    )
    return written.composed, told, ()


async def _found(call: Call, speaker: int, ask: Ask, tools: Tools) -> tuple[Found, Ties, tuple[str, ...]]:
    """What the report can rest on. A long call takes seconds, so the rules run beside the event loop.

    An embedder that does not answer costs what it would have found, and a note says so.
    """
    found = await asyncio.to_thread(find_moments, call, speaker)
    if found.speech_s < LEAST_SPEECH_S:
        return found, {}, ()
    try:
        if tools.embedder:
            found = await with_nearest(found, call, tools.embedder)
        return found, await tie(found, ask.library, tools.embedder), ()
    except Unavailable as error:
        return found, await tie(found, ask.library, None), (f"Without likeness in meaning: {error.message}",)
