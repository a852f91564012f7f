"""Which shape a phrase has, and how a fact is cleaned, cut, cased and put in the reader's person."""

import pytest
from writer_example import facts

from setpiece.agents.sequence.writer.casing import lower_start
from setpiece.agents.sequence.writer.clean import clean_text, split_sentences
from setpiece.agents.sequence.writer.model import FactRole as R
from setpiece.agents.sequence.writer.phrase import shorten, to_phrase
from setpiece.agents.sequence.writer.shape import Hint, Shape, classify
from setpiece.agents.sequence.writer.voice import Voice

VOICE = Voice(frozenset({"setpiece"}), ("Ana", "Northwind", "they", "she", "he"), ("the CFO", "CFO"))


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("manual account research", Shape.NOUN),
        ("messaging that drifts from rep to rep", Shape.NOUN),
        ("copy that makes claims nobody can source", Shape.NOUN),
        ("no visibility into which plays work", Shape.NOUN),
        ("how to keep copy honest", Shape.NOUN),
        ("email sequences with annotations", Shape.NOUN),
        ("less time spent on rewriting sequences", Shape.NOUN),
        ("spending hours on tools reps hate", Shape.GERUND),
        ("debugging why a lead got the wrong message", Shape.GERUND),
        ("reduce ramp time", Shape.BARE),
        ("to keep the CRM clean", Shape.BARE),
        ("roll out new positioning in a day", Shape.BARE),
        ("writes every email from facts", Shape.THIRD),
        ("scores every lead", Shape.THIRD),
        ("built for RevOps", Shape.DESCRIPTION),
        ("self-hosted", Shape.DESCRIPTION),
        ("reps lose hours researching accounts by hand", Shape.CLAUSE),
        ("research costs a rep four hours per week", Shape.CLAUSE),
        ("leads go cold", Shape.CLAUSE),
        ("teams launch campaigns in days", Shape.CLAUSE),
        ("onboarding a rep takes months", Shape.CLAUSE),
        ("they no longer keep a shadow spreadsheet", Shape.CLAUSE),
        ("is my data safe?", Shape.QUESTION),
        ("“it works,” said the owner", Shape.QUOTE),
        ("“it works on the first day”", Shape.QUOTE),
        ("without a vendor in the loop", Shape.FRAGMENT),
        ("same input, same output", Shape.FRAGMENT),
        ("", Shape.FRAGMENT),
    ],
)
def test_the_shape_of_a_phrase_decides_the_sentence_around_it(text, shape):
    assert classify(text) is shape


