"""Saved agents and experiments, and which of them answers a run."""

from typing import Any

import pytest
from caller import Caller
from play_example import make_library, make_playbook

PERSON = {"firstName": "Ada", "jobTitle": "Financial Controller"}
DOCUMENTED = {"oId", "name", "description", "type", "createdAt", "updatedAt", "costToRun", "data", "warnings"}


@pytest.fixture
async def made(api: Caller) -> dict[str, str]:
    ids = await make_library(api)
    answer = await make_playbook(
        api, productOId=ids["product"], personaOIds=[ids["controller"], ids["treasurer"]]
    )
    return ids | {"playbook": answer["playbook"]["oId"]}


async def make_agent(api: Caller, **body: Any) -> dict[str, Any]:
    answer = await api.post("agents/create", {"name": "Agent", "description": "", "type": "EMAIL"} | body)
    found: dict[str, Any] = answer["data"]
    return found


async def run(api: Caller, **body: Any) -> dict[str, Any]:
    answer = await api.post("agents/sequence/run", PERSON | body)
    found: dict[str, Any] = answer["data"]
    return found


async def kept_agent(api: Caller, request_id: str) -> dict[str, Any]:
    found: dict[str, Any] = (await api.get("agents/run/get", requestId=request_id))["data"]
    return found


# Saved agents ---------------------------------------------------------------------------------------------


async def test_a_new_workspace_has_one_sequence_agent_that_can_be_changed_and_not_deleted(api: Caller):
    page = await api.get("agents/list")
    (agent,) = page["data"]
    assert (page["total"], page["hasNext"]) == (1, False)
    assert (agent["type"], agent["itemType"], agent["costToRun"], agent["steps"]) == ("EMAIL", "agent", 1, 3)
    refused = await api.delete("agents/delete", 409, oId=agent["oId"])
    assert "default agent" in refused["message"]
    changed = await api.post("agents/update", {"oId": agent["oId"], "sequenceSettings": {"numEmails": 5}})
    assert changed["data"]["data"]["sequenceSettings"] == {"numEmails": 5}
    assert (await api.get("agents/list"))["data"][0]["steps"] == 5


async def test_an_agent_keeps_its_settings_and_merges_changes_into_them(api: Caller):
    agent = await make_agent(
        api, sequenceSettings={"numEmails": 2, "tone": "Formal", "writingStyleOId": "ws_1"}, model="ECHO"
    )
    assert set(agent) == DOCUMENTED
    assert agent["data"]["sequenceSettings"] == {"numEmails": 2, "tone": "formal", "writingStyleOId": "ws_1"}
    change = {"oId": agent["oId"], "sequenceSettings": {"tone": "casual"}, "name": "", "instructions": None}
    after = (await api.put("agents/update", change))["data"]
    assert after["data"]["sequenceSettings"] == {"numEmails": 2, "tone": "casual", "writingStyleOId": "ws_1"}
    assert (after["name"], after["data"]["model"]) == ("Agent", "ECHO")
    assert (await api.get("agents/get", oId=agent["oId"]))["data"] == after
    gone = (await api.delete("agents/delete", oId=agent["oId"]))["data"]
    assert gone["oId"] == agent["oId"]
    await api.get("agents/get", 404, oId=agent["oId"])
    await api.post("agents/sequence/run", PERSON | {"agentOId": agent["oId"]}, 404)


async def test_agents_are_listed_by_type_text_and_order(api: Caller):
    await api.get("agents/list")  # the default agent is made when somebody first looks
    for name, kind in (("Alpha", "EMAIL"), ("Beta", "CONTENT"), ("Alphabet", "CALL_PREP")):
        await make_agent(api, name=name, type=kind)

    async def names(**query: Any) -> list[str]:
        return [one["name"] for one in (await api.get("agents/list", **query))["data"]]

    assert await names(query="ALPHA") == ["Alphabet", "Alpha"]
    assert await names(type="CONTENT") == ["Beta"]
    assert await names(orderDirection="ASC", query="alpha") == ["Alpha", "Alphabet"]
    assert await names(orderField="updatedAt", limit=1) == ["Alphabet"]
    assert "'type'" in (await api.get("agents/list", 400, type="SPY"))["message"]
    bare = (await api.client.get("/api/v2/agents")).json()
    assert bare["agents"] == bare["data"]


