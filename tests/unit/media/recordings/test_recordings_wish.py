"""What a client may say of a recording before it is heard."""

from typing import Any

import pytest

from setpiece.kernel.errors import Invalid
from setpiece.media.recordings.model import Wish
from setpiece.media.recordings.processing import wish_of
from setpiece.providers.speech.languages import LANGUAGES


@pytest.mark.parametrize(
    ("speakers", "language", "wish"),
    [
        (None, None, Wish()),
        ("", "", Wish()),
        ("2", "EN", Wish(2, "en")),
        (20, " pt ", Wish(20, "pt")),
    ],
)
def test_a_wish_comes_as_text_or_as_numbers(speakers: Any, language: Any, wish: Wish):
    assert wish_of(speakers, language) == wish


@pytest.mark.parametrize("speakers", ["0", "21", "-1", "2.5", "two", "²", True, 0, "9" * 5000])
def test_a_number_of_speakers_that_cannot_be_is_refused(speakers: Any):
    with pytest.raises(Invalid, match="1 to 20") as refused:
        wish_of(speakers, None)
    assert refused.value.code == "speaker_count"


@pytest.mark.parametrize("language", ["klingon", "e", "english", "und"])
def test_a_language_nobody_knows_is_refused(language: str):
    with pytest.raises(Invalid, match="language") as refused:
        wish_of(None, language)
    assert refused.value.code == "unknown_language"


def test_the_languages_are_those_of_the_recogniser():
    tokenizer = pytest.importorskip("faster_whisper.tokenizer")
    assert set(tokenizer._LANGUAGE_CODES) == LANGUAGES
