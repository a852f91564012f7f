"""Near sets are found without comparing all pairs, and none is missed."""

from hypothesis import given
from hypothesis import strategies as st

from setpiece.library.lint.near import near_groups, near_pairs, overlap

words = st.frozensets(st.sampled_from("abcdefghij"), max_size=8)


@given(st.lists(words, max_size=12), st.sampled_from([0.3, 0.5, 0.6, 0.8, 1.0]))
def test_it_finds_the_pairs_that_comparing_all_of_them_finds(sets: list[frozenset[str]], least: float):
    everything = {
        (one, other)
        for other in range(len(sets))
        for one in range(other)
        if sets[one] and overlap(sets[one], sets[other]) >= least
    }
    assert set(near_pairs(sets, least)) == everything


def test_many_equal_sets_are_one_group_and_few_comparisons():
    sets = [frozenset({"a", "b", "c"})] * 2_000
    assert near_groups(sets, 0.6) == [list(range(2_000))]
    assert sum(1 for _ in near_pairs(sets, 0.6)) <= 2_000 * 12


def test_empty_sets_are_near_nothing():
    assert near_groups([frozenset(), frozenset()], 0.5) == []
