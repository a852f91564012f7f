"""Choosing offering, playbook, persona and segment for a prospect."""

from dataclasses import replace

import pytest
from example_candidates import DELIVERY, HIRING, LIBRARY, OFFERINGS, PERSONAS, PLAYBOOKS, REVENUE

from setpiece.matching.choose import choose
from setpiece.matching.model import (
    Candidates,
    Choice,
    Confidence,
    Kind,
    Mode,
    PersonaCandidate,
    Pick,
    Pins,
    PlaybookCandidate,
    Prospect,
    Rule,
    Settings,
)

EXPECTED = {
    "sales_leader": """VP Sales EMEA, CRO, Chief Revenue Officer (CRO), SVP Sales, Director Comercial, Diretor de Vendas,
        Vertriebsleiter, Chief Commercial Officer, VP Revenue, Head of Sales DACH, Chief Sales Officer, Head of Commercial""",
    "sales_manager": """Sales Manager, Gerente de Ventas, Responsable des ventes, Area Sales Manager, Sales Team Leader,
        Regional Sales Manager - Southeast, Sales Supervisor""",
    "sdr_manager": "SDR Team Lead, BDR Manager, VP Sales Development, Outbound SDR Lead",
    "revops": """RevOps Manager, Head of Revenue Operations, GTM Operations Lead, Revenue Operations Analyst,
        Salesforce Administrator, Commercial Operations Director""",
    "marketing_leader": """VP Marketing, Chief Marketing Officer, Responsable marketing, Directrice Marketing,
        Leiterin Marketing, Head of Brand & Marketing""",
    "demand": """Head of Demand Gen, Growth Lead, Director of Growth, Senior Growth Marketing Manager, Paid Media Manager,
        Performance Marketing Lead""",
    "product_leader": """CPO, VP of Product, Group Product Manager, Director de Producto, Leiter Produktmanagement,
        Senior Director of Product""",
    "engineering_leader": """Chief Technology Officer, Cofounder & CTO, VP Eng, Engineering Manager,
        Head of Software Development, Diretor de Engenharia, Directeur Technique""",
    "platform": "Head of Platform, Infrastructure Lead, Director of Cloud Infrastructure, DevOps Manager, Principal SRE",
    "security": "Director - IT Security, Deputy CISO, Head of Cybersecurity, RSSI, IT Security Manager",
    "people": "Chief People Officer, DRH, Personalleiterin, Director of Talent Acquisition, Head of Recruiting, HR Director",
    "founder": "Founder & CEO, CEO | Angel investor, Geschäftsführer, PDG, Managing Director, Owner / CEO, Sócio-fundador",
    "": """Pastry Chef, Registered Nurse, Truck Driver, Primary School Teacher, VP, Yoga Instructor, Warehouse Supervisor,
        Executive Assistant to the CEO, Tax Accountant, Paralegal, Graphic Designer, Civil Engineer, Former VP Sales,
        Customer Support Agent, Procurement Manager, Professor of History, Electrician, Assistant to the VP of Sales,
        Dentist, Store Manager, Real Estate Agent, Police Officer, Chief Medical Officer, Photographer, Cashier,
        Personal Trainer, Sales Engineer, 🦄🦄🦄""",
}
ROWS = [(title.strip(), persona) for persona, titles in EXPECTED.items() for title in titles.split(",")]


def with_title(title: str, candidates: Candidates = LIBRARY, pins: Pins | None = None) -> Choice:
    return choose(Prospect(job_title=title), candidates, pins)


def taken(pick: Pick | None) -> Pick:
    assert pick is not None
    return pick


@pytest.mark.parametrize(("title", "persona"), ROWS, ids=[row[0] for row in ROWS])
def test_the_persona_is_the_one_a_salesperson_would_name(title: str, persona: str):
    pick = with_title(title).persona
    assert (pick.id if pick else "") == persona


def test_high_confidence_on_the_table_is_always_right():
    picks = [(with_title(title).persona, persona) for title, persona in ROWS]
    sure = [(pick.id, persona) for pick, persona in picks if pick and pick.confidence is Confidence.HIGH]
    assert len(sure) > 40
    assert [pair for pair in sure if pair[0] != pair[1]] == []


