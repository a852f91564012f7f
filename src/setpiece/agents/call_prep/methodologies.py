"""The ten ways to lead a call that the contract lists, each a value: stages in the field's own terms and order."""

from collections.abc import Mapping

from setpiece.agents.call_prep.model import Ask, Methodology, Purpose, Stage
from setpiece.agents.sequence.writer.model import FactRole as Role

DEFAULT = "SPIN"
"""For an agent that names none: its questions fit a first call, and it needs no knowledge of the buying process."""

_PROBLEMS = (Role.PAIN, Role.CHALLENGE)
_GOALS = (Role.OBJECTIVE, Role.BENEFIT)
_DUTIES = (Role.RESPONSIBILITY,)
_WAITING = (Role.TRIGGER, Role.STATUS_QUO)
_WORRIES = (Role.CONCERN,)
_NEW_WAY = (Role.DIFFERENTIATOR, Role.WHY_WE_MATTER, Role.CAPABILITY)
_VALUE = (Role.VALUE_PROP, Role.WHY_WE_MATTER, Role.DIFFERENTIATOR)
_PROOF = (Role.PROOF, Role.REFERENCE)

_known = Ask(Purpose.KNOWN, (Role.CONTEXT,), 2)
_situation = Ask(Purpose.SITUATION, _DUTIES, 2)
_status_quo = Ask(Purpose.STATUS_QUO, (Role.STATUS_QUO,))
_problem = Ask(Purpose.PROBLEM, _PROBLEMS, 2)
_implication = Ask(Purpose.IMPLICATION, _PROBLEMS, 2)
_payoff = Ask(Purpose.PAYOFF, _GOALS, 2)
_metric = Ask(Purpose.METRIC, _GOALS, 2)
_budget = Ask(Purpose.BUDGET, _GOALS)
_authority = Ask(Purpose.AUTHORITY, _DUTIES)
_timing = Ask(Purpose.TIMING, _GOALS)
_waiting = Ask(Purpose.WAITING, _WAITING)
_criteria = Ask(Purpose.CRITERIA, _WORRIES, 2)
_process = Ask(Purpose.PROCESS, _WORRIES)
_champion = Ask(Purpose.CHAMPION, _PROBLEMS)
_insight = Ask(Purpose.INSIGHT, (Role.KEY_INSIGHT, Role.APPROACH))
_commitment = Ask(Purpose.COMMITMENT, _NEW_WAY)

