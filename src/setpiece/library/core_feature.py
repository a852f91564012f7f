"""Core feature: a part of exactly one offering that is worth selling by name."""

from setpiece.library.kind import Kind, Linking, texts

CORE_FEATURE = Kind(
    name="core-feature",
    collection="coreFeatures",
    prefix="cf",
    title="CoreFeature",
    about="A part of one offering",
    linking=Linking.ONE,
    fields=(
        texts("whatItDoes", "What it does", "Flags a broken pipeline before the report is read"),
        texts("howItWorks", "How it does it", "Compares row counts with the last 28 days"),
        texts("whatItImpacts", "What changes with it", "Fewer wrong numbers in board decks"),
        texts("whyThisExists", "The reason it was built", "Broken data used to be found by the CFO"),
    ),
)