DEED = Hint(reads_as_deed=True)


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("one place to correct a claim, and every later email follows", Shape.NOUN),
        ("a list with names, titles and domains, and no profiles to read", Shape.NOUN),
        ("fewer emails, each with a reason behind it", Shape.NOUN),
        ("customer facts that have to leave the company before an email can be written", Shape.NOUN),
        ("customer facts that leave the network when an email is written", Shape.NOUN),
        ("messages nobody can explain after they were sent", Shape.NOUN),
        ("proof points nobody has checked since they were written", Shape.NOUN),
        ("match scores nobody can explain to a new rep", Shape.NOUN),
        ("a system the team ignores after two weeks", Shape.NOUN),
        ("emails that promise what the product does not do", Shape.NOUN),
        ("an API whose documentation and answers disagree", Shape.NOUN),
        ("results that depend on the one writer who knows the client", Shape.NOUN),
        ("meetings booked each week", Shape.NOUN),
        ("numbers quoted without their source", Shape.NOUN),
        ("personas and angles that drift apart from one tool to the next", Shape.NOUN),
        ("positioning, messaging and personas", Shape.NOUN),
        ("no record of which snippet went to whom", Shape.NOUN),
        ("pipeline for this quarter and the next", Shape.NOUN),
        ("prospect data and positioning stay on servers the company runs", Shape.CLAUSE),
        ("changes to messaging can be reviewed like changes to code", Shape.CLAUSE),
        ("personas, proof and angles live in one library with a history", Shape.CLAUSE),
        ("workflows keep their steps and only the base URL changes", Shape.CLAUSE),
        ("every outbound evening starts with a blank page", Shape.CLAUSE),
        ("positioning ends in a slide deck that sales opens once", Shape.CLAUSE),
        ("the best angle in the team lives in one person's sent folder", Shape.CLAUSE),
        ("messaging lives in slides, personas in a wiki, and proof in somebody's memory", Shape.CLAUSE),
        ("the pitch changes weekly, and the old emails keep going out", Shape.CLAUSE),
        ("the same person and the same library always give the same emails", Shape.CLAUSE),
        ("when a campaign disappoints, nobody can say which angle was sent", Shape.CLAUSE),
        ("what the best seller knows becomes a playbook for every seller", Shape.CLAUSE),
        ("a claim the library cannot support is left out of the email", Shape.CLAUSE),
        ("copies of a snippet live on after the sheet was corrected", Shape.CLAUSE),
        ("the list of vendors stays as long as it was", Shape.CLAUSE),
        ("coaching hours go into rewriting first lines", Shape.CLAUSE),
        ("software priced by the seat takes the margin", Shape.CLAUSE),
        ("a review forbids sending prospect data to a new vendor", Shape.CLAUSE),
        ("an event hands over two hundred contacts", Shape.CLAUSE),
        ("old claims survive in sequences long after a launch", Shape.CLAUSE),
        ("no account, no card and no key are needed to see it", Shape.CLAUSE),
        ("a second import of the same file changes nothing", Shape.CLAUSE),
        ("exports the whole library as one file, shows the difference, and imports it again", Shape.THIRD),
        ("runs on one machine with no key", Shape.THIRD),
        ("handing over work in a format the client cannot use", Shape.GERUND),
        ("coaching the people who write first emails", Shape.GERUND),
        ("waiting a minute for each row while a hosted agent thinks", Shape.GERUND),
        ("withdraw a claim everywhere on the same day", Shape.BARE),
        ("import and diff the whole library", Shape.BARE),
    ],
)
def test_a_fact_about_the_offering_is_not_misread(text, shape):
    assert classify(text, DEED) is shape


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("shows which campaigns and calls created pipeline", Shape.THIRD),
        ("shows at which stage a new seller gets stuck", Shape.THIRD),
        ("groups alerts into one incident with an owner", Shape.THIRD),
        ("plans headcount and approvals", Shape.THIRD),
        ("routes purchase requests before money is spent", Shape.THIRD),
        ("reviews and removes access across cloud and internal systems", Shape.THIRD),
        ("spend is seen before the invoice arrives", Shape.CLAUSE),
        ("each deal in the forecast shows why it is expected to close", Shape.CLAUSE),
        ("reliability figures a board can read", Shape.NOUN),
        ("answers for investors without a week of work", Shape.NOUN),
        ("changes without broken formulas", Shape.NOUN),
        ("warnings months before the renewal", Shape.NOUN),
        ("click on a number and see the deals it is made of", Shape.BARE),
        ("current answers to data questions in contracts", Shape.NOUN),
        ("partner and direct pipeline stand side by side", Shape.CLAUSE),
        ("flags invoices that look wrong", Shape.THIRD),
        ("matches payments to invoices", Shape.THIRD),
        ("routes tickets to the right team", Shape.THIRD),
        ("alerts the shift lead before a line stops", Shape.THIRD),
        ("forecasts demand by store", Shape.THIRD),
        ("syncs contacts every night", Shape.THIRD),
        ("dashboards for plant managers", Shape.NOUN),
        ("alerts for late trucks", Shape.NOUN),
        ("reports that managers read", Shape.NOUN),
        ("claims management for small insurers", Shape.NOUN),
        ("rules engine for approvals", Shape.NOUN),
        ("schedules crews around the weather", Shape.THIRD),
        ("plans routes and loads", Shape.THIRD),
        ("templates for every country", Shape.NOUN),
        ("controls who can open a file", Shape.THIRD),
        ("stores each photo with its place", Shape.THIRD),
        ("charts that explain themselves", Shape.NOUN),
        ("triages requests before a nurse sees them", Shape.THIRD),
        ("integrations with two hundred tools", Shape.NOUN),
        ("sales coaching in the flow of work", Shape.NOUN),
        ("operations dashboards by site", Shape.NOUN),
        ("orchestrates jobs across regions", Shape.THIRD),
        ("dedupes records overnight", Shape.THIRD),
        ("digests long threads into one page", Shape.THIRD),
        ("surfaces risks early", Shape.THIRD),
        ("prices each order in a second", Shape.THIRD),
        ("checklists for every shift", Shape.NOUN),
        ("notes and recordings in one place", Shape.NOUN),
        ("approvals in the chat tool", Shape.NOUN),
        ("works without an internet connection", Shape.THIRD),
        ("maps every pipe in the city", Shape.THIRD),
        ("audits and certifies suppliers", Shape.THIRD),
        ("updates prices in every shop", Shape.THIRD),
        ("changes for the next release", Shape.NOUN),
        ("answers customers at night", Shape.THIRD),
        ("answers to common questions", Shape.NOUN),
    ],
)
def test_what_an_offering_does_is_told_from_what_it_has(text, shape):
    assert classify(text, DEED) is shape


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("spend that is seen after it happened", Shape.NOUN),
        ("answers to the board that take a week", Shape.NOUN),
        ("tracking that breaks", Shape.NOUN),
        ("hiring that cannot keep up with plans", Shape.NOUN),
        ("meetings that are booked and then do not happen", Shape.NOUN),
        ("findings that have to be closed by a date", Shape.NOUN),
        ("roles opened without approval", Shape.NOUN),
        ("personal data in the wrong hands", Shape.NOUN),
        ("targets set on leads instead of pipeline", Shape.NOUN),
        ("rising cost for every lead", Shape.NOUN),
        ("entities report late", Shape.CLAUSE),
        ("marketing and sales count pipeline differently", Shape.CLAUSE),
        ("defend the budget with pipeline", Shape.BARE),
        ("positioning that can only be edited in a browser cannot be compared with last month", Shape.CLAUSE),
        ("orders that arrive twice", Shape.NOUN),
        ("nurses leave after a year", Shape.CLAUSE),
        ("drivers wait at the gate", Shape.CLAUSE),
        ("machines stop without warning", Shape.CLAUSE),
        ("shops run out of stock on Saturdays", Shape.CLAUSE),
        ("paper forms nobody reads", Shape.NOUN),
        ("chasing suppliers for certificates", Shape.GERUND),
        ("returns eat the margin", Shape.CLAUSE),
        ("the warehouse learns of a promotion too late", Shape.CLAUSE),
        ("late payments from large customers", Shape.NOUN),
        ("no overview of open repairs", Shape.NOUN),
        ("spend that nobody approved", Shape.NOUN),
        ("staff turnover above thirty percent", Shape.NOUN),
        ("guests complain about noise", Shape.CLAUSE),
        ("prices change daily", Shape.CLAUSE),
        ("reports arrive late", Shape.CLAUSE),
        ("teachers copy grades by hand", Shape.CLAUSE),
        ("overbooked clinics", Shape.NOUN),
        ("manual checks of every invoice", Shape.NOUN),
        ("each site buys on its own", Shape.CLAUSE),
        ("two systems that disagree", Shape.NOUN),
        ("the audit takes six weeks", Shape.CLAUSE),
        ("a broken pump stops the whole line", Shape.CLAUSE),
        ("maintenance is planned on paper", Shape.CLAUSE),
        ("patients forget appointments", Shape.CLAUSE),
        ("loss of knowledge when people retire", Shape.NOUN),
        ("quotes go out after three days", Shape.CLAUSE),
        ("training that nobody finishes", Shape.NOUN),
        ("tenants call about the same fault", Shape.CLAUSE),
        ("energy bills rise every winter", Shape.CLAUSE),
        ("inspectors ask for records from five years ago", Shape.CLAUSE),
        ("recipes live in one person's head", Shape.CLAUSE),
    ],
)
def test_a_problem_is_read_as_the_thing_or_the_sentence_it_is(text, shape):
    assert classify(text) is shape


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("win back lost customers", Shape.BARE),
        ("cut waste on the line", Shape.BARE),
        ("lower energy use", Shape.BARE),
        ("faster onboarding of nurses", Shape.NOUN),
        ("defend margins", Shape.BARE),
        ("open ten shops", Shape.BARE),
        ("fewer returns", Shape.NOUN),
        ("spend less on freight", Shape.BARE),
        ("train crews in a day", Shape.BARE),
        ("growth without new hires", Shape.NOUN),
        ("protect the brand", Shape.BARE),
        ("a calm peak season", Shape.NOUN),
        ("build trust with regulators", Shape.BARE),
        ("consistent quality in every shop", Shape.NOUN),
    ],
)
def test_a_goal_is_read_as_a_deed_or_a_thing(text, shape):
    assert classify(text, Hint(reads_as_goal=True)) is shape


