"""What a playbook says and allows is what the emails use."""

from typing import Any

import pytest
from caller import Caller
from play_example import make_library, make_playbook, words_of

PROOF = "4,000 entries"
REFERENCE = "Example Brewery closed its books"
MARKET = "Auditors now fine companies whose receipts are missing after the month-end close."


@pytest.fixture
async def made(api: Caller) -> dict[str, str]:
    return await make_library(api)


async def write(api: Caller, **body: Any) -> dict[str, Any]:
    answer = await api.post("agents/sequence/run", {"jobTitle": "Financial Controller"} | body)
    assert answer["found"] is True, answer["message"]
    data: dict[str, Any] = answer["data"]
    return data


MODES = [
    ({}, True, True),
    ({"proofPointMode": "none"}, False, True),
    ({"referenceMode": "none"}, True, False),
    ({"proofPointMode": "none", "referenceMode": "none"}, False, False),
    ({"proofPointMode": "specific", "referenceMode": "specific"}, True, True),
]


@pytest.mark.parametrize(("modes", "proof", "reference"), MODES, ids=str)
async def test_the_modes_decide_whether_proof_and_references_reach_the_emails(
    api: Caller, made: dict[str, str], modes: dict[str, str], proof: bool, reference: bool
):
    await make_playbook(
        api,
        productOId=made["product"],
        personaOIds=[made["controller"]],
        proofPointOIds=[made["proof"]],
        referenceOIds=[made["reference"]],
        **modes,
    )
    agent = await api.post(
        "agents/create",
        {"name": "Seven", "type": "EMAIL", "sequenceSettings": {"numEmails": 7, "length": "LONG"}},
    )
    said = words_of((await write(api, agentOId=agent["data"]["oId"]))["emails"])
    assert ((PROOF in said), (REFERENCE in said)) == (proof, reference), said


async def test_a_mode_can_be_changed_afterwards(api: Caller, made: dict[str, str]):
    playbook = await make_playbook(
        api, productOId=made["product"], personaOIds=[made["controller"]], proofPointOIds=[made["proof"]]
    )
    assert PROOF in words_of((await write(api))["emails"])
    await api.post("playbook/update", {"oId": playbook["playbook"]["oId"], "proofPointMode": "none"})
    assert PROOF not in words_of((await write(api))["emails"])


@pytest.mark.parametrize("status", ["draft", "archived"])
async def test_a_draft_or_archived_playbook_is_used_only_when_it_is_pinned(
    api: Caller, made: dict[str, str], status: str
):
    shut = await make_playbook(
        api, productOId=made["product"], personaOIds=[made["controller"]], status=status, name="Shut"
    )
    assert (await write(api))["playbook"] is None
    pin = {"playbook": {"oId": shut["playbook"]["oId"]}}
    assert (await write(api, customContext=pin))["playbook"]["name"] == "Shut"
    await make_playbook(api, productOId=made["product"], personaOIds=[made["controller"]], name="Open")
    assert (await write(api))["playbook"]["name"] == "Open"


async def test_an_inactive_playbook_or_persona_is_not_chosen(api: Caller, made: dict[str, str]):
    playbook = await make_playbook(api, productOId=made["product"], personaOIds=[made["controller"]])
    await api.post("playbook/update", {"oId": playbook["playbook"]["oId"], "active": False})
    assert (await write(api))["playbook"] is None
    await api.post("persona/update", {"oId": made["controller"], "active": False})
    persona = (await write(api))["persona"]
    assert persona is None or persona["name"] != "Controller"


# Additional context ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["TEXT", "URL"])
async def test_additional_context_is_kept_with_its_source_and_feeds_value_props(
    api: Caller, made: dict[str, str], pages: dict[str, str], kind: str
):
    url = "https://example.com/market"
    pages[url] = f"Menu\n{MARKET}\nBuy our unrelated zebra food today, it is very good for zebras."
    value = url if kind == "URL" else pages[url]
    answer = await make_playbook(
        api,
        productOId=made["product"],
        personaOIds=[made["controller"]],
        additionalContextSources=[{"type": kind, "value": value}],
    )
    found = await api.get("playbook/get", oId=answer["playbook"]["oId"])
    assert found["additionalContext"] == [
        {"text": MARKET, "source_type": kind, "source": url if kind == "URL" else "text 1"}
    ]
    assert MARKET in str(answer["personas"][0]["valueProps"])


