"""JSON Schema of the report document. Source: seed 004 and reports-v1, §5; the document is closed at every level."""

from setpiece.api.gtm.answers import INSTANT, INTEGER, Schema, array, maybe, obj, string
from setpiece.reports.writing import Template

_TEXT = string(minLength=1)
_SECTION: Schema = {
    "oneOf": [
        obj(
            "*",
            kind=string("paragraph", const="paragraph"),
            key=string("what_drives_a_yes"),
            title=_TEXT,
            body=_TEXT,
        ),
        obj(
            "*",
            kind=string("traits", const="traits"),
            key=string("dominating_traits"),
            title=_TEXT,
            body=_TEXT,
            phrases=array(_TEXT) | {"minItems": 3, "maxItems": 3},
        ),
        obj(
            "*",
            kind=string("actions", const="actions"),
            key=string("how_to_close"),
            title=_TEXT,
            items=array(obj("*", title=_TEXT, context=_TEXT)) | {"minItems": 1},
        ),
    ]
}
_META = obj(
    "*",
    prompt=obj("*", name=string("sales_playbook"), version=INTEGER, labels=array(string("embedded"))),
    render=obj(
        "*",
        provider=string(
            "openai",
            enum=["openai", "anthropic"],
            description="The contract knows these two; `model` tells the truth",
        ),
        model=string("setpiece-embedded/0.1.0"),
        attempts=INTEGER,
    ),
)
_TEMPLATE = string("sales_playbook", enum=[*Template])
_JSON = obj(
    "*",
    schemaVersion=INTEGER | {"const": 2},
    template=_TEMPLATE,
    title=_TEXT,
    summary=_TEXT,
    meta=_META,
    sections=array(_SECTION) | {"minItems": 1},
)
REPORT: Schema = obj(
    "id createdAt media output",
    id=string("rpt_0AbCdEfGhIjKlMnOpQrStU"),
    createdAt=INSTANT,
    jobId=string("job_0AbCdEfGhIjKlMnOpQrStU"),
    label=string("Sales Playbook - Mar 23, 2026"),
    entity=obj("*", id=string("ent_0AbCdEfGhIjKlMnOpQrStU"), label=maybe(string())),
    media=obj("", mediaId=string("med_0AbCdEfGhIjKlMnOpQrStU")),
    output=obj("*", template=_TEMPLATE),
    markdown=maybe(string("# …")),
    json=maybe(_JSON),
)
