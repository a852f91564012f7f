"""The benchmark's error rates, against cases worked out by hand."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

BENCH = Path(__file__).resolve().parents[2] / "bench"


def load(name: str) -> ModuleType:
    """Loaded by its path: the benchmarks are not installed."""
    spec = importlib.util.spec_from_file_location(f"bench_{name}", BENCH / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


metrics = load("speech_metrics")
diarization_errors, edit_distance = metrics.diarization_errors, metrics.edit_distance
speaker_word_error_ratio, word_error_ratio = metrics.speaker_word_error_ratio, metrics.word_error_ratio
read_rttm = metrics.read_rttm
normalised = load("speech_text").normalised


@pytest.mark.parametrize(
    ("reference", "heard", "errors"),
    [
        ("a b c", "a b c", 0),
        ("a b c", "a x c", 1),
        ("a b c", "a c", 1),
        ("a", "a b c", 2),
        ("", "a", 1),
        ("a b", "b a", 2),
    ],
    ids=["same", "substitution", "deletion", "insertions", "from nothing", "swapped"],
)
def test_edits_are_counted(reference: str, heard: str, errors: int):
    assert edit_distance(reference.split(), heard.split()) == errors


def test_the_word_error_rate_is_by_the_length_of_the_truth():
    assert word_error_ratio(["a", "b", "c", "d"], ["a", "b", "x"]) == 0.5


def test_speakers_are_matched_before_their_words_are_compared():
    truth = {"A": ["a", "b"], "B": ["c", "d"]}
    assert speaker_word_error_ratio(truth, {"1": ["c", "d"], "2": ["a", "b"]}) == 0


def test_words_under_the_wrong_speaker_count_twice():
    truth = {"A": ["a", "b"], "B": ["c", "d"]}
    # b is missing from A's line and too much in B's.
    assert speaker_word_error_ratio(truth, {"1": ["a"], "2": ["b", "c", "d"]}) == 0.5


def test_a_speaker_too_many_is_all_insertions():
    assert speaker_word_error_ratio({"A": ["a", "b"]}, {"1": ["a", "b"], "2": ["c"]}) == 0.5


@pytest.mark.parametrize(
    ("heard", "missed", "false_alarm", "confused"),
    [
        ([(0, 10, "x"), (10, 20, "y")], 0, 0, 0),
        ([(0, 20, "x")], 0, 0, 10),
        ([(0, 10, "x")], 10, 0, 0),
        ([(0, 10, "x"), (10, 22, "y")], 0, 2, 0),
        ([(0, 12, "x"), (12, 20, "y")], 0, 0, 2),
        ([], 20, 0, 0),
    ],
    ids=["right", "merged", "missed", "too long", "border late", "nothing"],
)
def test_speaker_errors_add_up(heard: list, missed: float, false_alarm: float, confused: float):
    errors = diarization_errors([(0, 10, "A"), (10, 20, "B")], heard, 0)
    assert errors.reference_s == 20
    assert (errors.missed_s, errors.false_alarm_s, errors.confused_s) == (missed, false_alarm, confused)


def test_overlap_counts_for_both():
    errors = diarization_errors([(0, 10, "A"), (5, 10, "B")], [(0, 10, "x")], 0)
    assert (errors.reference_s, errors.missed_s, errors.confused_s) == (15, 5, 0)
    assert errors.ratio == pytest.approx(1 / 3)


def test_the_collar_forgives_a_border_that_is_a_little_off():
    truth, heard = [(0, 10, "A"), (10, 20, "B")], [(0, 10.2, "x"), (10.2, 20, "y")]
    assert diarization_errors(truth, heard, 0.25).ratio == 0
    assert diarization_errors(truth, heard, 0).confused_s == pytest.approx(0.2)


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        ("three hundred thousand dollars", "$300,000"),
        ("forty two reps", "42 reps"),
        ("thirty five percent", "35%"),
        ("Okay, that's it.", "OK that is it"),
        ("ninety days", "90 days!"),
    ],
    ids=["money", "number", "percent", "contraction", "days"],
)
def test_spoken_and_written_forms_are_the_same_words(spoken: str, written: str):
    assert normalised(spoken) == normalised(written)


def test_different_words_stay_different():
    assert normalised("forty two") != normalised("forty three")


def test_an_rttm_file_is_read_by_recording(tmp_path):
    path = tmp_path / "truth.rttm"
    path.write_text("SPEAKER a 1 1.5 2.0 <NA> <NA> X <NA> <NA>\nSPEAKER b 1 0 1 <NA> <NA> Y <NA> <NA>\n")
    assert read_rttm(path, "a") == [(1.5, 3.5, "X")]
    assert len(read_rttm(path)) == 2
