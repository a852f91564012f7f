"""Reference: a customer's story."""

from setpiece.library.kind import Kind, text, texts

REFERENCE = Kind(
    name="reference",
    collection="references",
    prefix="re",
    title="Reference",
    about="A customer's story",
    nests_data=True,
    flags=("unrecognized", "rejected"),
    also_at=("references",),
    fields=(
        text("howTheyMakeMoney", "Their business", "Sells scheduling software to clinics"),
        text("howTheyUseProduct", "What they use it for", "Writes first emails for three segments"),
        text("howTheyBenefitFromProduct", "What it gives them", "One person runs outbound for three markets"),
        texts("howWeImpactedTheirBusiness", "What changed", "The second market opened a quarter early"),
        texts("keyStats", "Figures they agreed to share", "3 markets, 1 person"),
        texts(
            "emailSnippets",
            "Sentences cleared for emails",
            "A clinic software team runs three markets with it",
        ),
    ),
)
