"""Mails that no person wrote: automatic answers, delivery reports, complaints that a mailbox provider passes on.

Headers are asked first, because they say it; only then the subject and the text.
"""

import re
from collections.abc import Sequence

from setpiece.programs.replies.languages.language import Language, Pattern
from setpiece.programs.replies.languages.reading import folded, read_languages
from setpiece.programs.replies.model import Mail, Reply, ReplyKind
from setpiece.programs.suppressions.model import SuppressionReason

_SERVERS = re.compile(
    r"(mailer-daemon|postmaster|mail delivery (system|subsystem)|mail\.?daemon)", re.IGNORECASE
)
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_OLD_STATUS = re.compile(r"(?<![\d.])([45])\d\d(?![\d.])(?=[ -])")
_UNKNOWN_ADDRESS = (
    "5.1.0",
    "5.1.1",
    "5.1.2",
    "5.1.3",
    "5.1.6",
    "5.1.10",
)  # RFC 3463, 3.2; 5.1.10 is RFC 7505
_LONGEST_SUBJECT = 300
_LONGEST_REPORT = 5_000  # what a server says stands above the mail that it returns
_AUTOMATIC_PRECEDENCE = frozenset({"auto_reply", "auto-reply", "bulk", "junk", "list"})
_AUTOMATIC_HEADERS = ("x-autoreply", "x-autorespond", "x-auto-reply", "x-autoresponse", "x-mail-autoreply")
_REPLY_PREFIX = re.compile(r"^\s*((re|aw|sv|antw|rv|tr|res|fwd?|wg|enc)\s*(\[\d+\])?\s*:\s*)+", re.IGNORECASE)


def from_server(mail: Mail) -> Reply | None:
    """A delivery report or a complaint, or None when it is neither."""
    report = _report_type(mail)
    if report == "feedback-report":
        return Reply(ReplyKind.COMPLAINED, "a feedback report (RFC 5965)", SuppressionReason.COMPLAINED)
    subject = folded(mail.subject[:_LONGEST_SUBJECT])
    languages = read_languages()
    says_so = report == "delivery-status" or bool(mail.statuses)
    if not says_so and not (_SERVERS.search(mail.sender) and _any(languages, "undelivered", subject, mail)):
        return _without_sender(mail, subject, languages)
    return _delivery(mail, subject, languages)


def _without_sender(mail: Mail, subject: str, languages: Sequence[Language]) -> Reply | None:
    """A webhook may give no sender; then subject and text both have to be those of a server."""
    is_report = any(one.undelivered.match(subject) for one in languages) and bool(_codes(mail))
    return _delivery(mail, subject, languages) if is_report and not mail.sender else None


def _any(languages: Sequence[Language], name: str, subject: str, mail: Mail) -> bool:
    plain = folded(mail.text[:_LONGEST_REPORT])
    patterns: list[Pattern] = [getattr(one, name) for one in languages]
    return any(pattern.search(subject) or pattern.search(plain) for pattern in patterns) or bool(_codes(mail))


def delivery(mail: Mail) -> Reply:
    """What a mail that is known to be a delivery report says: delayed, or bounced, and whether the address is dead."""
    return _delivery(mail, folded(mail.subject[:_LONGEST_SUBJECT]), read_languages())


def _delivery(mail: Mail, subject: str, languages: Sequence[Language]) -> Reply:
    codes = _codes(mail)
    text = folded(mail.text[:_LONGEST_REPORT])
    is_lasting = any(code.startswith("5") for code in codes)
    is_passing = any(one.delayed.search(subject) or one.delayed.search(text) for one in languages)
    if not is_lasting and (is_passing or any(code.startswith("4") for code in codes)):
        return Reply(ReplyKind.DELAYED, _told(codes, "a report of a delay"))
    is_unknown = any(code in _UNKNOWN_ADDRESS for code in codes) or any(
        one.unknown_address.search(text) for one in languages
    )
    reason = SuppressionReason.BOUNCED if is_unknown else None
    return Reply(ReplyKind.BOUNCED, _told(codes, "a report of failed delivery"), reason)


def _codes(mail: Mail) -> list[str]:
    """The status codes of the report itself, or those that its text names."""
    text = mail.text[:_LONGEST_REPORT]
    return list(mail.statuses) or _STATUS.findall(text) or _OLD_STATUS.findall(text)


def _told(codes: Sequence[str], otherwise: str) -> str:
    return f"status {codes[0]}" if codes and "." in codes[0] else otherwise


def _report_type(mail: Mail) -> str:
    content_type = mail.headers.get("content-type", "").lower()
    found = re.search(r'report-type\s*=\s*"?([\w-]+)', content_type[:1000])
    return found[1] if found and content_type.startswith("multipart/report") else ""


def automatic(mail: Mail) -> Reply | None:
    """An automatic answer by its headers (RFC 3834) or its subject, or None."""
    headers = mail.headers
    submitted = headers.get("auto-submitted", "").strip().lower()
    if submitted and not submitted.startswith("no"):
        return Reply(ReplyKind.AUTO_REPLY, f"header Auto-Submitted: {submitted[:40]}")
    if headers.get("precedence", "").strip().lower() in _AUTOMATIC_PRECEDENCE:
        return Reply(ReplyKind.AUTO_REPLY, f"header Precedence: {headers['precedence'][:40]}")
    if name := next((name for name in _AUTOMATIC_HEADERS if name in headers), None):
        return Reply(ReplyKind.AUTO_REPLY, f"header {name}")
    if submitted.startswith("no"):
        return None
    # An answer keeps the subject that it answers: what stands after "Re:" is not its own.
    subject = mail.subject[:_LONGEST_SUBJECT]
    own = "" if _REPLY_PREFIX.match(subject) else folded(subject)
    if own and any(one.away_subject.match(own) for one in read_languages()):
        return Reply(ReplyKind.AUTO_REPLY, "its subject")
    return None
