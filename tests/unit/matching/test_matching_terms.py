"""Keys that pull candidates from a large library."""

import pytest
from example_candidates import PERSONAS
from hypothesis import given
from hypothesis import strategies as st

from setpiece.library.titles.terms import domain_terms, persona_terms, prospect_terms, text_terms
from setpiece.matching.choose import choose
from setpiece.matching.confidence import FLOOR
from setpiece.matching.model import Candidates, Kind, PersonaCandidate, Prospect

RANKS = st.sampled_from(
    ["VP", "Head of", "Director", "Manager", "Lead", "Founder &", "CEO", "CRO", "Assistant to the"]
)
FIELDS = st.sampled_from(
    ["Sales", "Marketing", "Growth", "Platform", "SRE", "Data", "IT Security", "HR", "Product"]
)
OTHERS = st.sampled_from(["Beekeeper", "Zebra", "Work", "Team", "of", "EMEA", ", ", "- ", "& ", "🚀"])
PARTS = RANKS | FIELDS | OTHERS
TITLES = st.lists(PARTS, min_size=1, max_size=5).map(" ".join)


def keys_of(prospect: Prospect) -> tuple[str, ...]:
    return prospect_terms(prospect.job_title, prospect.company_domain, (prospect.runtime_context,))


def test_a_persona_is_stored_under_titles_posts_functions_and_words():
    keys = persona_terms("Sales Leader", ["VP of Sales", "Head of Sales"])
    assert {"t:vice president sales", "t:head sales", "fs:sales:vp", "f:sales", "w:sales"} <= keys


def test_a_prospects_keys_go_from_the_most_telling_to_the_least():
    keys = keys_of(
        Prospect(
            job_title="Sales Director EMEA",
            company_domain="www.eu.a.example",
            runtime_context="cares about pipeline",
        )
    )
    wanted = ["d:eu.a.example", "t:director sales", "fs:sales:director", "fs:sales:vp", "f:sales", "w:emea"]
    places = [keys.index(key) for key in [*wanted, "f:account_management", "w:pipeline"]]
    assert places == sorted(places)
    assert len(set(keys)) == len(keys)


def test_nothing_known_has_no_keys():
    assert keys_of(Prospect()) == ()


def test_words_of_a_text_are_bounded_and_the_frequent_ones_stay():
    text = "pipeline pipeline forecast " + " ".join(f"word{n}" for n in range(500))
    keys = text_terms(text, limit=10)
    assert len(keys) == 10
    assert "w:pipeline" in keys


@pytest.mark.parametrize(
    ("domain", "keys"),
    [
        ("https://WWW.A.example/path", {"d:a.example"}),
        ("mail@a.example", {"d:a.example"}),
        ("a.example:8080", {"d:a.example"}),
        ("localhost", set()),
        ("\x00.example", set()),
        ("", set()),
    ],
)
def test_a_domain_is_stored_as_its_bare_host(domain: str, keys: set[str]):
    assert domain_terms([domain]) == keys


@given(title=TITLES, titles=st.lists(TITLES, max_size=3), name=TITLES)
def test_a_persona_that_scores_above_the_floor_shares_a_key_with_the_prospect(
    title: str, titles: list[str], name: str
):
    persona = PersonaCandidate("pe", name, titles=tuple(titles), text="Sales, zebra and platform work.")
    prospect = Prospect(job_title=title)
    pick = choose(prospect, Candidates(personas=(*PERSONAS, persona))).persona
    scores = {one.id: one.score for one in pick.ranked} if pick else {}
    if scores.get("pe", 0.0) >= FLOOR[Kind.PERSONA]:
        assert persona_terms(name, titles) & set(keys_of(prospect))


@given(text=st.text(max_size=400))
def test_any_text_gives_clean_keys(text: str):
    prospect = Prospect(job_title=text, company_domain=text, runtime_context=text)
    keys = {*keys_of(prospect), *persona_terms(text, [text]), *text_terms(text), *domain_terms([text])}
    assert all(key.isprintable() and len(key) < 160 for key in keys)
