"""What a server lacks is said in one plain sentence each."""

from typing import Any

import pytest

from setpiece.storage.requirements import lacks

GOOD: dict[str, Any] = {
    "major": 17,
    "user": "app",
    "is_superuser": False,
    "may_create_roles": True,
    "may_create": True,
    "database": "setpiece",
    "available": ["plpgsql", "vector"],
    "installed": ["plpgsql"],
    "vector_offered": "0.8.1",
    "vector_installed": None,
    "may_create_tables": True,
    "has_app_role": None,
    "may_grant_app_role": None,
}

LACKS = {
    "too old": ({"major": 14}, "PostgreSQL 14 is too old: Setpiece needs 15 or newer."),
    "no pgvector": (
        {"available": ["plpgsql"], "vector_offered": None},
        "The server has no pgvector 0.7 or newer: install it there.",
    ),
    "an old pgvector": (
        {"vector_offered": "0.4.4"},
        "The server has pgvector 0.4.4: Setpiece needs 0.7 or newer, install that there.",
    ),
    "a database made when pgvector was old": (
        {"installed": ["vector"], "vector_installed": "0.6.2"},
        (
            "Database setpiece has pgvector 0.6.2: run ALTER EXTENSION vector UPDATE; "
            "there as an administrator."
        ),
    ),
    "may not create extensions": (
        {"may_create": False},
        "User app may not create extensions in database setpiece: grant it CREATE there.",
    ),
    "may not create tables": (
        {"may_create_tables": False},
        (
            "User app may not create tables in database setpiece: "
            'run GRANT CREATE ON SCHEMA public TO "app"; there as an administrator.'
        ),
    ),
    "may not create roles": (
        {"may_create_roles": False},
        (
            "User app may not act as the role setpiece_app: run CREATE ROLE setpiece_app NOLOGIN; "
            'GRANT setpiece_app TO "app"; as an administrator.'
        ),
    ),
    "the role was made by somebody else": (
        {"has_app_role": False, "may_grant_app_role": False},
        (
            "User app may not act as the role setpiece_app: run "
            'GRANT setpiece_app TO "app"; as an administrator.'
        ),
    ),
}

ENOUGH = {
    "all there": {},
    "the oldest that will do": {"major": 15, "vector_offered": "0.7.0"},
    "a new pgvector on a server that offers an old one": {
        "vector_offered": "0.6",
        "vector_installed": "0.10",
    },
    "extensions installed by somebody else": {
        "available": [],
        "installed": ["vector"],
        "may_create": False,
    },
    "role granted by an administrator": {"may_create_roles": False, "has_app_role": True},
    "role made by this user": {"has_app_role": False, "may_grant_app_role": True},
    "a superuser": {"may_create_roles": False, "is_superuser": True},
}


@pytest.mark.parametrize(("facts", "sentence"), LACKS.values(), ids=LACKS.keys())
def test_each_lack_is_one_sentence_that_says_what_to_do(facts: dict[str, Any], sentence: str):
    assert lacks(GOOD | facts) == [sentence]


@pytest.mark.parametrize("facts", ENOUGH.values(), ids=ENOUGH.keys())
def test_a_server_that_will_do_lacks_nothing(facts: dict[str, Any]):
    assert lacks(GOOD | facts) == []


def test_several_lacks_are_told_together():
    told = lacks(GOOD | {"major": 12, "available": None, "installed": None, "may_create_roles": False})
    assert len(told) == 3
