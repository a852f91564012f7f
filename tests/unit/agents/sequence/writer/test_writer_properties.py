"""What holds for any brief: 2,400 generated libraries, prospects, formats and lengths, sparse and hostile ones included."""

import html
import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from writer_libraries import LIBRARIES, REAL, facts_of, from_libraries, made_up

from setpiece.agents.sequence.writer import (
    Brief,
    FactRole,
    Length,
    Recipient,
    Sender,
    SequenceType,
    fill,
    plan,
    render,
    write,
)
from setpiece.agents.sequence.writer.casing import upper_start
from setpiece.agents.sequence.writer.check import BANNED, allowed_numbers, is_recognisable, numbers_in, stems
from setpiece.agents.sequence.writer.clean import clean_text, count_words, longest_sentence, words_of
from setpiece.agents.sequence.writer.tongues import TONGUES

pytestmark = pytest.mark.filterwarnings(
    "ignore:Generating overly large repr"
)  # a failing brief is a whole library
SECTIONS = ("opening", "body", "closing", "cta")
ANY = settings(max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""Two thousand combinations of libraries, readers and styles in the two tests together: as many as the rules are promised for."""


@ANY
@given(made_up())
def test_every_draft_from_sparse_or_hostile_facts_keeps_the_rules(brief):
    assert_rules(brief)


@ANY
@given(from_libraries())
def test_every_draft_from_a_real_library_keeps_the_rules(brief):
    assert_rules(brief)


def assert_rules(brief):
    draft = write(brief)
    assert len(draft.emails) <= brief.style.num_emails
    assert len(draft.emails) == brief.style.num_emails or draft.notes
    assert_claims_are_grounded(brief, draft)
    assert_nothing_is_repeated(brief, draft)
    for number, email in enumerate(draft.emails, start=1):
        assert email.claims
        assert email.core_value_prop
        assert_clean(brief, email)
        assert_names_are_known(brief, email)
        assert_bounds(brief, draft, number, email)
        assert_formats_say_the_same(email)


def assert_claims_are_grounded(brief, draft):
    """Every sentence of opening, body and postscript makes a claim, or is one of our few courtesies; each claim is in its field."""
    texts = {}
    for found in brief.facts.values():
        for fact in found:
            texts.setdefault(fact.source, []).append(clean_text(fact.text))
            name = replace(fact.source, field="name", index=None)
            texts.setdefault(name, []).append(clean_text(fact.source.entity_name))
    courtesies = courtesies_of(brief, draft)
    for email in draft.emails:
        stated = " ".join(claim.sentence for claim in email.claims)
        for section in ("opening", "body", "ps"):
            for paragraph in getattr(email.sections, section):
                left = paragraph
                for claim in sorted(email.claims, key=lambda one: -len(one.sentence)):
                    left = left.replace(claim.sentence, "")
                assert not left.strip() or left.strip() in courtesies, (left, stated)
        for claim in email.claims:
            assert any(claim.fact_text in text for text in texts[claim.source]), claim
            if claim.section == "subject":
                assert_subject_rests_on(claim, brief)
            else:
                assert is_recognisable(claim.fact_text, claim.sentence)


def assert_subject_rests_on(claim, brief):
    """A subject says the words of its fact, beside a form such as "... at Example Corp"."""
    forms = " ".join(form for tongue in TONGUES.values() for form in tongue.about).replace("{noun}", "")
    known = {*stems(claim.fact_text), *stems(forms), *stems(clean_text(brief.recipient.company_name or ""))}
    assert set(stems(claim.sentence)) <= known, claim


def courtesies_of(brief, draft):
    told = TONGUES[draft.language].courtesies
    said = [*told.thanks, *told.met]
    return {short(text.format(offering=brief.offering_name)) for text in said} | {
        text.format(offering=brief.offering_name) for text in said
    }


def short(text):
    for long, shortened in TONGUES["en"].contractions:
        text = text.replace(long, shortened)
    return text


def assert_nothing_is_repeated(brief, draft):
    sentences = [
        sentence.casefold()
        for email in draft.emails
        for sentence in {claim.sentence for claim in email.claims if claim.section != "subject"}
    ]
    assert len(sentences) == len(set(sentences))
    used = [
        (claim.source, claim.fact_text)
        for email in draft.emails
        for claim in email.claims
        if claim.section != "subject"
    ]
    assert len(used) == len(set(used))
    subjects = [email.subject.casefold() for email in draft.emails]
    assert len(set(subjects)) == (len(subjects) if brief.style.unique_subjects else min(1, len(subjects)))


def assert_clean(brief, email):
    text = email.subject + "\n" + render(email).email
    without_fields = text.replace("{{firstName}}", "")
    assert not re.search(r"[{}\[\]\x00]", without_fields)
    assert "Rachel" not in text
    assert not BANNED.search(text)
    assert numbers_in(without_fields) <= allowed_numbers(brief)
    assert "<" not in re.sub(r"</?p>|<br>", "", render(email, "html").email)


OUR_OWN_CAPITALS = {"I", "I'm", "I'll", "P", "S", "D"}


def assert_names_are_known(brief, email):
    """A capital inside a sentence is a name, and every name was given."""
    people = (brief.recipient, brief.sender)
    given = [fact.text for found in brief.facts.values() for fact in found]
    given += [str(getattr(person, name) or "") for person in people for name in person.__slots__]
    given += [fact.source.entity_name for found in brief.facts.values() for fact in found]
    given += [brief.offering_name, brief.competitor_name or ""]
    known = {word.casefold() for text in given for word in words_of(clean_text(text))}
    for section in SECTIONS:
        for paragraph in getattr(email.sections, section):
            for sentence in re.split(r"(?<=[.!?:…])[\"'”’)]?\s+[\"'“‘¿¡(]*", paragraph):
                capitals = [word for word in words_of(sentence)[1:] if word[:1].isupper()]
                assert not [
                    word for word in capitals if word not in OUR_OWN_CAPITALS and word.casefold() not in known
                ], sentence


def assert_bounds(brief, draft, number, email):
    sections, craft = render(email).sections, brief.style.craft
    low, high = words_of_length(brief, number)
    letter = " ".join(sections[name] for name in ("greeting", *SECTIONS))
    claims = {claim.sentence for claim in email.claims if claim.section in {"opening", "body"}}
    assert count_words(letter) <= high or len(claims) == 1
    meant = brief.style.sequence_type is SequenceType.BARE_METAL
    if not (brief.instructions or meant) and len(draft.emails) == brief.style.num_emails:
        assert (count_words(letter) < low) == is_said_to_be_short(draft, number)
    assert all(longest_sentence(claim.sentence) <= craft.sentence_words for claim in email.claims)
    fewest, most = craft.subject_words
    assert fewest <= count_words(email.subject) <= most
    assert upper_start(email.subject) == email.subject
    questions = 0 if "no questions" in brief.instructions.values() else 1
    assert sections["cta"].count("?") <= 1
    assert sections["cta"].count("?") == questions or "9" in brief.instructions or brief.instructions
    assert (sections["opening"] + sections["body"] + sections["ps"]).count("?") == 0
    grade = TONGUES[draft.language].grade_of(" ".join(sections[name] for name in SECTIONS).replace("\n", " "))
    said = any(f"email {number} at grade" in note for note in draft.notes)
    assert round(grade, 1) < craft.grade[1] + 1 or said


def words_of_length(brief, number):
    """Fewest and most words of an email; an instruction may have made it shorter, never longer."""
    length = brief.style.length
    if length is Length.MIXED:
        length = Length.SHORT if number % 2 == 0 else Length.MEDIUM
    return brief.style.craft.words[length]


def is_said_to_be_short(draft, number):
    told = next((note for note in draft.notes if "shorter than" in note), "")
    return str(number) in re.findall(r"\d+", told.split(" shorter")[0])


def assert_formats_say_the_same(email):
    text = render(email, "text").email.split()
    from_html = html.unescape(re.sub(r"</?p>|<br>", " ", render(email, "html").email)).split()
    from_markdown = re.sub(r"\\(.)", r"\1", render(email, "markdown").email).split()
    assert text == from_html == from_markdown


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(made_up(), from_libraries()))
def test_the_same_brief_gives_the_same_draft_and_says_only_what_its_plan_shows(brief):
    draft = write(brief)
    assert draft == write(brief)
    planned = {fact.fact.source for email in plan(brief).emails for fact in email.facts}
    planned |= {replace(source, field="name", index=None) for source in planned}
    assert {claim.source for email in draft.emails for claim in email.claims} <= planned


@pytest.mark.parametrize("number", range(1, 8))
def test_two_personas_of_one_library_get_emails_that_differ_in_more_than_names(number):
    """Where a small library has no more for a persona, there are fewer emails than seven, and a note says so."""
    by_library = {}
    for brief in LIBRARIES:
        plain = replace(
            brief,
            recipient=Recipient("Ana", None, None, "Example"),
            sender=Sender(),
            style=replace(brief.style, num_emails=number),
            seed="",
        )
        by_library.setdefault((brief.offering_name), []).append(write(plain))
    for drafts in by_library.values():
        assert all(len(one.emails) >= min(number, 2) for one in drafts)
        assert all(len(one.emails) == number or "no more facts" in one.notes[0] for one in drafts)
        for at, one in enumerate(drafts):
            for other in drafts[at + 1 :]:
                assert one.emails[0].sections.opening != other.emails[0].sections.opening
                assert not bodies_of(one) & bodies_of(other)
                shared = sentences_of(one) & sentences_of(other)
                fewer = min(len(sentences_of(one)), len(sentences_of(other)))
                assert number > 3 or len(shared) <= fewer / 2


def bodies_of(draft):
    return {email.sections.opening + email.sections.body for email in draft.emails}


def sentences_of(draft):
    return {
        claim.sentence
        for email in draft.emails
        for claim in email.claims
        if claim.section in {"opening", "body"}
    }


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_instructions_of_any_text_never_break_or_leak(text):
    facts = {
        FactRole.PAIN: facts_of(FactRole.PAIN, REAL[:3]),
        FactRole.CAPABILITY: facts_of(FactRole.CAPABILITY, REAL[4:6]),
    }
    draft = write(Brief(Recipient("Ana"), Sender(), "Setpiece", facts, instructions={"all": text}))
    assert all(len(note) < 400 for note in draft.notes)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(LIBRARIES), st.text(max_size=3))
def test_a_template_of_any_library_is_filled_without_a_bracket_left(brief, seed):
    fields = Recipient("{{firstName}}", None, "{{jobTitle}}", "{{companyName}}")
    for email in write(replace(brief, recipient=fields, seed=seed)).emails:
        for values in ({}, {"firstName": "Ana", "companyName": "Example Corp"}):
            assert not re.search(r"[{}]", fill(render(email).email, values))
