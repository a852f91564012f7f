"""The playbook as a kind of entity; not in the catalog, because its routes are its own."""

from setpiece.library.kind import Kind, Linking, text, texts, texts_by_label

PLAYBOOK = Kind(
    name="playbook",
    collection="playbooks",
    prefix="pb",
    title="Playbook",
    about="One angle for selling one offering",
    linking=Linking.NONE,
    fields=(
        text("explanation", "What the play is about", "Sell the audit trail to teams under review"),
        texts_by_label("attributes", "Attributes of your own, with values", {"market": ["DACH"]}),
        texts("keyInsight", "What the buyer has not seen yet", "Every unproved claim costs a reply"),
        texts("approachAngle", "How to come in", "Start from the review they already have"),
        texts(
            "strategicNarrative", "The story in order", "Outbound grew", "Nobody can say what was promised"
        ),
        texts("exampleDomains", "Domains of companies it fits", "example.com"),
        text(
            "exampleDescription",
            "What those companies have in common",
            "Software firms with one RevOps person",
        ),
        texts("icpConcerns", "What the buyers fear (older)", "Another tool nobody opens"),
        texts("icpPriorities", "What the buyers want (older)", "Pipeline they can explain"),
        texts("statusQuo", "How they live today (older)", "Copy lives in five documents"),
        texts("differentiatedValue", "What is different (older)", "Every sentence names its source"),
    ),
)
