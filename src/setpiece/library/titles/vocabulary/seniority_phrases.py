"""Which English words name which level. Phrases are separated by commas; the longest one at each place counts."""

LEVELS = {
    "owner": "founder, owner, business owner, managing partner, senior partner, equity partner, general partner",
    "c_level": """chief executive, managing director, president, chairman, board member, board director, general director""",
    "vp": "vice president",
    "head": "head, general manager, general counsel, global head",
    "director": "director, executive director, country manager, chief staff, art director, treasurer",
    "manager": "manager, supervisor, controller, superintendent, group product manager, plant manager, branch",
    "lead": "lead, leader, chief, foreman, captain",
    "senior": "senior, staff, expert, principal, distinguished, fellow",
    "individual": """account manager, territory manager, territory sales manager, key account manager, customer success manager, product manager, product owner,
        project manager, program manager, programme manager, community manager, relationship manager, partner manager,
        office manager, technical account manager, business partner, people partner, client partner, acquisition partner, talent partner, social media manager,
        delivery manager, crm manager, lead generation, lead gen, lead development representative, process owner,
        engineer, developer, analyst, specialist, representative, executive, consultant, coordinator, associate, designer,
        recruiter, accountant, administrator, scientist, officer, agent, buyer, lawyer, counsel, attorney, paralegal,
        architect, advisor, adviser, strategist, marketer, writer, copywriter, editor, researcher, sourcer, bookkeeper,
        auditor, programmer, tester, technician, planner, secretary, receptionist, executive assistant,
        administrative assistant, personal assistant, salesperson, seller, closer, member, contributor, evangelist,
        scrum master, trainer, freelancer, contractor""",
    "entry": "intern, internship, trainee, apprentice, junior, graduate, student, assistant, entry level, working student",
}

BELOW_ALL = frozenset({"intern", "internship", "trainee", "apprentice", "student", "junior"})
"""Words that keep a title at entry level whatever else it names: `Product Manager Intern`."""
