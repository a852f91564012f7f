"""A file goes in, all of it or nothing; a second time it changes nothing."""

from pathlib import Path
from typing import Any

import pytest

from setpiece.kernel.errors import Invalid
from setpiece.kernel.ids import show
from setpiece.kernel.pages import Window
from setpiece.library import service
from setpiece.library.catalog import kind_named
from setpiece.library.playbooks import service as playbooks
from setpiece.library.playbooks import value_props
from setpiece.library.playbooks.schemas import ValuePropUpdate
from setpiece.library.repository import Filter
from setpiece.library.revisions import RevisionFilter, RevisionRepository
from setpiece.library.transfer.apply import apply_import
from setpiece.library.transfer.check import check
from setpiece.library.transfer.document import Document
from setpiece.library.transfer.export import export_library
from setpiece.library.transfer.model import ImportPlan
from setpiece.library.transfer.plan import plan_import
from setpiece.library.transfer.reading import read_path
from setpiece.library.transfer.render import render_plan, summary
from setpiece.workspaces.work import Work

EXAMPLE = Path(__file__).parents[4] / "examples" / "library.yaml"
PERSONA = {"key": "lead", "name": "RevOps lead", "painPoints": ["Four tools", "No owner"]}
PLAYBOOK = {"key": "play", "name": "Play", "product": "px", "personas": ["lead"]}
SMALL: dict[str, Any] = {
    "setpiece": 1,
    "products": [{"key": "px", "name": "Example", "customerBenefits": ["One tool", "One owner"]}],
    "personas": [PERSONA],
    "playbooks": [PLAYBOOK],
}


def document(content: dict[str, Any] = SMALL, **collections: Any) -> Document:
    return check([("", content | collections)])


async def imported(work: Work, read: Document, *, prune: bool = False) -> ImportPlan:
    plan = await plan_import(work, read, prune=prune)
    await apply_import(work, plan)
    return plan


async def names(work: Work, kind: str) -> list[str]:
    page = await service.list_entities(work, service.KIND_BY_NAME[kind], Filter((kind,)), Window(100))
    assert page.total == len(page.items)
    return [one.name for one in page.items]


async def test_the_example_library_goes_in_and_a_second_import_changes_nothing(opened, tenant):
    read = read_path(EXAMPLE)
    async with opened(tenant) as work:
        first = await imported(work, read)
    async with opened(tenant) as work:
        second = await imported(work, read)
        exported = check([("", await export_library(work))])
        third = await plan_import(work, exported, prune=True)
    count = EXAMPLE.read_text().count("\n  - key: ")
    assert summary(first) == {"created": count, "updated": 0, "deleted": 0, "unchanged": 0}
    assert render_plan(second) == render_plan(third) == [f"= {count} unchanged"]


async def test_an_export_makes_the_same_library_in_an_empty_workspace(opened, new_tenant):
    ours, theirs = await new_tenant(), await new_tenant()
    async with opened(ours) as work:
        await imported(work, read_path(EXAMPLE))
        exported = await export_library(work)
    async with opened(theirs) as work:
        await imported(work, check([("", exported)]))
        assert await export_library(work) == exported


async def test_a_changed_file_changes_exactly_what_differs_and_notes_it(opened, tenant):
    async with opened(tenant) as work:
        await imported(work, document())
    changed = document(
        personas=[PERSONA | {"painPoints": ["Four tools", "No time"], "offerings": ["px"]}],
        playbooks=[PLAYBOOK | {"status": "draft"}],
    )
    async with opened(tenant) as work:
        plan = await imported(work, changed)
        revisions = await RevisionRepository(work.scope).page(RevisionFilter(), Window(2))
    assert render_plan(plan) == [
        "~ persona lead: painPoints (+1 −1), offerings (+1 −0)",
        "~ playbook play: status",
        "= 1 unchanged",
    ]
    assert plan.changes[0].fields["painPoints"] == {
        "before": ["Four tools", "No owner"],
        "after": ["Four tools", "No time"],
    }
    assert {one.summary for one in revisions.items} == {
        "Updated Persona 'RevOps lead': painPoints, linkingStrategy",
        "Updated Playbook 'Play': status",
    }


async def test_a_field_that_the_file_leaves_out_is_emptied(opened, tenant):
    async with opened(tenant) as work:
        await imported(work, document())
        plan = await imported(work, document(personas=[{"key": "lead", "name": "RevOps lead"}]))
        exported = await export_library(work)
    assert render_plan(plan)[0] == "~ persona lead: painPoints (+0 −2)"
    assert exported["personas"] == [{"key": "lead", "name": "RevOps lead"}]


async def test_what_no_entry_speaks_of_stays_unless_the_import_prunes(opened, tenant):
    other = {"setpiece": 1, "segments": [{"name": "Other"}]}
    async with opened(tenant) as work:
        await imported(work, document())
        await imported(work, document(other))
        assert await names(work, "persona") == ["RevOps lead"]
        plan = await imported(work, document(other), prune=True)
        assert await names(work, "persona") == []
        assert await names(work, "segment") == ["Other"]
        revisions = await RevisionRepository(work.scope).page(RevisionFilter(), Window(3))
    assert render_plan(plan) == [
        '- product px "Example"', '- persona lead "RevOps lead"', '- playbook play "Play"', "= 1 unchanged",
    ]  # fmt: skip
    assert all(one.summary.startswith("Deleted") for one in revisions.items)


async def test_pruning_with_an_empty_file_is_refused(opened, tenant):
    async with opened(tenant) as work:
        with pytest.raises(Invalid, match="would delete the whole library"):
            await plan_import(work, document({"setpiece": 1}), prune=True)


