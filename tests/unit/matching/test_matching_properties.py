"""What holds for every prospect and library."""

from dataclasses import replace
from itertools import pairwise

from example_candidates import LIBRARY
from hypothesis import given
from hypothesis import strategies as st

from setpiece.matching.choose import choose
from setpiece.matching.model import Choice, Confidence, Kind, Pick, Prospect

TITLES = st.sampled_from(
    ["VP Sales", "Marketing Manager", "Founder & CTO", "SRE Lead", "HR", "VP", "Pastry Chef", "", "Growth"]
)
TEXTS = st.one_of(
    st.none(),
    st.sampled_from(
        ["forecast and pipeline", "Examplesoft migration", "banking in Germany", "audit", "interviews"]
    ),
    st.text(max_size=60),
)
PROSPECTS = st.builds(
    Prospect,
    job_title=st.one_of(st.none(), TITLES, st.text(max_size=40)),
    company_domain=st.sampled_from([None, "bank.example", "a.b"]),
    industry=TEXTS,
    runtime_context=TEXTS,
    selection_context=TEXTS,
)


def picks(choice: Choice) -> list[Pick]:
    return [one for one in (choice.offering, choice.playbook, choice.persona, choice.segment) if one]


@given(prospect=PROSPECTS)
def test_the_same_input_gives_the_same_output(prospect: Prospect):
    assert choose(prospect, LIBRARY) == choose(replace(prospect), replace(LIBRARY))


@given(prospect=PROSPECTS, data=st.data())
def test_the_order_of_the_candidates_decides_only_between_equals(prospect: Prospect, data: st.DataObject):
    shuffled = replace(
        LIBRARY,
        offerings=tuple(data.draw(st.permutations(LIBRARY.offerings))),
        playbooks=tuple(data.draw(st.permutations(LIBRARY.playbooks))),
        personas=tuple(data.draw(st.permutations(LIBRARY.personas))),
        segments=tuple(data.draw(st.permutations(LIBRARY.segments))),
    )
    before, after = choose(prospect, LIBRARY), choose(prospect, shuffled)
    for kind in Kind:
        one, other = getattr(before, kind), getattr(after, kind)
        if one is None or one.margin == 0:
            break  # what was decided by order may lead the later choices elsewhere
        assert other is not None
        assert one.id == other.id


@given(prospect=PROSPECTS)
def test_every_choice_is_ranked_bounded_and_explained(prospect: Prospect):
    choice = choose(prospect, LIBRARY)
    for pick in picks(choice):
        assert pick.id in {one.id for one in pick.ranked}
        assert all(0.0 <= one.score <= 1.0 for one in pick.ranked)
        assert all(one.score >= other.score for one, other in pairwise(pick.ranked))
        assert pick.analysis.endswith(".")
        assert pick.confidence is not Confidence.LOW or "Unsure: " in pick.analysis
    assert len(picks(choice)) + len(choice.unchosen) == 4


@given(prospect=PROSPECTS)
def test_persona_playbook_and_offering_go_together(prospect: Prospect):
    choice = choose(prospect, LIBRARY)
    assert choice.offering is not None
    assert choice.playbook is not None
    chosen = next(one for one in LIBRARY.playbooks if one.id == choice.playbook.id)
    assert chosen.offering_id == choice.offering.id
    assert choice.persona is None or choice.persona.id in chosen.persona_ids
