"""The published rule: which headings and which words of a sentence speak for which field.

A heading speaks for a field when it holds one of the field's phrases, or the field's own name in words. A sentence that stands
under no such heading belongs to the first field of its kind, in the order of `CUES`, whose words it holds. Chosen by
judgement on the examples in `tests/unit/agents/extraction`; a sentence that no rule is sure of is left out.
"""

import re
from collections.abc import Mapping, Sequence

from setpiece.library.kind import Field, Kind, Shape

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "primaryResponsibilities": ("responsibilities", "responsible for", "what they own", "what they do", "duties", "day to day"),
    "painPoints": ("pains", "pain", "challenges", "frustrations", "struggles", "problems", "what hurts"),
    "keyConcerns": ("concerns", "worries", "fears", "hesitations", "objections"),
    "keyObjectives": ("objectives", "goals", "what they want", "ambitions", "kpis"),
    "commonJobTitles": ("job titles", "titles", "roles", "also known as"),
    "whyTheyMatterToUs": ("why they matter",),
    "whyWeMatterToThem": ("why we matter", "why they should care", "how we help", "value to them"),
    "capabilities": ("capabilities", "what it does", "what it can do", "what you can do"),
    "keyFeatures": ("features",),
    "differentiatedValue": ("differentiators", "what makes us different", "why us", "why choose", "advantages"),
    "statusQuo": ("status quo", "today", "without it", "the old way", "how it is done today"),
    "challengesAddressed": ("challenges", "problems", "problem", "problems it solves", "pains", "pain points"),
    "customerBenefits": ("benefits", "outcomes", "what you gain", "what customers gain"),
    "deliverables": ("what you get", "what is included", "what's included"),
    "competencies": ("competencies", "skills", "expertise"),
    "comparativeAdvantage": ("why us", "why choose", "what makes us different", "advantages"),
    "likelyAlternative": ("alternatives", "instead of us"),
    "comparativeStrengths": ("strengths", "where they are stronger", "pros"),
    "comparativeWeaknesses": ("weaknesses", "where they are weaker", "cons", "limitations"),
    "keyDifferentiators": ("differences",),
    "reasonsWeWin": ("why we win", "reasons to choose us"),
    "customersWeWon": ("customers we won",),
    "customersWeSwitched": ("customers who switched", "switched to us"),
    "businessModel": ("business model", "pricing model", "how they make money"),
    "firmographicCharacteristics": ("characteristics", "firmographics", "what they look like"),
    "relevanceToOurBusiness": ("relevance", "why they fit"),
    "strategicPriorities": ("priorities",),
    "marketPressures": ("pressures",),
    "businessDrivers": ("drivers",),
    "scenarios": ("scenarios", "situations", "when to use"),
    "desiredOutcomes": ("outcomes", "results"),
    "howWeTalkAboutThis": ("wording", "how we say it"),
    "whyThisMatters": ("why it matters",),
    "howTheyUseProduct": ("how they use it", "the solution", "solution"),
    "howTheyBenefitFromProduct": ("how they benefit", "benefits"),
    "howWeImpactedTheirBusiness": ("impact", "results", "outcomes"),
    "keyStats": ("stats", "figures", "key figures", "by the numbers", "in numbers"),
    "howTheyMakeMoney": ("about the company", "about the customer"),
    "underlyingConcern": ("underlying concerns",),
    "reframeAndResponse": ("response", "reframe", "answer"),
    "whatItDoes": ("capabilities",),
    "whatItImpacts": ("impact", "benefits"),
}  # fmt: skip
"""By field, whatever the kind."""

_PAIN = (
    r"struggl\w+|frustrat\w+|wast\w+|los(?:e|es|ing)|hard to|difficult\w*|too (?:slow|long|many|much|late)|by hand|manual(?:ly)?|"
    r"cannot|can't|stuck|bottlenecks?|nobody (?:knows|can)|spread over|scattered|rework"
)
_WISH = r"wants? to|wants? (?:a|an|the)|aims? (?:to|for)|goals? (?:is|are)|needs? to|hopes? to|looking to|tr(?:y|ies|ying) to"
_GAIN = r"sav(?:e|es|ed|ing)|reduc(?:e|es|ed|ing)|increas(?:e|es|ed|ing)|faster|fewer|improv(?:e|es|ed|ing)|cuts?|so that you|in half|without having to"
_UNLIKE = r"unlike|no other|the only|instead of|nobody else|the first to"
_NUMBER = r"\d[\d.,]{0,14}\s?(?:%|x\b|×|percent|times|seconds?|minutes?|hours?|days?|weeks?|months?|ms\b|teams|customers|companies|users)"

