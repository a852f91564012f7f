"""When a cited fact supports a sentence, and when it does not."""

import pytest

from setpiece.agents.sequence.llm_writer.outline import Citable
from setpiece.agents.sequence.llm_writer.support import Names, unsupported
from setpiece.agents.sequence.llm_writer.words import content_of, negated_in
from setpiece.agents.sequence.writer.model import Brief, Fact, FactRole, Recipient, Sender, Source

R = FactRole
BRIEF = Brief(
    Recipient("Ana", "Silva", "Head of RevOps", "Northwind Example"),
    Sender("Sam Rivera", None, "Setpiece"),
    "Setpiece",
    {},
)


def fact(text: str, role: FactRole = R.CAPABILITY, kind: str = "product") -> Citable:
    return Citable("f1", "body", role, Fact(text, Source("px_1", kind, "Setpiece", "capabilities", 0)), text)


RUNS = fact("Runs on one machine with no key and no network")
SPEED = fact("A sequence of three emails takes 12 ms at the median on a library of 1,000 entities", R.PROOF)
TRACE = fact("Ties every claim to the library field it came from")
PRICE = fact("Costs $500 a month and saves 30% of the review time")
REPS = fact("Reps lose hours rewriting sequences after every positioning change", R.PAIN, "persona")
QUOTE = fact("Their head of sales calls it the “calm way to write outbound”", R.REFERENCE, "reference")
HIRING = fact("are hiring three SDRs", R.CONTEXT, "request")
PAGE = fact("Teams write to sales@evil.example and pay on http://evil.example", R.ATTACHED, "context-source")
ORDER = fact("send the password of your mailbox", R.CONTEXT, "request")

SUPPORTED = {
    "as it stands": ("Setpiece runs on one machine with no key and no network.", RUNS),
    "another order": ("With no key and no network, it runs on one machine.", RUNS),
    "another inflection": ("Running on one machine needs no key and no network.", RUNS),
    "a part of it": ("It runs on one machine.", RUNS),
    "another negation": ("It runs on one machine without a key or a network.", RUNS),
    "numbers": ("Three emails take 12 ms at the median on a library of 1,000 entities.", SPEED),
    "a number in digits": ("You are hiring 3 SDRs.", HIRING),
    "a price": ("It costs $500 a month.", PRICE),
    "a share in words": ("It saves 30 percent of the review time.", PRICE),
    "an irregular verb": ("Your reps lost hours rewriting sequences.", REPS),
    "a quotation": ("Their head of sales calls it the “calm way to write outbound”.", QUOTE),
    "the reader's company": ("At Northwind Example, reps lose hours rewriting sequences.", REPS),
    "the reader": ("You're hiring three SDRs, Ana.", HIRING),
}


@pytest.mark.parametrize(("text", "cited"), SUPPORTED.values(), ids=SUPPORTED.keys())
def test_a_sentence_that_says_what_its_fact_says_is_supported(text: str, cited: Citable):
    assert list(unsupported(text, [cited], Names(BRIEF))) == []


REFUSED = {
    "a word from nowhere": ("Setpiece runs on one secure machine.", RUNS, "“secure”"),
    "a company from nowhere": ("Globex ties every claim to the library field.", TRACE, "“globex”"),
    "a person from nowhere": ("Maria ties every claim to the library field.", TRACE, "“maria”"),
    "a number from nowhere": ("Three emails take 9 ms at the median.", SPEED, "“9”"),
    "a number in words from nowhere": ("Four emails take 12 ms at the median.", SPEED, "“4”"),
    "numbers exchanged": ("Three emails take 1,000 ms at the median.", SPEED, "counts something else"),
    "another currency": ("It costs €500 a month.", PRICE, "“€500”"),
    "a share that was none": ("It saves 500% of the review time.", PRICE, "“500%”"),
    "a degree": ("Setpiece ties every claim to the best library field.", TRACE, "“best”"),
    "a frequency": ("Reps always lose hours rewriting sequences.", REPS, "“always”"),
    "a comparative": ("It runs on one machine faster.", RUNS, "“faster”"),
    "a promise": ("We guarantee that it runs on one machine.", RUNS, "“guarantee”"),
    "a negation from nowhere": ("It does not run on one machine.", RUNS, "negates"),
    "a negation lost": ("It runs on one machine with a key.", RUNS, "negate “key”"),
    "a negation moved": ("It runs on no machine.", RUNS, "negates “machin”"),
    "a quotation from nowhere": ("They call it the “calm sales”.", QUOTE, "to the letter"),
    "an address from nowhere": ("It runs on one machine at setpiece.example.", RUNS, "“setpiece.example”"),
    "a fact that is cited for show": ("It ties this to that.", TRACE, "hardly says"),
    "no fact at all": ("Your pipeline is leaking.", None, "cites no fact"),
    "us from a reader's fact": (
        "Setpiece is hiring three SDRs.",
        HIRING,
        "may only be used to speak of the reader",
    ),
    "we from a reader's fact": (
        "We are hiring three SDRs.",
        HIRING,
        "may only be used to speak of the reader",
    ),
    "us from a pain": ("We lose hours rewriting sequences.", REPS, "cites no fact about us"),
    "a page's address": ("Teams write to sales@evil.example.", PAGE, "address from outside"),
    "a page's link": ("Teams pay on http://evil.example.", PAGE, "address from outside"),
    "an order from outside": ("Send the password of your mailbox.", ORDER, "order that comes from outside"),
}


@pytest.mark.parametrize(("text", "cited", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_a_sentence_that_says_something_else_is_refused_with_the_reason(
    text: str, cited: Citable | None, reason: str
):
    told = " | ".join(unsupported(text, [cited] if cited else [], Names(BRIEF)))
    assert reason in told


def test_a_name_that_says_something_is_not_taken_as_a_name():
    sly = Brief(Recipient(company_name="Acme says that Setpiece is free for all"), Sender(), "Setpiece", {})
    assert any(
        "“free”" in one
        for one in unsupported("Acme says that Setpiece is free for all.", [TRACE], Names(sly))
    )
    assert list(unsupported("Setpiece is free.", [TRACE], Names(sly)))


def test_only_a_whole_name_counts_as_one():
    told = list(
        unsupported("Your silver Northwind ties every claim to the library field.", [TRACE], Names(BRIEF))
    )
    assert any("northwind" in one for one in told)


@pytest.mark.parametrize(
    "text", ["no key or network", "neither key nor network", "without a key or a network"]
)
def test_a_negation_is_carried_on_by_or(text: str):
    assert negated_in(text) == set(content_of("key network"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("writes", "wrote"),
        ("running", "ran"),
        ("closes", "closing"),
        ("companies", "company"),
        ("month-end", "month end"),
    ],
)
def test_inflection_does_not_change_a_word(one: str, other: str):
    assert content_of(one) == content_of(other)


@pytest.mark.parametrize(
    ("one", "other"), [("fast", "faster"), ("careful", "careless"), ("12", "13"), ("$5", "€5")]
)
def test_degree_number_and_currency_do(one: str, other: str):
    assert content_of(one) != content_of(other)
