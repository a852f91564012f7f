"""Leads, their lists and a draw, as this API shows them."""

from typing import Any

from setpiece.api.gtm.answers import BOOLEAN, INSTANT, INTEGER, array, maybe, obj, string
from setpiece.kernel.clock import show_if_any, show_instant
from setpiece.kernel.ids import show
from setpiece.programs.execution.preparing import COST
from setpiece.programs.leads.gathering import Trial
from setpiece.programs.leads.importing import Preview
from setpiece.programs.leads.model import (
    LEAD_PREFIX,
    LIST_PREFIX,
    SENTENCES,
    Drawn,
    Excluded,
    Lead,
    LeadList,
    Person,
    Source,
)
from setpiece.programs.leads.sources import asked_of
from setpiece.programs.model import PROGRAM_PREFIX
from setpiece.programs.spec.model import LeadSource

_SOURCE = obj(
    "*",
    source=string("manual", enum=[*Source]),
    listId=string("ll_0AbCdEfGhIjKlMnOpQrStU"),
    name=string("trade-fair.csv"),
    reference=string("row 12", description="The row of a file, or the id that the source gives the person"),
    at=INSTANT,
)
_PERSON = {
    "email": maybe(string("ann@example.com")),
    "phone": maybe(string("+442079460000")),
    "firstName": maybe(string("Ann")),
    "lastName": maybe(string("Example")),
    "jobTitle": maybe(string("Head of Growth")),
    "companyName": maybe(string("Example Ltd")),
    "companyDomain": maybe(string("example.com")),
    "externalId": maybe(string("0031")),
    "accountKey": string(
        "example.com", description="Whom evidence counts once, and which only one active playbook works"
    ),
    "fields": {
        "type": "object",
        "additionalProperties": {"type": "string"},
        "description": "What else the list says of the person",
    },
}
LEAD = obj(
    "*",
    id=string("lead_0AbCdEfGhIjKlMnOpQrStU"),
    playbookId=string("pb_0AbCdEfGhIjKlMnOpQrStU"),
    **_PERSON,
    createdAt=INSTANT,
    drawnAt=maybe(INSTANT),
    sources=array(_SOURCE),
)
_READ_AS = {
    "encoding": string("utf-8"),
    "encodingGuessed": BOOLEAN | {"description": "It is not UTF-8; name the `encoding` if names look wrong"},
    "delimiter": maybe(string(",")),
    "mapping": {
        "type": "object",
        "additionalProperties": maybe(string("email")),
        "description": "The field that each column becomes; null when it is left out",
    },
}
LIST = obj(
    "id playbookId source name query isComplete counts createdAt",
    id=string("ll_0AbCdEfGhIjKlMnOpQrStU"),
    playbookId=string("pb_0AbCdEfGhIjKlMnOpQrStU"),
    source=string("manual", enum=[*Source]),
    name=string("trade-fair.csv"),
    query=string(""),
    isComplete=BOOLEAN,
    counts=obj(
        "*",
        rows=INTEGER,
        added=INTEGER,
        known=INTEGER,
        duplicates=INTEGER,
        invalid=INTEGER,
        suppressed=INTEGER,
    ),
    createdAt=INSTANT,
    **_READ_AS,
)
_PROBLEM = obj("*", row=INTEGER, problem=string("The email is no address; it looks like ann@acme.example."))
PREVIEW = obj(
    "*",
    **_READ_AS,
    columns=array(
        obj("*", name=string("Mail"), field=maybe(string("email")), examples=array(string("ann@example.com")))
    ),
    rows=INTEGER | {"description": "How many were looked at"},
    invalid=INTEGER,
    leads=array(obj("*", row=INTEGER, **_PERSON)),
    problems=array(_PROBLEM),
)
SOURCE = obj(
    "*",
    source=string("hubspot", enum=[one for one in Source if one not in (Source.MANUAL, Source.LOCAL)]),
    answers=BOOLEAN,
    message=maybe(string(description="What is wrong with it")),
)
_COST = obj(
    "*",
    amount={"type": "number"},
    unit=string("credits"),
    basis=string("1 for each person", description="How the amount was reached"),
)
DRAW = obj(
    "source query inSource cost lookedAt counted drawable excluded leads",
    source=string("manual", enum=[*Source]),
    query=string(""),
    inSource=maybe(INTEGER | {"description": "People that the source says it has; null when it cannot say"}),
    cost=maybe(_COST | {"description": "Of reading them; null for uploaded lists"}),
    lookedAt=maybe(
        INTEGER | {"description": "How many of the source's people this was tried on; null for all of them"}
    ),
    counted=INTEGER | {"description": "People that the lead source has now"},
    drawable=INTEGER,
    leftOut=array(obj("*", message=string("Has opted out of email in HubSpot."), count=INTEGER))
    | {"description": "Rows that became nobody when the list was read; not in `counted`"},
    executionCost=_COST
    | {"description": "What an executed run would use at most to qualify and write to those who are drawn"},
    excluded=array(obj("*", reason=string("suppressed", enum=[*Excluded]), count=INTEGER, message=string())),
    leads=array(LEAD),
)


