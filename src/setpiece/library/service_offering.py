"""Service: an offering delivered by people."""

from setpiece.library.kind import Kind, Linking, text, texts

SERVICE = Kind(
    name="service",
    collection="services",
    prefix="sc",
    title="Service",
    about="A service that is sold",
    linking=Linking.NONE,
    is_offering=True,
    has_url=True,
    data_type="SERVICE",
    fields=(
        text(
            "summary",
            "A brief summary of the service",
            "6-week onboarding engagement for enterprise customers",
        ),
        texts(
            "deliverables",
            "What is handed over",
            "Onboarding plan",
            "Integration runbook",
            "Training session",
        ),
        texts("competencies", "What the team must be good at", "Data engineering", "Customer success"),
        texts("comparativeAdvantage", "Why this one", "Faster time to value", "Dedicated success engineer"),
        texts(
            "likelyAlternative",
            "What buyers would do instead",
            "In-house rollout",
            "Generalist consulting firm",
        ),
        texts(
            "challengesAddressed", "Problems it takes away", "Slow time to insight", "Ad-hoc data pipelines"
        ),
        texts(
            "customerBenefits",
            "What a customer gains",
            "Reliable reporting",
            "Reduced internal engineering load",
        ),
    ),
)
