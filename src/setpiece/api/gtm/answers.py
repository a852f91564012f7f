"""JSON Schemas of the answers, made from the catalog, for the OpenAPI document."""

from typing import Any

from setpiece.library.kind import Field, Kind, Linking, Shape

Schema = dict[str, Any]


def obj(required: str = "", **properties: Schema) -> Schema:
    """An object; `required` lists names, '*' all of them."""
    names = list(properties) if required == "*" else required.split()
    return {"type": "object", "properties": properties} | ({"required": names} if names else {})


def array(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def string(example: str | None = None, **more: Any) -> Schema:
    return {"type": "string"} | ({"example": example} if example is not None else {}) | more


def maybe(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


INTEGER: Schema = {"type": "integer"}
BOOLEAN: Schema = {"type": "boolean"}
INSTANT = string("2026-01-01T09:00:00.000Z", format="date-time")
META = ref("Metadata")

SHARED: dict[str, Schema] = {
    "Metadata": obj(
        "*",
        requestId=string("0198f2c4-7a55-7c1e-b9d0-3f2d5a6b7c8d"),
        timestamp=INSTANT,
        usage={"type": "number", "example": 0, "description": "Credits counted for this call"},
        message=string("OK"),
    ),
    "Error": obj("*", _metadata=META, message=string("'name' is required.")),
    "ReportsError": obj(
        "error",
        error=obj("code message", code=string("not_found"), message=string("…"), details={"type": "object"}),
    ),
    "Gone": obj("*", error=string("gone"), message=string("The file was deleted."), deletedAt=INSTANT),
    "CustomFieldRecord": obj("*", title=string("Region"), value=array(string("EMEA"))),
    "QualifyingQuestionRecord": obj(
        "question",
        question=string("Do they sell to more than one role?"),
        rationale=string("One role needs no playbooks"),
        fitType=string("GOOD", enum=["GOOD", "BAD"]),
        weight=string("MEDIUM", enum=["LOW", "MEDIUM", "HIGH", "INSTANT_DISQUALIFIER"]),
        archivedAt=maybe(string()),
    ),
    "GenerationMetadata": obj(
        "*",
        userSources=array({"type": "object"}),
        resourceCenterSources=array({"type": "object"}),
        ragConfig={"type": "object"},
        generatedAt=INSTANT,
        generatedByUserOId=string("u_0AbCdEfGhIjKlMnOpQrStU"),
        fields=array(
            obj(
                "*",
                field=string("painPoints"),
                index=maybe(INTEGER),
                source={"type": "integer", "description": "Number in `userSources`, from 0"},
                sentence=string("Every close takes nine days"),
            )
        ),
    ),
    "Member": obj(
        "*", oId=string("u_0AbCdEfGhIjKlMnOpQrStU"), firstName=string("Owner"), lastName=string("")
    ),
}


def of_verb(kind: Kind, verb: str) -> Schema:
    """The 200 answer of a verb: F1 for get and delete, F2 for create and update, F3 for list."""
    if verb in ("get", "delete"):
        return {"allOf": [obj("_metadata", _metadata=META), ref(kind.title)]}
    if verb == "generate":
        return wrapped(array(ref(kind.title)))
    if verb == "list":
        return page_of(ref(kind.title))
    return wrapped(ref(kind.title))


def wrapped(schema: Schema) -> Schema:
    return obj("*", _metadata=META, data=schema)


def page_of(schema: Schema) -> Schema:
    return obj("*", _metadata=META, hasNext=BOOLEAN, total=INTEGER, data=array(schema))


def record_schema(kind: Kind) -> Schema:
    """The record of a kind, as `library.record` shows it."""
    properties: dict[str, Schema] = {
        "oId": string(f"{kind.prefix}_0AbCdEfGhIjKlMnOpQrStU"),
        "createdAt": INSTANT,
        "updatedAt": maybe(INSTANT),
        "archivedAt": maybe(INSTANT),
        "deletedAt": maybe(INSTANT),
        "name": string(f"Example {kind.label}"),
        "internalName": maybe(string()),
        "description": maybe(string()),
        **({"primaryUrl": maybe(string("https://www.example.com"))} if kind.has_url else {}),
        "active": BOOLEAN,
        "data": _data_schema(kind),
        "qualifyingQuestions": array(ref("QualifyingQuestionRecord")),
        **dict.fromkeys(kind.flags, BOOLEAN),
        **({"activeSequences": INTEGER, "sentEmails": INTEGER} if kind.counts_use else {}),
        "user": ref("Member"),
        "workspace": obj("*", oId=string("wa_0AbCdEfGhIjKlMnOpQrStU")),
    }
    optional: dict[str, Schema] = {"generationMetadata": ref("GenerationMetadata")}
    if kind.linking is not Linking.NONE:
        optional["primaryOfferingOId"] = maybe(string("px_0AbCdEfGhIjKlMnOpQrStU"))
    if kind.linking is Linking.STRATEGY:
        strategy = obj("mode", mode=string("ALL"), offeringOIds=array(string()))
        optional["linkingStrategy"] = maybe(strategy)
    return {"type": "object", "properties": properties | optional, "required": list(properties)}


def _data_schema(kind: Kind) -> Schema:
    properties = {field.name: _field_schema(field) for field in kind.data_fields}
    if kind.data_type:
        properties = {"type": string(kind.data_type)} | properties
    if kind.internal_name_in_data:
        properties["internalName"] = maybe(string())
    return {"type": "object", "properties": properties}


def _field_schema(field: Field) -> Schema:
    shapes: dict[Shape, Schema] = {
        Shape.TEXT: maybe(string()),
        Shape.CHOICE: maybe(string(enum=list(field.choices))),
        Shape.TEXTS: array(string()),
        Shape.CUSTOM_FIELDS: array(ref("CustomFieldRecord")),
        Shape.TEXTS_BY_LABEL: {"type": "object", "additionalProperties": array(string())},
    }
    return shapes[field.shape] | {"description": field.about, "example": field.example}
