"""One draft in three formats, and templates filled in."""

import html
import re

import pytest
from writer_example import example_brief

from setpiece.agents.sequence.writer import DraftEmail, Recipient, Sections, fill, render, write

EMAIL = DraftEmail(
    "Two words",
    "It works.",
    Sections(("Hi Ana,",), ("A <b> & *c* [d].",), ("One.", "1. Two_three."), (), ("Worth a look?",), ("P.S. x",), ("Sam", "Setpiece")),
    (),
)  # fmt: skip


def test_the_email_is_its_sections_joined_and_every_section_is_a_string():
    rendered = render(EMAIL)
    assert (
        rendered.email
        == "Hi Ana,\n\nA <b> & *c* [d].\n\nOne.\n\n1. Two_three.\n\nWorth a look?\n\nSam\nSetpiece\n\nP.S. x"
    )
    assert rendered.sections["closing"] == ""
    assert set(rendered.sections) == {"greeting", "opening", "body", "closing", "cta", "ps", "signature"}


def test_html_is_escaped_and_in_paragraphs():
    sections = render(EMAIL, "html").sections
    assert sections["opening"] == "<p>A &lt;b&gt; &amp; *c* [d].</p>"
    assert sections["signature"] == "<p>Sam<br>Setpiece</p>"


def test_markdown_marks_show_literally():
    sections = render(EMAIL, "markdown").sections
    assert sections["opening"] == r"A \<b\> \& \*c\* \[d\]."
    assert sections["body"] == "One.\n\n1\\. Two\\_three."


@pytest.mark.parametrize("email", write(example_brief()).emails, ids=["first", "second", "third"])
def test_the_three_formats_carry_the_same_words(email):
    text = render(email, "text").email.split()
    from_html = html.unescape(re.sub(r"<[^>]+>", " ", render(email, "html").email)).split()
    from_markdown = re.sub(r"\\(.)", r"\1", render(email, "markdown").email).split()
    assert text == from_html == from_markdown


PLACEHOLDERS = Recipient("{{firstName}}", None, "{{jobTitle}}", "{{companyName}}")


@pytest.mark.parametrize("output_format", ["text", "html", "markdown"])
def test_placeholders_pass_through_the_writer_and_every_format(output_format):
    emails = write(example_brief(recipient=PLACEHOLDERS)).emails
    text = "\n".join(render(email, output_format).email for email in emails)
    assert "Hi {{firstName}}," in text
    assert "{{jobTitle}}" in text or "{{companyName}}" in text


@pytest.mark.parametrize("seed", [str(number) for number in range(12)])
def test_a_filled_template_has_no_bracket_left_whatever_is_missing(seed):
    emails = write(example_brief(recipient=PLACEHOLDERS, seed=seed)).emails
    template = "\n\n".join(render(email).email for email in emails)
    for values in ({}, {"firstName": "Ana"}, {"jobTitle": "CFO", "companyName": None}):
        filled = fill(template, values)
        assert not re.search(r"[{}\[\]]", filled)
        assert not re.search(r"  | ,|\n\n\n| \.", filled)


@pytest.mark.parametrize(
    ("template", "values", "expected"),
    [
        ("Hi {{firstName}},", {"firstName": "ana"}, "Hi Ana,"),
        ("Hi {{firstName}},", {}, "Hi,"),
        ("As {{jobTitle}}, you may see it.", {}, "You may see it."),
        ("You may see it at {{companyName}}.", {"companyName": ""}, "You may see it."),
        ("{{companyName}} may want it.", {}, "Your company may want it."),
        ("What I know about {{companyName}}: x.", {}, "What I know: x."),
        ("One. Ask {{owner}} about it. Two.", {}, "One. Two."),
        ("Hi {{firstName}},", {"firstName": "{{evil}}"}, "Hi,"),
    ],
)
def test_a_missing_value_takes_its_phrase_along(template, values, expected):
    assert fill(template, values) == expected
