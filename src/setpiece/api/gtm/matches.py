"""JSON Schemas of what several agents answer: matched entities and annotations."""

from setpiece.api.gtm.answers import BOOLEAN, META, Schema, array, maybe, obj, string

NAMED = obj(
    "oId name description",
    oId=string("pe_0AbCdEfGhIjKlMnOpQrStU"),
    name=string("RevOps leader"),
    description=maybe(string("Answers for the revenue stack")),
)
MATCHED = obj(
    "oId name description matchConfidence matchAnalysis",
    **NAMED["properties"],
    matchConfidence=maybe(string("HIGH", enum=["LOW", "MEDIUM", "HIGH"])),
    matchAnalysis=maybe(
        string("“RevOps leader” fits because the job title is one of its common titles (“Head of RevOps”).")
    ),
)
ENTITIES: dict[str, Schema] = {
    "product": maybe(MATCHED),
    "service": maybe(MATCHED),
    "solution": maybe(MATCHED),
    "playbook": maybe(MATCHED),
    "persona": maybe(MATCHED),
    "segment": maybe(MATCHED),
    "useCases": array(NAMED),
    "referenceCustomers": array(NAMED),
}
ANNOTATION = obj(
    "*",
    type=string("LIBRARY_FIELD", enum=["LIBRARY_FIELD", "REQUEST_FIELD", "WEB_PAGE"]),
    title=string("persona “RevOps leader”: painPoints[1]"),
    meta=maybe({"type": "object"}),
    description=string("Does this sound familiar: messaging is spread over four tools?"),
    url=maybe(string("/api/v2/persona/get?oId=pe_0AbCdEfGhIjKlMnOpQrStU")),
)
ANNOTATIONS = obj("*", annotations=array(ANNOTATION), metadata=maybe({"type": "object"}))


def run_answer(**data: Schema) -> Schema:
    """The 200 of a run. Nothing under `data` is required: with `dryRun` it is the plan."""
    return obj(
        "_metadata found",
        _metadata=META,
        found=BOOLEAN,
        message=string(),
        data=obj("", **data, annotations=ANNOTATIONS),
    )
