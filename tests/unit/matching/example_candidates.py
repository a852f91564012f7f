"""An example library for the tests: twelve personas of made-up buyers, three offerings, seven playbooks."""

from setpiece.library.playbooks.model import PlaybookType, Status
from setpiece.matching.model import (
    Candidates,
    OfferingCandidate,
    PersonaCandidate,
    PlaybookCandidate,
    SegmentCandidate,
)

REVENUE, DELIVERY, HIRING = "px_revenue", "px_delivery", "px_hiring"


def _persona(id: str, name: str, titles: str, text: str, *offerings: str) -> PersonaCandidate:
    listed = tuple(title.strip() for title in titles.split(","))
    return PersonaCandidate(id, name, None, listed, text, frozenset(offerings) if offerings else None)


PERSONAS = (
    _persona(
        "founder",
        "Founder",
        "Founder, Co-Founder, CEO, Owner",
        "Runs the company, sells to the first customers, hires the first sellers.",
    ),
    _persona(
        "sales_leader",
        "Sales Leader",
        "VP of Sales, Chief Revenue Officer, Head of Sales, Sales Director",
        "Owns the number, forecast and quota, pipeline coverage, win rate.",
        REVENUE,
    ),
    _persona(
        "sales_manager",
        "Frontline Sales Manager",
        "Sales Manager, Regional Sales Manager, Sales Team Lead",
        "Coaches account executives, runs deal reviews and one to ones.",
        REVENUE,
    ),
    _persona(
        "sdr_manager",
        "SDR Manager",
        "SDR Manager, Head of Sales Development, Director of Sales Development, BDR Team Lead",
        "Books meetings with outbound prospecting, ramps new representatives.",
        REVENUE,
    ),
    _persona(
        "revops",
        "Revenue Operations Leader",
        "Head of RevOps, Director of Revenue Operations, Sales Operations Manager, VP Revenue Operations",
        "Owns CRM hygiene, routing, tooling, forecast process and reporting.",
        REVENUE,
    ),
    _persona(
        "marketing_leader",
        "Marketing Leader",
        "CMO, VP Marketing, Head of Marketing, Marketing Director",
        "Owns brand, budget, campaigns and marketing sourced pipeline.",
        REVENUE,
    ),
    _persona(
        "demand",
        "Demand Generation Manager",
        "Demand Generation Manager, Head of Growth, Growth Marketing Manager, Performance Marketing Manager",
        "Runs paid channels and campaigns, lives by cost per opportunity.",
        REVENUE,
    ),
    _persona(
        "product_leader",
        "Product Leader",
        "Chief Product Officer, VP Product, Head of Product, Director of Product Management",
        "Decides the roadmap, balances discovery and delivery.",
        DELIVERY,
    ),
    _persona(
        "engineering_leader",
        "Engineering Leader",
        "CTO, VP Engineering, Head of Engineering, Director of Engineering",
        "Ships software on time, hires engineers, pays down debt.",
        DELIVERY,
    ),
    _persona(
        "platform",
        "Platform Owner",
        "Head of Platform Engineering, SRE Manager, DevOps Lead, Director of Infrastructure",
        "Keeps services up, cuts incidents, builds the internal platform.",
        DELIVERY,
    ),
    _persona(
        "security",
        "Security Leader",
        "CISO, Head of Information Security, Director of Security, VP Security",
        "Answers audits, lowers risk, reviews vendors.",
        DELIVERY,
    ),
    _persona(
        "people",
        "People Leader",
        "CHRO, Head of People, VP Human Resources, Head of Talent Acquisition",
        "Hires and keeps people, plans headcount.",
        HIRING,
    ),
)

OFFERINGS = (
    OfferingCandidate(REVENUE, "Pipeline Desk", "Plays for sellers: pipeline, outbound, forecast."),
    OfferingCandidate(DELIVERY, "Release Desk", "Plays for software teams: incidents, deployment, audits."),
    OfferingCandidate(HIRING, "Hiring Desk", "Plays for recruiting: interviews, headcount, offers."),
)

PLAYBOOKS = (
    PlaybookCandidate(
        "pb_pipeline",
        "Pipeline you can trust",
        REVENUE,
        persona_ids=frozenset({"sales_leader", "sales_manager", "revops", "founder"}),
        text="Forecast calls turn into guesswork when pipeline reviews rest on memory.",
    ),
    PlaybookCandidate(
        "pb_outbound",
        "Outbound that repeats",
        REVENUE,
        PlaybookType.PRACTITIONER,
        persona_ids=frozenset({"sdr_manager", "demand", "marketing_leader"}),
        text="New representatives take months to learn what the best ones already do.",
    ),
    PlaybookCandidate(
        "pb_rival",
        "Leaving Examplesoft",
        REVENUE,
        PlaybookType.COMPETITIVE,
        persona_ids=frozenset({"sales_leader", "revops"}),
        competitor_name="Examplesoft",
        text="What a migration costs and how long it takes.",
    ),
    PlaybookCandidate(
        "pb_release",
        "Quiet releases",
        DELIVERY,
        persona_ids=frozenset({"engineering_leader", "platform", "product_leader"}),
        text="Deployments at night, incidents on Monday, a roadmap that slips.",
    ),
    PlaybookCandidate(
        "pb_audit",
        "Audit without panic",
        DELIVERY,
        PlaybookType.SECTOR,
        persona_ids=frozenset({"security"}),
        segment_id="sg_banks",
        example_domains=("bank.example",),
        text="Evidence for the auditor, collected all year.",
    ),
    PlaybookCandidate(
        "pb_hiring",
        "Hire in half the time",
        HIRING,
        persona_ids=frozenset({"people"}),
        text="Interviews that nobody prepared.",
    ),
    PlaybookCandidate(
        "pb_draft",
        "Not finished",
        REVENUE,
        status=Status.DRAFT,
        persona_ids=frozenset({"sales_leader"}),
        text="Forecast forecast forecast.",
    ),
)

SEGMENTS = (
    SegmentCandidate(
        "sg_saas", "Software vendors", "Subscription software.", "Software SaaS 51-200 employees"
    ),
    SegmentCandidate("sg_banks", "Banks", "Regulated finance.", "Banking Insurance Germany"),
    SegmentCandidate("sg_clinics", "Clinics", "Hospitals and clinics.", "Healthcare", frozenset({HIRING})),
)

LIBRARY = Candidates(OFFERINGS, PLAYBOOKS, PERSONAS, SEGMENTS)
