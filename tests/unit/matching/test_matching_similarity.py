"""The signals on meaning, and those on a company's size, name and domain."""

from dataclasses import replace

import pytest
from example_candidates import LIBRARY, PERSONAS, PLAYBOOKS
from hypothesis import given
from hypothesis import strategies as st

from setpiece.matching.choose import choose
from setpiece.matching.model import Kind, OfferingCandidate, Prospect, SegmentCandidate, Similar
from setpiece.matching.ranking import rank
from setpiece.matching.signal import set_scene
from setpiece.matching.signals import catalog, company
from setpiece.matching.signals.similarity import open_selection_similarity, open_title_similarity

UNREAD = "Wizard of Forecasts"
"""A title whose words no list has."""

COSINE = st.floats(-1, 1, allow_nan=False)


def title_scene(**cosines: float):
    return set_scene(Prospect(job_title="VP Sales"), Similar(title=cosines))


def test_a_cosine_is_stretched_to_the_span_of_titles():
    one, other, third = PERSONAS[:3]
    measure = open_title_similarity(title_scene(**{one.id: 0.3, other.id: 0.5, third.id: 0.9}), PERSONAS[:3])
    assert measure is not None
    assert [round(measure.value(persona), 3) for persona in PERSONAS[:3]] == [0.0, 0.5, 1.0]


def test_a_candidate_that_was_not_compared_leaves_the_signal_out_for_all():
    assert open_title_similarity(title_scene(**{PERSONAS[0].id: 0.9}), PERSONAS[:2]) is None


def test_without_vectors_nothing_takes_part():
    assert open_title_similarity(title_scene(), PERSONAS) is None
    assert open_selection_similarity(set_scene(Prospect(selection_context="x")), PLAYBOOKS) is None


def test_only_a_close_candidate_is_called_close():
    measure = open_title_similarity(title_scene(founder=0.65, sdr_manager=0.4), [PERSONAS[0], PERSONAS[3]])
    assert measure is not None
    assert "meaning" in measure.note(PERSONAS[0])
    assert measure.note(PERSONAS[3]) == ""


def test_meaning_decides_where_words_and_titles_say_nothing():
    near = Similar(selection={one.id: 0.1 for one in PLAYBOOKS} | {PLAYBOOKS[2].id: 0.7})
    prospect = Prospect(job_title="VP Sales", selection_context="zzz")
    without, found = choose(prospect, LIBRARY), choose(prospect, LIBRARY, similar=near)
    value = next(
        one
        for one in rank(catalog.PLAYBOOK, set_scene(prospect, near), PLAYBOOKS)
        if one.candidate is PLAYBOOKS[2]
    )
    assert value.values["selection_similarity"] == 1.0
    assert without.playbook is not None
    assert found.playbook is not None


@given(
    cosines=st.fixed_dictionaries({one.id: COSINE for one in PERSONAS}),
    raised=st.sampled_from(PERSONAS),
    by=st.floats(0, 2),
)
def test_coming_nearer_never_costs_a_persona_a_place(cosines: dict[str, float], raised, by: float):
    def place(given: dict[str, float]) -> int:
        scene = set_scene(Prospect(job_title="Sales Manager"), Similar(title=given))
        return [one.candidate.id for one in rank(catalog.PERSONA, scene, PERSONAS)].index(raised.id)

    assert place(cosines | {raised.id: min(1.0, cosines[raised.id] + by)}) <= place(cosines)


@given(cosines=st.fixed_dictionaries({one.id: COSINE for one in PERSONAS}))
def test_the_same_cosines_give_the_same_choice(cosines: dict[str, float]):
    prospect, similar = Prospect(job_title="Head of Growth"), Similar(title=cosines)
    assert choose(prospect, LIBRARY, similar=similar) == choose(prospect, LIBRARY, similar=replace(similar))


SIZES = {
    "a number": (("320", None), 320),
    "with a separator": (("4,200 employees", None), 4200),
    "a range": (("500-1,000", None), 750),
    "at least": (("5000+", None), 5000),
    "thousands": (("2k", None), 2000),
    "in a text": ((None, "Founded 1998. 4.200 Mitarbeiter in Bonn."), 4200),
    "in Spanish": ((None, "Tiene 350 empleados."), 350),
    "money": ((None, "Raised 40 million last year"), None),
    "nothing": ((None, None), None),
}


@pytest.mark.parametrize(("texts", "people"), SIZES.values(), ids=SIZES.keys())
def test_a_headcount_is_read(texts: tuple[str | None, str | None], people: int | None):
    assert company.headcount(*texts) == people


RANGES = {
    "50-500 employees": ((50, 500),),
    "1,000 to 5,000": ((1000, 5000),),
    "500+": ((500, None),),
    "more than 200": ((200, None),),
    "up to 50": ((0, 50),),
    "$10M-50M revenue": (),
    "Banking, Europe": (),
}


@pytest.mark.parametrize(("text", "expected"), RANGES.items(), ids=RANGES.keys())
def test_the_sizes_a_segment_names_are_read(text: str, expected: tuple[tuple[int, int | None], ...]):
    assert company.ranges(text) == expected


def segments() -> tuple[SegmentCandidate, ...]:
    return (
        SegmentCandidate("small", "Young software companies", firmographics="Software 10-100"),
        SegmentCandidate("large", "Insurers", firmographics="Insurance 500+"),
    )


def test_a_company_belongs_to_the_segment_of_its_size():
    scene = set_scene(Prospect(company_size="1,200"))
    measure = company.open_company_size(scene, segments())
    assert measure is not None
    assert [measure.value(one) for one in segments()] == [0.0, 1.0]
    assert "1,200" in measure.note(segments()[1])


def test_a_size_that_nobody_names_takes_no_part():
    assert company.open_company_size(set_scene(Prospect()), segments()) is None
    unsized = [SegmentCandidate("any", "Any", firmographics="Software")]
    assert company.open_company_size(set_scene(Prospect(company_size="40")), unsized) is None


NAMES = {
    "name": Prospect(company_name="Example Insurance"),
    "domain": Prospect(company_domain="example-insurance.example"),
    "ending": Prospect(company_domain="example.insurance"),
}


@pytest.mark.parametrize("prospect", NAMES.values(), ids=NAMES.keys())
def test_a_company_belongs_to_the_segment_its_name_speaks_of(prospect: Prospect):
    measure = company.open_company_name(set_scene(prospect), segments())
    assert measure is not None
    assert measure.value(segments()[1]) > measure.value(segments()[0]) == 0.0


def test_a_play_for_this_very_account_brings_its_offering_only_for_a_person_it_is_for():
    account = replace(
        PLAYBOOKS[0], id="pb_account", offering_id="px_account", example_domains=("account.example",),
        persona_ids=frozenset({"founder"}),
    )  # fmt: skip
    candidates = replace(
        LIBRARY,
        offerings=(*LIBRARY.offerings, OfferingCandidate("px_account", "For accounts")),
        playbooks=(*LIBRARY.playbooks, account),
    )
    founder = choose(Prospect(job_title="Founder", company_domain="account.example"), candidates)
    seller = choose(Prospect(job_title="VP Sales", company_domain="account.example"), candidates)
    assert founder.offering is not None
    assert founder.offering.id == "px_account"
    assert founder.playbook is not None
    assert founder.playbook.id == "pb_account"
    assert seller.offering is not None
    assert seller.offering.id != "px_account"
    assert Kind.OFFERING not in founder.unchosen
