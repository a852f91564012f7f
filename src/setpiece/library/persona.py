"""Persona: a role that buys, uses or blocks."""

from setpiece.library.kind import Kind, texts

PERSONA = Kind(
    name="persona",
    collection="personas",
    prefix="pe",
    title="Persona",
    about="A role: what it answers for, what hurts, what it wants",
    internal_name_in_data=True,
    flags=("unrecognized", "rejected"),
    counts_use=True,
    title_field="commonJobTitles",
    fields=(
        texts("primaryResponsibilities", "What the role answers for", "Forecast accuracy", "Tool budget"),
        texts("painPoints", "What hurts", "Reps work from five spreadsheets"),
        texts("keyConcerns", "What makes them hesitate", "Another tool nobody opens"),
        texts("keyObjectives", "What they want to reach", "A forecast the board believes"),
        texts("commonJobTitles", "Titles on their cards", "VP of Sales", "Head of Sales"),
        texts("whyTheyMatterToUs", "Why we care; never used in copy", "Owns the budget"),
        texts("whyWeMatterToThem", "Why they should care", "One place for every play"),
    ),
)
