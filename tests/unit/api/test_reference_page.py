"""The page at /docs: all of the document, nothing from elsewhere, and no markup but its own."""

import base64
import hashlib
import json
import re
import shlex
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import jsonschema
import pytest
from selectolax.lexbor import LexborHTMLParser
from starlette.applications import Starlette
from starlette.routing import Route

from setpiece.api import openapi, reference_page
from setpiece.api.app import every_operation
from setpiece.api.operation import Operation
from setpiece.api.reference.document import operations
from setpiece.api.reference.outline import outline

OPERATIONS = every_operation()
DOCUMENT = openapi.document(OPERATIONS)
PAGE = reference_page.page(DOCUMENT).decode("utf-8")
TREE = LexborHTMLParser(PAGE)
DESCRIBED = {f"{method} {path}": operation for method, path, operation in operations(DOCUMENT)}
VOID = {"meta", "link", "wbr"}


class Balance(HTMLParser):
    """Notes each element that is closed out of turn or not at all."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, _: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> at {self.getpos()}")


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from [value["$ref"]] if "$ref" in value else []
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from references(inner)


def test_every_reference_of_the_document_leads_to_a_component():
    known = {f"#/components/schemas/{name}" for name in DOCUMENT["components"]["schemas"]}
    assert set(references(DOCUMENT)) <= known


def attributes(tree: LexborHTMLParser, name: str) -> list[str]:
    return [node.attributes[name] or "" for node in tree.css(f"[{name}]")]


@pytest.mark.parametrize("named", DESCRIBED)
def test_every_operation_of_the_document_has_its_place_on_the_page(named: str):
    method, path = named.split()
    operation = DESCRIBED[named]
    place = TREE.css_first(f"#{operation['operationId'].replace('_', '-')}")
    assert place is not None
    entry = place if place.tag == "section" else place.parent
    assert entry is not None
    heading = entry.css_first("h3").text(separator=" ").split()
    assert method in heading
    assert entry.css_first("h3 code").text() == path
    assert operation["summary"] in entry.text()
    for parameter in operation.get("parameters", ()):
        assert parameter["name"] in entry.text()


def test_every_field_of_a_request_stands_in_its_table():
    schema = DOCUMENT["components"]["schemas"]["SequenceRun"]
    table = TREE.css_first("#agents-sequence-run table.fields")
    assert set(schema["properties"]) <= {code.text() for code in table.css("td:first-child code")}


def test_every_link_leads_to_a_place_on_the_page_or_to_the_document():
    places = Counter(attributes(TREE, "id"))
    assert [place for place, times in places.items() if times > 1] == []
    links = {link.attributes["href"] for link in TREE.css("a")}
    assert {link for link in links if link and link.removeprefix("#") not in places} == {"/openapi.json"}


def test_the_page_loads_nothing():
    assert attributes(TREE, "src") == []
    assert TREE.css("img, iframe, object, embed, form, base") == []
    assert [link for link in TREE.css("link") if not link.attributes["href"].startswith("data:")] == []
    assert re.findall(r"url\(|@import", reference_page.STYLE) == []
    assert re.findall(r"fetch\(|XMLHttpRequest|import\(|eval\(", reference_page.SCRIPT) == []


def test_the_page_is_well_formed():
    balance = Balance()
    balance.feed(PAGE)
    balance.close()
    assert (balance.wrong, balance.open) == ([], [])


async def test_the_policy_lets_through_the_style_and_the_script_of_the_page_and_nothing_else():
    app = Starlette(routes=[Route("/docs", reference_page.endpoint(DOCUMENT))])
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://setpiece.test"
    ) as client:
        answer = await client.get("/docs")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    policy = dict(rule.split(" ", 1) for rule in answer.headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    for rule, element in (("style-src", "style"), ("script-src", "script")):
        (inline,) = re.findall(f"<{element}>(.*?)</{element}>", answer.text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
        assert policy[rule] == f"'sha256-{digest}'"
    assert attributes(TREE, "style") == []


@pytest.mark.parametrize("header", ["api_key", "X-API-Key", "Mappa-Api-Key", "Authorization"])
def test_each_key_header_is_named(header: str):
    assert header in {code.text() for code in TREE.css("#keys code")}


def test_errors_are_explained_once_and_named_at_every_operation():
    reasons = TREE.css_first("#answers").text()
    for status, said in DESCRIBED["POST /api/v2/playbook/create"]["responses"].items():
        assert status == "200" or (status in reasons and said["description"] in reasons)
    assert all(entry.css_first(".errors code") for entry in TREE.css(".operation"))


def answers_by_path() -> dict[str, str]:
    return {entry.path: entry.answer.example for group in outline(DOCUMENT).groups for entry in group.entries}


def test_an_example_answer_is_built_from_the_examples_of_its_schema():
    answer = json.loads(answers_by_path()["/api/v2/product/get"])
    assert answer["data"]["summary"] == "Turns raw events into dashboards in a day"
    assert answer["oId"].startswith("px_")
    assert answer["deletedAt"] is None


def sent_by_curl(command: str) -> tuple[dict[str, Any], Any]:
    """Query and body of a curl command, as a shell would hand them over."""
    words = shlex.split(command.replace("\\\n", " "))
    address = next(word for word in words if word.startswith("$SETPIECE_URL"))
    assert "api_key: $SETPIECE_KEY" in words
    query = parse_qs(urlsplit(address.removeprefix("$SETPIECE_URL")).query)
    return query, json.loads(words[words.index("-d") + 1]) if "-d" in words else None


CURL_BY_PATH = {
    f"{entry.methods[0].name} {entry.path}": entry.curl
    for group in outline(DOCUMENT).groups
    for entry in group.entries
}


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.path)
def test_every_example_request_is_one_that_the_operation_accepts(operation: Operation):
    query, body = sent_by_curl(CURL_BY_PATH[f"{operation.method} {operation.path}"])
    if operation.body:
        operation.body.model_validate(operation.lenient(body))
    if operation.query:
        operation.query.model_validate({name: values[0] for name, values in query.items()})


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.path)
def test_every_example_request_is_one_that_the_document_allows(operation: Operation):
    said = DOCUMENT["paths"][operation.path][operation.method.lower()].get("requestBody", {"content": {}})
    _, body = sent_by_curl(CURL_BY_PATH[f"{operation.method} {operation.path}"])
    content = said["content"].get("application/json", {"schema": {}})
    for example in (body, content.get("example")):
        if example is not None:
            schema = content["schema"] | {"components": DOCUMENT["components"]}
            jsonschema.validate(example, schema, jsonschema.Draft202012Validator)


HOSTILE = "</code></pre></script><script>alert(1)</script><img src=x onerror=alert(1)>\" ' `<b onclick=x>` & {{ 1 }}"


def document_that_says(text: str) -> dict[str, Any]:
    """A document that has `text` wherever a document can have text of someone else's choosing."""
    field = {"type": "string", "description": text, "example": text, "enum": [text], "default": text}
    answer = {
        "type": "object",
        "description": text,
        "properties": {text: field, "items": {"$ref": f"#/components/schemas/{text}"}},
    }
    said = {
        "description": text,
        "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{text}"}}},
    }
    content = {
        "application/json": {"schema": {"$ref": f"#/components/schemas/{text}"}, "example": {text: text}}
    }
    operation = {
        "summary": text,
        "description": text,
        "tags": [text],
        "parameters": [{"name": text, "in": "query", "required": True, "schema": field, "description": text}],
        "requestBody": {"content": content},
        "responses": {"200": said, "400": said},
    }
    return {
        "info": {"title": text, "version": text, "description": text},
        "tags": [{"name": text}],
        "paths": {
            f"/{name}/{text}": {"post": operation | {"operationId": name}} for name in ("one", "two", "three")
        },
        "components": {
            "schemas": {text: answer},
            "securitySchemes": {text: {"type": "apiKey", "in": "header", "name": text}},
        },
    }


def test_text_of_the_document_never_becomes_markup():
    hostile = reference_page.page(document_that_says(HOSTILE)).decode()
    harmless = reference_page.page(document_that_says("harmless `words` of a document")).decode()
    tree, expected = LexborHTMLParser(hostile), LexborHTMLParser(harmless)
    assert {node.tag for node in tree.css("*")} == {node.tag for node in expected.css("*")}
    for element in ("script", "b", "pre", "section"):
        assert len(tree.css(element)) == len(expected.css(element)), element
    known = {"id", "class", "href", "hidden", "open", "type", "tabindex", "scope", "rel", "lang", "charset"}
    known |= {"name", "content", "aria-label"}
    assert {name for node in tree.css("*") for name in node.attributes} <= known
    assert HOSTILE.replace("`", "") in tree.css_first("header p").text()
    balance = Balance()
    balance.feed(hostile)
    assert (balance.wrong, balance.open) == ([], [])