async def test_types_and_languages_are_told(api: Caller):
    types = await api.get("agents/types")
    assert types["total"] == len(types["data"]) == 9
    assert {"type", "name", "description", "category"} <= set(types["data"][0])
    assert (await api.get("agents/languages"))["data"] == ["English", "Spanish", "Portuguese"]


async def test_an_agent_that_cannot_run_here_is_kept_with_a_warning(api: Caller):
    agent = await make_agent(api, type="PROSPECTOR", enableWebSearch=True)
    assert len(agent["warnings"]) == 2
    refused = await api.post("agents/sequence/run", PERSON | {"agentOId": agent["oId"]}, 400)
    assert "needs EMAIL" in refused["message"]


BAD_AGENTS = {
    "no name": ({"name": ""}, "'name'"),
    "no type": ({"type": None}, "'type'"),
    "unknown type": ({"type": "SPY"}, "'EMAIL'"),
    "eight emails": ({"sequenceSettings": {"numEmails": 8}}, "numEmails"),
    "unknown tone": ({"sequenceSettings": {"tone": "shouting"}}, "tone"),
    "unknown reading level": ({"sequenceSettings": {"readingLevel": "easy"}}, "readingLevel"),
    "instructions as a list": ({"stepPatches": {"1": {"instructions": ["x"]}}}, "stepPatches.1.instructions"),
    "bounds that fall": ({"sequenceSettings": {"craft": {"subjectWords": [6, 2]}}}, "subjectWords"),
    "step nine": ({"stepPatches": {"9": {"instructions": "x"}}}, "stepPatches"),
    "product and service": ({"productOId": "a", "serviceOId": "b"}, "not both"),
    "unknown persona": ({"personaOIds": ["pe_unknown"]}, "pe_unknown"),
    "unknown playbook": ({"playbookOId": "pb_unknown"}, "pb_unknown"),
}


@pytest.mark.parametrize(("body", "said"), BAD_AGENTS.values(), ids=BAD_AGENTS.keys())
async def test_settings_that_make_no_sense_are_refused(api: Caller, body: dict[str, Any], said: str):
    before = await api.total("agents")
    answer = await api.post("agents/create", {"name": "A", "description": "", "type": "EMAIL"} | body, 400)
    assert said in answer["message"]
    assert await api.total("agents") == before


async def test_a_step_of_its_own_is_greeted_and_signed_as_the_patch_says(api: Caller, made: dict[str, str]):
    agent = await make_agent(
        api,
        sequenceSettings={
            "numEmails": 2,
            "greeting": "Dear {{firstName}},",
            "sender": {"name": "Sam Example", "signOff": "Best"},
        },
        stepPatches={"2": {"sender": {"name": "Kim Example"}, "cta": "Shall we talk?"}},
    )
    first, second = (await run(api, agentOId=agent["oId"]))["emails"]
    assert first["sections"]["greeting"] == second["sections"]["greeting"] == "Dear Ada,"
    assert [email["sections"]["signature"] for email in (first, second)] == [
        "Best,\nSam Example",
        "Best,\nKim Example",
    ]
    assert second["sections"]["cta"] == "Shall we talk?"


async def test_an_agent_s_settings_decide_how_many_emails_and_about_what(api: Caller, made: dict[str, str]):
    agent = await make_agent(
        api,
        sequenceSettings={"numEmails": 1, "sender": {"name": "Sam Example", "company": "Example"}},
        personaOIds=[made["treasurer"]],
        stepPatches={"1": {"instructions": "no ps"}},
    )
    data = await run(api, agentOId=agent["oId"])
    assert len(data["emails"]) == 1
    assert data["persona"]["name"] == "Treasurer"
    assert "Sam Example" in data["emails"][0]["sections"]["signature"]


async def test_the_empty_values_of_a_client_that_fills_every_field_set_nothing(api: Caller):
    unset = {"sequenceType": "", "numEmails": None, "tone": "", "length": "", "sender": {"name": ""}}
    agent = await make_agent(api, model="", productOId="", sequenceSettings=unset, stepPatches={"1": {}})
    assert agent["data"] == {}
    filled = await make_agent(api, sequenceSettings={"numEmails": 2, "tone": "plain"})
    await api.put("agents/update", {"oId": filled["oId"], "sequenceSettings": unset})
    assert (await api.get("agents/get", oId=filled["oId"]))["data"]["data"] == filled["data"]