def test_an_unclear_verb_is_read_as_past_only_where_something_happened():
    assert classify("cut ramp time by 30%", Hint(reads_as_past=True)) is Shape.PAST
    assert classify("cut every cost") is Shape.BARE


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("<p>Manual <b>research</b></p>", "Manual research"),
        ("- Late filings &amp; penalties", "Late filings & penalties"),
        ("2) **Slow** support 🚀", "Slow support"),
        ("<50 ms per run", "<50 ms per run"),
        ("see [the docs](https://example.com/a)", "see the docs"),
        ("a\x00b\r\n c\u202e", "a b c"),
        ("<script>alert(1)</script>safe", "safe"),
        ("", ""),
    ],
)
def test_markup_bullets_emoji_and_control_characters_are_stripped(raw, cleaned):
    assert clean_text(raw) == cleaned


def test_an_abbreviation_does_not_end_a_sentence():
    assert split_sentences("Tools, e.g. CRMs, break. Nobody knows.") == (
        "Tools, e.g. CRMs, break.",
        "Nobody knows.",
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Manual research", "manual research"),
        ("HubSpot data", "HubSpot data"),
        ("Salesforce admins", "Salesforce admins"),
        ("CRM hygiene", "CRM hygiene"),
        ("MANUAL DATA ENTRY IN THE CRM", "manual data entry in the CRM"),
        ("Stale Playbooks In Shared Drives", "stale playbooks in shared drives"),
        ("I lose hours", "I lose hours"),
        ("Setpiece runs", "Setpiece runs"),
    ],
)
def test_the_first_capital_goes_only_where_that_is_safe(text, expected):
    assert lower_start(text, VOICE.protected) == expected


