"""Which column of a table is which field of a lead. Pure."""

import re
from collections.abc import Iterable, Mapping

from setpiece.agents.sequence.bulk.leads import FIELD_BY_HEADER
from setpiece.kernel.errors import Invalid
from setpiece.library.titles.words import fold
from setpiece.programs.leads.people import is_storable

LONGEST_NAME = 60
"""Characters of a column's name; what is longer is a sentence and not a name."""
_MORE = {
    "phone": "phone phonenumber mobile mobilephone cell telephone tel workphone telefon telefono telefone telephonenumber",
    "email": "mail emailaddress correo correoelectronico courriel primaryemail emailid",
    "firstName": "vorname nombre prenom primeironome nome givenname",
    "lastName": "nachname apellido apellidos sobrenome familyname nomdefamille",
    "fullName": "name fullname contactname leadname contact person nomecompleto nombrecompleto",
    "jobTitle": "role jobrole funktion cargo puesto poste berufsbezeichnung",
    "companyName": "firma unternehmen empresa entreprise societe organisation",
    "companyDomain": "webseite sitioweb site url companyurl",
    "externalId": "externalid id contactid customerid userid recordid personid crmid",
    "crmAccountId": "accountid companyid",
    "linkedInProfile": "linkedinprofileurl personlinkedinurl linkedinlink",
}
_FIELD_BY_NAME: Mapping[str, str] = FIELD_BY_HEADER | {
    name: field for field, names in _MORE.items() for name in names.split()
}


def field_of(header: str) -> str | None:
    """The field that a header names in one of five languages; None for a column that is kept under its own name."""
    return _FIELD_BY_NAME.get(re.sub(r"[^a-z]", "", fold(header)))


def map_columns(headers: Iterable[str], wanted: Mapping[str, str | None] | None) -> dict[str, str | None]:
    """What each column becomes; None is left out.

    Args:
        headers: As the table has them.
        wanted: What somebody said of some of them, over what the names say.

    Raises:
        Invalid: `wanted` names a column that is not there, or a name cannot be kept.
    """
    found = [one for one in headers if one.strip()]
    if not all(map(is_storable, (*found, *(field or "" for field in (wanted or {}).values())))):
        raise Invalid(
            "The name of a column contains a NUL or half a character; remove it.", code="nul_character"
        )
    if missing := [name for name in wanted or {} if name not in found]:
        raise Invalid(
            f"The mapping names the column '{missing[0][:LONGEST_NAME]}', which the list does not have; "
            f"it has {', '.join(one[:LONGEST_NAME] for one in found[:20])}.",
            code="unknown_column",
        )
    return {name: field_of(name) or own_name(name) for name in found} | dict(wanted or {})


def own_name(header: str) -> str:
    """What a column is kept as that is no known field."""
    return " ".join(header.split())[:LONGEST_NAME]


def named(values: Mapping[str, str], field_by_column: Mapping[str, str | None]) -> dict[str, str]:
    """The values under their fields; of two columns for one field, the first that says something."""
    given: dict[str, str] = {}
    for column, value in values.items():
        field = field_by_column.get(column)
        if field and value.strip():
            given.setdefault(field, value)
    return given
