"""The runs of the agents beside the sequence agent."""

from collections.abc import Iterator

from setpiece.agents.call_prep.run import CALL_PREP
from setpiece.agents.context.run import CONTEXT
from setpiece.agents.enrich_company.run import ENRICH_COMPANY
from setpiece.agents.enrich_person.run import ENRICH_PERSON
from setpiece.agents.generate_content.run import CONTENT
from setpiece.api.gtm.answers import BOOLEAN, INTEGER, META, array, maybe, obj, string
from setpiece.api.gtm.context import DOCUMENTS
from setpiece.api.gtm.matches import ENTITIES, run_answer
from setpiece.api.gtm.running import run_operation
from setpiece.api.operation import Operation

_PERSON = {
    "firstName": "Example",
    "jobTitle": "Head of RevOps",
    "companyName": "Example Corp",
    "companyDomain": "example.com",
    "runtimeContext": "They are hiring three SDRs.",
}
_CALL_PREP = run_answer(
    methodology=string("SPIN"),
    discoveryQuestions=array(string("What do you do when messaging is spread over four tools?")),
    callScript=string("Opening\nHi Example, thanks for taking the time."),
    personBrief=string("The person\nExample, Head of RevOps at Example Corp."),
    companyBrief=string("The company\nExample Corp (example.com)."),
    objectionHandling=string("Another tool to run\n- Answer: It is one process and one folder"),
    objections=array(obj("*", id=string("objection-1"), objection=string(), handling=array(string()))),
    stages=array(
        obj(
            "*",
            id=string("problem"),
            stage=string("Problem"),
            aim=string("Find out what does not work."),
            questions=array(string()),
            say=array(string()),
        )
    ),
    **ENTITIES,
)

_CONTENT = run_answer(
    content=string("Setpiece for Example Corp\n\nSituation\nYou are hiring three SDRs."),
    jsonContent={"type": "object", "example": {"title": "Setpiece for Example Corp", "sections": []}},
    **ENTITIES,
)

_CONTEXT = obj(
    "_metadata found",
    _metadata=META,
    found=BOOLEAN,
    message=string(),
    data=obj(documents=DOCUMENTS, reasoning=maybe(string())),
)

_LOCATION = obj(
    "*",
    region=maybe(string()),
    locality=maybe(string("Ghent")),
    postalCode=maybe(string()),
    countryCode=maybe(string("BE")),
    streetAddress=maybe(string()),
)
_COMPANY = obj(
    "*",
    name=maybe(string("Example Corp")),
    description=maybe(string()),
    domain=maybe(string("example.com")),
    website=maybe(string("https://example.com/")),
    founded=maybe(INTEGER),
    location=_LOCATION,
    employeeCount=maybe(INTEGER),
    followerCount=maybe(INTEGER),
    type=maybe(string()),
    slug=maybe(string()),
    logoUrl=maybe(string()),
    countryCode=maybe(string("BE")),
    specialties=maybe(array(string())),
    industry=maybe(string("Software")),
    crunchBaseFunding=maybe(array({"type": "object"})),
)
_KNOWN = array(
    obj("*", oId=string(), name=string(), kind=string("reference", enum=["reference", "competitor"]))
)
_TEXTS = (
    "firstName",
    "lastName",
    "title",
    "email",
    "profileUrl",
    "headline",
    "about",
    "location",
    "countryCode",
)
_PERSON_RECORD = obj(
    "*",
    **{name: maybe(string()) for name in _TEXTS},
    seniority=maybe(string("head")),
    functions=maybe(array(string("revops"))),
    company=_COMPANY,
)
_ENRICH_COMPANY = run_answer(company=_COMPANY, known=_KNOWN, **ENTITIES)
_ENRICH_PERSON = run_answer(person=_PERSON_RECORD, company=_COMPANY, known=_KNOWN, **ENTITIES)


def operations() -> Iterator[Operation]:
    yield run_operation(CONTENT, _CONTENT, _PERSON | {"outputFormat": "TEXT"})
    yield run_operation(CALL_PREP, _CALL_PREP, _PERSON)
    yield run_operation(CONTEXT, _CONTEXT, {"query": "How do we answer a security review?"})
    yield run_operation(ENRICH_PERSON, _ENRICH_PERSON, _PERSON | {"runtimeContext": {"industry": "Software"}})
    company = {
        "companyName": "Example Corp",
        "companyDomain": "example.com",
        "runtimeContext": {"employeeCount": 120},
    }
    yield run_operation(ENRICH_COMPANY, _ENRICH_COMPANY, company)
