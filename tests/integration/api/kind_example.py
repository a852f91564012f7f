"""Bodies for any kind of the catalog, made from its fields."""

from typing import Any

from setpiece.library.kind import Kind, Linking

QUESTION = {
    "question": "Do they sell to more than one role?",
    "rationale": "One role needs no playbooks",
    "fitType": "BAD",
    "weight": "INSTANT_DISQUALIFIER",
    "archivedAt": None,
}
COMMON = {
    "name": "Example name",
    "internalName": "Example internal name",
    "description": "An example description",
    "active": True,
    "qualifyingQuestions": [QUESTION],
}


def full_body(kind: Kind, offering: str) -> dict[str, Any]:
    """A create body with every field of the kind set; some kinds carry theirs under `data`."""
    body: dict[str, Any] = dict(COMMON)
    fields = {field.name: field.example for field in kind.data_fields}
    body |= {"data": fields} if kind.nests_data else fields
    if kind.has_url:
        body["primaryUrl"] = "https://www.example.com/page"
    if kind.linking is not Linking.NONE:
        body["primaryOfferingOId"] = offering
    if kind.linking is Linking.STRATEGY:
        body["linkingStrategy"] = {"mode": "SPECIFIC", "offeringOIds": [offering]}
    return body


def least_body(kind: Kind, offering: str, name: str = "Example") -> dict[str, Any]:
    """A create body with what is required and nothing else."""
    return {"name": name} | ({"primaryOfferingOId": offering} if kind.linking is Linking.ONE else {})


def unset_body(kind: Kind) -> dict[str, Any]:
    """What a client sends that fills every unset field with an empty value of its type."""
    empty: dict[str, Any] = {"name": "", "internalName": "", "description": None, "qualifyingQuestions": []}
    fields: dict[str, Any] = {
        field.name: [] if isinstance(field.example, list) else {} if isinstance(field.example, dict) else ""
        for field in kind.data_fields
    }
    empty |= {"data": fields} if kind.nests_data else fields
    return empty | {"primaryUrl": "", "primaryOfferingOId": None, "linkingStrategy": {}}
