"""Competitor: a named rival."""

from setpiece.library.kind import Kind, texts

COMPETITOR = Kind(
    name="competitor",
    collection="competitors",
    prefix="cp",
    title="Competitor",
    about="A named rival",
    flags=("shared",),
    fields=(
        texts("businessModel", "How they earn", "Per-seat subscription"),
        texts("comparativeStrengths", "Where they are stronger", "A large template gallery"),
        texts("comparativeWeaknesses", "Where they are weaker", "Scores cannot be inspected"),
        texts(
            "keyDifferentiators",
            "What tells the two apart; never used in copy",
            "Theirs is hosted, ours is not",
        ),
        texts("reasonsWeWin", "Why buyers choose us", "Security review takes a day"),
        texts("customersWeWon", "Who chose us over them", "Example GmbH"),
        texts("customersWeSwitched", "Who left them for us", "Example Ltd"),
    ),
)
