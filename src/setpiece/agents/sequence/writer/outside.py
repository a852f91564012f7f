"""What came from outside (a lead record, a web page, an attached text) and may not be passed on in an email.

Both writers hold to it: a stranger who can edit a page or a record must not reach the reader with an address or an order.
"""

import re

from setpiece.agents.sequence.writer.model import Brief, Fact, FactRole
from setpiece.agents.sequence.writer.phrase import Phrase

ADDRESS = re.compile(
    r"https?:|www\.|@|\b[\w-]+\.(?!(?:js|ts|py)\b)[a-z]{2,}\b"  # "Node.js" is a name
    r"|\+\d[\d ().-]{6,}\d|\b\d{3,}[ .-]\d{3,}[ .-]?\d{2,}\b|\(\d{2,5}\) ?\d{3,}",
    re.IGNORECASE,
)
"""E-mail addresses, web addresses, and telephone numbers with their country or in groups."""
_TO_WHOEVER_WRITES = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instructions?|prompts?|rules?|guidelines|above|previous|earlier)\b"
    r"|\b(?:system|developer) (?:prompt|message)\b"
    r"|\b(?:new|updated|real|following) instructions?\b"
    r"|\b(?:assistant|language model|chatbot|AI|LLM)\b.{0,30}\b(?:must|should|shall|has to|needs to|is to)\b"
    r"|\byou are (?:now )?(?:an? |the )?(?:AI|assistant|language model|chatbot)\b"
    r"|\b(?:write|say|print|output|repeat|respond|reply|answer) (?:exactly|verbatim|only with|with only|the following)\b"
    r"|^\s*(?:system|assistant|user|developer)\s*:"
    r"|<\|?/?(?:im_start|im_end|system|endoftext|instructions?)\b",
    re.IGNORECASE | re.MULTILINE,
)
_TO_THE_READER = re.compile(
    r"^(?:please |now |just |kindly )?(?:click|visit|go to|call|phone|contact|e-?mail|text|forward|wire|transfer|log ?in|sign (?:in|up)"
    r"|download|install|scan|reply|respond|enter|submit|(?:send|give|tell|pay|share|provide|confirm)\b.{0,40}\b(?:your|us|me|here|now))\b"
    r"|\b(?:sen[dt]|share|give|enter|wire|transfer|provide|forward|submit|tell|confirm|pay)\w*\b.{0,60}"
    r"\b(?:passwords?|passcodes?|pins?|credentials?|login|(?:credit )?cards?|bank (?:account|details)|iban|gift cards?|bitcoins?)\b",
    re.IGNORECASE,
)
_OUTSIDE = frozenset({"request", "context-source", "page", "call"})


def is_outside(fact: Fact) -> bool:
    """Whether a fact comes from a lead record or an attached text: it may speak of the reader and not of us."""
    return fact.source.kind in {"request", "context-source", "call"}


def reads_as_an_order(text: str) -> bool:
    """Whether a text speaks to whoever writes instead of saying something about somebody."""
    return _TO_WHOEVER_WRITES.search(text) is not None


def tells_the_reader_what_to_do(text: str) -> bool:
    """Whether a text orders the reader about, or says that people hand over what nobody should."""
    return _TO_THE_READER.search(text) is not None


def may_not_be_passed_on(fact: Fact, text: str) -> bool:
    """Whether this text of a fact from outside holds an address or an order; the library may say both."""
    if fact.source.kind not in _OUTSIDE:
        return False
    return ADDRESS.search(text) is not None or reads_as_an_order(text) or tells_the_reader_what_to_do(text)


def is_refused(phrase: Phrase, brief: Brief) -> bool:
    """Whether a phrase may not be said: passed on from outside, or a claim on the offering out of a lead record."""
    if may_not_be_passed_on(phrase.fact, phrase.fact_text):
        return True
    told = phrase.role is FactRole.CONTEXT and not phrase.text.startswith("you ")
    return told and brief.offering_name.casefold() in phrase.text.casefold()
