"""Proof point: one claim that can be proved."""

from setpiece.library.kind import Kind, choice, texts

PROOF_POINT = Kind(
    name="proof-point",
    collection="proofPoints",
    prefix="pp",
    title="ProofPoint",
    about="One provable claim",
    also_at=("proof-points",),
    fields=(
        choice(
            "type", "What kind of proof it is", ("stat", "fact", "quote", "award", "recognition", "other")
        ),
        texts("howWeTalkAboutThis", "Wordings that are true", "A sequence takes 12 ms on a laptop"),
        texts("whyThisMatters", "Why a buyer cares", "A list of 500 leads is done before the coffee is"),
    ),
)