async def test_an_entity_made_over_http_is_adopted_by_its_name_and_gets_the_key(opened, tenant):
    async with opened(tenant) as work:
        made = await service.create_entity(work, kind_named("persona"), {"name": "RevOps lead"})
        plan = await imported(work, document())
        again = await plan_import(work, document(personas=[PERSONA | {"name": "Renamed"}]))
        found = await service.get_entity(work, kind_named("persona"), show("pe", made.id))
    assert "~ persona lead: painPoints (+2 −0)" in render_plan(plan)
    assert found.key == "lead"
    assert found.author == made.author
    assert render_plan(again)[0] == "~ persona lead: name"


async def test_exporting_what_has_no_keys_and_importing_it_changes_nothing(opened, tenant):
    async with opened(tenant) as work:
        for name in ("Same", "Same", "Other", "…"):
            await service.create_entity(work, kind_named("persona"), {"name": name})
        exported = await export_library(work)
        plan = await imported(work, check([("", exported)]), prune=True)
        assert await export_library(work) == exported
        again = await plan_import(work, check([("", exported)]))
    assert [one["key"] for one in exported["personas"]] == ["other", "persona", "same", "same-2"]
    assert render_plan(plan) == ["= 4 unchanged", "  4 of them will be known by the key in the file"]
    assert render_plan(again) == ["= 4 unchanged"]


async def test_links_reach_what_is_in_the_file_and_what_is_in_the_workspace(opened, tenant):
    async with opened(tenant) as work:
        await imported(work, document({"setpiece": 1, "services": [{"key": "sc", "name": "Setup"}]}))
        feature = {"key": "f", "name": "Feature", "primaryOffering": "sc"}
        segment = {"key": "s", "name": "Segment", "primaryOffering": "px", "offerings": ["sc", "px"]}
        await imported(work, document(coreFeatures=[feature], segments=[segment]))
        exported = await export_library(work)
    assert exported["coreFeatures"] == [feature]
    assert exported["segments"] == [segment]


async def test_a_product_and_a_service_with_one_key_are_told_apart(opened, tenant):
    two = {"setpiece": 1, "products": [{"key": "x", "name": "P"}], "services": [{"key": "x", "name": "S"}]}
    async with opened(tenant) as work:
        with pytest.raises(Invalid, match="'x' is ambiguous; write product/x or service/x"):
            await plan_import(work, document(two, personas=[PERSONA | {"offerings": ["x"]}]))
        await imported(work, document(two, personas=[PERSONA | {"offerings": ["service/x"]}]))
        assert (await export_library(work))["personas"][0]["offerings"] == ["service/x"]


async def test_every_problem_is_told_with_its_place_and_nothing_is_written(opened, tenant):
    broken = document(
        personas=[PERSONA, {"key": "bad", "name": "Bad", "painPoint": []}],
        playbooks=[PLAYBOOK | {"personas": ["lead", "bad", "nobody"], "segment": "px"}],
    )
    async with opened(tenant) as work:
        with pytest.raises(Invalid) as refused:
            await imported(work, broken)
        assert await export_library(work) == {"setpiece": 1}
    assert refused.value.details == {
        "total": 3,
        "problems": [
            "personas[1] \"bad\": field 'painPoint' is unknown; did you mean 'painPoints'?",
            "playbooks[0] \"play\": 'segment': there is no segment with the key 'px'",
            "playbooks[0] \"play\": 'personas': there is no persona with the key 'nobody'",
        ],
    }


async def test_a_link_to_what_the_import_prunes_is_a_problem(opened, tenant):
    async with opened(tenant) as work:
        await imported(work, document())
        alone = {"setpiece": 1, "playbooks": [PLAYBOOK]}
        with pytest.raises(Invalid, match="there is no persona with the key 'lead'"):
            await plan_import(work, document(alone), prune=True)


async def test_a_new_playbook_gets_value_props_and_edited_ones_survive_an_import(opened, tenant):
    async with opened(tenant) as work:
        plan = await imported(work, document())
        oid = show("pb", plan.changes[-1].after.id)
        made = (await playbooks.get_playbook(work, oid)).value_props
        edited = await value_props.update(
            work, ValuePropUpdate(oId=show("hy", made[0].id), title="By hand", details="By hand")
        )
        second = {"key": "cfo", "name": "CFO", "painPoints": ["Paying twice"]}
        await imported(
            work, document(personas=[PERSONA, second], playbooks=[PLAYBOOK | {"personas": ["cfo", "lead"]}])
        )
        found = await playbooks.get_playbook(work, oid)
    assert {tuple(prop.evidence) for prop in made} == {("One tool",), ("One owner",)}
    assert edited in found.value_props
    assert len(found.value_props) == len(made) + 1
    assert [one.name for one in found.personas] == ["CFO", "RevOps lead"]


async def test_what_hung_on_a_deleted_offering_is_exported_without_it(opened, tenant):
    async with opened(tenant) as work:
        plan = await imported(work, document(personas=[PERSONA | {"offerings": ["px"]}]))
        await service.delete_entity(work, kind_named("product"), show("px", plan.changes[0].after.id))
        exported = await export_library(work)
        again = await plan_import(work, check([("", exported)]))
    assert exported == {"setpiece": 1, "personas": [PERSONA]}
    assert render_plan(again) == ["= 1 unchanged"]


async def test_workspaces_do_not_see_each_others_libraries(opened, new_tenant):
    ours, theirs = await new_tenant(), await new_tenant()
    async with opened(ours) as work:
        await imported(work, document())
    async with opened(theirs) as work:
        assert await export_library(work) == {"setpiece": 1}
        with pytest.raises(Invalid, match="no product or service with the key 'px'"):
            await plan_import(work, document({"setpiece": 1, "personas": [PERSONA], "playbooks": [PLAYBOOK]}))