LONG = (
    "Outbound copy is written from memory by twelve different people in four different tools"
    ", which nobody has ever reviewed before it goes out to the customers of the company"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Reps lose hours.", "Reps lose hours"),
        ("Reps lose hours. Managers lose trust.", "Reps lose hours"),
        (LONG, "Outbound copy is written from memory by twelve different people in four different tools"),
        ("We charge nothing. Except in Europe.", None),
        ("word " * 200, None),
        ("", None),
    ],
)
def test_a_long_fact_is_cut_at_a_boundary_that_keeps_its_meaning_or_left_out(text, expected):
    assert shorten(text) == expected


def test_a_restriction_is_never_cut_off():
    text = "Your customer facts never leave your own server under any circumstances at all; unless you turn on an outside model"
    assert shorten(text) == text


@pytest.mark.parametrize(
    ("role", "raw", "text"),
    [
        (R.PAIN, "They lose track of their copy", "lose track of your copy"),
        (R.PAIN, "Reps waste their time", "reps waste their time"),
        (R.PAIN, "Struggles to keep messaging consistent", "struggle to keep messaging consistent"),
        (R.PAIN, "We cannot trace our copy", "cannot trace your copy"),
        (R.CONCERN, "A forecast that embarrasses them", "a forecast that embarrasses you"),
        (R.CONCERN, "Targets set on leads", "targets set on leads"),
        (R.OBJECTIVE, "Keeps the CRM clean", "keep the CRM clean"),
        (R.WHY_WE_MATTER, "We give them one library", "we give you one library"),
        (R.CONTEXT, "They are hiring five SDRs", "you are hiring five SDRs"),
        (R.CONTEXT, "Northwind raised a Series B", "you raised a Series B"),
        (R.CONTEXT, "She runs her team from Lisbon", "you run your team from Lisbon"),
        (R.CONTEXT, "Hiring five SDRs", "you are hiring five SDRs"),
        (R.BENEFIT, "CFO keeps oversight", "you keep oversight"),
        (
            R.WHY_WE_MATTER,
            "A chief and an engineer each get an angle of their own",
            "a chief and an engineer each get an angle of their own",
        ),
        (R.CAPABILITY, "Single source of truth", "a single source of truth"),
        (R.CAPABILITY, "Audit trail for every change", "an audit trail for every change"),
    ],
)
def test_a_fact_is_put_in_the_readers_person(role, raw, text):
    phrase = to_phrase(role, facts("x", "persona", "n", "f", raw)[0], VOICE)
    assert phrase is not None
    assert phrase.text == text


@pytest.mark.parametrize(
    ("role", "raw"),
    [
        (R.APPROACH, "Lead with traceability"),
        (R.PROOF, "Highlight the benchmark"),
        (R.OBJECTION, "Explain the parallel run"),
        (R.CONTEXT, "Be careful with pricing"),
        (R.PAIN, "How do you keep copy honest?"),
        (R.PAIN, "Dear [First Name], copy drifts"),
        (R.PAIN, "يفقد المندوبون الوقت كل يوم"),
        (R.PAIN, "🚀🚀"),
    ],
)
def test_what_cannot_be_said_to_the_reader_is_left_out(role, raw):
    assert to_phrase(role, facts("x", "persona", "n", "f", raw)[0], VOICE) is None
