import pytest

from setpiece.kernel.errors import Invalid
from setpiece.reports.psychometrics.scores import score
from setpiece.reports.targets.evaluation.transcripts import call_of

LONG = "We looked at the numbers of the whole region with everybody and wrote them down again. " * 6


def scores(*said: tuple[int, str], language: str = "en", speaker: int = 0):
    return {one.name: one for one in score(call_of(language, list(said)), speaker)}


def test_below_half_a_minute_nothing_is_said():
    with pytest.raises(Invalid, match=r"has \d+ s of speech, and 30 s are needed") as refused:
        scores((0, "Hello there."), (1, LONG))
    assert refused.value.code == "too_little_speech"


def test_a_speaker_who_is_not_there_is_said_to_have_no_speech():
    with pytest.raises(Invalid, match="has 0 s of speech"):
        scores((0, LONG), speaker=3)


def test_more_questions_make_more_inquisitive():
    few, many = scores((0, LONG), (1, "Ok.")), scores((0, LONG + "Why? How? When?"), (1, "Ok."))
    assert many["inquisitiveness"].value > few["inquisitiveness"].value == 0


@pytest.mark.parametrize(
    ("language", "agreeing", "disagreeing"),
    [
        ("en", "Yes, thank you. I agree. Perfect.", "I disagree. I am not convinced. That is wrong."),
        ("es", "Sí, gracias. Claro. Perfecto.", "No estoy de acuerdo. No me convence. Lo dudo."),
        ("pt", "Sim, obrigada. Concordo. Perfeito.", "Não concordo. Não acho. Duvido."),
    ],
)
def test_agreeing_and_disagreeing_are_told_apart_in_three_languages(language, agreeing, disagreeing):
    yes = scores((0, LONG + agreeing), language=language)["agreeableness"].value
    no = scores((0, LONG + disagreeing), language=language)["agreeableness"].value
    assert no < 0.5 < yes


def test_what_is_counted_stands_in_the_inputs():
    found = scores((0, LONG + "I will send it on Monday."))["conscientiousness"]
    inputs = {one.name: one.value for one in found.inputs}
    assert inputs == {"committing": 1, "dated": 1, "sentences": 7}
    assert found.value == pytest.approx(2 / 7 / 0.5, abs=1e-3)


def test_in_other_languages_only_turns_are_counted():
    found = scores((0, LONG), language="de")
    assert "talkativeness" in found
    assert "agreeableness" not in found


def test_every_value_is_within_its_bounds():
    for one in scores((0, LONG + "Why? " * 40), (1, "Well.")).values():
        assert 0.0 <= one.value <= 1.0
        assert one.formula
        assert one.inputs
