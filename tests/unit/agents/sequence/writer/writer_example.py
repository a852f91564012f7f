"""A library about Setpiece itself, as briefs: what the tests read aloud."""

from setpiece.agents.sequence.writer import (
    Brief,
    Draft,
    Fact,
    FactRole,
    Recipient,
    Sender,
    Source,
    Style,
    render,
)

R = FactRole


def facts(oid: str, kind: str, name: str, field: str, *texts: str) -> tuple[Fact, ...]:
    return tuple(Fact(text, Source(oid, kind, name, field, at)) for at, text in enumerate(texts))


OFFERING = {
    R.CAPABILITY: facts(
        "px_1", "product", "Setpiece", "capabilities",
        "Writes each email from facts in your library",
        "Ties every claim to the library field it came from",
        "Runs on one machine with no key and no network",
        "Shows the ranked candidates behind every choice",
        "Same input, same output",
        "Import and diff the whole library as one YAML file",
    ),
    R.DIFFERENTIATOR: facts(
        "px_1", "product", "Setpiece", "differentiatedValue",
        "Your customer facts never leave your own server",
        "Every choice comes with the arithmetic behind it.",
        "Built for teams that review copy before it goes out",
    ),
    R.BENEFIT: facts(
        "px_1", "product", "Setpiece", "customerBenefits",
        "Reviewers can check a sequence without asking the author",
        "One place to change a claim",
        "Less time spent on rewriting sequences when positioning changes",
    ),
    R.STATUS_QUO: facts(
        "px_1", "product", "Setpiece", "statusQuo",
        "Prompts and messaging documents are copied from tool to tool",
        "A shared drive with playbooks that nobody opens",
    ),
    R.CHALLENGE: facts("px_1", "product", "Setpiece", "challengesAddressed", "Copy that makes claims nobody can source"),
    R.KEY_INSIGHT: facts("pb_1", "playbook", "Traceable outbound", "keyInsight",
        "Teams trust generated copy only when each claim shows its source"),
    R.PROOF: facts("pp_1", "proof-point", "Speed", "howWeTalkAboutThis",
        "A sequence of three emails takes 12 ms at the median on a library of 1,000 entities"),
}  # fmt: skip

REVOPS = {
    R.PAIN: facts(
        "pe_1", "persona", "RevOps leader", "painPoints",
        "Messaging that drifts from rep to rep",
        "They cannot tell which claim in an email came from where",
        "Reps lose hours rewriting sequences after every positioning change.",
    ),
    R.OBJECTIVE: facts("pe_1", "persona", "RevOps leader", "keyObjectives", "Roll out new positioning to every rep in a day", "Keep messaging consistent across tools"),
    R.WHY_WE_MATTER: facts("pe_1", "persona", "RevOps leader", "whyWeMatterToThem", "We give them one library that every sequence is written from"),
}  # fmt: skip

FOUNDER = {
    R.PAIN: facts("pe_2", "persona", "Founder", "painPoints", "Writing every outbound email alone at night", "No budget for four sales tools"),
    R.OBJECTIVE: facts("pe_2", "persona", "Founder", "keyObjectives", "Find out which angle gets replies"),
    R.RESPONSIBILITY: facts("pe_2", "persona", "Founder", "primaryResponsibilities", "Selling the first deals in person"),
    R.WHY_WE_MATTER: facts("pe_2", "persona", "Founder", "whyWeMatterToThem", "Runs on a laptop"),
}  # fmt: skip

ENGINEER = {
    R.PAIN: facts("pe_3", "persona", "GTM engineer", "painPoints", "Prompts buried in workflow nodes", "Output changes between two runs of the same input", "Debugging why a lead got the wrong message"),
    R.OBJECTIVE: facts("pe_3", "persona", "GTM engineer", "keyObjectives", "Test a sequence before it is sent"),
    R.CONCERN: facts("pe_3", "persona", "GTM engineer", "keyConcerns", "Sending customer facts to another vendor"),
    R.WHY_WE_MATTER: facts("pe_3", "persona", "GTM engineer", "whyWeMatterToThem", "Existing clients keep working when only the base URL changes"),
}  # fmt: skip

SENDER = Sender("Sam Rivera", None, "Setpiece", "Best")


def example_brief(persona=REVOPS, seed="example", recipient=None, context=(), **style) -> Brief:
    found = {**OFFERING, **persona}
    if context:
        found[R.CONTEXT] = facts("", "request", "", "runtimeContext.all", *context)
    return Brief(
        recipient=recipient or Recipient("Ana", "Silva", "Head of RevOps", "Northwind Example"),
        sender=SENDER,
        offering_name="Setpiece",
        facts=found,
        persona_name="RevOps Rachel",
        seed=seed,
        style=Style(**style),
    )


def text_of_all(draft: Draft) -> str:
    return "\n".join(f"{email.subject}\n{render(email).email}" for email in draft.emails)
