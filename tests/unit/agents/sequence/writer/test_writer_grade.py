"""Reading grades of Spanish and Portuguese: syllables counted by hand, and the bounds of the published tables."""

from dataclasses import replace

import pytest
from writer_example import R, facts
from writer_libraries import LIBRARIES

from setpiece.agents.sequence.writer import Brief, Craft, Recipient, Sender, Style, render, write
from setpiece.agents.sequence.writer.grade_romance import (
    portuguese_grade,
    spanish_grade,
    syllables_in_portuguese,
    syllables_in_spanish,
)


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("día", 2), ("país", 2), ("ciudad", 2), ("cuenta", 2), ("lee", 2), ("conciliación", 4), ("aéreo", 4), ("guerra", 2),
        ("pingüino", 3), ("facturas", 3), ("y", 1), ("vaya", 2), ("cuyo", 2), ("hay", 1), ("aún", 2), ("proveedor", 4),
    ],
)  # fmt: skip
def test_syllables_of_a_spanish_word(word: str, syllables: int):
    assert syllables_in_spanish(word) == syllables


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("não", 1), ("avião", 3), ("saúde", 3), ("aparelho", 4), ("ações", 2), ("água", 2), ("quando", 2), ("ideia", 3), ("rua", 2),
        ("dia", 2), ("história", 3), ("economia", 5), ("próprio", 2), ("mais", 1), ("caminhão", 3), ("veículo", 4), ("guia", 2),
    ],
)  # fmt: skip
def test_syllables_of_a_portuguese_word(word: str, syllables: int):
    assert syllables_in_portuguese(word) == syllables


def words(syllables: str, count: int) -> str:
    """A sentence of that many words."""
    return " ".join([syllables] * count) + "."


def test_grades_are_those_of_the_published_tables():
    # 206.84 - 60 x 2 - 1.02 x 10 = 76.6: "algo fácil", grade 6; 248.835 - 84.6 x 2 - 1.015 x 10 = 69.5: grades 5 to 8.
    assert round(spanish_grade(words("casa", 10))) == 6
    assert 4.5 < portuguese_grade(words("casa", 10)) < 8.5
    # Three syllables a word: 16.6 is "muy difícil"; -15.1 is beyond the hardest band of the other.
    assert spanish_grade(words("factura", 10)) > 16
    assert portuguese_grade(words("fatura", 10)) > 16
    assert spanish_grade("") == portuguese_grade("") == 0.0
    assert spanish_grade(words("sol", 4)) < 1


def test_emails_in_both_languages_keep_to_the_grade_or_say_so():
    for brief in LIBRARIES[17:]:
        for grade in (6.0, 4.0, 2.0):
            draft = write(replace(brief, style=replace(brief.style, craft=Craft(grade=(1.0, grade)))))
            measure = spanish_grade if draft.language == "es" else portuguese_grade
            for number, email in enumerate(draft.emails, start=1):
                sections = render(email).sections
                text = " ".join(sections[name] for name in ("opening", "body", "closing", "cta"))
                told = any(f"email {number} at grade" in note for note in draft.notes)
                assert (round(measure(text.replace("\n", " "))) > grade) is told


def test_a_spanish_fact_that_reads_hard_comes_after_one_that_reads_easily():
    hard = "Automatiza íntegramente la reconciliación extracontable interdepartamental de comprobantes"
    easy = "Casa cada cobro con su factura en un día"
    brief = Brief(
        Recipient("Ana"),
        Sender(),
        "Cuadra",
        {
            R.PAIN: facts("p", "persona", "x", "painPoints", "Los cobros llegan sin número de factura"),
            R.CAPABILITY: facts("o", "product", "x", "capabilities", hard, easy),
        },
        style=Style(num_emails=1),
    )
    text = render(write(brief).emails[0]).email
    assert "factura en un día" in text
    assert "interdepartamental" not in text
