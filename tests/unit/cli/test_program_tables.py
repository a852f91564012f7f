"""What the commands about playbooks print: within eighty columns, the evidence as bars, nothing that a terminal would obey."""

from typing import Any

import pytest

from setpiece.cli.program_tables import (
    print_decision,
    print_history,
    print_outcomes,
    print_pivots,
    print_playbook,
    print_portfolio,
)

ID = "pb_0AbCdEfGhIjKlMnOpQrStU"
LONG = "Growth leads in their first ninety days answer when the mail names attribution " * 3
EVIDENCE = {
    "samples": 131, "successes": 2, "eValue": 9.1, "eNeeded": 10, "anytimeP": 0.11, "target": {"rate": 0.06},
    "lowerBound": 0.001, "upperBound": 0.058,
}  # fmt: skip
DECISION = {
    "playbookId": ID, "xEpoch": 2, "state": "no_evidence", "sentence": LONG, "evidence": EVIDENCE,
    "blocks": [{"code": "evidence", "text": "the evidence is not enough"}],
    "leadsStillNeeded": [{"ifShareOfTarget": 0, "more": 7}, {"ifShareOfTarget": 0.7, "more": None}],
    "pending": 12, "windowDays": 3, "outcomes": {"touched": 143, "positive_reply": 2, "bounced": 1},
}  # fmt: skip
PIVOT = {
    "id": "piv_0AbCdEfGhIjKlMnOpQrStU", "at": "2026-11-02T09:00:00.000Z", "by": "auto", "applied": True, "reason": LONG,
    "from": {"strategy": {"hypothesis": "old", "channels": ["email", "phone"]}}, "to": {"strategy": {"hypothesis": "new"}},
}  # fmt: skip


def points(count: int) -> list[dict[str, Any]]:
    return [{"eValue": 10 ** (place / max(count - 1, 1)), "samples": place} for place in range(count)]


def shown(capsys: pytest.CaptureFixture[str]) -> str:
    text = capsys.readouterr().out
    assert max(len(line) for line in text.splitlines()) <= 80
    return text


@pytest.mark.parametrize(("count", "bars"), [(1, 1), (7, 7), (60, 60), (1000, 60)])
def test_the_evidence_grows_from_nothing_to_full_whatever_the_number_of_points(
    count: int, bars: int, capsys: pytest.CaptureFixture[str]
):
    print_decision(DECISION, [{"epoch": 1, "points": points(3)}, {"epoch": 2, "points": points(count)}])
    row = next(line for line in shown(capsys).splitlines() if "full:" in line).split()[0]
    assert len(row) == bars
    assert list(row) == sorted(row)
    assert count == 1 or (row[0], row[-1]) == ("▁", "█")


def test_a_decision_says_what_is_in_the_way_and_what_is_needed(capsys: pytest.CaptureFixture[str]):
    print_decision(DECISION, [])
    text = shown(capsys)
    for said in ("no evidence", "evidence 9.1 of 10", "between 0.1% and 5.8%", "- the evidence is not enough",
                 "failing at 0% of the target: about 7 more", "failing at 70% of the target: more than can be said", "12 wait for their 3 days",
                 "143 touched, 2 positive reply, 1 others"):  # fmt: skip
        assert said in text
    print_decision(DECISION | {"evidence": None, "state": "not_evaluable"}, [])
    assert "full:" not in shown(capsys)


def test_a_portfolio_a_playbook_and_its_pivots_fit(capsys: pytest.CaptureFixture[str]):
    one = {
        "playbookId": ID,
        "name": LONG,
        "status": "active",
        "state": "pivot",
        "failing": True,
        "evidence": EVIDENCE,
    }
    print_portfolio({"playbooks": [one, one | {"evidence": None}], "alpha": 0.1, "failing": 1})
    assert "failing, pivot" in shown(capsys)
    spec = {"strategy": {"hypothesis": LONG, "channels": ["email"], "successMetric": "reply_rate"}}
    adaptation = {"enabled": False, "minSampleSize": 50, "pivotWindowDays": 3, "maxPivotsPerWeek": 2}
    playbook = {
        "id": ID, "name": "A\x1b[2Jname", "status": "draft", "mode": "outbound", "buddyId": "prospect", "xVersion": 1, "xEpoch": 1,
        "leadSource": {"kind": "manual", "sampleSize": 50}, "adaptation": adaptation, **spec,
    }  # fmt: skip
    print_playbook(playbook, [])
    assert "\x1b" not in shown(capsys)
    print_pivots([PIVOT])
    assert "+ strategy.hypothesis: new" in shown(capsys)
    epoch = {
        "epoch": 1, "openedAt": "2026-11-01T09:00:00.000Z", "closedAt": None, "why": "created", "spec": spec, "alpha": 0.1,
        "successes": 2, "samples": 131, "touched": 143, "anytimeP": 0.11, "points": points(200), "pivots": [PIVOT],
    }  # fmt: skip
    print_history([epoch])
    assert "2 of 131 succeeded, 143 touched, p 0.11" in shown(capsys)


def test_where_there_is_nothing_it_says_so(capsys: pytest.CaptureFixture[str]):
    print_portfolio({"playbooks": [], "alpha": 0.1, "failing": 0})
    print_pivots([])
    print_outcomes([])
    assert shown(capsys).count("\n") == 3