REFUSED = {
    "unknown type": ({"type": "RESOURCE", "value": "res_1"}, "type"),
    "no type": ({"value": "text"}, "type"),
    "empty value": ({"type": "TEXT", "value": ""}, "value"),
    "this machine": ({"type": "URL", "value": "http://127.0.0.1/admin"}, "127.0.0.1"),
    "this machine by name": ({"type": "URL", "value": "http://localhost:8000/"}, "localhost"),
    "a cloud's metadata": ({"type": "URL", "value": "http://169.254.169.254/latest/meta-data"}, "169.254"),
    "a private network": ({"type": "URL", "value": "http://10.0.0.1/"}, "10.0.0.1"),
    "a mapped address": ({"type": "URL", "value": "http://[::ffff:10.0.0.1]/"}, "10.0.0.1"),
    "an odd spelling": ({"type": "URL", "value": "http://0x7f000001/"}, "7f000001"),
    "a file": ({"type": "URL", "value": "file:///etc/passwd"}, "http"),
    "no URL": ({"type": "URL", "value": "just words"}, "full address"),
}


@pytest.mark.parametrize(("source", "named"), REFUSED.values(), ids=REFUSED.keys())
async def test_a_source_that_cannot_be_read_is_refused_and_nothing_is_written(
    api: Caller, made: dict[str, str], source: dict[str, str], named: str
):
    body = {"productOId": made["product"], "additionalContextSources": [source]}
    answer = await api.post("playbook/create", body, 400)
    assert named in answer["message"]
    assert await api.total("playbook") == 0


async def test_one_source_that_fails_is_enough_to_write_nothing(
    api: Caller, made: dict[str, str], pages: dict[str, str]
):
    pages["https://example.com/there"] = MARKET
    sources = [
        {"type": "URL", "value": "https://example.com/there"},
        {"type": "URL", "value": "http://127.0.0.1/"},
    ]
    await api.post(
        "playbook/create", {"productOId": made["product"], "additionalContextSources": sources}, 400
    )
    assert await api.total("playbook") == 0


# Templates ------------------------------------------------------------------------------------------------


async def test_templates_are_listed_by_persona_and_have_placeholders(api: Caller, made: dict[str, str]):
    answer = await make_playbook(
        api,
        productOId=made["product"],
        personaOIds=[made["controller"], made["treasurer"]],
        createTemplates=True,
    )
    assert [{one["persona"]["name"] for one in several} for several in answer["templates"]] == [
        {"Controller"},
        {"Treasurer"},
    ]
    playbook = answer["playbook"]["oId"]
    listed = await api.get("playbook/template/list", playbookOId=playbook, personaOId=made["treasurer"])
    assert [one["oId"] for one in listed["data"]] == [one["oId"] for one in answer["templates"][1]]
    for one in listed["data"]:
        assert "{{firstName}}" in one["sections"]["greeting"]
        assert one["subject"]
        assert one["status"] == "active"


async def test_without_create_templates_there_are_none(api: Caller, made: dict[str, str]):
    for body in ({}, {"createTemplates": False}, {"createTemplates": None}):
        answer = await make_playbook(api, productOId=made["product"], **body)
        assert answer["templates"] == []


PEOPLE = {
    "everything known": {
        "firstName": "Ada",
        "lastName": "L",
        "jobTitle": "Controller",
        "companyName": "Example",
    },
    "title only": {"jobTitle": "Controller"},
    "name only": {"firstName": "Ada", "jobTitle": "Controller"},
    "braces in a name": {"firstName": "{{lastName}}", "jobTitle": "Controller {{x}}", "companyName": "{{y}}"},
}


@pytest.mark.parametrize("person", PEOPLE.values(), ids=PEOPLE.keys())
async def test_an_agent_can_fill_the_templates_and_no_placeholder_is_left(
    api: Caller, made: dict[str, str], person: dict[str, str]
):
    answer = await make_playbook(
        api, productOId=made["product"], personaOIds=[made["controller"]], createTemplates=True
    )
    agent = await api.post(
        "agents/create", {"name": "Templates", "type": "EMAIL", "sequenceSettings": {"useTemplates": True}}
    )
    pins = {"playbook": {"oId": answer["playbook"]["oId"]}, "persona": {"oId": made["controller"]}}
    data = await write(api, **person, customContext=pins, agentOId=agent["data"]["oId"])
    said = words_of(data["emails"])
    assert len(data["emails"]) == len(answer["templates"][0])
    assert "{{" not in said
    assert "}}" not in said
    assert data["annotations"]["annotations"]
    for one in data["annotations"]["annotations"]:
        assert "{{" not in one["description"]
    if person.get("firstName") == "Ada":
        assert "Ada" in data["emails"][0]["sections"]["greeting"]


async def test_the_writer_writes_anew_when_a_playbook_has_no_templates(api: Caller, made: dict[str, str]):
    await make_playbook(api, productOId=made["product"], personaOIds=[made["controller"]])
    agent = await api.post(
        "agents/create", {"name": "Templates", "type": "EMAIL", "sequenceSettings": {"useTemplates": True}}
    )
    assert (await write(api, agentOId=agent["data"]["oId"]))["emails"]
