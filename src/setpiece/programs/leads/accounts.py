"""Which account somebody belongs to: the unit that evidence counts and that no two active programs work at once. Pure.

Source: playbooks-v1, section 3.2 ("Unit = account by default").
"""

import hashlib
from functools import cache
from typing import TYPE_CHECKING

from setpiece.agents.identity import MAIL_PROVIDERS

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList


def account_key(*, email: str | None, domain: str | None, account_id: str | None, person: str) -> str:
    """The account of a person, as `acme.example`, the id of a company or, with nobody else in it, `person:…`.

    A person's own account is a digest: the account stays in counts after the person is forgotten.

    The domain comes first: two lists know the same company under two ids, and under one domain. That of the address comes before
    the company's: an answer shows only the address, and has to count for the same account.

    Args:
        email: The address, in lower case.
        domain: The company's host.
        account_id: The id that the list gives the company.
        person: The key of the person.
    """
    for host in ((email or "").rpartition("@")[2], domain or ""):
        if found := company_domain(host):
            return found
    return account_id or f"person:{hashlib.sha256(person.encode()).hexdigest()[:32]}"


def company_domain(host: str) -> str | None:
    """The registrable domain of a host, `acme.co.uk` of `mail.acme.co.uk`; None for a mail provider's, and for what is no host."""
    registrable = _suffixes().privatesuffix(host.lower().rstrip("."))
    return None if registrable in MAIL_PROVIDERS else registrable


@cache
def _suffixes() -> "PublicSuffixList":
    """The Public Suffix List as the package ships it: no network. It takes 60 ms to read, so only who needs it does."""
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList()
