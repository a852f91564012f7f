"""English: what questions ask for, what sentences are about, and the words in them that a report can use."""

import re

from setpiece.reports.moments.model import Kind, Topic
from setpiece.reports.moments.rules.english import NUMBER, ROLE, RULES, WHEN
from setpiece.reports.moments.rules.english_plain import PLAIN
from setpiece.reports.moments.rules.rule import Language, asked, compiled

_ASKED = asked(
    "en",
    (
        "small_talk",
        Kind.OPENING,
        r"\b(?:how (?:is|was|are|has) (?:your (?:week|day|weekend|quarter|year|holiday)|everything|it going|things|you(?: doing| today)?)|how(?:'s| is) it going|how have you been|how are you)\b",
    ),
    (
        "criteria",
        Kind.CRITERION,
        r"\b(?:what would (?:you|they|he|she|it)|what (?:do|does|did) (?:you|they|he|she) need|need to see|what (?:would|will) it take|what matters|what(?:'s| is| are) (?:most )?important|success (?:look|criteria)|how (?:would|will|do) you (?:measure|judge|know)|in order to feel comfortable|looking for)\b",
    ),
    (
        "pain",
        Kind.PAIN,
        r"\b(?:what made you|why (?:did|are) you|what brought|biggest (?:challenge|problem|pain|frustration)|what (?:is|are|'s) (?:the )?(?:challenge|problem|pain)|what happens when|what(?:'s| is) not working|where does it hurt|how (?:much|long|many) .{0,40}(?:cost|lose|take|spend)|what does (?:that|it) cost)\b",
    ),
    (
        "who",
        Kind.STAKEHOLDER,
        r"\b(?:who else|who (?:would|will|needs|has|is|do|does|decides|signs|makes)|anyone else|anybody else|which (?:people|teams))\b",
    ),
    (
        "process",
        Kind.DECISION,
        r"\b(?:how do you (?:usually |normally )?(?:decide|buy|make)|decision|process (?:look|for)|steps|sign off|next on your side|buying process|who decides)\b",
    ),
    (
        "budget",
        Kind.BUDGET,
        r"\b(?:budget|how much (?:do|are|can|would) you|what do you pay|pay (?:today|now|for))\b",
    ),
    (
        "timing",
        Kind.TIMING,
        r"\b(?:timeline|by when|when (?:do|would|does|is|are|will|could)|how soon|deadline|start date)\b",
    ),
    (
        "rivals",
        Kind.COMPETITOR,
        r"\b(?:looked at|other (?:vendors|tools|options|providers)|alternatives|comparing|currently use|using (?:today|now)|which tools?)\b",
    ),
    (
        "doubts",
        Kind.OBJECTION,
        r"\b(?:concerns?|worr(?:y|ies|ied)|hesita\w+|holding you back|hold you back|what would stop|obstacles?|reservations?)\b",
    ),
    (
        "setup",
        Kind.SITUATION,
        r"\b(?:how (?:does|do|is|are) (?:your|you)|tell me (?:a bit |more )?about|walk me through|how many|what does your|how big)\b",
    ),
)
_TOPICS = (
    (
        Topic.DATA,
        compiled(
            r"\b(?:data|security|secure|safe\w*|privacy|gdpr|encrypt\w*|stored?|storage|hosted?|recordings?|compliance|compliant|soc ?2|iso ?27\w*|access rights|single sign-on|sso|audit trail|works council|server)\b"
        ),
    ),
    (
        Topic.CONTRACT,
        compiled(
            r"\b(?:contract\w*|terms|terminat\w+|cancel\w*|notice period|lock(?:ed)?[- ]?in\w*|renew\w*|multi[- ]?year|three[- ]year|sla|liabilit\w+|clause)\b"
        ),
    ),
    (
        Topic.PRICE,
        compiled(
            r"\b(?:price\w*|pricing|costs?|expensive|cheap\w*|budget|pay\w*|afford|discount\w*|money|per seat|licen[sc]e\w*|quote|fees?|increase|roi)\b"
        ),
    ),
    (
        Topic.INTEGRATION,
        compiled(
            r"\b(?:integrat\w+|api|connect\w*|sync\w*|import\w*|export\w*|crm|erp|sap|salesforce|hubspot|webhooks?|plug-?in|legacy|migrat\w+|interface)\b"
        ),
    ),
    (
        Topic.PROOF,
        compiled(
            r"\b(?:proof|prove|pilot|trial|references?|case stud\w+|evidence|benchmark\w*|results?|customers? like|poc)\b"
        ),
    ),
    (
        Topic.ADOPTION,
        compiled(
            r"\b(?:adopt\w*|train(?:ing)?|roll(?:ed)?[- ]?out|learning curve|(?:actually|really) use|get used|change management|onboard\w*|another tool|one more tool|reps (?:won't|will))\b"
        ),
    ),
    (
        Topic.SUPPORT,
        compiled(r"\b(?:support|help ?desk|response times?|account manager|tickets?|service level)\b"),
    ),
    (
        Topic.QUALITY,
        compiled(
            r"\b(?:accura\w+|quality|precis\w+|reliab\w+|uptime|latency|performance|speed|false (?:positives?|alarms?)|error rate|scal\w+|throughput|bugs?)\b"
        ),
    ),
    (
        Topic.EFFORT,
        compiled(
            r"\b(?:effort|time|capacity|resources|bandwidth|people|implement\w*|set ?up|maintain\w*|maintenance)\b"
        ),
    ),
    (Topic.TIME, compiled(rf"\b(?:deadline|timeline|go[- ]live|{WHEN})\b")),
)
_NAME = (
    r"(?!(?:I|We|The|Our|And|But|So|Yes|Yeah|That|It|My|Not|Just|Of|Then|Also|Okay|Right|Well|If|They|He|She|You|This|There|What|Where|How|Sure|Hi|Hello|Thanks|"
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September|October|November|December)\b)[A-Z][a-zà-ÿ]+"
)
_TERMS = {
    "amount": re.compile(
        r"(?:(?:R\$|[$€£])\s?\d[\d.,]*\d?(?:\s?(?:k\b|thousand|million|billion|m\b))?|\d[\d.,]*\s?(?:dollars|euros|pounds|%|percent|thousand|million))"
    ),
    "person": re.compile(
        rf"(?:(?:,|\b(?:named|called|to|with|by|past|convince|ask|asks|invite|involve|colleague|boss|manager|officer|director|CEO|CFO|CTO|COO|CIO|CISO))\s+(?:and\s+)?(?P<it>{_NAME})(?=[,.]|\s+(?:has|is|and|needs|wants|will|would|signs|decides|makes|from|who|on|in|about|before|first|to)\b|$))"
    ),
    "decider": re.compile(
        rf"^(?:and |but |so )?(?P<it>{_NAME})(?=,| (?:needs|wants|signs|decides|makes|approves|runs|owns|has to)\b)"
    ),
    "role": compiled(rf"\b(?P<it>{ROLE})"),
    "asset": compiled(
        r"\b(?P<it>pilot|proof of concept|trial|demo|case stud(?:y|ies)|reference (?:customers?|calls?)|references|business case|benchmarks?|sandbox|security questionnaire|numbers|roi|references?)\b"
    ),
    "rival": re.compile(
        r"(?:looked at|looking at|tried|use|using|used|evaluated|evaluating|considered|considering|compared|comparing|tested|talking to|talked to|talk to|spoke to|spoke with|talking with|from|with|on|to|against|had a demo of)\s+(?P<it>(?!I\b|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|June|July|August|September|October|November|December|Slack\b|Teams\b)[A-Z]\w+(?: [A-Z]\w+)?)"
    ),
    "when": compiled(rf"\b(?P<it>{WHEN})"),
    "number": compiled(rf"\b{NUMBER}\b"),
}

