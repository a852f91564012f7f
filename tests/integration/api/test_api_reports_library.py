"""Which offering's facts a report may use."""

from typing import Any

import pytest
from report_examples import Reports

from setpiece.api.services import Services
from setpiece.kernel.ids import new_uuid, show
from setpiece.media.recordings.service import get_recording
from setpiece.reports.calls import load_call
from setpiece.reports.offering import facts_for
from setpiece.workspaces.model import Member
from setpiece.workspaces.work import Work


class TestLibrary:
    """Which offering's facts a report may use; what it makes of them is tried in `tests/unit/reports/writing`."""

    async def test_the_offering_that_the_request_names_must_be_there(
        self, reports: Reports, api: Any, heard: str
    ):
        product = await api.create("product", name="Example Product")
        for named in (show("px", new_uuid()), "nonsense", 7):
            output = {"template": "sales_playbook", "templateParams": {"offeringOId": named}}
            error = (await reports.ask(heard, output=output, expect=422))["error"]
            assert "offeringOId" in error["message"]
        output = {
            "template": "sales_playbook",
            "templateParams": {"offeringOId": product["oId"], "role": "free"},
        }
        await reports.made(heard, output=output)

    @pytest.mark.parametrize(
        ("offerings", "named", "expected"),
        [
            (["Alpha"], None, "Alpha"),
            (["Alpha", "Beta"], None, None),
            (["Alpha", "Beta"], "Beta", "Beta"),
            (["One", "Beta"], None, "One"),  # the fake voice says nothing but "one"
            (["One", "Two"], None, None),
            ([], None, None),
        ],
        ids=["the only one", "several", "named", "said", "several said", "none"],
    )
    async def test_facts_are_those_of_the_one_offering_that_is_meant(
        self, services: Services, reports: Reports, jobs: Any, api: Any, heard: str,
        offerings: list[str], named: str | None, expected: str | None,
    ):  # fmt: skip
        oids = {}
        for name in offerings:
            oids[name] = (await api.create("product", name=name))["oId"]
            await api.create("objection", name=f"Doubt about {name}",
                             linkingStrategy={"mode": "SPECIFIC", "offeringOIds": [oids[name]]}, reframeAndResponse=[f"An answer for {name}"])  # fmt: skip
        params = {"offeringOId": oids[named]} if named else {}
        async with services.database.bound(reports.workspace_id) as scope:
            work = Work(scope, Member(jobs.member_id, "Test", "Member"), services.now())
            recording = await get_recording(work, heard)
            call = await load_call(scope, recording)
            assert call
            facts = await facts_for(work, call, params)
        assert [one.text for one in facts] == ([f"An answer for {expected}"] if expected else [])
