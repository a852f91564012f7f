"""Each rule on a library that breaks it, and on one that nearly does."""

from typing import Any

import pytest

from setpiece.agents.sequence.gather import ROLES
from setpiece.kernel.errors import Invalid
from setpiece.library.lint.catalog import RULES
from setpiece.library.lint.check import LintReport, described
from setpiece.library.lint.model import NEVER_IN_COPY, Severity
from setpiece.library.lint.service import lint_document
from setpiece.library.transfer.check import check

WORDY = {
    "painPoints": [
        "Reps work from five spreadsheets and lose the thread",
        "Forecasts are wrong every quarter",
    ],
    "keyObjectives": ["A forecast the board believes", "New sellers productive within a quarter"],
}
PRODUCT = {
    "key": "px",
    "name": "Example",
    "capabilities": ["Writes a draft for each role"],
    "challengesAddressed": ["Drafts nobody trusts"],
    "customerBenefits": ["A reason for each message"],
}
OTHER_PRODUCT = PRODUCT | {"key": "py", "name": "Second", "capabilities": ["Sorts invoices by age"],
    "challengesAddressed": ["Old invoices nobody chases"], "customerBenefits": ["Invoices paid on time"]}  # fmt: skip
PERSONA = {"key": "a", "name": "Sales leader", "commonJobTitles": ["VP Sales"], **WORDY}
OTHER = {
    "key": "b",
    "name": "Security lead",
    "commonJobTitles": ["CISO"],
    "painPoints": ["Vendors arrive without a review", "Keys lie about in documents"],
    "keyObjectives": ["Fewer places where secrets rest"],
}
PLAY = {
    "key": "pb",
    "name": "Proof first",
    "product": "px",
    "personas": ["a"],
    "keyInsight": "Checking an email costs more than writing it",
    "approachAngle": ["Ask who checks the emails that go out today"],
}
REWORDED = {
    "keyInsight": "Writing an email costs nothing, checking it does",
    "approachAngle": ["Ask who checks emails today, before they go out"],
}


def asks(*questions: str, **more: Any) -> dict[str, Any]:
    return {"qualifyingQuestions": [{"question": one, **more} for one in questions]}


def linted(**collections: list[dict[str, Any]]) -> LintReport:
    return lint_document(check([("", {"setpiece": 1, **collections})]))


def rules_of(report: LintReport) -> set[str]:
    return {one.rule for one in report.findings}


def proof(text: str, **more: Any) -> dict[str, Any]:
    return {"name": text, "howWeTalkAboutThis": [text], **more}


BROKEN: dict[str, dict[str, list[dict[str, Any]]]] = {
    "internal-name-leaks": {
        "personas": [
            PERSONA | {"internalName": "Project Heron"},
            OTHER | {"description": "After Project Heron"},
        ]
    },
    "placeholder": {"products": [PRODUCT | {"keyFeatures": ["Saves {{hours}} a week"]}]},
    "question-contradicts": {
        "products": [
            PRODUCT
            | {
                "qualifyingQuestions": [
                    {"question": "Do they sell?", "fitType": "GOOD"},
                    {"question": "do they sell", "fitType": "BAD"},
                ]
            }
        ]
    },
    "claim-without-proof": {"products": [PRODUCT | {"customerBenefits": ["Saves 40% of the time"]}]},
    "cut-off": {"products": [PRODUCT | {"statusQuo": ["Everybody writes their own..."]}]},
    "empty-field": {"personas": [{"name": "Nobody in particular", "commonJobTitles": ["Clerk"]}]},
    "near-duplicate-personas": {
        "personas": [PERSONA, PERSONA | {"key": "b", "name": "Head of selling", "commonJobTitles": ["CRO"]}]
    },
    "overlapping-playbooks": {
        "products": [PRODUCT],
        "personas": [PERSONA],
        "playbooks": [PLAY, PLAY | {"key": "pc", "name": "Proof comes first", **REWORDED}],
    },
    "link-to-inactive": {
        "products": [PRODUCT],
        "personas": [PERSONA | {"active": False}],
        "playbooks": [PLAY],
    },
    "question-not-yes-no": {"products": [PRODUCT | asks("Which CRM do they use?")]},
    "question-repeated": {"products": [PRODUCT | asks("Do they use a CRM?", "Do they use a CRM")]},
    "question-too-vague": {"products": [PRODUCT | asks("Are they a good fit?")]},
    "repeated-fact": {
        "products": [PRODUCT | {"keyFeatures": PRODUCT["capabilities"] + ["Writes a draft for each role."]}]
    },
    "same-name": {"personas": [PERSONA, OTHER | {"name": "sales  LEADER"}]},
    "shared-job-title": {
        "personas": [PERSONA, OTHER | {"commonJobTitles": ["CISO", "Vice President of Sales"]}]
    },
    "too-long": {"products": [PRODUCT | {"statusQuo": ["word " * 41]}]},
    "persona-unused": {"products": [PRODUCT], "personas": [PERSONA, OTHER], "playbooks": [PLAY]},
    "proof-without-offering": {
        "products": [PRODUCT, OTHER_PRODUCT],
        "proofPoints": [proof("Drafts are checked")],
    },
    "question-everywhere": {
        "personas": [
            PERSONA | asks("Do they use a CRM?"),
            OTHER | asks("Do they use a CRM?"),
            {
                "name": "Clerk",
                "commonJobTitles": ["Clerk"],
                "painPoints": ["Paper"],
                **asks("Do they use a CRM?"),
            },
        ]
    },
    "questions-archived": {"products": [PRODUCT | asks("Do they use a CRM?", archivedAt="2026-01-01")]},
    "questions-only-low": {
        "products": [PRODUCT | asks("Do they use a CRM?", "Do they sell abroad?", weight="LOW")]
    },
}
NEEDS_A_DATABASE = {"stale", "link-to-deleted"}
"""A file has no dates, and a link that leads nowhere cannot be imported; tests/integration holds these two."""

