"""The line that ends a mail: in its language, and never taken for an answer."""

import pytest

from setpiece.programs.replies.classify import classify
from setpiece.programs.replies.model import Mail, ReplyKind
from setpiece.programs.replies.opt_out import WORDS, language_of, opt_out_line

BODIES = {
    "en": "Hi Dana, you are hiring three people. Is this a problem at your company too?",
    "es": "Hola Dana, está contratando a tres personas. ¿Es un problema para su empresa también?",
    "pt": "Olá Dana, você está contratando três pessoas. Isso é um problema na sua empresa também?",
    "de": "Hallo Dana, Sie stellen gerade drei Leute ein. Ist das auch bei Ihnen ein Problem?",
    "fr": "Bonjour Dana, vous recrutez trois personnes. Est-ce un problème pour votre entreprise aussi ?",
}


@pytest.mark.parametrize("code", BODIES)
def test_the_line_is_in_the_language_of_the_mail_and_what_it_asks_for_is_understood(code: str):
    assert language_of(BODIES[code]) == code
    assert opt_out_line(BODIES[code], "https://go.example.com/u").endswith(": https://go.example.com/u")
    assert WORDS[code] in opt_out_line(BODIES[code], None)
    for answer in (WORDS[code], f"{WORDS[code].capitalize()}.\n\nRobin"):
        assert classify(Mail(text=answer)).kind is ReplyKind.ASKED_TO_STOP


@pytest.mark.parametrize("code", BODIES)
def test_the_line_quoted_without_a_mark_is_nobodys_wish(code: str):
    quoted = f"Sounds good, does Tuesday suit you?\n\n{BODIES[code]}\n\n{opt_out_line(BODIES[code], None)}"
    assert classify(Mail(text=quoted)).kind is not ReplyKind.ASKED_TO_STOP


def test_a_text_of_no_language_gets_the_english_line():
    assert language_of("") == language_of("Xyzzy 17") == "en"
