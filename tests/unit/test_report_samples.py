"""docs/sample-reports.md is what the writer writes today, over calls of several kinds and languages."""

from scripts.report_samples import PAGE, SAMPLES, call_of, samples


def test_the_page_is_what_the_command_prints():
    assert PAGE.read_text(encoding="utf-8") == samples(), "run: python -m scripts.report_samples"


def test_the_page_shows_several_calls_both_templates_and_three_languages():
    assert len({sample.path for sample in SAMPLES}) >= 7
    assert {sample.template for sample in SAMPLES} == {"sales_playbook", "general_report"}
    assert {sample.language for sample in SAMPLES} == {"en", "es", "pt"}
    assert {call_of(sample.path).language for sample in SAMPLES} == {"en", "es", "pt"}
