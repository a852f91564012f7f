"""Which words of a request, and which statements of a page, mean which field of a company's record. Pure."""

from collections.abc import Mapping

from setpiece.agents.enrich_company.profile import Profile
from setpiece.agents.identity import Identity
from setpiece.agents.provenance import PAGE
from setpiece.agents.sequence.writer.model import Fact, Source
from setpiece.agents.told import plain_name, told_values
from setpiece.providers.web.page import WebPage

_TOLD: Mapping[str, tuple[str, ...]] = {
    "name": ("company name", "legal name"),
    "description": ("description", "company description", "about", "about company"),
    "website": ("website", "website url", "company website"),
    "founded": ("founded", "founding year", "year founded", "founding date"),
    "region": ("region", "state", "province"),
    "locality": ("locality", "city", "headquarters"),
    "postalCode": ("postal code", "zip", "zip code"),
    "countryCode": ("country code", "country"),
    "streetAddress": ("street address", "street"),
    "employeeCount": (
        "employee count",
        "employees",
        "headcount",
        "head count",
        "company size",
        "number of employees",
    ),
    "followerCount": ("follower count", "followers"),
    "type": ("company type", "business type"),
    "slug": (
        "linked in",
        "linkedin",
        "linkedin url",
        "company linked in",
        "company linkedin",
        "linked in url",
    ),
    "logoUrl": ("logo url", "logo"),
    "industry": ("industry", "sector"),
    "specialties": ("specialties", "specialities", "specializations"),
}
_STATED: tuple[tuple[str, str], ...] = (
    ("name", "name"),
    ("name", "legalName"),
    ("name", "siteName"),
    ("description", "description"),
    ("description", "metaDescription"),
    ("founded", "foundingDate"),
    ("region", "addressRegion"),
    ("locality", "addressLocality"),
    ("postalCode", "postalCode"),
    ("countryCode", "addressCountry"),
    ("streetAddress", "streetAddress"),
    ("employeeCount", "numberOfEmployees"),
    ("logoUrl", "logo"),
    ("industry", "industry"),
)


def learn_from_request(profile: Profile, identity: Identity, told: tuple[Fact, ...]) -> None:
    """The request's own fields, then what its context says under names that mean a field of the record."""
    for name, sent, value in (
        ("name", "companyName", identity.company_name),
        ("domain", "companyDomain", identity.company_domain),
    ):
        if value:
            profile.learn(name, Fact(value, Source("", "request", "Request", sent)))
    values = told_values(told)
    for name, words in _TOLD.items():
        for word in words:
            if word in values:
                profile.learn(name, values[word])
    profile.learn("specialties", *(fact for fact in told if _is_of_list(fact, "specialties")))


def learn_from_page(profile: Profile, page: WebPage) -> None:
    """What the page states of its organisation; its address is the website, its LinkedIn link the slug."""
    for name, stated in _STATED:
        if texts := page.about.get(stated):
            profile.learn(name, _fact(page, stated, texts[0]))
    for link in page.about.get("sameAs", ()):
        profile.learn("slug", _fact(page, "sameAs", link))
    profile.learn(
        "specialties", *(_fact(page, "knowsAbout", text) for text in page.about.get("knowsAbout", ()))
    )
    profile.learn("website", _fact(page, "url", page.final_url))


def _fact(page: WebPage, stated: str, text: str) -> Fact:
    return Fact(text, Source("", PAGE, page.final_url, stated))


def _is_of_list(fact: Fact, name: str) -> bool:
    *_, above, last = ("", *fact.source.field.split("."))
    return last.isdecimal() and plain_name(above) == name