async def test_an_agent_that_names_a_deleted_record_can_be_sent_back_as_it_is(
    api: Caller, made: dict[str, str]
):
    settings = {"personaOIds": [made["treasurer"], made["controller"]]}
    agent = (await make_agent(api, **settings))["oId"]
    await api.delete("persona/delete", oId=made["treasurer"])
    change = {"oId": agent, "name": "Renamed"} | settings
    assert (await api.post("agents/update", change))["data"]["name"] == "Renamed"
    await api.post("agents/update", {"oId": agent, "personaOIds": [made["treasurer"]]}, 400)


async def test_another_workspace_s_agent_answers_404(api: Caller, stranger: Caller, made: dict[str, str]):
    theirs = (await make_agent(stranger))["oId"]
    await api.get("agents/get", 404, oId=theirs)
    await api.post("agents/update", {"oId": theirs, "name": "Mine"}, 404)
    await api.delete("agents/delete", 404, oId=theirs)
    await api.post("agents/sequence/run", PERSON | {"agentOId": theirs}, 404)


# Experiments ----------------------------------------------------------------------------------------------


async def make_experiment(api: Caller, strategy: str, agents: list[str], **body: Any) -> dict[str, Any]:
    given = {"name": "E", "agentType": "EMAIL", "runStrategy": strategy, "agentOIds": agents}
    return await api.post("agents/experiment/create", given | body)


async def test_an_experiment_answers_flat_with_its_agents(api: Caller):
    agent = await make_agent(api)
    found = await make_experiment(api, "RANDOM", [agent["oId"]], description="D")
    assert found["oId"].startswith("ae_")
    assert found["agents"] == [{"oId": agent["oId"], "name": "Agent", "costToRun": 1}]
    assert (found["runStrategy"], found["agentType"], found["description"]) == ("RANDOM", "EMAIL", "D")
    listed = (await api.get("agents/list", includeExperiments="true"))["data"]
    assert [one["itemType"] for one in listed] == ["agent", "agent", "experiment"]


@pytest.mark.parametrize("strategy", ["RANDOM", "WEIGHTED"])
async def test_the_same_person_always_gets_the_same_agent(api: Caller, made: dict[str, str], strategy: str):
    agents = [(await make_agent(api, name=name))["oId"] for name in "AB"]
    experiment = (await make_experiment(api, strategy, agents))["oId"]
    answered = []
    for number, email in enumerate(["a@x.example", "b@x.example", "A@x.example", "b@x.example"]):
        await run(api, email=email, experimentOId=experiment, requestId=str(number))
        kept = await kept_agent(api, str(number))
        assert kept["experimentOId"] == experiment
        assert kept["assignment"]["strategy"] == strategy
        assert 0 <= kept["assignment"]["draw"] < 1
        answered.append(kept["agentOId"])
    assert answered[0] == answered[2]
    assert answered[1] == answered[3]


async def test_round_robin_takes_turns(api: Caller, made: dict[str, str]):
    agents = [(await make_agent(api, name=name))["oId"] for name in "ABC"]
    experiment = (await make_experiment(api, "ROUND_ROBIN", agents))["oId"]
    answered = []
    for number in range(6):
        await run(api, experimentOId=experiment, requestId=str(number))
        answered.append((await kept_agent(api, str(number)))["agentOId"])
    assert answered == agents * 2


async def test_a_weight_of_zero_is_never_chosen(api: Caller, made: dict[str, str]):
    agents = [(await make_agent(api, name=name))["oId"] for name in "AB"]
    weights = [{"oId": agents[0], "weight": 0}, {"oId": agents[1], "weight": 2}]
    experiment = (await make_experiment(api, "WEIGHTED", agents, weights=weights))["oId"]
    for number in range(8):
        await run(api, email=f"{number}@x.example", experimentOId=experiment, requestId=str(number))
        assert (await kept_agent(api, str(number)))["agentOId"] == agents[1]