CUES: Mapping[str, Sequence[tuple[str, str]]] = {
    "product": (
        ("differentiatedValue", _UNLIKE),
        ("challengesAddressed", _PAIN),
        ("statusQuo", r"today,|currently|until now|most (?:teams|companies)|spreadsheets?"),
        ("customerBenefits", _GAIN),
    ),
    "service": (
        ("comparativeAdvantage", _UNLIKE),
        ("challengesAddressed", _PAIN),
        ("deliverables", r"you (?:get|receive)|we (?:deliver|hand over|provide)|includes?"),
        ("customerBenefits", _GAIN),
    ),
    "core-feature": (("whatItImpacts", _GAIN), ("whyThisExists", _PAIN)),
    "persona": (
        ("keyConcerns", r"worr(?:y|ies|ied)|concern(?:s|ed)?|afraid|fears?|hesitat\w+|s[kc]eptical"),
        ("painPoints", _PAIN),
        ("keyObjectives", _WISH),
        ("primaryResponsibilities", r"responsible for|owns?|oversees?|in charge of|answers? for|manages?"),
        ("whyWeMatterToThem", r"helps? them|gives? them|lets? them|we help|shows? them"),
    ),
    "segment": (
        ("marketPressures", r"pressures?|rising|shrinking|regulat\w+|competition"),
        ("strategicPriorities", r"priorit\w+|" + _WISH),
        ("firmographicCharacteristics", r"employees|revenue|headcount|founded|based in|offices in"),
        ("businessDrivers", r"driven by|drives?|funding|growth"),
    ),
    "use-case": (
        ("desiredOutcomes", _GAIN + r"|within (?:a|one|two|\d+) (?:days?|weeks?|months?)"),
        ("scenarios", r"when|whenever|before|after"),
        ("businessDrivers", _PAIN),
    ),
    "competitor": (
        ("reasonsWeWin", r"we win|choose us|chose us|prefer us|over them"),
        ("comparativeWeaknesses", _PAIN + r"|lacks?|does not|doesn't|no way to|missing|weak\w*|slow\w*"),
        ("businessModel", r"per seat|subscription|charges?|pricing|license|per month|per user"),
        ("comparativeStrengths", r"strong\w*|large\w*|well known|leader|popular|mature"),
    ),
    "alternative": (
        ("hiddenCostsAndPitfalls", r"costs?|hidden|risk\w*|" + _PAIN),
        ("whereItWorks", r"works? (?:well|for)|good enough|fine for"),
        ("whereItBreaks", r"breaks?|fails?|stops? working|does not scale"),
    ),
    "objection": (
        ("underlyingConcern", r"worr(?:y|ies|ied)|concern\w*|afraid|fears?"),
        ("areasToProbeAndClarify", r"ask (?:whether|what|how|which|who)"),
        ("assumptionsAndMisconceptions", r"assumes?|believes?|thinks? that|misconception"),
    ),
    "buying-trigger": (
        ("costOfInaction", r"otherwise|cost of|risk\w*|" + _PAIN),
        ("whyThisCreatesUrgency", r"deadline|by the end of|before|urgent\w*|now"),
        ("howWeHelpInThisMoment", r"we help|helps?|lets?"),
    ),
    "proof-point": (("howWeTalkAboutThis", _NUMBER + r"|award\w*|named|rated|certified|recogni[sz]ed"),),
    "reference": (
        ("keyStats", _NUMBER),
        ("howWeImpactedTheirBusiness", _GAIN),
        ("howTheyUseProduct", r"uses?|using|runs? (?:on|with)|relies on"),
        ("howTheyMakeMoney", r"sells?|makes|manufactur\w+|provides?|operates?"),
    ),
}
"""By kind, in order: the first field whose words a sentence holds. A kind without an entry is filled by headings alone."""

PROOF = re.compile(rf"\b{_NUMBER}", re.IGNORECASE)
"""A figure with its unit."""
PRICE = re.compile(
    r"[$€£¥]\s?\d|\bper (?:month|seat|user|year)\b|\bpric(?:e|es|ing)\b|\bfree trial\b|\bdiscount",
    re.IGNORECASE,
)
"""What a figure of a page is more often than a proof."""
NOISE = re.compile(
    r"\bcookies?\b|\bprivacy\b|©|\ball rights reserved\b|\bterms (?:of|and)\b|\bsign (?:in|up)\b|\blog ?in\b|\bsubscribe\b|"
    r"\bnewsletter\b|\bclick\b|\bjavascript\b|\bread more\b|\blearn more\b|\bcontact us\b|\bbook a\b|\bget started\b|\bfollow us\b",
    re.IGNORECASE,
)
"""What stands on pages and is not about their subject."""
CALL = re.compile(
    r"(?:start|book|get|try|learn|contact|request|talk|see|read|watch|download|join|buy|discover|explore|schedule|meet|find)\b",
    re.IGNORECASE,
)
"""How a page's buttons and invitations begin."""

_LABELS: Mapping[str, tuple[str, ...]] = {
    "industry": ("industry", "industries"),
    "businessModel": ("business model",),
    "geography": ("geography", "region", "regions", "countries"),
    "revenue": ("revenue", "annual revenue"),
    "employees": ("employees", "headcount", "company size", "size"),
}
LABEL_BY_WORDS: Mapping[str, str] = {words: label for label, several in _LABELS.items() for words in several}
"""Labels of a segment's firmographics, by what a line may call them."""

PROOF_TYPES: Sequence[tuple[str, str]] = (
    ("quote", r"^[\"“«]"),
    ("award", r"\baward|\bwinner\b|\bprize\b"),
    ("recognition", r"\brecogni[sz]ed\b|\bnamed (?:a|an|the)\b|\bleader in\b|\bcertified\b|\brated\b"),
    ("stat", _NUMBER),
    ("fact", r"\w"),
)
"""What kind of proof a wording is; the first that matches."""

NEVER = frozenset({"emailSnippets", "customFields"})
"""Fields that nobody but a person may fill: sentences that a customer cleared, and fields of one's own."""


def phrases_for(field: Field) -> tuple[str, ...]:
    """What a heading may say to speak for a field: its name in words, and the phrases of the table."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", field.name).lower()
    return (words, *HEADINGS.get(field.name, ()))


def fields_by_heading(kind: Kind) -> tuple[Field, ...]:
    """The fields that a heading can speak for."""
    return tuple(
        field
        for field in kind.fields
        if field.name not in NEVER and field.shape in (Shape.TEXT, Shape.TEXTS, Shape.TEXTS_BY_LABEL)
    )
