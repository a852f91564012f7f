"""How a sequence is written: formats, context, instructions, pins, annotations."""

from typing import Any

import pytest
from caller import Caller
from play_example import make_library, make_playbook, words_of

PERSON = {"firstName": "Ada", "jobTitle": "Financial Controller", "companyName": "Example Brewing"}
SECTIONS = {"greeting", "opening", "body", "closing", "cta", "ps", "signature"}


@pytest.fixture
async def made(api: Caller) -> dict[str, str]:
    ids = await make_library(api)
    answer = await make_playbook(
        api, productOId=ids["product"], personaOIds=[ids["controller"], ids["treasurer"]], name="First play"
    )
    return ids | {"playbook": answer["playbook"]["oId"]}


async def run(api: Caller, **body: Any) -> dict[str, Any]:
    answer = await api.post("agents/sequence/run", PERSON | body)
    assert answer["found"] is True, answer["message"]
    return answer


@pytest.mark.parametrize("output", ["text", "markdown"])
async def test_the_sections_joined_make_the_email(api: Caller, made: dict[str, str], output: str):
    sender = {"name": "Sam Example", "company": "Example"}
    agent = {
        "name": "A",
        "type": "EMAIL",
        "sequenceSettings": {"includePs": True, "numEmails": 1, "sender": sender},
    }
    oid = (await api.post("agents/create", agent))["data"]["oId"]
    emails = (await run(api, outputFormat=output, agentOId=oid))["data"]["emails"]
    assert emails[-1]["sections"]["ps"]
    assert emails[-1]["sections"]["signature"]
    for email in emails:
        assert set(email["sections"]) == SECTIONS
        assert email["subject"]
        assert email["coreValueProp"]
        assert "\n\n".join(filter(None, email["sections"].values())) == email["email"]


async def test_html_is_markup_and_text_is_not(api: Caller, made: dict[str, str]):
    text = (await run(api, outputFormat="text"))["data"]["emails"][0]["email"]
    html = (await run(api, outputFormat="html"))["data"]["emails"][0]["email"]
    assert "<p>" in html
    assert "<" not in text
    assert (await run(api, outputFormat="HTML"))["data"]["emails"][0]["email"] == html
    assert (await run(api, outputFormat=None))["data"]["emails"][0]["email"] == text
    assert (await run(api, outputFormat=""))["data"]["emails"][0]["email"] == text


async def test_the_same_input_gives_the_same_data_to_the_byte(api: Caller, made: dict[str, str]):
    body = PERSON | {
        "runtimeContext": {"all": "They opened a second brewery."},
        "includeFullAnnotation": True,
    }
    answers = [await api.client.post("/api/v2/agents/sequence/run", json=body) for _ in range(3)]
    texts = {answer.text.partition('"found"')[2] for answer in answers}
    assert len(texts) == 1


CONTEXTS: list[Any] = [
    {"all": "They opened a second brewery in Bremen."},
    "They opened a second brewery in Bremen.",
    {"1": "They opened a second brewery in Bremen."},
    {"all": "They opened a second brewery in Bremen.", "2": "", "3": None},
]


@pytest.mark.parametrize("context", CONTEXTS, ids=str)
async def test_runtime_context_is_a_fact_that_the_first_email_may_use(
    api: Caller, made: dict[str, str], context: Any
):
    emails = (await run(api, runtimeContext=context))["data"]["emails"]
    assert "second brewery in Bremen" in emails[0]["email"]


async def test_context_for_a_step_stays_in_that_email(api: Caller, made: dict[str, str]):
    emails = (await run(api, runtimeContext={"2": "They opened a second brewery in Bremen."}))["data"][
        "emails"
    ]
    assert ["Bremen" in email["email"] for email in emails] == [False, True, False]


async def test_instructions_change_how_it_is_written_and_a_step_adds_to_all(
    api: Caller, made: dict[str, str]
):
    answer = await run(api, runtimeInstructions={"all": "under 60 words", "1": "sign off as Bob"})
    for email in answer["data"]["emails"]:
        assert len(email["email"].split()) <= 75
    plain = await run(api)
    assert words_of(answer["data"]["emails"]) != words_of(plain["data"]["emails"])


async def test_an_instruction_that_cannot_be_followed_is_named(api: Caller, made: dict[str, str]):
    answer = await run(api, runtimeInstructions={"all": "write it as a sonnet about whales"})
    assert "sonnet" in answer["message"]


BAD_STEPS = {
    "step zero": {"0": "x"},
    "step eight": {"8": "x"},
    "a word": {"first": "x"},
    "a number": {"all": 5},
    "a list": {"all": ["x"]},
    "not an object": 7,
    "a list of texts": ["x"],
}


@pytest.mark.parametrize("field", ["runtimeContext", "runtimeInstructions"])
@pytest.mark.parametrize("value", BAD_STEPS.values(), ids=BAD_STEPS.keys())
async def test_a_wrong_step_is_refused_and_named(api: Caller, made: dict[str, str], field: str, value: Any):
    answer = await api.post("agents/sequence/run", PERSON | {field: value}, 400)
    assert field in answer["message"]


# Pins -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pin", ["playbook", "product", "persona", "segment"])
async def test_a_pin_is_always_honoured_and_says_so(api: Caller, made: dict[str, str], pin: str):
    wanted = made if pin != "persona" else made | {"persona": made["engineer"]}
    answer = await run(api, customContext={pin: {"oId": wanted[pin]}})
    assert answer["data"][pin]["oId"] == wanted[pin]
    assert answer["data"][pin]["matchAnalysis"]


