"""The qualifying agents' runs."""

from collections.abc import Iterator

from setpiece.agents.qualify_company.run import QUALIFY_COMPANY
from setpiece.agents.qualify_person.run import QUALIFY_PERSON
from setpiece.api.gtm.answers import BOOLEAN, INTEGER, META, Schema, array, maybe, obj, string
from setpiece.api.gtm.running import run_operation
from setpiece.api.operation import Operation

_SCORE: Schema = {"type": "integer", "minimum": 1, "maximum": 10, "example": 7}
_CONFIDENCE = string("HIGH", enum=["LOW", "MEDIUM", "HIGH"])
_ANSWER = obj(
    "question answer rationale confidence weight",
    question=string("Does the company write to prospects first?"),
    answer=string("Yes", enum=["Yes", "No", "Unknown"])
    | {"description": "Unknown is ours: it is never turned into No"},
    rationale=string("It is said in these words."),
    confidence=_CONFIDENCE,
    weight=string("HIGH", enum=["LOW", "MEDIUM", "HIGH", "INSTANT_DISQUALIFIER"]),
    fitType=string("GOOD", enum=["GOOD", "BAD"]),
    contribution={"type": "number", "example": 3.0, "description": "Points it adds or takes (ours)"},
    evidence=array(obj("*", source=string("runtimeContext"), quote=string("They write to prospects first.")))
    | {"description": "The words of the request it rests on (ours)"},
    implied=BOOLEAN | {"description": "Asked because of a segment's firmographics (ours)"},
)
_SECTION = maybe(
    obj(
        "message oId name description qualification",
        message=string("“Setpiece” is the only offering: 1 of 4 questions answered."),
        oId=string("px_0AbCdEfGhIjKlMnOpQrStU"),
        name=string("Setpiece"),
        description=maybe(string()),
        qualification=obj(
            "score rationale answers",
            score=_SCORE,
            rationale=string("“Does the company write to prospects first?” Yes (+3.0)."),
            confidence=_CONFIDENCE,
            balance={"type": "number", "description": "The same from -1 to 1, not rounded to a score (ours)"},
            answers=array(_ANSWER),
            fit=maybe(obj("*", value={"type": "number"}, contribution={"type": "number"})),
        ),
    )
)
_COMPANY = obj(
    "name domain",
    name=maybe(string("Example Corp")),
    domain=maybe(string("example.com")),
    employeeCount=maybe(INTEGER),
    industry=maybe(string("Software")),
)
_PERSON = obj(
    "firstName lastName title profileUrl company",
    firstName=maybe(string("Example")),
    lastName=maybe(string()),
    title=maybe(string("Head of RevOps")),
    profileUrl=maybe(string()),
    company=_COMPANY,
)
_COMMON: dict[str, Schema] = {
    "score": _SCORE,
    "rationale": string("7 from offering 8, segment 6."),
    "product": _SECTION,
    "segment": _SECTION,
    "playbook": _SECTION,
    "company": _COMPANY,
    "annotations": {"type": "object"},
}


def _answer(**more: Schema) -> Schema:
    data = obj("score rationale company", **_COMMON, **more)
    return obj("_metadata found", _metadata=META, found=BOOLEAN, message=maybe(string()), data=data)


_COMPANY_EXAMPLE = {
    "companyName": "Example Corp",
    "companyDomain": "example.com",
    "runtimeContext": {
        "industry": "Software",
        "employeeCount": 120,
        "notes": "The company writes to prospects first. They have no RevOps team.",
    },
}
_PERSON_EXAMPLE = {"firstName": "Example", "jobTitle": "Head of RevOps", **_COMPANY_EXAMPLE}


def operations() -> Iterator[Operation]:
    yield run_operation(QUALIFY_PERSON, _answer(persona=_SECTION, person=_PERSON), _PERSON_EXAMPLE)
    yield run_operation(QUALIFY_COMPANY, _answer(), _COMPANY_EXAMPLE)
