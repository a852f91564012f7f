"""Word lists for telling the shape of an English phrase, and the inflections made from them.

The lists are the words that library fields of sales teams are made of; a word that is missing makes the shape
less certain, and uncertain shapes get the phrasing that fits any shape.
"""

from setpiece.agents.sequence.writer.verbs import IRREGULAR_PASTS, NOUN_LIKE_VERBS, STRONG_VERBS, word_set

DETERMINERS = word_set(
    "a an the this that these those my our your their his her its every each all any some no more most fewer "
    "less much many several both another other one two three four five six seven eight nine ten"
)
SUBJECT_PRONOUNS = word_set(
    "i we you they he she it this that these those there nobody everyone everybody someone somebody "
    "nothing everything something anyone anything none most many few people who"
)
PLURAL_PRONOUNS = word_set("i we you they people most many few these those")
PREPOSITIONS = word_set(
    "of in on at by for from with without to into onto across between among through during after before "
    "over under about around against per via within as than toward towards behind beyond despite like "
    "until since up out off down near versus inside outside beside"
)
CONJUNCTIONS = word_set("and or but nor so yet because while although though")
SUBORDINATORS = word_set(
    "that which who whom whose where when what why how whether if because while since although though unless "
    "until whenever wherever"
)
FINITE_AUXILIARIES = word_set(
    "is are was were am has have had does do did can could will would should must may might cannot can't "
    "don't doesn't didn't isn't aren't wasn't weren't won't wouldn't shouldn't couldn't haven't hasn't hadn't "
    "it's they're we're you're there's that's we've they've you've"
)
LEADING_NEGATIONS = word_set("cannot can't don't can could must should won't")
ADVERBS = word_set(
    "no longer still often never always rarely usually already only just also even now then not hardly barely too "
    "automatically manually quickly slowly directly constantly frequently regularly typically simply easily "
    "actually currently increasingly sometimes ever again each both"
)
ADJECTIVES = word_set(
    "self-hosted open-source auditable deterministic private free fast easy simple secure compliant "
    "explainable reproducible reliable traceable offline cheap cheaper faster easier safer simpler available "
    "extensible portable transparent affordable scalable flexible modular lightweight ready configurable "
    "customizable responsible accountable hard difficult slow expensive tedious inconsistent unreliable "
    "manual unpredictable opaque fragmented outdated"
)
PARTICIPLES = word_set(
    "built made designed based backed powered trusted used priced proven hosted written tested licensed "
    "certified documented integrated powered maintained supported optimized tailored"
)
INTRANSITIVE_PASTS = word_set(
    "dropped increased doubled tripled declined joined improved expanded started happened slipped stalled "
    "failed arrived succeeded decreased opened closed launched moved"
)
CLEAR_PASTS = word_set(
    "became began broke came did drew drove ate fell forgot gave went grew had hid knew rose ran saw shrank spoke took "
    "wrote rewrote chose got"
)
"""Pasts that differ from their participle, so that they cannot be "time spent on ..."."""
NOUNS_IN_ING = word_set(
    "positioning reporting forecasting coaching prospecting staffing tooling pricing marketing onboarding training engineering branding messaging targeting billing "
    "funding rising falling declining shrinking existing growing missing remaining recurring conflicting "
    "competing ongoing incoming upcoming outgoing changing aging leading everything something anything "
    "nothing thing king ring string spring"
)
"""Words in -ing that open a noun phrase, not a gerund."""

AGENT_NOUNS = word_set(
    "reps teams sellers managers buyers leaders founders users customers prospects people companies marketers engineers "
    "analysts sdrs bdrs aes admins agents operators executives recruiters developers vendors competitors partners "
    "employees owners agencies hires"
)
"""Plural subjects that act: "teams launch campaigns" is a clause although "launch" could be a noun."""

COUNT_NOUNS = word_set(
    "source engine view platform library system team process way tool dashboard playbook score record answer "
    "place workflow sequence server database machine command key lack point list model plan report template "
    "method map guide audit trail history log file field layer framework number figure reason result step "
    "check rule check set loop link line month week day quarter year hour minute manager leader rep "
    "seller buyer customer prospect account company vendor founder analyst engineer gap problem risk issue "
    "bottleneck backlog queue api console interface integration editor language format "
    "alternative approach strategy need chance explanation path picture bill contract "
    "spreadsheet document deck page site specialist contact consultant expert advisor assistant run tracker bot agent checklist calendar invoice budget contact"
    " partner portal service desk helpdesk price fee version"
)
"""Head nouns that want an article in the singular ("single source of truth" -> "a single source of truth")."""

