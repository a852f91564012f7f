"""Use case: an outcome a customer reaches."""

from setpiece.library.kind import Kind, text, texts

USE_CASE = Kind(
    name="use-case",
    collection="useCases",
    prefix="uu",
    title="UseCase",
    about="An outcome a customer reaches",
    has_url=True,
    fields=(
        text("summary", "The outcome in one sentence", "Launch a new segment in a week"),
        texts("scenarios", "Situations it fits", "A new product line without its own outreach"),
        texts("desiredOutcomes", "What is different afterwards", "First replies within ten days"),
        texts("businessDrivers", "Why it is worth doing", "Quota for the new line starts next quarter"),
    ),
)
