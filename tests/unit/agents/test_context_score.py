"""How a document of a context search is scored: pure, published, explained."""

from material_example import entity

from setpiece.agents.context.model import Question
from setpiece.agents.context.score import rank

CLOSE = entity("use-case", "Faster close", desiredOutcomes=["The close is over before the board meets"])
CASH = entity(
    "use-case",
    "Daily cash",
    desiredOutcomes=["Cash is known every morning"],
    scenarios=["A close that runs late"],
)
TREASURER = entity(
    "persona", "Treasurer", commonJobTitles=["Head of Treasury"], painPoints=["Cash is a day old"]
)


def test_a_word_in_the_name_counts_more_than_one_in_the_text():
    documents = rank(Question("close"), [CASH, CLOSE], 10)
    assert [one.entity for one in documents] == [CLOSE, CASH]
    assert documents[0].reason == "its name has “close”."
    assert documents[1].reason == "its text has “close”."


def test_a_rare_word_counts_more_than_a_common_one():
    documents = rank(Question("close board"), [CASH, CLOSE, entity("use-case", "Late close")], 10)
    assert documents[0].entity is CLOSE


def test_what_shares_nothing_is_left_out():
    assert rank(Question("zeppelin"), [CASH, CLOSE], 10) == []
    assert rank(Question("the and of"), [CASH, CLOSE], 10) == []


def test_a_job_title_lifts_the_persona_that_lists_it_and_leaves_the_others_alone():
    plain = {one.entity.name: one.score for one in rank(Question("cash"), [CASH, TREASURER], 10)}
    titled = {
        one.entity.name: one.score
        for one in rank(Question("cash", job_title="Head of Treasury"), [CASH, TREASURER], 10)
    }
    assert titled["Daily cash"] == plain["Daily cash"]
    assert titled["Treasurer"] > plain["Treasurer"]


def test_the_order_of_equals_is_the_order_given_and_the_score_needs_no_luck():
    one, two = entity("use-case", "Alpha close"), entity("use-case", "Beta close")
    for _ in range(3):
        assert [each.entity for each in rank(Question("close"), [one, two], 10)] == [one, two]


def test_passages_are_the_texts_with_most_of_the_question_s_words():
    (document,) = rank(Question("when does the board meet before the close"), [CLOSE], 10)
    assert [one.text for one in document.passages] == ["The close is over before the board meets"]
    assert document.passages[0].field == "desiredOutcomes"
