"""A small library to make plays from; an invented product, marked as an example."""

from typing import Any

from caller import Caller

PRODUCT = {
    "name": "Example Ledger",
    "summary": "Closes the books of a company in one day",
    "statusQuo": ["Finance teams copy figures between spreadsheets"],
    "challengesAddressed": ["The month-end close takes eleven days"],
    "capabilities": ["Reconciles bank statements every night", "Posts recurring journal entries"],
    "differentiatedValue": ["Every figure links to the bank line it came from"],
    "customerBenefits": ["The close is done in one day", "Auditors find every receipt"],
}
CONTROLLER = {
    "name": "Controller",
    "commonJobTitles": ["Controller", "Financial Controller", "Head of Accounting"],
    "primaryResponsibilities": ["Closing the books every month"],
    "painPoints": ["The month-end close eats the first two weeks", "Auditors ask for receipts nobody finds"],
    "keyObjectives": ["A close that is done before the board meets"],
}
TREASURER = {
    "name": "Treasurer",
    "commonJobTitles": ["Treasurer", "Head of Treasury"],
    "painPoints": ["Cash positions are a day old when they are read"],
    "keyObjectives": ["Knowing the cash position every morning"],
}
ENGINEER = {
    "name": "Software engineer",
    "commonJobTitles": ["Software Engineer", "Developer"],
    "painPoints": ["Builds take forty minutes"],
}
PROOF = {
    "name": "Closes in one day",
    "type": "stat",
    "howWeTalkAboutThis": ["A close of 4,000 entries ran in 19 minutes"],
}
REFERENCE = {
    "name": "Example Brewery",
    "data": {"emailSnippets": ["Example Brewery closed its books on the second day of the month"]},
}


async def make_library(api: Caller) -> dict[str, str]:
    """The ids by what they are of."""
    bodies: dict[str, tuple[str, dict[str, Any]]] = {
        "product": ("product", PRODUCT),
        "controller": ("persona", CONTROLLER),
        "treasurer": ("persona", TREASURER),
        "engineer": ("persona", ENGINEER),
        "faster close": (
            "use-case",
            {
                "name": "Faster close",
                "desiredOutcomes": ["The month-end close is over before the board meets"],
            },
        ),
        "cash": ("use-case", {"name": "Daily cash", "desiredOutcomes": ["Cash is known every morning"]}),
        "competitor": (
            "competitor",
            {"name": "Example Rival", "reasonsWeWin": ["The close needs no consultant on site"]},
        ),
        "segment": (
            "segment",
            {
                "name": "Breweries",
                "data": {"strategicPriorities": ["Opening a second brewery without more staff"]},
            },
        ),
        "proof": ("proof-point", PROOF),
        "reference": ("reference", REFERENCE),
    }
    made = {}
    for name, (kind, body) in bodies.items():
        links = {} if kind == "product" else {"primaryOfferingOId": made["product"]}
        made[name] = (await api.create(kind, **body, **links))["oId"]
    return made


async def make_playbook(api: Caller, **body: Any) -> dict[str, Any]:
    """The answer to playbook/create."""
    return await api.post("playbook/create", body)


def names(records: list[dict[str, Any]]) -> list[str]:
    return [record["name"] for record in records]


def words_of(emails: list[dict[str, Any]]) -> str:
    """Everything that a reader of the emails sees."""
    return "\n".join(f"{email['subject']}\n{email['email']}" for email in emails)