def show_person(person: Person | Lead) -> dict[str, Any]:
    return {
        "email": person.email,
        "phone": person.phone,
        "firstName": person.first_name,
        "lastName": person.last_name,
        "jobTitle": person.title,
        "companyName": person.company,
        "companyDomain": person.domain,
        "externalId": person.external_id,
        "accountKey": person.account_key,
        "fields": dict(person.fields),
    }


def show_lead(lead: Lead) -> dict[str, Any]:
    return {
        "id": show(LEAD_PREFIX, lead.id),
        "playbookId": show(PROGRAM_PREFIX, lead.program_id),
        **show_person(lead),
        "createdAt": show_instant(lead.created_at),
        "drawnAt": show_if_any(lead.drawn_at),
        "sources": [
            {
                "source": one.source,
                "listId": show(LIST_PREFIX, one.list_id),
                "name": one.list_name,
                "reference": one.reference,
                "at": show_instant(one.at),
            }
            for one in lead.sources
        ],
    }


def show_list(one: LeadList) -> dict[str, Any]:
    return {
        "id": show(LIST_PREFIX, one.id),
        "playbookId": show(PROGRAM_PREFIX, one.program_id),
        "source": one.source,
        "name": one.name,
        "query": one.query,
        "isComplete": one.is_complete,
        "counts": dict(one.counts),
        "createdAt": show_instant(one.created_at),
        **one.about,
    }


def show_preview(found: Preview) -> dict[str, Any]:
    mapping = found.about["mapping"]
    return {
        **found.about,
        "columns": [
            {"name": name, "field": mapping[name], "examples": list(examples)}
            for name, examples in found.examples.items()
        ],
        "rows": found.looked_at,
        "invalid": found.invalid,
        "leads": [{"row": row, **show_person(person)} for row, person in found.people],
        "problems": [{"row": one.line, "problem": one.why} for one in found.problems],
    }


def show_drawn(source: LeadSource, drawn: Drawn) -> dict[str, Any]:
    """A draw that was made."""
    return _show_draw(Trial(asked_of(source), drawn))


def show_trial(trial: Trial, limit: int) -> dict[str, Any]:
    """Whom a run that wants `limit` people would draw, and why not others."""
    people = limit if trial.asked.is_paid else len(trial.drawn.leads)
    basis = f"one to qualify and one to write to each of {people} leads"
    return _show_draw(trial) | {
        "leftOut": [{"message": why, "count": count} for why, count in trial.drawn.left_out.items()],
        "executionCost": {"amount": COST * people, "unit": "credits", "basis": basis},
    }


def _show_draw(trial: Trial) -> dict[str, Any]:
    cost, drawn = trial.cost, trial.drawn
    return {
        "source": trial.asked.source,
        "query": trial.asked.query,
        "inSource": trial.count,
        "cost": {"amount": cost.amount, "unit": cost.unit, "basis": cost.basis} if cost else None,
        "lookedAt": trial.read,
        "counted": drawn.counted,
        "drawable": drawn.drawable,
        "excluded": [
            {"reason": reason, "count": drawn.excluded[reason], "message": SENTENCES[reason]}
            for reason in Excluded
            if reason in drawn.excluded
        ],
        "leads": [show_lead(one) for one in drawn.leads],
    }
