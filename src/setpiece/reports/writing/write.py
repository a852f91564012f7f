"""A report about one speaker of a call. The way in."""

import asyncio

from setpiece.kernel.errors import Unavailable
from setpiece.reports.model import Call
from setpiece.reports.moments import Found, find_moments
from setpiece.reports.moments.nearest import with_nearest
from setpiece.reports.writing.compose import compose
from setpiece.reports.writing.document import MODEL, document, evidence, meta
from setpiece.reports.writing.library import Ties, tie
from setpiece.reports.writing.markdown import markdown
from setpiece.reports.writing.model import LEAST_SPEECH_S, Ask, Tools, Written

LABELS = ("embedded", "deterministic", "no-language-model")


async def write_report(call: Call, speaker: int, ask: Ask, tools: Tools) -> Written:
    """The document, its Markdown and its evidence; the same for the same call, speaker, ask and tools."""
    found, ties, notes = await _found(call, speaker, ask, tools)
    composed = await asyncio.to_thread(compose, found, ask, ties)
    told = meta(ask, model=MODEL, labels=LABELS)
    made = document(composed, ask, told)
    return Written(made, markdown(made), evidence(composed, found, told), notes)


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