@pytest.mark.parametrize(("title", "persona"), ROWS, ids=[row[0] for row in ROWS])
def test_the_choices_go_together(title: str, persona: str):
    choice = with_title(title)
    playbook = next(one for one in PLAYBOOKS if one.id == taken(choice.playbook).id)
    assert playbook.offering_id == taken(choice.offering).id
    assert choice.persona is None or choice.persona.id in playbook.persona_ids


def test_the_analysis_names_the_title_that_decided():
    analysis = taken(with_title("SVP Sales, EMEA").persona).analysis
    assert "“Sales Leader”" in analysis
    assert "“VP of Sales”" in analysis


def test_scores_come_with_each_signals_value_weight_and_share():
    best = taken(with_title("VP Sales").persona).ranked[0]
    assert [reading.signal for reading in best.readings] == ["common_title", "role_fit", "title_words"]
    assert sum(reading.weight for reading in best.readings) == pytest.approx(1.0, abs=1e-3)
    assert sum(reading.share for reading in best.readings) == pytest.approx(1.0, abs=1e-3)
    assert sum(reading.weight * reading.value for reading in best.readings) == pytest.approx(
        best.score, abs=1e-3
    )


def test_the_margin_is_the_distance_to_the_best_other_eligible_candidate():
    pick = taken(with_title("VP Sales").persona)
    eligible = [one for one in pick.ranked if one.excluded is None]
    assert pick.margin == pytest.approx(eligible[0].score - eligible[1].score)


def test_without_a_job_title_the_persona_is_low_and_says_so():
    pick = taken(choose(Prospect(company_name="Example"), LIBRARY).persona)
    assert pick.confidence is Confidence.LOW
    assert "no job title was given" in pick.analysis


@pytest.mark.parametrize("blank", ["", "   ", "\n\t"])
def test_a_blank_title_is_no_title(blank: str):
    assert with_title(blank) == choose(Prospect(), LIBRARY)


def test_a_title_outside_the_library_still_gets_offering_and_playbook_with_low_confidence():
    choice = with_title("Pastry Chef")
    assert choice.persona is None
    assert choice.unchosen[Kind.PERSONA].reason == "Nothing in the library fits the job title “Pastry Chef”."
    assert taken(choice.offering).confidence is Confidence.LOW
    assert taken(choice.playbook).confidence is Confidence.LOW


def test_a_former_role_is_not_taken_for_the_present_one():
    reason = with_title("Former VP Sales").unchosen[Kind.PERSONA].reason
    assert reason == "The job title “Former VP Sales” names no present role that could be read."


def test_two_personas_that_fit_alike_make_the_choice_low_and_name_the_other():
    twins = replace(
        LIBRARY, personas=(PERSONAS[1], replace(PERSONAS[1], id="twin", name="Twin")), playbooks=()
    )
    pick = taken(with_title("VP Sales", twins).persona)
    assert (pick.id, pick.confidence) == ("sales_leader", Confidence.LOW)
    assert "“Twin” fits as well" in pick.analysis


def test_one_level_off_is_not_high_however_far_the_runner_up():
    pick = taken(with_title("Group Product Manager").persona)
    assert pick.confidence is Confidence.MEDIUM
    assert "not quite its own" in pick.analysis


def test_an_internal_name_never_shows():
    named = replace(LIBRARY, personas=(replace(PERSONAS[1], internal_name="Codename Walrus"),))
    assert "Walrus" not in repr(with_title("VP Sales", named))


def test_the_selection_context_steers_the_playbook_and_nothing_else():
    plain = with_title("VP Sales")
    steered = choose(Prospect(job_title="VP Sales", selection_context="what a migration costs"), LIBRARY)
    assert (taken(plain.playbook).id, taken(steered.playbook).id) == ("pb_pipeline", "pb_rival")
    assert "“migration”" in taken(steered.playbook).analysis
    assert taken(steered.persona).ranked[0] == taken(plain.persona).ranked[0]


def test_a_selection_context_that_meets_no_playbook_is_said():
    pick = taken(
        choose(Prospect(job_title="VP Sales", selection_context="zebra husbandry"), LIBRARY).playbook
    )
    assert pick.confidence is Confidence.MEDIUM
    assert "nothing in it matches the selection context" in pick.analysis


