"""The sources that each workspace has, from a file of the installation's administrator.

A key is read from the file, or with `env:NAME` from the environment; it is never in the database, in a backup of it, or in an answer.
"""

import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import structlog
import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)

from setpiece.kernel.errors import Invalid
from setpiece.providers.lead_sources import attio, customerio, hubspot, orange_slice, salesforce, twenty
from setpiece.providers.lead_sources.port import LeadSource
from setpiece.providers.lead_sources.vendor_http import VendorHttp

log = structlog.get_logger(__name__)
EVERYWHERE = "*"
"""In place of a workspace's name: for those that are not named."""


_SETTLED_S = 1.0  # so long after the last write a file is taken to be whole
_WHO = frozenset(("email", "phone", "externalId", "linkedInProfile", "crmContactId", "crmLeadId"))
_Stamp = tuple[int, int, int]


def _address(text: str) -> str:
    if not text.startswith(("https://", "http://")):
        raise ValueError("must be an address that begins with https://")
    return text.rstrip("/")


Address = Annotated[str, AfterValidator(_address)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Token(_Section):
    """For vendors that need a token and nothing else."""

    token: SecretStr
    base_url: Address | None = None


class CustomerIoKeys(_Section):
    app_api_key: SecretStr
    region: Literal["us", "eu"] = "us"
    base_url: Address | None = None


class SalesforceKeys(_Section):
    instance_url: Address
    access_token: SecretStr | None = None
    client_id: str | None = None
    client_secret: SecretStr | None = None

    @model_validator(mode="after")
    def _has_a_way_in(self) -> "SalesforceKeys":
        if self.access_token is None and not (self.client_id and self.client_secret):
            raise ValueError("needs access_token, or client_id and client_secret")
        return self


class OrangeSliceKeys(_Section):
    token: SecretStr
    url: Address
    tool: str = "search_people"
    query_argument: str = "query"
    limit_argument: str | None = "limit"
    cursor_argument: str | None = None
    people_at: str = "people"
    cursor_at: str | None = None
    fields: dict[str, str] | None = None
    credits_per_person: float = Field(1.0, ge=0)

    @field_validator("fields")
    @classmethod
    def _tells_who(cls, fields: dict[str, str] | None) -> dict[str, str] | None:
        """The other way round nobody would be recognised, after they were paid for."""
        if fields is not None and not _WHO & set(fields.values()):
            raise ValueError(
                f"has our name for each of the tool's, such as {{mail: email}}, and one of {', '.join(sorted(_WHO))} among ours"
            )
        return fields


class Sections(_Section):
    """What one workspace has set up."""

    customerio: CustomerIoKeys | None = None
    hubspot: Token | None = None
    salesforce: SalesforceKeys | None = None
    attio: Token | None = None
    twenty: Token | None = None
    orangeslice: OrangeSliceKeys | None = None


class LeadSources:
    """The sources of every workspace; made once in a process, so that all who ask one vendor with one key keep its rate together.

    Nothing is connected before the first use. What changes in the file holds from the next use on, and nothing has to be started
    again; a file that cannot be used then changes nothing.
    """

    def __init__(self, path: Path | None = None, *, now: Callable[[], float] = time.time) -> None:
        self._path, self._now = path, now
        self._seen: _Stamp | None = None
        self._set_up: Mapping[str, Sections] = {}
        self._by_workspace: dict[str, Mapping[str, LeadSource]] = {}
        self._replaced: list[LeadSource] = []
        if path is not None:
            self._seen = _stamp(path)
            self._take(_read(path))

    def of(self, workspace: str) -> Mapping[str, LeadSource]:
        """By vendor; empty when the workspace has none."""
        self._look_again()
        return self._by_workspace.get(workspace, self._by_workspace.get(EVERYWHERE, {}))

    def _look_again(self) -> None:
        if self._path is None or (stamp := _stamp(self._path)) == self._seen:
            return
        if stamp is not None and 0 <= self._now() - stamp[0] / 1e9 < _SETTLED_S:
            return  # it may be half written
        self._seen = stamp
        try:
            self._take(_read(self._path))
        except Invalid as wrong:
            log.warning("lead_sources_kept", why=wrong.message)

    def _take(self, set_up: Mapping[str, Sections]) -> None:
        """A source whose settings are what they were stays, with its rate; one that is replaced may still be asked, and is closed last."""
        before, was = self._by_workspace, self._set_up
        same = {name for name, section in set_up.items() if section == was.get(name)}
        gone = (sources for name, sources in before.items() if name not in same)
        self._replaced += (one for sources in gone for one in sources.values())
        self._by_workspace = {
            name: before[name] if name in same else _open(section) for name, section in set_up.items()
        }
        self._set_up = set_up

    async def aclose(self) -> None:
        current = (one for sources in self._by_workspace.values() for one in sources.values())
        for source in [*self._replaced, *current]:
            await source.aclose()


def _stamp(path: Path) -> _Stamp | None:
    """When the file was written, and which it is; None when it is not there. A secret that is mounted changes as a link does."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino, found.st_size


def _read(path: Path) -> dict[str, Sections]:
    """What the file sets up.

    Raises:
        Invalid: it cannot be read; a sentence says where, without what stands there.
    """
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except OSError as lost:
        raise _wrong(f"cannot be read ({lost.strerror})") from lost
    except (yaml.YAMLError, UnicodeDecodeError) as wrong:
        raise _wrong("is not YAML") from wrong
    if not isinstance(content, dict):
        raise _wrong("must hold the names of workspaces, each with its sources")
    return {str(name): _sections(str(name), _with_environment(one)) for name, one in content.items()}


def _sections(workspace: str, content: Any) -> Sections:
    try:
        return Sections.model_validate(content)
    except ValidationError as wrong:
        first = wrong.errors(include_input=False, include_url=False)[0]
        place = ".".join([workspace, *map(str, first["loc"])])
        raise _wrong(f"at '{place[:120]}': {first['msg']}") from wrong


def _with_environment(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _with_environment(one) for name, one in value.items()}
    if isinstance(value, str) and value.startswith("env:"):
        found = os.environ.get(value[4:])
        if not found:
            raise _wrong(f"names the variable {value[4:][:80]}, which is not set")
        return found
    return value


def _wrong(what: str) -> Invalid:
    return Invalid(f"The file of SETPIECE_LEAD_SOURCES {what}.", code="setting")


def _open(section: Sections) -> dict[str, LeadSource]:
    return {
        name: _MAKERS[name](keys)
        for name in Sections.model_fields
        if (keys := getattr(section, name)) is not None
    }


def _customerio(keys: CustomerIoKeys) -> LeadSource:
    options = customerio.options(keys.app_api_key.get_secret_value(), keys.region, keys.base_url)
    return customerio.CustomerIo(VendorHttp(options))


def _hubspot(keys: Token) -> LeadSource:
    return hubspot.HubSpot(VendorHttp(hubspot.options(keys.token.get_secret_value(), keys.base_url)))


def _attio(keys: Token) -> LeadSource:
    return attio.Attio(VendorHttp(attio.options(keys.token.get_secret_value(), keys.base_url)))


def _twenty(keys: Token) -> LeadSource:
    return twenty.Twenty(VendorHttp(twenty.options(keys.token.get_secret_value(), keys.base_url)))


def _salesforce(keys: SalesforceKeys) -> LeadSource:
    key = salesforce.SalesforceKey(
        keys.access_token.get_secret_value() if keys.access_token else None,
        keys.client_id,
        keys.client_secret.get_secret_value() if keys.client_secret else None,
    )
    return salesforce.Salesforce(VendorHttp(salesforce.options(keys.instance_url)), key)


def _orangeslice(keys: OrangeSliceKeys) -> LeadSource:
    unsaid = {"fields"} if keys.fields is None else set()
    told = keys.model_dump(exclude={"token", "url"} | unsaid)
    options = orange_slice.options(keys.token.get_secret_value(), keys.url)
    return orange_slice.OrangeSlice(VendorHttp(options), orange_slice.ToolMapping(**told))


_MAKERS: Mapping[str, Callable[[Any], LeadSource]] = {
    "customerio": _customerio,
    "hubspot": _hubspot,
    "salesforce": _salesforce,
    "attio": _attio,
    "twenty": _twenty,
    "orangeslice": _orangeslice,
}
