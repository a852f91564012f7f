"""The runs of the agents beside the sequence agent."""

from collections.abc import Iterator

from setpiece.agents.call_prep.run import CALL_PREP
from setpiece.agents.context.run import CONTEXT
from setpiece.agents.generate_content.run import CONTENT
from setpiece.api.gtm.answers import BOOLEAN, META, array, maybe, obj, string
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


def operations() -> Iterator[Operation]:
    yield run_operation(CONTENT, _CONTENT, _PERSON | {"outputFormat": "TEXT"})
    yield run_operation(CALL_PREP, _CALL_PREP, _PERSON)
    yield run_operation(CONTEXT, _CONTEXT, {"query": "How do we answer a security review?"})
