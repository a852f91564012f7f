"""Segment: a kind of company. Two generations of fields live side by side; both are kept and shown."""

from setpiece.library.kind import Kind, text, texts, texts_by_label

SEGMENT = Kind(
    name="segment",
    collection="segments",
    prefix="sg",
    title="Segment",
    about="A kind of company",
    nests_data=True,
    flags=("unrecognized", "rejected"),
    also_at=("segments",),
    fields=(
        texts("firmographicCharacteristics", "What such companies look like", "50 to 500 employees"),
        texts("relevanceToOurBusiness", "Why they fit", "They sell to many roles at once"),
        texts("definingAttributes", "What tells them from others", "A RevOps team of one or two"),
        texts("businessDrivers", "What moves them", "A funding round to live up to"),
        texts("strategicPriorities", "What they work on", "Entering a second market"),
        texts("marketPressures", "What presses on them", "Rising cost of a meeting"),
        texts_by_label(
            "firmographics",
            "Values by label: industry, businessModel, geography, revenue, employees, or your own",
            {"industry": ["Software"], "employees": ["50-500"]},
        ),
        text("fitExplanation", "Why they fit (older)", "Fast growth with small teams"),
        texts("keyPriorities", "What they work on (older)", "Pipeline coverage"),
        texts("keyConsiderations", "What to mind (older)", "Security review before any pilot"),
        texts("uniqueApproach", "How to sell to them (older)", "Start with one team"),
    ),
)