FINE: dict[str, dict[str, list[dict[str, Any]]]] = {
    "an internal name that the shown name contains": {"personas": [PERSONA | {"internalName": "Leader"}]},
    "an everyday word that is somebody's internal name": {
        "personas": [
            PERSONA | {"internalName": "Regulated"},
            OTHER | {"description": "For regulated markets"},
        ]
    },
    "a figure that a proof point has": {
        "products": [PRODUCT | {"customerBenefits": ["Saves 40% of the time"]}],
        "proofPoints": [proof("A team saved 40% of the time spent on drafts")],
    },
    "a figure that claims nothing": {
        "products": [PRODUCT | {"capabilities": ["Answers 404, and runs on Python 3.11"]}]
    },
    "what the best seller does": {
        "products": [PRODUCT | {"customerBenefits": ["What the best seller knows is written down"]}]
    },
    "a superlative that is proved": {
        "products": [PRODUCT | {"customerBenefits": ["The fastest drafts"]}],
        "proofPoints": [proof("Fastest drafts in the bench table")],
    },
    "two plays for two segments": {
        "products": [PRODUCT],
        "personas": [PERSONA],
        "segments": [{"key": "s", "name": "Banks", "firmographicCharacteristics": ["Banks"]}],
        "playbooks": [PLAY, PLAY | {"key": "pc", "name": "Proof comes first", "segment": "s", **REWORDED}],
    },
    "a play that retells what another tells": {
        "products": [PRODUCT],
        "personas": [PERSONA, OTHER],
        "playbooks": [
            PLAY,
            {
                **PLAY,
                **REWORDED,
                "key": "pc",
                "name": "Second",
                "personas": ["b"],
                "keyInsight": PLAY["keyInsight"],
            },
        ],
    },
    "a play for everybody uses every persona": {
        "products": [PRODUCT],
        "personas": [PERSONA],
        "playbooks": [PLAY | {"personas": []}],
    },
    "an inactive entity may be empty": {"personas": [{"name": "Parked", "active": False}]},
    "questions that decide": {
        "personas": [PERSONA | asks("Do they use a CRM?"), OTHER | asks("Do they use a CRM?")]
    },
    "an archived double": {
        "products": [
            PRODUCT
            | {
                "qualifyingQuestions": [
                    {"question": "Do they sell?"},
                    {"question": "Do they sell?", "archivedAt": "2026-01-01"},
                ]
            }
        ]
    },
}


@pytest.mark.parametrize(("rule", "collections"), BROKEN.items(), ids=BROKEN.keys())
def test_a_rule_finds_what_breaks_it_and_nothing_else_does(
    rule: str, collections: dict[str, list[dict[str, Any]]]
):
    report = linted(**collections)
    found = [one for one in report.findings if one.rule == rule]
    assert len(found) == 1, rules_of(report)
    assert found[0].places
    assert found[0].message.endswith((".", "?"))
    assert rules_of(report) == {rule} | _ALSO.get(rule, set())


_ALSO = {"near-duplicate-personas": {"repeated-fact"}}
"""What else a library that breaks the rule has to break."""


@pytest.mark.parametrize("collections", FINE.values(), ids=FINE.keys())
def test_what_only_looks_wrong_is_left_alone(collections: dict[str, list[dict[str, Any]]]):
    assert [(one.rule, one.message) for one in linted(**collections).findings] == []


def test_every_rule_is_tried_on_something_that_breaks_it():
    assert set(BROKEN) | NEEDS_A_DATABASE == {rule.id for rule in RULES}


def test_no_two_rules_share_an_id():
    assert len({rule.id for rule in RULES}) == len(RULES)


def test_every_field_that_an_email_may_quote_is_looked_at():
    quoted = {field for fields in ROLES.values() for field in fields}
    assert quoted & NEVER_IN_COPY == set()


def test_the_worst_comes_first_and_places_name_field_and_index():
    report = linted(
        products=[PRODUCT | {"capabilities": ["Fine", "TBD"], "customerBenefits": ["Saves 40% of the time"]}]
    )
    assert [one.severity for one in report.findings] == [Severity.ERROR, Severity.WARNING]
    (place,) = described(report.findings[0], stored=False)["places"]
    assert place == {
        "oId": None,
        "key": "px",
        "kind": "product",
        "name": "Example",
        "field": "capabilities",
        "index": 1,
    }


@pytest.mark.parametrize(("at", "fails"), [("error", False), ("warning", True), ("info", True)])
def test_a_report_fails_at_its_worst_severity_and_below(at: str, fails: bool):
    report = linted(personas=[{"name": "Nobody in particular"}])
    assert report.fails(Severity(at)) is fails


def test_a_claim_needs_a_proof_for_its_own_offering():
    products = [PRODUCT | {"customerBenefits": ["Saves 40% of the time"]}, OTHER_PRODUCT]
    told = {"offerings": ["py"]}
    report = linted(products=products, proofPoints=[proof("Saves 40% of the time", **told)])
    assert "claim-without-proof" in rules_of(report)


def test_a_file_that_cannot_be_imported_is_refused_with_its_problems():
    with pytest.raises(Invalid, match="no persona with the key") as refused:
        linted(playbooks=[PLAY])
    assert "no product or service" in refused.value.message