def test_a_competitor_named_in_the_context_calls_for_the_competitive_playbook():
    pick = taken(
        choose(Prospect(job_title="CRO", runtime_context="They run Examplesoft today."), LIBRARY).playbook
    )
    assert pick.id == "pb_rival"
    assert "names Examplesoft" in pick.analysis


def test_a_competitive_playbook_is_not_chosen_unprompted():
    ranked = taken(with_title("CRO").playbook).ranked
    assert [one.id for one in ranked[:2]] == ["pb_pipeline", "pb_rival"]


def test_a_company_in_the_example_domains_is_recognised_below_a_subdomain():
    prospect = Prospect(job_title="CISO", company_domain="https://EU.bank.example/about")
    assert (
        "eu.bank.example is among its example domains" in taken(choose(prospect, LIBRARY).playbook).analysis
    )


def test_the_segment_follows_from_company_facts_and_the_playbook():
    prospect = Prospect(job_title="CISO", industry="Banking", location="Germany")
    pick = taken(choose(prospect, LIBRARY).segment)
    assert (pick.id, pick.confidence) == ("sg_banks", Confidence.HIGH)


def test_no_segment_is_chosen_when_nothing_is_known_of_the_company():
    choice = with_title("VP Sales")
    assert choice.segment is None
    assert Kind.SEGMENT in choice.unchosen


def test_drafts_are_not_chosen():
    assert "pb_draft" not in {one.id for one in taken(with_title("VP Sales").playbook).ranked}


def test_a_draft_is_chosen_when_pinned():
    choice = with_title("VP Sales", pins=Pins(playbook_id="pb_draft"))
    assert taken(choice.playbook).id == "pb_draft"


def test_only_drafts_means_no_playbook_and_a_reason():
    drafts = replace(LIBRARY, playbooks=PLAYBOOKS[-1:])
    reason = with_title("VP Sales", drafts).unchosen[Kind.PLAYBOOK].reason
    assert reason == "There are playbooks, but none of them is active."


def test_a_pinned_playbook_brings_its_offering():
    choice = with_title("VP Sales", pins=Pins(playbook_id="pb_hiring"))
    assert (taken(choice.playbook).id, taken(choice.offering).id) == ("pb_hiring", HIRING)
    assert taken(choice.playbook).confidence is Confidence.HIGH
    assert taken(choice.playbook).pinned_by == "the request"
    assert "pinned by the request" in taken(choice.offering).analysis


def test_a_persona_that_fits_better_than_the_pinned_playbook_allows_is_named():
    reason = with_title("VP Sales", pins=Pins(playbook_id="pb_hiring")).unchosen[Kind.PERSONA].reason
    assert "“Sales Leader” fits better" in reason


def test_a_pinned_offering_bounds_the_playbook():
    choice = with_title("VP Engineering", pins=Pins(offering_id=DELIVERY))
    assert taken(choice.offering).id == DELIVERY
    assert taken(choice.playbook).id in {"pb_release", "pb_audit"}


def test_a_playbook_for_others_is_worse_than_none():
    choice = with_title("VP Sales", pins=Pins(offering_id=DELIVERY))
    assert choice.playbook is None
    assert "No playbook is written for" in choice.unchosen[Kind.PLAYBOOK].reason


def test_the_rest_adapts_to_a_pinned_persona():
    choice = with_title("VP Sales", pins=Pins(persona_id="security"))
    assert taken(choice.persona).analysis == "The persona “Security Leader” was pinned by the request."
    assert (taken(choice.offering).id, taken(choice.playbook).id) == (DELIVERY, "pb_audit")


def test_a_pinned_persona_outside_a_pinned_playbook_is_honoured_and_said():
    pick = taken(with_title("CTO", pins=Pins(persona_id="people", playbook_id="pb_audit")).persona)
    assert (pick.id, pick.confidence) == ("people", Confidence.HIGH)
    assert "The chosen playbook is not for it. The pin was honoured all the same." in pick.analysis


def test_a_pin_that_is_not_in_the_library_is_no_silent_fallback():
    choice = with_title("VP Sales", pins=Pins(persona_id="gone"))
    assert choice.persona is None
    assert (
        choice.unchosen[Kind.PERSONA].reason == "The persona asked for by the request is not in the library."
    )


