"""One suite over every source of leads, each against a server that speaks its vendor's protocol; and the fake."""

from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
import vendor_server as vendors
from vendor_server import KEY, PEOPLE, VendorServer, serving

from setpiece.kernel.errors import Invalid, Unavailable
from setpiece.providers.lead_sources import attio, customerio, hubspot, orange_slice, salesforce, twenty
from setpiece.providers.lead_sources.canned import CannedSource
from setpiece.providers.lead_sources.port import LeadSource, Record
from setpiece.providers.lead_sources.vendor_http import TokenBucket, VendorHttp, VendorOptions

_SLICE = orange_slice.ToolMapping(
    tool="find_people", limit_argument="count", cursor_argument="page", people_at="rows", cursor_at="next",
    fields={"ref": "externalId", "mail": "email", "first_name": "firstName", "last_name": "lastName", "role": "jobTitle",
            "company": "companyName", "site": "companyDomain"},
)  # fmt: skip


class Waits:
    """A sleep that only notes how long it was asked to be."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


def _salesforce(http: VendorHttp, key: str) -> LeadSource:
    return salesforce.Salesforce(http, salesforce.SalesforceKey(client_id="app", client_secret=key))


@dataclass(frozen=True)
class Vendor:
    """One vendor: its server, how a client is made, and queries that give everybody or nothing."""

    answer: Any
    options: Callable[[str, str], VendorOptions]
    make: Callable[[VendorHttp, str], LeadSource]
    everybody: str
    missing: str
    counts: bool = True
    tells_who_left: bool = True


VENDORS = {
    "customerio": Vendor(
        vendors.customerio, lambda key, url: customerio.options(key, base_url=url), lambda http, _: customerio.CustomerIo(http),
        "segment:7", "8",
    ),
    "hubspot": Vendor(
        vendors.hubspot, hubspot.options, lambda http, _: hubspot.HubSpot(http), "list:123", "124",
    ),
    "attio": Vendor(
        vendors.attio, attio.options, lambda http, _: attio.Attio(http), "list:prospects", "nobody", counts=False,
        tells_who_left=False,
    ),
    "twenty": Vendor(
        vendors.twenty, twenty.options, lambda http, _: twenty.Twenty(http), "people", "filter:nothing[eq]:1",
        tells_who_left=False,
    ),
    "salesforce": Vendor(
        vendors.salesforce, lambda _, url: salesforce.options(url), _salesforce,
        "soql:SELECT Id, Region__c FROM Contact WHERE Title LIKE '%Growth%'", "soql:SELECT Missing__c FROM Contact",
    ),
    "orangeslice": Vendor(
        vendors.orange_slice, lambda key, url: orange_slice.options(key, f"{url}/mcp"), lambda http, _: orange_slice.OrangeSlice(http, _SLICE),
        "heads of growth at software companies", "nothing", counts=False, tells_who_left=False,
    ),
}  # fmt: skip


@pytest.fixture(params=VENDORS)
def vendor(request: pytest.FixtureRequest) -> Vendor:
    return VENDORS[request.param]


@pytest.fixture
def server(vendor: Vendor) -> Iterator[VendorServer]:
    with serving(vendor.answer) as state:
        yield state


@pytest.fixture
def waits() -> Waits:
    return Waits()


Open = Callable[..., LeadSource]


@pytest.fixture
async def connect(vendor: Vendor, server: VendorServer, waits: Waits) -> AsyncIterator[Open]:
    opened: list[LeadSource] = []

    def make(key: str = KEY) -> LeadSource:
        options = replace(vendor.options(key, server.base_url), per_second=10_000)
        opened.append(vendor.make(VendorHttp(options, sleep=waits), key))
        return opened[-1]

    yield make
    for one in opened:
        await one.aclose()


async def _all(source: LeadSource, query: str, cursor: str | None = None) -> list[Record]:
    found: list[Record] = []
    while True:
        page = await source.fetch(query, 100, cursor)
        found += page.records
        cursor = page.cursor
        if cursor is None:
            return found


async def test_everybody_is_read_once_page_by_page(vendor: Vendor, connect: Open) -> None:
    source = connect()
    await source.check()
    records = await _all(source, vendor.everybody)
    assert len(records) == len({one.reference for one in records}) == PEOPLE
    expected = {
        "email": "p7@acme2.example", "firstName": "First7", "lastName": "Last7", "jobTitle": "Head of Growth",
        "companyName": "Acme 2",
    }  # fmt: skip
    assert expected.items() <= dict(records[7].values).items()
    assert [one.reference for one in records if one.left_out] == (
        [records[3].reference] if vendor.tells_who_left else []
    )
    assert await source.count(vendor.everybody) == (PEOPLE if vendor.counts else None)
    assert source.estimate(PEOPLE).amount > 0


async def test_a_refused_key_is_said_so_at_once(vendor: Vendor, connect: Open, waits: Waits) -> None:
    source = connect("key-that-is-not")
    for ask in (source.check(), source.fetch(vendor.everybody, 10, None)):
        with pytest.raises(Invalid, match="refuses the key") as refused:
            await ask
        assert refused.value.code == "lead_source_refused"
        assert "key-that-is-not" not in refused.value.message
    assert waits.seconds == []


async def test_what_is_not_there_is_said_so(vendor: Vendor, connect: Open) -> None:
    with pytest.raises(Invalid):
        await connect().fetch(vendor.missing, 10, None)


@pytest.mark.parametrize(
    "fault",
    [(429, {"message": "slow down"}, {"Retry-After": "7"}), (502, None), "hang up", "cut off"],
    ids=["429", "502", "hang up", "cut off"],
)
async def test_a_busy_or_broken_vendor_is_asked_again(
    vendor: Vendor, connect: Open, server: VendorServer, waits: Waits, fault: Any
) -> None:
    server.faults.append(fault)
    records = (await connect().fetch(vendor.everybody, 50, None)).records
    assert len(records) >= 50
    assert waits.seconds == [7.0 if isinstance(fault, tuple) and fault[0] == 429 else 1.0]


async def test_a_reading_that_was_cut_short_goes_on_at_its_cursor(
    vendor: Vendor, connect: Open, server: VendorServer
) -> None:
    source = connect()
    first = await source.fetch(vendor.everybody, 100, None)
    server.faults += ["hang up"] * 4
    with pytest.raises(Unavailable, match="does not answer"):
        await source.fetch(vendor.everybody, 100, first.cursor)
    server.faults.clear()
    records = [*first.records, *await _all(connect(), vendor.everybody, first.cursor)]
    assert len({one.reference for one in records}) == len(records) == PEOPLE


async def test_a_vendor_that_stays_out_of_order_is_given_up_with_a_sentence(
    vendor: Vendor, connect: Open, server: VendorServer, waits: Waits
) -> None:
    server.faults += [(503, {"message": "maintenance until noon"})] * 4
    with pytest.raises(Unavailable, match="answers 503: maintenance until noon"):
        await connect().fetch(vendor.everybody, 10, None)
    assert waits.seconds == [1.0, 4.0, 15.0]
    server.faults.clear()
    server.faults.append("not json")
    with pytest.raises(Unavailable):
        await connect().check()


async def test_an_answer_in_another_form_is_said_to_be_one(
    vendor: Vendor, connect: Open, server: VendorServer
) -> None:
    source = connect()
    await source.fetch(vendor.everybody, 10, None)
    changed: list[Any] = [{}, [], {"data": 3}, {"results": [{}]}, {"identifiers": [3]}, {"records": "x"}]
    for answer in changed:
        server.faults.append((200, answer))
        with pytest.raises(Unavailable, match="form that is not known"):
            await source.fetch(vendor.everybody, 10, None)


async def test_a_query_that_is_none_reaches_no_vendor(
    vendor: Vendor, connect: Open, server: VendorServer
) -> None:
    source = connect()
    blank, others = ["", "  "], ["list:", "../../v1/keys", "7/../8", "x' OR Name != '"]
    describes = isinstance(source, orange_slice.OrangeSlice)  # to which any words describe somebody
    for query in blank if describes else [*blank, *others]:
        with pytest.raises(Invalid) as refused:
            await source.fetch(query, 10, None)
        assert refused.value.code == "lead_source_query"
    assert server.asked == []


async def test_a_token_that_ran_out_is_replaced_once() -> None:
    with serving(vendors.salesforce) as server:
        http = VendorHttp(salesforce.options(server.base_url))
        source = _salesforce(http, KEY)
        await source.check()
        server.memory["token"] = "another"
        assert len((await source.fetch("soql:SELECT Id FROM Lead", 200, None)).records) == 200
        assert server.memory["tokens"] == 2
        with pytest.raises(Unavailable):
            await source.fetch("soql:SELECT Id FROM Lead", 200, "https://elsewhere.example/x")
        await source.aclose()


async def test_a_tool_that_the_server_does_not_have_is_told_with_those_that_it_has() -> None:
    with serving(vendors.orange_slice) as server:
        source = orange_slice.OrangeSlice(
            VendorHttp(orange_slice.options(KEY, f"{server.base_url}/mcp")), orange_slice.ToolMapping()
        )
        with pytest.raises(Invalid, match="no tool 'search_people'; it has find_people"):
            await source.check()
        await source.aclose()


async def test_the_fake_keeps_the_contract_too() -> None:
    source = CannedSource(
        [Record(str(n), {"email": f"p{n}@acme.example"}) for n in range(250)], credits_per_person=2
    )
    await source.check()
    assert len(await _all(source, "anything")) == await source.count("anything") == 250
    assert source.estimate(10).amount == 20
    source.failures.append(Unavailable("Gone."))
    with pytest.raises(Unavailable):
        await source.fetch("anything", 10, None)


async def test_a_bucket_lets_no_more_through_than_it_says() -> None:
    at, waits = [0.0], Waits()
    bucket = TokenBucket(10, clock=lambda: at[0], sleep=waits)
    for _ in range(10):
        await bucket.take()
    assert waits.seconds == []
    for _ in range(5):
        await bucket.take()
    assert waits.seconds == pytest.approx([0.1, 0.2, 0.3, 0.4, 0.5])
    at[0] = 100.0
    await bucket.take()
    assert len(waits.seconds) == 5
