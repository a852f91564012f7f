"""What a page states of the organisation behind it, for machines: JSON-LD (schema.org) and meta tags.

It runs in the process that parses the page (`isolation` says why), and gives plain texts only: each under the name that
schema.org gives it, bounded in number and length. Of several organisations the first counts.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from selectolax.lexbor import LexborHTMLParser

About = Mapping[str, tuple[str, ...]]

NAMES = (
    "name",
    "legalName",
    "description",
    "url",
    "logo",
    "foundingDate",
    "numberOfEmployees",
    "industry",
    "knowsAbout",
    "sameAs",
)
ADDRESS_NAMES = ("streetAddress", "addressLocality", "addressRegion", "postalCode", "addressCountry")
_KINDS = ("Organization", "Corporation", "Business", "Company", "NGO", "Store")
"""Ends of the schema.org types that are organisations: LocalBusiness, EducationalOrganization, OnlineStore, …"""
_META = {
    'meta[property="og:site_name"]': "siteName",
    'meta[name="description"]': "metaDescription",
    'meta[property="og:description"]': "metaDescription",
}
_MOST_SCRIPTS, _MOST_CHARACTERS, _MOST_NODES = 10, 200_000, 200
_MOST_VALUES, _LONGEST_VALUE = 20, 500


def describe_organization(tree: LexborHTMLParser) -> dict[str, list[str]]:
    """Texts by name; a name that the page does not state is not there."""
    found: dict[str, list[str]] = {}
    organization = next(_organizations(tree), {})
    for name in NAMES:
        _keep(found, name, organization.get(name))
    address = organization.get("address")
    address = address[0] if isinstance(address, list) and address else address
    for name in ADDRESS_NAMES:
        _keep(found, name, address.get(name) if isinstance(address, dict) else None)
    for selector, name in _META.items():
        node = tree.css_first(selector)
        if node is not None and name not in found:
            _keep(found, name, node.attributes.get("content"))
    return found


def _organizations(tree: LexborHTMLParser) -> Iterator[dict[str, Any]]:
    for script in tree.css('script[type="application/ld+json"]')[:_MOST_SCRIPTS]:
        text = script.text() or ""
        if len(text) > _MOST_CHARACTERS:
            continue
        try:
            stated = json.loads(text)
        except (ValueError, RecursionError):
            continue
        yield from (node for node in _nodes(stated) if _is_organization(node))


def _nodes(stated: Any) -> list[dict[str, Any]]:
    """The objects at the top, in a list at the top, and in `@graph`."""
    several = stated if isinstance(stated, list) else [stated]
    nodes = [one for one in several[:_MOST_NODES] if isinstance(one, dict)]
    graphs = [one["@graph"] for one in nodes if isinstance(one.get("@graph"), list)]
    return nodes + [one for graph in graphs for one in graph[:_MOST_NODES] if isinstance(one, dict)]


def _is_organization(node: dict[str, Any]) -> bool:
    kinds = node.get("@type")
    several = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and kind.endswith(_KINDS) for kind in several)


def _keep(found: dict[str, list[str]], name: str, value: Any) -> None:
    texts = list(_texts(value))[:_MOST_VALUES]
    if texts:
        found[name] = texts


def _texts(value: Any) -> Iterator[str]:
    """A text or number, or what an object says under `url`, `value` or `name`, one for each of a list."""
    if isinstance(value, list):
        for one in value[:_MOST_VALUES]:
            yield from _texts(one) if not isinstance(one, list) else ()
    elif isinstance(value, dict):
        inner = next(
            (value[key] for key in ("url", "value", "name") if isinstance(value.get(key), str | int)), None
        )
        yield from _texts(inner)
    elif isinstance(value, str | int) and not isinstance(value, bool):
        text = " ".join(str(value).split())
        if 0 < len(text) <= _LONGEST_VALUE:
            yield text