def test_an_agent_that_fixes_a_playbook_pins_it():
    settings = Settings(playbook=Rule(Mode.FIXED, ("pb_outbound",)))
    pick = taken(choose(Prospect(job_title="CMO"), LIBRARY, settings=settings).playbook)
    assert (pick.id, pick.pinned_by) == ("pb_outbound", "the agent settings")


def test_a_pin_of_the_request_wins_over_the_agents_settings():
    settings = Settings(persona=Rule(Mode.OFF), playbook=Rule(Mode.FIXED, ("pb_outbound",)))
    pins = Pins(persona_id="revops", playbook_id="pb_rival")
    choice = choose(Prospect(job_title="CMO"), LIBRARY, pins, settings)
    assert (taken(choice.playbook).id, taken(choice.persona).id) == ("pb_rival", "revops")


def test_an_agent_bounds_the_choice_to_a_subset():
    settings = Settings(persona=Rule(Mode.SUBSET, ("revops", "demand")))
    pick = taken(choose(Prospect(job_title="VP Sales"), LIBRARY, settings=settings).persona)
    assert pick.id == "revops"


@pytest.mark.parametrize("kind", list(Kind))
def test_a_kind_that_is_turned_off_is_not_chosen(kind: Kind):
    settings = replace(Settings(), **{str(kind): Rule(Mode.OFF)})
    choice = choose(Prospect(job_title="CISO", industry="Banking"), LIBRARY, settings=settings)
    assert getattr(choice, kind) is None
    assert "turned off in the agent settings" in choice.unchosen[kind].reason


def test_an_empty_library_gives_nothing_and_a_reason_for_each_kind():
    choice = with_title("VP Sales", Candidates())
    assert (choice.offering, choice.playbook, choice.persona, choice.segment) == (None, None, None, None)
    assert set(choice.unchosen) == set(Kind)


def test_one_offering_and_one_playbook_are_chosen_for_anybody():
    single = Candidates(OFFERINGS[:1], (PlaybookCandidate("pb", "Only one", REVENUE),))
    choice = with_title("Pastry Chef", single)
    assert (taken(choice.offering).id, taken(choice.playbook).id) == (REVENUE, "pb")
    assert taken(choice.playbook).confidence is Confidence.LOW


def test_a_persona_without_titles_is_read_by_its_name():
    named = Candidates(personas=(PersonaCandidate("pe", "VP of Sales"), PersonaCandidate("px", "Head of HR")))
    assert taken(with_title("Sales VP", named).persona).id == "pe"


def test_equal_candidates_are_decided_by_their_order():
    twins = tuple(PersonaCandidate(name, name, titles=("CFO",)) for name in ("b", "a"))
    assert taken(with_title("CFO", Candidates(personas=twins)).persona).id == "b"


@pytest.mark.parametrize(
    "text", ["x" * 10_000, "VP\x00Sales", "🦄" * 500, "\u202eVP Sales", "VP \ud800", "Head of " * 1_250]
)
def test_hostile_text_in_every_field_leaves_a_short_clean_explanation(text: str):
    prospect = Prospect(text, text, text, text, text, text, text, text, text)
    choice = choose(prospect, LIBRARY)
    said = [pick.analysis for pick in (choice.offering, choice.playbook, choice.persona) if pick]
    said += [one.reason for one in choice.unchosen.values()]
    assert all(sentence.isprintable() and len(sentence) < 600 for sentence in said)


def test_an_unknown_word_in_the_title_keeps_a_persona_from_high_confidence():
    known = taken(choose(Prospect(job_title="Sales Director"), LIBRARY).persona)
    unknown = taken(choose(Prospect(job_title="Wobbler Sales Director"), LIBRARY).persona)
    assert (known.id, known.confidence) == (unknown.id, Confidence.HIGH)
    assert unknown.confidence is Confidence.MEDIUM
    assert "a word that is not known" in unknown.analysis


def test_that_nobody_fits_is_the_reason_also_when_the_playbook_names_nobody_who_was_compared():
    plays = tuple(replace(one, persona_ids=frozenset({"not-compared"})) for one in PLAYBOOKS)
    choice = with_title("Pastry Chef", replace(LIBRARY, playbooks=plays))
    assert choice.persona is None
    assert choice.unchosen[Kind.PERSONA].reason.startswith("Nothing in the library fits the job title")