_ALL = (
    Methodology(
        "BANT",
        "BANT",
        (
            Stage("Budget", "Find out whether there is money for the problem.", (_budget,)),
            Stage("Authority", "Find out who decides, and who else is heard.", (_known, _authority)),
            Stage("Need", "Find out which problem is worth solving.", (_problem, _payoff), _VALUE),
            Stage("Timeline", "Find out by when it has to be solved.", (_timing, _waiting), _PROOF),
        ),
    ),
    Methodology(
        "SPIN",
        "SPIN",
        (
            Stage("Situation", "Understand how it is done today.", (_known, _situation)),
            Stage("Problem", "Find out what does not work.", (_problem,)),
            Stage("Implication", "Let them say what the problem leads to.", (_implication,)),
            Stage("Need-payoff", "Let them say what a solution would be worth.", (_payoff,), (*_VALUE, *_PROOF)),
        ),
    ),
    Methodology(
        "CHAMP",
        "CHAMP",
        (
            Stage("Challenges", "Start from what is hard for them.", (_known, _problem, _implication)),
            Stage("Authority", "Learn how the people around the decision hang together.", (_authority,)),
            Stage("Money", "Learn what solving it may cost.", (_budget,), _VALUE),
            Stage("Prioritization", "Learn what it competes with, and by when it counts.", (_timing, _waiting), _PROOF),
        ),
    ),
    Methodology(
        "MEDDIC",
        "MEDDIC",
        (
            Stage("Metrics", "Agree on what would show that it worked.", (_metric,)),
            Stage("Economic buyer", "Find who can say yes to the money.", (_authority, _budget)),
            Stage("Decision criteria", "Learn what the choice is measured by.", (_criteria,)),
            Stage("Decision process", "Learn the steps and who takes part in them.", (_process,)),
            Stage("Identify pain", "Find the problem behind the interest.", (_known, _problem, _implication), _VALUE),
            Stage("Champion", "Find who gains most and will speak for it.", (_champion,), _PROOF),
        ),
    ),
    Methodology(
        "SANDLER",
        "Sandler",
        (
            Stage("Bonding and rapport", "Start from their world, not from the product.", (_known, _situation)),
            Stage("Up-front contract", "Agree on what this call decides, a no included."),
            Stage("Pain", "Go from the symptom to what it costs them.", (_problem, _implication)),
            Stage("Budget", "Learn what they would spend to be rid of it.", (_budget,)),
            Stage("Decision", "Learn who decides, how and when.", (_authority, _timing)),
            Stage("Fulfillment", "Answer the pains they named, and only those.", (_commitment,), _VALUE),
            Stage("Post-sell", "Look for what could undo the yes.", (_criteria,), _PROOF),
        ),
    ),
    Methodology(
        "CHALLENGER",
        "Challenger",
        (
            Stage("Warmer", "Show that you know their job.", (_known, _situation)),
            Stage("Reframe", "Offer another way to see the problem.", (_insight,)),
            Stage("Rational drowning", "Show what the old way costs.", (_implication, _waiting)),
            Stage("Emotional impact", "Make it their own story.", (_problem,)),
            Stage("A new way", "Describe what would have to be different.", (_payoff,), _NEW_WAY),
            Stage("Your solution", "Show that we do that.", (_commitment,), _PROOF),
        ),
    ),
    Methodology(
        "AIDA",
        "AIDA",
        (
            Stage("Attention", "Open with their problem.", (_known, _problem)),
            Stage("Interest", "Show that there is another way.", (_status_quo, _insight), _NEW_WAY),
            Stage("Desire", "Let them picture it solved.", (_payoff,), (*_VALUE, *_PROOF)),
            Stage("Action", "Agree on one next step.", (_commitment, _timing)),
        ),
    ),
    Methodology(
        "NEAT",
        "NEAT",
        (
            Stage("Core needs", "Find the need beneath the request.", (_known, _problem, _payoff)),
            Stage("Economic impact", "Put the cost of today beside the cost of a change.", (_implication, _metric), _VALUE),
            Stage("Access to authority", "Find the way to whoever decides.", (_authority, _champion)),
            Stage("Timeline", "Find the event that sets the date.", (_timing, _waiting), _PROOF),
        ),
    ),
    Methodology(
        "SPICED",
        "SPICED",
        (
            Stage("Situation", "Understand how it is done today.", (_known, _situation)),
            Stage("Pain", "Find out what does not work.", (_problem,)),
            Stage("Impact", "Learn what solving it would change.", (_implication, _payoff), _VALUE),
            Stage("Critical event", "Find the date after which it is too late.", (_waiting, _timing)),
            Stage("Decision", "Learn who decides, by what, in which steps.", (_authority, _criteria, _process), _PROOF),
        ),
    ),
    Methodology(
        "WHY_CHANGE",
        "Why change",
        (
            Stage(
                "Why change",
                "Show a need they have not counted yet, and what today's way misses.",
                (_known, _insight, _status_quo, _problem),
            ),
            Stage("Why now", "Show what waiting costs.", (_implication, _waiting)),
            Stage("Why us", "Show what only we do about it.", (_payoff, _criteria, _commitment), (*_NEW_WAY, *_PROOF)),
        ),
    ),
)  # fmt: skip
METHODOLOGIES: Mapping[str, Methodology] = {one.name: one for one in _ALL}
