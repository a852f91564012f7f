"""A report about one speaker of a call. The way in."""

from setpiece.reports.model import Call
from setpiece.reports.moments import find_moments
from setpiece.reports.writing.compose import compose
from setpiece.reports.writing.document import MODEL, document, evidence, meta
from setpiece.reports.writing.markdown import markdown
from setpiece.reports.writing.model import Ask, Tools, Written

LABELS = ("embedded", "deterministic", "no-language-model")


async def write_report(call: Call, speaker: int, ask: Ask, tools: Tools) -> Written:  # noqa: ARG001 - the port of helpers; used by the model writer
    """The document, its Markdown and its evidence; the same for the same call, speaker and ask."""
    found = find_moments(call, speaker)
    composed = compose(found, ask)
    told = meta(ask, model=MODEL, labels=LABELS)
    made = document(composed, ask, told)
    return Written(made, markdown(made), evidence(composed, found, told))
