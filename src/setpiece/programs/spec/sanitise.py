"""What a client sends becomes a document, or an update of one: what cannot be used is ignored, what is out of bounds is brought in.

Source: the Playbooks API ("unknown fields are silently dropped, invalid enum values are ignored"); what it leaves open as in
playbooks-v1, 2. In strict mode every problem is an error.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from setpiece.kernel.errors import Invalid
from setpiece.programs.spec.fields import SECTIONS, SERVER_FIELDS, STRATEGY, TOP, Field, defaults
from setpiece.programs.spec.shapes import IGNORED, Problem, Problems, is_object

_MOST_NAMED = 5  # problems in the message; the details have them all
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Taken:
    """What could be used of a request.

    Attributes:
        patch: By field; None where a field is to be emptied. Sections are within.
        problems: What was ignored or changed.
    """

    patch: Mapping[str, Any]
    problems: Sequence[Problem]

    @property
    def warnings(self) -> list[Problem]:
        """What the client is told; the API drops unknown fields silently."""
        return [one for one in self.problems if not one.is_silent]


def take_update(content: Mapping[str, Any], *, is_strict: bool) -> Taken:
    """What `content` changes.

    Raises:
        Invalid: something is wrong, in strict mode.
    """
    problems: Problems = []
    patch = _take(TOP, content, "", problems, known=SERVER_FIELDS | SECTIONS.keys())
    for name, fields in SECTIONS.items():
        if name in content and is_object(content[name], name, problems):
            patch[name] = _take(fields, content[name], f"{name}.", problems)
    if is_strict:
        require_none(problems)
    return Taken(patch, tuple(problems))


def take_new(content: Mapping[str, Any], *, is_strict: bool) -> tuple[dict[str, Any], Taken]:
    """The document of a new spec, with defaults.

    Raises:
        Invalid: something required is missing or cannot be used; in strict mode, anything is wrong.
    """
    taken = take_update(content, is_strict=is_strict)
    require_none(_missing(taken))
    begun = defaults(TOP) | {name: defaults(fields) for name, fields in SECTIONS.items()}
    return merged(begun, taken.patch), taken


def merged(document: Mapping[str, Any], patch: Mapping[str, Any]) -> dict[str, Any]:
    """The document with what the patch says. Sections are merged; what is within a section, a list too, is replaced."""
    result = dict(document)
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        elif name in SECTIONS:
            result[name] = merged(document.get(name, {}), value)
        else:
            result[name] = value
    return result


def require_none(problems: Iterable[Problem]) -> None:
    """Raises Invalid, naming every field, when there are any."""
    found = list(problems)
    if not found:
        return
    named = [one.as_error for one in found[:_MOST_NAMED]]
    if len(found) > _MOST_NAMED:
        named.append(f"And {len(found) - _MOST_NAMED} more.")
    fields = [{"field": one.field, "code": one.code, "message": one.as_error} for one in found]
    raise Invalid(" ".join(named), code="invalid_fields", details={"fields": fields})


def _take(
    fields: tuple[Field, ...],
    content: Mapping[str, Any],
    where: str,
    problems: Problems,
    known: frozenset[str] = frozenset(),
) -> dict[str, Any]:
    patch: dict[str, Any] = {}
    for field in fields:
        if field.name in content:
            taken = _take_field(field, content[field.name], f"{where}{field.name}", problems)
            patch |= {} if taken is IGNORED else {field.name: taken}
    names = known | {field.name for field in fields}
    problems += [_unknown(f"{where}{name[:_LONGEST_NAME]}") for name in content if name not in names]
    return patch


def _take_field(field: Field, value: Any, where: str, problems: Problems) -> Any:
    """Null, or a blank text, empties what may be absent."""
    is_empty = value is None or (isinstance(value, str) and not value.strip())
    if is_empty and field.may_be_absent:
        return None
    if value is None and field.shape.plain(field.default) == []:
        return []
    if value is None:
        problems.append(Problem(where, "null", "must not be null"))
        return IGNORED
    return field.shape.take(value, where, problems)


def _missing(taken: Taken) -> list[Problem]:
    """What is required and was not sent, or could not be used."""
    strategy = taken.patch.get("strategy", {})
    lacking = [field.name for field in TOP if field.is_required and field.name not in taken.patch]
    lacking += [f"strategy.{one.name}" for one in STRATEGY if one.is_required and one.name not in strategy]
    why = {one.field: one for one in taken.problems if one.code not in ("null", "blank")}
    return [why.get(name, Problem(name, "missing", "is required")) for name in lacking]


def _unknown(field: str) -> Problem:
    return Problem(field, "unknown", "is not known here; leave it out", is_silent=True)