async def test_an_agent_that_was_deleted_leaves_the_experiment(api: Caller, made: dict[str, str]):
    agents = [(await make_agent(api, name=name))["oId"] for name in "AB"]
    experiment = (await make_experiment(api, "ROUND_ROBIN", agents))["oId"]
    await api.delete("agents/delete", oId=agents[0])
    await run(api, experimentOId=experiment, requestId="r")
    assert (await kept_agent(api, "r"))["agentOId"] == agents[1]
    await api.delete("agents/delete", oId=agents[1])
    gone = await api.post("agents/sequence/run", PERSON | {"experimentOId": experiment}, 404)
    assert "was deleted" in gone["message"]


async def test_an_agent_and_an_experiment_cannot_both_be_named(api: Caller, made: dict[str, str]):
    agent = (await make_agent(api))["oId"]
    experiment = (await make_experiment(api, "RANDOM", [agent]))["oId"]
    body = PERSON | {"agentOId": agent, "experimentOId": experiment}
    assert "not both" in (await api.post("agents/sequence/run", body, 400))["message"]
    await api.post("agents/sequence/run", PERSON | {"experimentOId": "ae_unknown"}, 404)


BAD_EXPERIMENTS = {
    "unknown agent": ({"agentOIds": ["ca_unknown"]}, 404, "ca_unknown"),
    "no agents": ({"agentOIds": []}, 400, "agentOIds"),
    "unknown strategy": ({"runStrategy": "COIN"}, 400, "runStrategy"),
    "another type": ({"agentType": "CONTENT"}, 400, "CONTENT"),
    "negative weight": ({"weights": [{"oId": "x", "weight": -1}]}, 400, "weight"),
    "weight of a stranger": ({"weights": [{"oId": "x", "weight": 1}]}, 400, "'x'"),
}


@pytest.mark.parametrize(("body", "status", "said"), BAD_EXPERIMENTS.values(), ids=BAD_EXPERIMENTS.keys())
async def test_an_experiment_that_makes_no_sense_is_refused(
    api: Caller, body: dict[str, Any], status: int, said: str
):
    agent = (await make_agent(api))["oId"]
    good = {"name": "E", "agentType": "EMAIL", "runStrategy": "RANDOM", "agentOIds": [agent]}
    answer = await api.post("agents/experiment/create", good | body, status)
    assert said in answer["message"]
    assert len((await api.get("agents/list", includeExperiments="true"))["data"]) == 2


async def test_weights_that_are_all_zero_are_refused(api: Caller):
    agent = (await make_agent(api))["oId"]
    body = {"weights": [{"oId": agent, "weight": 0}]}
    good = {"name": "E", "agentType": "EMAIL", "runStrategy": "WEIGHTED", "agentOIds": [agent]}
    assert "above zero" in (await api.post("agents/experiment/create", good | body, 400))["message"]


async def test_an_agent_is_weighed_once(api: Caller):
    agent = (await make_agent(api))["oId"]
    twice = [{"oId": agent, "weight": 1}, {"oId": agent, "weight": 2}]
    body = {"name": "E", "agentType": "EMAIL", "runStrategy": "WEIGHTED", "agentOIds": [agent]}
    answer = await api.post("agents/experiment/create", body | {"weights": twice}, 400)
    assert "twice" in answer["message"]


async def test_experiments_are_listed_once_however_many_pages_there_are(api: Caller):
    agents = [(await make_agent(api))["oId"] for _ in range(3)]
    experiment = await make_experiment(api, "RANDOM", agents)
    seen: list[str] = []
    for offset in (0, 2, 4):
        page = await api.get("agents/list", includeExperiments="true", limit=2, offset=offset)
        seen += [one["oId"] for one in page["data"]]
    assert seen.count(experiment["oId"]) == 1
    assert len(seen) == len(set(seen)) == 5


async def test_a_dry_run_takes_no_turn(api: Caller, made: dict[str, str]):
    agents = [(await make_agent(api, sequenceSettings={"numEmails": number}))["oId"] for number in (1, 2)]
    experiment = (await make_experiment(api, "ROUND_ROBIN", agents))["oId"]
    for _ in range(3):
        await api.post("agents/sequence/run", PERSON | {"experimentOId": experiment, "dryRun": True})
    assert len((await run(api, experimentOId=experiment))["emails"]) == 1
    await api.post("agents/sequence/run", PERSON | {"experimentOId": experiment, "dryRun": True})
    assert len((await run(api, experimentOId=experiment))["emails"]) == 2
