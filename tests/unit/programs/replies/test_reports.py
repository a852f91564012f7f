"""What a report of another tool means, and whom it is about."""

import pytest

from setpiece.kernel.clock import now
from setpiece.programs.outcomes.model import OutcomeKind
from setpiece.programs.replies.model import Mail
from setpiece.programs.replies.reports import Family, Report, meaning_of
from setpiece.programs.suppressions.model import SuppressionReason

US, READER = "team@vendor.example", "robin@acme.example"


def report(family: Family, what: str, **more: object) -> Report:
    return Report(family, what, now(), "one", **more)  # type: ignore[arg-type]  # the fields of a report, by name


def test_who_unsubscribes_is_suppressed_whichever_mail_the_tool_names():
    for senders, recipients in (([US], [READER]), ([READER], [US]), ([READER], []), ([], [READER])):
        meaning = meaning_of(report(Family.EMAILS, "unsubscribed", senders=senders, recipients=recipients))
        assert READER in meaning.people
        assert meaning.suppresses is SuppressionReason.UNSUBSCRIBED


def test_a_bounce_is_about_whom_the_delivery_report_names():
    mail = Mail("550 5.1.1 unknown", statuses=("5.1.1",), about=READER)
    meaning = meaning_of(report(Family.EMAILS, "bounced", recipients=[US], mail=mail))
    assert (list(meaning.people), meaning.suppresses) == ([READER], SuppressionReason.BOUNCED)


@pytest.mark.parametrize(
    ("family", "what", "stage", "kind"),
    [
        (Family.CALLS, "completed", "Not interested", OutcomeKind.NEGATIVE_REPLY),
        (Family.CALLS, "completed", "do-not-call", OutcomeKind.UNSUBSCRIBED),
        (Family.CALLS, "voicemail", "", OutcomeKind.TOUCHED),
        (Family.CALLS, "transcribed", "", None),
        (Family.CRM, "deal_stage_change", "Closed-Won", OutcomeKind.DEAL_WON),
        (Family.CRM, "deal_stage_change", "Negotiation", None),
        (Family.CRM, "deal_created", "", None),
        (Family.CRM, "meeting_booked", "", OutcomeKind.MEETING_BOOKED),
        (Family.SOCIAL, "like", "", None),
        (Family.EMAILS, "clicked", "", None),
    ],
)
def test_what_is_counted(family: Family, what: str, stage: str, kind: OutcomeKind | None):
    meaning = meaning_of(report(family, what, recipients=[READER], stage=stage))
    assert meaning.kind is kind
    assert meaning.because
