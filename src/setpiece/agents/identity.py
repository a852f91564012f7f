"""Who a run is about, from whatever was sent. Pure."""

import re
from dataclasses import dataclass

from setpiece.agents.run_schemas import RunFields

_EMAIL = re.compile(r"^[^@\s]+@([^@\s]+\.[^@\s.]+)$")
_DOMAIN = re.compile(r"^(?:https?://)?(?:www\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?:[/:?#].*)?$", re.IGNORECASE)

MAIL_PROVIDERS = frozenset(
    [
        "gmail.com",
        "googlemail.com",
        "outlook.com",
        "hotmail.com",
        "live.com",
        "msn.com",
        "yahoo.com",
        "ymail.com",
        "icloud.com",
        "me.com",
        "mac.com",
        "aol.com",
        "proton.me",
        "protonmail.com",
        "gmx.de",
        "gmx.net",
        "gmx.com",
        "web.de",
        "t-online.de",
        "mail.com",
        "mail.ru",
        "yandex.ru",
        "yandex.com",
        "zoho.com",
        "fastmail.com",
        "hey.com",
        "qq.com",
        "163.com",
        "126.com",
        "orange.fr",
        "free.fr",
        "laposte.net",
        "libero.it",
        "uol.com.br",
        "bol.com.br",
        "terra.com.br",
        "yahoo.co.uk",
        "btinternet.com",
        "comcast.net",
        "verizon.net",
        "att.net",
    ]
)
"""Hosts that say nothing about where somebody works."""

IDENTIFYING = (
    "email", "firstName", "lastName", "jobTitle", "companyDomain", "companyName", "linkedInProfile",
    "crmContactId", "crmLeadId", "crmAccountId",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Identity:
    """What is known of the person. Nothing is guessed: a name is not read out of an address."""

    email: str | None
    first_name: str | None
    last_name: str | None
    job_title: str | None
    company_domain: str | None
    company_name: str | None
    subject: str
    """The one string that stands for this person, for seeds and assignments."""

    @property
    def missing(self) -> list[str]:
        """What would make the choice or the emails better, in words."""
        wanted = {
            "job title": self.job_title,
            "first name": self.first_name,
            "company name": self.company_name or self.company_domain,
        }
        return [word for word, value in wanted.items() if not value]


def identify(request: RunFields) -> Identity | None:
    """The person or company; None when nothing that was sent says who it is."""
    given = {name: " ".join((getattr(request, name, None) or "").split()) for name in IDENTIFYING}
    if not any(given.values()):
        return None
    email, domain = given["email"], _domain(given["companyDomain"])
    match = _EMAIL.match(email)
    if not match:
        domain, email = domain or _domain(email), ""
    elif match[1].lower() not in MAIL_PROVIDERS:
        domain = domain or match[1].lower()
    subject = next(
        (
            given[name].lower()
            for name in ("email", "linkedInProfile", "crmContactId", "crmLeadId")
            if given[name]
        ),
        "|".join(given[name].lower() for name in IDENTIFYING),
    )
    return Identity(
        email or None,
        given["firstName"] or None,
        given["lastName"] or None,
        given["jobTitle"] or None,
        domain,
        given["companyName"] or None,
        subject,
    )


def _domain(text: str) -> str | None:
    match = _DOMAIN.match(text)
    return match[1].lower() if match else None
