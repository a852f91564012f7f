"""English: all that writing a report in it needs."""

from setpiece.reports.moments import Topic
from setpiece.reports.writing.frames.english_general import GENERAL
from setpiece.reports.writing.frames.english_sales import SALES
from setpiece.reports.writing.frames.tongue import Tongue

ENGLISH = Tongue(
    code="en",
    frames=SALES | GENERAL,
    this_speaker="this speaker",
    the_other="the other side",
    topics={
        Topic.PRICE: "the price",
        Topic.DATA: "data and security",
        Topic.INTEGRATION: "integration",
        Topic.PROOF: "proof",
        Topic.EFFORT: "the effort",
        Topic.TIME: "the timing",
        Topic.CONTRACT: "the contract",
        Topic.SUPPORT: "support",
        Topic.QUALITY: "quality",
        Topic.ADOPTION: "adoption",
    },
    quotation=("“", "”"),
    word_and="and",
    decimal=".",
    minutes="{m} minutes",
    seconds="{s} seconds",
    languages={"en": "English", "es": "Spanish", "pt": "Portuguese"},
    contractions=(),
    library_kinds={
        "objection": "objection",
        "proof-point": "proof point",
        "use-case": "use case",
        "product": "product",
        "service": "service",
        "core-feature": "feature",
        "competitor": "competitor",
        "reference": "reference",
    },
    section_titles={
        "dominating_traits": "Dominating traits",
        "how_they_think": "How they think",
        "how_they_operate": "How they operate",
        "what_drives_them": "What drives them",
        "how_they_connect": "How they connect",
        "how_they_handle_feedback": "How they handle feedback",
        "pressure_response": "Under pressure",
        "how_to_get_their_best": "How to get their best",
        "how_to_handle_the_hard_parts": "How to handle the hard parts",
        "bottom_line": "Bottom line",
        "what_drives_a_yes": "What drives a yes",
        "how_to_build_rapport_fast": "How to build rapport fast",
        "buying_tendencies": "Buying tendencies",
        "how_they_handle_pushback_and_objections": "How they handle pushback and objections",
        "how_they_deal_when_a_deal_gets_sticky": "When the deal gets sticky",
        "how_to_close": "How to close",
        "how_to_follow_up": "How to follow up",
    },
)