@pytest.mark.parametrize("pin", ["persona", "playbook"])
async def test_a_pin_is_honoured_although_nobody_would_choose_it(api: Caller, made: dict[str, str], pin: str):
    oid = (made | {"persona": made["controller"]})[pin]
    await api.post(f"{pin}/update", {"oId": oid, "active": False})
    data = (await run(api, customContext={pin: {"oId": oid}}))["data"]
    assert data[pin]["oId"] == oid
    assert ((await run(api))["data"][pin] or {}).get("oId") != oid


async def test_a_pin_of_a_kind_that_a_sequence_does_not_take_is_said(api: Caller, made: dict[str, str]):
    answer = await run(api, customContext={"useCase": {"oId": made["cash"]}, "persona": {"name": "x"}})
    assert "customContext.useCase" in answer["_metadata"]["message"]


async def test_a_pinned_service_is_shown_as_service_and_as_product(api: Caller, made: dict[str, str]):
    service = await api.create("service", name="Rollout", customerBenefits=["Live within a week"])
    data = (await run(api, customContext={"service": {"oId": service["oId"]}}))["data"]
    assert data["service"]["oId"] == data["product"]["oId"] == service["oId"]
    assert data["service"]["data"]["type"] == "SERVICE"
    product = (await run(api, customContext={"product": {"oId": made["product"]}}))["data"]["product"]
    assert product["data"].keys() <= data["product"]["data"].keys()
    assert data["product"]["data"] == data["product"]["data"] | data["service"]["data"]


async def test_empty_pins_pin_nothing(api: Caller, made: dict[str, str]):
    empty = {name: {"oId": ""} for name in ("playbook", "product", "service", "persona", "segment")}
    plain = await run(api)
    for context in (empty, {}, None, {"playbook": {}}, {"persona": None}):
        assert (await run(api, customContext=context))["data"] == plain["data"]


@pytest.mark.parametrize("pin", ["playbook", "product", "service", "persona", "segment"])
async def test_an_unknown_pin_is_refused_and_named(
    api: Caller, stranger: Caller, made: dict[str, str], pin: str
):
    theirs = (await stranger.create("segment", name="Theirs"))["oId"]
    for oid in (theirs, made["proof"], "x_unknown", "x" * 150):
        body = PERSON | {"customContext": {pin: {"oId": oid}}}
        answer = await api.post("agents/sequence/run", body, 400)
        assert f"customContext.{pin}.oId" in answer["message"]


async def test_a_product_and_a_service_cannot_both_be_pinned(api: Caller, made: dict[str, str]):
    pins = {name: {"oId": made["product"]} for name in ("product", "service")}
    answer = await api.post("agents/sequence/run", PERSON | {"customContext": pins}, 400)
    assert "not both" in answer["message"]


async def test_selection_context_steers_the_playbook_and_nothing_else(api: Caller, made: dict[str, str]):
    other = await make_playbook(
        api,
        productOId=made["product"],
        personaOIds=[made["controller"], made["treasurer"]],
        name="Audit play",
        description="Receipts that auditors ask for",
        keyInsight="An audit finds what the close forgot",
    )
    steered = await run(api, playbookSelectionContext="auditors asking for receipts in an audit")
    assert steered["data"]["playbook"]["oId"] == other["playbook"]["oId"]
    assert "auditors asking for receipts in an audit" not in words_of(steered["data"]["emails"])


# Annotations ----------------------------------------------------------------------------------------------


async def test_every_annotation_leads_to_the_field_it_names(api: Caller, made: dict[str, str]):
    answer = await run(api, includeFullAnnotation=True, runtimeContext={"all": "They opened a brewery."})
    said = words_of(answer["data"]["emails"])
    annotations = answer["data"]["annotations"]
    assert annotations["metadata"]["claims"] == len(annotations["annotations"]) > 0
    for one in annotations["annotations"]:
        assert one["description"] in said
        meta = one["meta"]
        if one["type"] == "LIBRARY_FIELD":
            record = (await api.client.get(one["url"])).json()
            text = record["data"][meta["field"]] if meta["field"] != "name" else record["name"]
            told = text if meta["index"] is None else text[meta["index"]]
            assert set(meta["fact"].lower().split()) <= set(told.lower().split())


async def test_annotations_are_short_unless_all_of_them_is_asked_for(api: Caller, made: dict[str, str]):
    short, full = [
        (await run(api, includeFullAnnotation=wanted))["data"]["annotations"] for wanted in (False, True)
    ]
    assert short["metadata"] is None
    assert all(one["meta"] is None for one in short["annotations"])
    assert all(one["meta"] for one in full["annotations"])
    assert [one["description"] for one in short["annotations"]] == [
        one["description"] for one in full["annotations"]
    ]


@pytest.mark.parametrize(("lang", "told"), [("es", False), ("pt-BR", True), ("en", True), (None, False)])
async def test_a_library_in_spanish_gets_spanish_emails_and_the_message_says_what_else_was_asked(
    api: Caller, lang: str | None, told: bool
):
    await api.create(
        "product", name="Cuadra", capabilities=["Concilia cada cobro con su factura el mismo día"]
    )
    await api.create("persona", name="Controller", painPoints=["Los cobros llegan sin número de factura"])
    answer = await run(api, lang=lang)
    email = answer["data"]["emails"][0]["email"]
    assert email.startswith("Hola Ada,")
    assert "Cuadra concilia cada cobro con su factura el mismo día." in email
    assert ("Written in Spanish" in answer["message"]) == told