ENGLISH = Language(
    code="en",
    rules=RULES,
    asked=_ASKED,
    topics=_TOPICS,
    terms=_TERMS,
    greeting=re.compile(
        r"\b(?:[Hh]i|[Hh]ello|[Hh]ey|[Tt]hanks|[Tt]hank you(?: so much| very much)?|[Gg]ood (?:morning|afternoon|evening)|[Bb]ye|[Ss]o|[Oo]kay|[Ss]ure|[Pp]erfect|[Gg]reat question),?\s+(?P<name>[A-Z][a-zà-ÿ]+)(?=[,.!?]|$| thank| nice| how| good)"
    ),
    introduction=re.compile(
        r"\b(?:[Tt]his is|[Mm]y name(?:'s| is)|(?:I'm|I am)(?= [A-Z][a-zà-ÿ]+(?: from| with| at|,|\.)))\s+(?P<name>[A-Z][a-zà-ÿ]+)(?= from| at| with| and|[,.]| speaking| here|$)"
    ),
    lead_in=compiled(
        r"^(?:(?:sure|yes|yeah|yep|no|well|so|okay|ok|right|hum|hmm|um|uh|but|and|look|honestly|actually|i mean|you know|basically|also|then|oh|alright|great|perfect|thanks|listen|to be honest|frankly|because|or)\b[,.]?\s+)+"
    ),
    anaphor=compiled(
        r"^(?:(?:and|but|so|well|yeah|yes|or|because|honestly)\b,?\s+)*(?:that|it|this|these|those|they|he|she|which|then|there|same)\b(?!\s+(?:takes? (?:us|me|our|the)|costs? (?:us|me))\b)"
    ),
    joint=compiled(
        r"(?:,\s+|\s+)(?:but|so|and|because|although|while|which is why|or)\s+(?=(?:i|we|it|they|he|she|our|my|that|this|the|there|you|nobody|everybody|everyone|then|what|how|where|please|every|some|if|honestly)\b)|;\s+|,\s+(?=(?:i|we|it's|that's|they|please)\b)"
    ),
    negative=compiled(r"\b(?:not|n't|never|hardly|no|isn't|doesn't)\b"),
    selling=compiled(
        r"\b(?:our (?:platform|product|customers|clients|solution|software|pricing|tool|service|roadmap|onboarding)|customers like|we (?:offer|usually (?:do|start|see|recommend)|typically|provide|guarantee|integrate|support)|per (?:seat|user) per|thanks for (?:joining|taking the time|making (?:the )?time|your time)|let me (?:show|share my|walk you)|i(?:'ll| will) (?:send|share) (?:you|it|over|that)|could you tell me|what made you|would it be (?:fair|okay|helpful)|does that (?:make sense|answer|help|work)|on your side|happy to (?:show|send|share|walk))\b"
    ),
    offer=compiled(
        rf"(?:[$€£]\s?\d|\b(?:per seat|per user|percent|%|customers? (?:like|such as)|encrypt\w*|stored|included|for free|is free|discount|pilot|we (?:usually|typically|can|offer|guarantee|have|support|integrate)|you can|{NUMBER} (?:days|weeks|months|dollars|euros))\b)"
    ),
    promise=compiled(
        r"\b(?:i|we)(?:'ll| will| am going to|'m going to| are going to|'re going to) (?:send|share|check|come back|get|prepare|put|include|ask|set|invite|email|follow|write|forward|find|give|make|talk|confirm|draft|look|update)\w*\b"
    ),
    asking=compiled(
        r"\b(?:who|where|when|why|how|which|what (?!\?)|do you|does|did you|can (?:you|we|i|it)|could|would|will|is (?:it|there|that|this|the)|are (?:there|you|these|the)|have you|has)\b"
    ),
    plain=PLAIN,
)
