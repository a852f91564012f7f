"""Which company a host belongs to."""

from setpiece.agents.identity import MAIL_PROVIDERS


def company_domain(host: str) -> str | None:
    """The host; None for a mail provider's."""
    return None if host in MAIL_PROVIDERS else host
