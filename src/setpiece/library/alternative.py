"""Alternative: what people do instead of buying."""

from setpiece.library.kind import Kind, texts

ALTERNATIVE = Kind(
    name="alternative",
    collection="alternatives",
    prefix="ao",
    title="Alternative",
    about="What people do instead of buying",
    fields=(
        texts("whereItWorks", "Where it is good enough", "A single product and one seller"),
        texts("whereItBreaks", "Where it stops working", "The second product line"),
        texts("whoChampionsThisApproach", "Who defends it", "The engineer who wrote the script"),
        texts("whyOurApproachIsSuperior", "Why ours is better", "Every claim names its source"),
        texts("perceivedBenefits", "What people like about it", "No new vendor"),
        texts("hiddenCostsAndPitfalls", "What it really costs", "Nobody dares to change the prompt"),
    ),
)
