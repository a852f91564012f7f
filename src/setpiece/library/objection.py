"""Objection: what buyers say against it, and what helps."""

from setpiece.library.kind import Kind, texts

OBJECTION = Kind(
    name="objection",
    collection="objections",
    prefix="oj",
    title="Objection",
    about="What buyers say against it",
    fields=(
        texts("underlyingConcern", "What is really meant", "Fear of another tool to maintain"),
        texts("assumptionsAndMisconceptions", "What is assumed wrongly", "That it needs a GPU"),
        texts("areasToProbeAndClarify", "What to ask", "Who would run it?"),
        texts("reframeAndResponse", "What to answer", "It is one process and one folder"),
    ),
)
