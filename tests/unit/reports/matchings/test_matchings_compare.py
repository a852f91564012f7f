import json
import re
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from setpiece.reports.matchings.compare import SCOPE, Participant, compare
from setpiece.reports.matchings.portrait import Part, portray
from setpiece.reports.targets.evaluation.transcripts import call_of

EXAMPLE = Path(__file__).parents[4] / "examples" / "calls" / "call-mf.json"
SAID = [("AB".index(one["speaker"]), one["text"]) for one in json.loads(EXAMPLE.read_text())]
CALL = replace(call_of("en", SAID), label="First call")
OTHER = replace(call_of("en", SAID[::-1]), label="Second_call", recording_id=UUID(int=2))
SHORT = replace(call_of("en", [(0, "Hello, how are you?"), (1, "Fine, thanks.")]), recording_id=UUID(int=3))
TARGET = Participant("the target", (Part(CALL, 1),))
SELLER = Participant("member 1", (Part(CALL, 0),))


def content(compared):
    return "\n".join(one["section_content"]["content"] for one in compared.document["sections"])


def test_a_person_over_several_calls_is_their_sum():
    one, both = portray([Part(CALL, 1)]), portray([Part(CALL, 1), Part(OTHER, 1)])
    assert both.speech_s == pytest.approx(2 * one.speech_s, rel=0.01)
    assert both.turns == 2 * one.turns
    assert both.share == pytest.approx(one.share, rel=0.01)


def test_every_quotation_is_verbatim_and_every_number_of_the_measures():
    told = content(compare(TARGET, [SELLER], None))
    spoken = " ".join(turn.text for turn in CALL.turns.turns)
    quotes = re.findall(r"“([^”]+)” \(First call, \d+:\d\d\)", told)
    assert quotes
    assert [one for one in quotes if one not in spoken] == []
    mine, theirs = CALL.measures.speakers[1], CALL.measures.speakers[0]
    assert f"asks {mine.question_count} question" in told
    assert f"member 1 {theirs.question_count} in {theirs.turn_count}" in told
    assert f"has {mine.talk_share_ratio:.0%} of the speech" in told


def test_it_says_what_it_is_not():
    compared = compare(TARGET, [SELLER], None)
    assert SCOPE in compared.document["summary"]
    assert compared.document["sections"][-1]["section_content"]["content"] == SCOPE


def test_below_half_a_minute_nobodys_turns_are_compared():
    compared = compare(TARGET, [Participant("member 1", (Part(SHORT, 1),))], None)
    told = content(compared)
    assert "too little speech to compare how member 1 takes turns" in told
    assert "Nothing was found that member 1 asks for" in told
    assert not any("take turns" in one["section_title"] for one in compared.document["sections"])


def test_nothing_is_pointed_out_between_a_person_and_the_same_again():
    compared = compare(TARGET, [Participant("member 1", (Part(OTHER, 1),))], None)
    assert "times the" not in content(compared)
    assert "No measure differs enough" in compared.document["summary"]


def test_who_sells_is_not_said_to_need_what_they_offer():
    assert "What an agreement depends on" not in content(compare(SELLER, [replace(SELLER, name="x")], None))


def test_the_markdown_has_the_same_content_and_no_markup_of_others():
    compared = compare(TARGET, [Participant("member 1 (*Ana*)", (Part(OTHER, 0),))], "My _label_")
    assert compared.markdown.startswith("# My \\_label\\_\n")
    assert "member 1 (\\*Ana\\*)" in compared.markdown
    plain = compared.markdown.replace("\\", "")
    for section in compared.document["sections"]:
        assert section["section_title"] in plain
        assert all(line in plain for line in section["section_content"]["content"].split("\n"))


def test_the_document_is_the_closed_one_of_the_contract():
    document = compare(TARGET, [SELLER], None).document
    assert set(document) == {"schemaVersion", "title", "summary", "sections"}
    assert document["schemaVersion"] == 1
    assert all(set(one) == {"section_title", "section_content"} for one in document["sections"])
    assert all(one["section_title"] and one["section_content"]["content"] for one in document["sections"])