PROPER_FIRST_WORDS = word_set(
    "salesforce hubspot slack google zoom gong clay outreach apollo linkedin excel notion zapier monday "
    "microsoft outlook gmail amazon aws azure snowflake postgres postgresql python github gitlab jira "
    "marketo pardot intercom zendesk stripe shopify airtable asana smartlead instantly lemlist pipedrive "
    "openai anthropic europe european american america german germany french france spanish spain british "
    "english london paris berlin january february march april june july august september october november "
    "december tuesday wednesday thursday friday saturday sunday kubernetes docker linux windows apple "
    "octave series"
)
ACRONYMS = word_set(
    "CRM API GTM SDR BDR AE ROI KPI SLA SSO SOC GDPR HTTP HTTPS CSV JSON YAML URL LLM AI ML IT HR VP CEO CTO CFO COO CRO "
    "CMO CISO SRE B2B B2C SaaS SMB ARR MRR ACV ICP MQL SQL QBR SEO SDK CLI UI UX US USA UK EU ISO HIPAA PDF "
    "PII RFP TCO CAC LTV NPS ERP"
)


def _ends_in_sibilant(verb: str) -> bool:
    return verb.endswith(("s", "sh", "ch", "x", "z", "o"))


def third_person(verb: str) -> str:
    """`write` -> `writes`; the irregular ones included."""
    special = {"be": "is", "have": "has"}
    if verb in special:
        return special[verb]
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ies"
    return verb + ("es" if _ends_in_sibilant(verb) else "s")


# Verbs of one stressed syllable at the end, which double their last letter ("planning").
_DOUBLING = word_set(
    "get let put set cut run win hit plan map stop drop ship skip slip tag log flag cap trim plug scan spot "
    "begin forbid forget submit commit refer occur control prefer fit quit shut sit dig bid scrub swap step debug tap"
)


def gerund(verb: str) -> str:
    """`keep` -> `keeping`, `write` -> `writing`, `plan` -> `planning`."""
    if verb in _DOUBLING:
        return verb + verb[-1] + "ing"
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")) and verb != "be":
        return verb[:-1] + "ing"
    return verb + "ing"


def past(verb: str) -> str:
    """`reduce` -> `reduced`, `write` -> `wrote`."""
    if verb in IRREGULAR_PASTS:
        return IRREGULAR_PASTS[verb]
    if verb in _DOUBLING:
        return verb + verb[-1] + "ed"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ied"
    return verb + ("d" if verb.endswith("e") else "ed")


ALL_VERBS = STRONG_VERBS | NOUN_LIKE_VERBS
STRONG_THIRDS = {third_person(verb): verb for verb in STRONG_VERBS}
NOUN_LIKE_THIRDS = {third_person(verb): verb for verb in NOUN_LIKE_VERBS}
BASE_BY_THIRD = STRONG_THIRDS | NOUN_LIKE_THIRDS | {"is": "be", "has": "have", "does": "do", "was": "be"}
GERUNDS = {gerund(verb): verb for verb in ALL_VERBS} | {"being": "be", "having": "have", "doing": "do"}
PASTS = {past(verb): verb for verb in ALL_VERBS}
COMMON_WORDS = (
    DETERMINERS | SUBJECT_PRONOUNS | PREPOSITIONS | CONJUNCTIONS | SUBORDINATORS | ADVERBS | ADJECTIVES
    | PARTICIPLES | ALL_VERBS | frozenset(BASE_BY_THIRD) | frozenset(GERUNDS) | frozenset(PASTS)
)  # fmt: skip

PARTICLES = word_set("out up down off back over")
"""Small words that make a verb of a noun-like one: "roll out", "set up"."""
SENTENCE_VERBS = frozenset(BASE_BY_THIRD) - frozenset(NOUN_LIKE_THIRDS)
"""Third-person forms that end in -s and are no plurals."""
