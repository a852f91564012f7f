"""Whatever a library holds comes back from its file."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from setpiece.library.transfer.apply import apply_import
from setpiece.library.transfer.check import check
from setpiece.library.transfer.export import export_library
from setpiece.library.transfer.plan import plan_import
from setpiece.library.transfer.reading import read_text
from setpiece.library.transfer.render import render_plan
from setpiece.library.transfer.writing import dump

HOSTILE = [
    "yes", "no", "null", "1e3", "- dash", "a: b", "a #b", "'", '"', "\\", "two\nlines\n", " spaces ", "\ttab", "\x07",
    "\x85", "\u2028", "😀 ünï", "all", "{a}", "[b]", "long " * 40, "…",
]  # fmt: skip
TEXTS = st.one_of(
    st.sampled_from(HOSTILE), st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]))
)
NAMES = st.one_of(  # never blank
    st.sampled_from([text for text in HOSTILE if text.strip()]), TEXTS.map(lambda text: f"n{text}"[:500])
)
LISTS = st.lists(TEXTS, max_size=3)
QUESTIONS = st.lists(
    st.fixed_dictionaries(
        {"question": NAMES}, optional={"rationale": TEXTS, "weight": st.sampled_from(["LOW", "HIGH"])}
    ),
    max_size=2,
)
COMMON = {
    "description": TEXTS, "internalName": TEXTS, "active": st.booleans(), "qualifyingQuestions": QUESTIONS,
    "customFields": st.lists(st.fixed_dictionaries({"title": NAMES, "value": LISTS}), max_size=2),
}  # fmt: skip


def entries(keys: list[str], required: dict[str, Any] | None = None, **fields: Any) -> st.SearchStrategy[Any]:
    return st.tuples(
        *[
            st.fixed_dictionaries(
                {"key": st.just(key), "name": NAMES, **(required or {})}, optional=COMMON | fields
            )
            for key in keys
        ]
    ).map(list)


def some(*keys: str) -> st.SearchStrategy[Any]:
    return st.lists(st.sampled_from(keys), unique=True)


OFFERINGS = st.one_of(st.just("all"), some("one", "product/both", "service/both"))
LIBRARIES = st.fixed_dictionaries(
    {
        "setpiece": st.just(1),
        "products": entries(["one", "both"], summary=TEXTS, capabilities=LISTS, primaryUrl=TEXTS),
        "services": entries(["both"], deliverables=LISTS),
        "coreFeatures": entries(["f"], {"primaryOffering": st.sampled_from(["one", "service/both"])}),
        "personas": entries(["a", "b"], painPoints=LISTS, offerings=OFFERINGS, primaryOffering=st.just("one")),
        "segments": entries(["s"], firmographics=st.dictionaries(TEXTS, LISTS, max_size=3), offerings=OFFERINGS),
        "proofPoints": entries(["p"], type=st.sampled_from(["stat", "other"])),
        "playbooks": entries(
            ["play"],
            {"product": st.sampled_from(["one", "product/both", "service/both"])},
            personas=some("a", "b"), proofPoints=some("p"), segment=st.just("s"), keyInsight=st.one_of(TEXTS, LISTS),
            status=st.sampled_from(["active", "draft"]), attributes=st.dictionaries(TEXTS, LISTS, max_size=2),
        ),
    }
)  # fmt: skip


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
@given(library=LIBRARIES, form=st.sampled_from(["yaml", "json"]))
async def test_export_and_import_reproduce_a_library_and_find_no_difference(
    opened, new_tenant, library, form
):
    ours, theirs = await new_tenant(), await new_tenant()
    async with opened(ours) as work:
        await apply_import(work, await plan_import(work, check([("", library)])))
        exported = await export_library(work)
        assert render_plan(await plan_import(work, check([("", library)]))) == ["= 9 unchanged"]
    read = read_text(dump(exported, form).encode(), form)
    async with opened(theirs) as work:
        await apply_import(work, await plan_import(work, read))
        assert await export_library(work) == exported
    async with opened(ours) as work:
        assert render_plan(await plan_import(work, read, prune=True)) == ["= 9 unchanged"]
