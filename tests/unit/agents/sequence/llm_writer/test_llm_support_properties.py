"""The rule over every text of the example library: said as it stands it passes, changed it does not."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from setpiece.agents.sequence.llm_writer.outline import Citable
from setpiece.agents.sequence.llm_writer.support import Names, unsupported
from setpiece.agents.sequence.llm_writer.words import NEGATORS, content_of, tokens_of
from setpiece.agents.sequence.writer.model import Brief, Fact, FactRole, Recipient, Sender, Source

LIBRARY = Path(__file__).parents[5] / "examples" / "library.yaml"
NAMES = Names(Brief(Recipient(), Sender(), "Setpiece", {}))


def texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from texts_in(one)


TEXTS = [
    text
    for text in texts_in(yaml.safe_load(LIBRARY.read_text()))
    if 4 <= len(text.split()) <= 24 and len(set(content_of(text))) >= 3
]
FOREIGN = (
    "guaranteed",
    "Globex",
    "always",
    "42%",
    "cheaper",
    "certified",
    "millions",
    "$9",
    "secretly",
    "seven",
)


def cited(text: str) -> list[Citable]:
    return [
        Citable("f1", "body", FactRole.CAPABILITY, Fact(text, Source("px_1", "product", "x", "y", 0)), text)
    ]


def test_there_are_texts_to_try():
    assert len(TEXTS) > 100


def test_every_text_supports_itself():
    assert [(text, why) for text in TEXTS if (why := list(unsupported(text, cited(text), NAMES)))] == []


@given(st.sampled_from(TEXTS), st.sampled_from(FOREIGN), st.data())
def test_no_text_supports_a_word_that_is_not_in_it(text: str, foreign: str, data: st.DataObject):
    assume(not set(content_of(foreign)) <= set(content_of(text)))
    words = text.split()
    at = data.draw(st.integers(0, len(words)))
    assert list(unsupported(" ".join([*words[:at], foreign, *words[at:]]), cited(text), NAMES))


@given(st.sampled_from(TEXTS), st.data())
def test_no_text_supports_its_negation(text: str, data: st.DataObject):
    words = text.split()
    at = data.draw(st.integers(0, len(words) - 1))
    assume(content_of(words[at]) and NEGATORS.isdisjoint(tokens_of(text)))
    assert list(unsupported(" ".join([*words[:at], "not", *words[at:]]), cited(text), NAMES))


@given(st.sampled_from(TEXTS), st.sampled_from(TEXTS))
def test_no_text_supports_another(one: str, other: str):
    assume(not set(content_of(other)) <= set(content_of(one)))
    assert list(unsupported(other, cited(one), NAMES))
