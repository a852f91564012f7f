"""English: what people say when they buy. Each line is a rule: its name, its strength, the words."""

from setpiece.reports.moments.model import Kind
from setpiece.reports.moments.rules.rule import Rule, rules

_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
NUMBER = r"(?:\d[\d.,]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|eighty|ninety|hundred|thousand|half|a third|a dozen|dozens|hundreds|thousands)"
WHEN = (
    rf"(?:(?:by|before|until|in|on|this|next|since|from|for|at|early|mid|late|the end of|end of|beginning of)\s+)*"
    rf"(?:(?:next|this|coming)\s+(?:week|month|quarter|year|{_DAYS}|{_MONTHS})|(?:{_DAYS})|(?:{_MONTHS})(?:\s+\d{{1,2}}(?:st|nd|rd|th)?)?|q[1-4]\b|(?:the\s+)?end of (?:the |this |next )?(?:week|month|quarter|year)|year[- ]end|(?:the )?(?:new )?fiscal year)"
    r"(?:\s+(?:the\s+)?\d{1,2}(?:st|nd|rd|th)\b)?(?:\s+at\s+(?:\d{1,2}(?::\d\d)?|noon|[a-z]+)(?:\s*(?:am|pm|a\.m\.|p\.m\.|o'clock))?(?:\s+in\s+the\s+(?:morning|afternoon|evening))?)?"
)
ROLE = (
    r"(?:chief [a-z]+(?: [a-z]+)? officer|c[efitorms]o|ciso|cro|(?:vice president|vp|svp|evp|head|director)(?: of)? [a-z]+(?: [a-z]+)?|"
    r"(?:managing|it|finance|sales|operations|marketing|purchasing|plant|general|country|regional|engineering|hr) (?:director|manager|lead)|(?:my|our) (?:boss|manager|director|team lead|lead|partner|co-?founder|founder|owner|board|ceo|accountant|lawyer|architect)|"
    r"(?:the |our )?(?:procurement|purchasing|legal|finance|security|compliance|it|infosec|works council|hr|data protection|engineering|platform|operations|accounting)(?: team| department| people| folks| guys| officer)|procurement|infosec|works council|board of directors|steering committee|(?:the|our) board)\b"
)

RULES: tuple[Rule, ...] = (
    *rules(
        "en",
        Kind.PAIN,
        (
            "cost",
            0.95,
            rf"\b(?:we|it|that|which|they)(?:'ve| have)? ?(?:think we |probably |easily |still )?(?:lost|lose|waste|wasted|are losing|'re losing|burn|burned|costs? us|cost us|are paying for|write off)\b.{{0,60}}?{NUMBER}",
        ),
        (
            "duration",
            0.9,
            rf"\b(?:takes?|took|taking|spends?|spent|spending)\b.{{0,30}}?{NUMBER}\s*(?:-|to|or|and a half)?\s*(?:\w+\s)?(?:minutes?|hours?|days?|weeks?|months?|years?)",
        ),
        ("only", 0.75, rf"\bonly\b.{{0,40}}\b(?:{NUMBER}|one)\b.{{0,30}}\b(?:each|every|per|a|out of)\b"),
        (
            "trouble",
            0.85,
            r"\b(?:our|the|a|my|biggest|main|real) (?:biggest |main |real |other )?(?:problem|pain|headache|bottleneck|frustration|struggle|nightmare|mess)\b(?! with (?:you|this offer))",
        ),
        (
            "struggle",
            0.85,
            r"\b(?:struggl\w+|suffer\w*|frustrat\w+|drown\w*|fed up|painful|killing us|drives? (?:me|us|them) (?:crazy|nuts|mad)|falls? (?:apart|through|between)|slips? through|a mess|nightmare|no way to (?:see|know|tell))\b",
        ),
        (
            "by_hand",
            0.8,
            r"\b(?:manual(?:ly)?|by hand|spreadsheets?|copy(?:ing)? and past\w+|re-?typ\w+|guess ?work|gut feel\w*|double entry|workarounds?|on paper)\b",
        ),
        (
            "breaks",
            0.75,
            r"\b(?:keeps? (?:breaking|failing|crashing)|breaks? (?:every|all|down|whenever)|crash\w*|goes? down|went down|outages?|downtime|errors?|mistakes?|duplicates?|out of date|outdated|wrong (?:data|numbers?|version))\b",
        ),
        (
            "too_much",
            0.75,
            r"\b(?:way |far |really |just |simply )?too (?:slow|long|late|many|complicated|much (?:time|work|effort|noise))\b",
        ),
        (
            "expensive",
            0.7,
            r"\b(?:it|that|this|which)(?:'s| is| gets| has been) (?:really |very |quite |pretty )?(?:expensive|costly) for us\b",
        ),
        (
            "cannot",
            0.7,
            r"\b(?:we|they|i|nobody|no one|managers|reps|people) (?:can't|cannot|can not|don't|never|really can't|have no|has no|had no)\b.{0,12}\b(?:see|know|find|tell|track|trust|keep up|get|measure|visibility|idea|control|overview)\b",
        ),
        (
            "losing",
            0.75,
            r"\b(?:los(?:e|es|ing|t)|miss(?:ed|ing|es)?|leav(?:e|es|ing)|quit(?:ting)?|churn\w*|turnover)\b.{0,30}\b(?:customers?|deals?|people|reps|money|revenue|leads?|orders?|staff|drivers?|deadlines?|quota|target)\b",
        ),
        ("hard", 0.6, r"\b(?:hard|difficult|tough|impossible|tricky) (?:for (?:us|me|them) )?to\b"),
        ("slow", 0.6, r"\b(?:slow|delays?|delayed|late deliver\w+|backlog)\b"),
    ),
    *rules(
        "en",
        Kind.CRITERION,
        (
            "condition",
            0.95,
            r"\b(?:as long as|only if|if you (?:can|could|guys can)|if (?:that|it|this) (?:works|holds|is true|turns out)|on (?:the )?condition|provided (?:that )?)\b",
        ),
        (
            "would_need",
            0.95,
            r"\b(?:(?:i|we|they|he|she)(?:'d| would)(?: really| first| also| probably)? (?:need|want|have|like|love) to (?:see|know|understand|test|try|hear|be (?:sure|able))|what (?:i|we)(?:'d| would)? (?:really )?(?:need|want) (?:to see|is)|before (?:i|we) (?:sign|commit|buy|decide|move|do anything|roll))\b",
        ),
        (
            "must",
            0.9,
            r"\b(?:must[- ]have|deal ?breaker|non-?negotiable|show ?stopper|hard requirement|minimum requirement|the (?:one|main|most important|only) thing|it (?:has|needs) to|it must|that would have to)\b",
        ),
        (
            "proof",
            0.85,
            r"\b(?:pilot|proof of concept|poc|trial|case stud(?:y|ies)|references?(?: customers?| calls?)?|business case|roi|return on investment|payback|benchmarks?|sandbox|side by side)\b",
        ),
        (
            "compare",
            0.7,
            r"\b(?:what matters (?:most )?(?:to|for) (?:us|me)|matters? most|we care about|important (?:to|for) (?:us|me)|our criteria|we(?:'re| are) (?:mainly |mostly )?(?:judging|measuring|scoring))\b",
        ),
    ),
    *rules(
        "en",
        Kind.NEED,
        (
            "need",
            0.8,
            r"\b(?:we|i)(?:'d| would)?(?: really| definitely| also| just| do| probably)? need\b(?! to (?:run|go|jump|leave|check with|ask|talk to|think))",
        ),
        (
            "goal",
            0.85,
            r"\b(?:our|my|the) (?:goal|target|aim|objective|priority|mandate|plan)(?: for [\w ]{2,20})? is\b",
        ),
        (
            "want",
            0.75,
            r"\b(?:we|i)(?:'d| would)?(?: really| also| just)? (?:want|love|like|wish)\b(?! to (?:thank|say|understand|see|know|hear|ask))|\bi wish\b",
        ),
        (
            "looking",
            0.8,
            r"\b(?:looking (?:for|to)|trying to|hoping (?:to|for)|aim(?:ing)? to|we have to (?:get|be able|cut|reduce|grow|hit)|planning to|in the market for)\b",
        ),
        (
            "ideal",
            0.75,
            r"\b(?:ideally|in an ideal world|in a perfect world|would be (?:great|ideal|perfect|huge|a game changer) if|the dream)\b",
        ),
    ),
    *rules(
        "en",
        Kind.OTHERS_DOUBT,
        (
            "doubt",
            0.95,
            rf"\b(?:{ROLE}|finance|legal|sales|marketing|they|he|she|the team|some people|the reps|(?-i:[A-Z])[a-z]+)\b.{{0,40}}\b(?:skeptical|sceptical|not convinced|unconvinced|nervous|hesita\w+|worr(?:y|ies|ied)|doubts?|push(?:es|ed)? back|against (?:it|this)|concerned|resist\w*|won't like|hates?|block(?:s|ed)?|will (?:say no|push back|ask why))\b",
        ),
        whole=True,
    ),
    *rules(
        "en",
        Kind.OBJECTION,
        (
            "unsure",
            0.95,
            r"\b(?:i(?:'m| am)|we(?:'re| are)) (?:just |still |really |a bit |a little |kind of |honestly )*(?:not (?:so |really |quite |entirely |totally |that |fully )*(?:sure|convinced|sold|comfortable|certain)|skeptical|sceptical|unsure|hesitant|worried|concerned|nervous|afraid|wary)\b",
        ),
        (
            "concern",
            0.95,
            r"\b(?:my|our|the|one|a|another|biggest|main|only) (?:biggest |main |other |one |only |big )?(?:concern|worry|fear|hesitation|reservation|issue with (?:this|that|it|you|your)|problem with (?:this|that|it|you|your))\b",
        ),
        (
            "what_worries",
            0.95,
            r"\b(?:what (?:worries|concerns|bothers|scares) (?:me|us)|(?:that|it|this) (?:worries|concerns|bothers|scares) (?:me|us)|i worry)\b",
        ),
        (
            "too_expensive",
            0.9,
            r"\b(?:(?:too|pretty|quite|very|really|a bit|kind of|still) (?:expensive|pricey|steep|high|much money)|that(?:'s| is)(?: quite)? (?:a lot(?: of money)?|steep|high)|out of (?:our )?budget|over (?:our )?budget|can't (?:afford|justify)|cannot (?:afford|justify)|hard to justify|(?:more|higher) than (?:i|we) (?:expected|thought|planned|pay|are paying|have))\b",
        ),
        (
            "increase",
            0.9,
            r"\b(?:price (?:increase|hike)|increase of|went up|go(?:es|ing)? up|raised? (?:the|our) price\w*|uplift|(?:twelve|fifteen|twenty|\d+) ?(?:percent|%) (?:more|increase|up|higher))\b",
        ),
        (
            "no_capacity",
            0.8,
            r"\b(?:don't have (?:the )?(?:time|people|capacity|resources|bandwidth|budget)|no (?:time|bandwidth|capacity|resources|appetite)|not (?:a|the) (?:priority|right time)|too (?:busy|early)|another tool|one more tool|yet another)\b",
        ),
        (
            "already",
            0.75,
            r"\b(?:we already (?:have|use|built|pay|do)|(?:that|it)(?:'s| is) what we (?:already )?have)\b",
        ),
        (
            "burned",
            0.9,
            r"\b(?:we(?:'ve| have)? (?:been burned|tried (?:that|this|it|something))|(?:got|been) burned|last time (?:we|it)|(?:didn't|did not|never) (?:really )?(?:work|deliver|take off|get used))\b",
        ),
        (
            "lock_in",
            0.85,
            r"\b(?:lock(?:ed)?[- ]?in|locked into|what (?:happens )?if (?:we|you|it|this)|switching costs?|exit clause|three[- ]year|multi[- ]?year|auto[- ]?renew\w*)\b",
        ),
        (
            "but",
            0.6,
            r"\bbut (?:i|we|it|that|the|how|what)\b.{0,25}\b(?:don't|doesn't|isn't|not|can't|never|won't|problem|risk|unclear|depends?)\b",
        ),
        (
            "risk",
            0.75,
            r"\b(?:risky?|risks|sounds too good|too good to be true|don't see (?:how|why|the (?:point|value|need|difference))|not (?:really )?(?:what|the) (?:we|i|one) (?:need|want|asked)|i doubt|fragile)\b",
        ),
    ),
    *rules(
        "en",
        Kind.DECISION,
        (
            "sign_off",
            0.95,
            r"\b(?:sign(?:s|ed)?[- ]?off|final (?:say|word|call|decision)|approv(?:e|es|al|ed)|has to agree|need(?:s)? to (?:agree|approve|sign)|green ?light|(?:i|he|she|they|we) (?:can |will |'ll )?(?:make|makes|take) the (?:final )?decision|decides?|(?:it's|that's|is) (?:my|his|her|their) (?:call|decision))\b",
        ),
        (
            "process",
            0.9,
            r"\b(?:procurement|purchasing|vendor (?:review|onboarding|assessment)|security (?:review|questionnaire|assessment)|legal (?:review|has to)|tender|rfp|buying process|purchase order|three (?:offers|quotes)|shortlist\w*|evaluation (?:process|committee)|works council)\b",
        ),
        (
            "run_by",
            0.9,
            r"\b(?:run (?:it|this|that) (?:by|past)|(?:talk|speak|check|discuss (?:it|this)|align) (?:this |it |that )?(?:to|with) (?:my|our|the|(?-i:[A-Z])[a-z]+)|get (?:the )?buy[- ]?in|bring in|loop in|need(?:s)? (?:everyone|everybody|the team) on board|convince)\b",
        ),
        whole=True,
    ),
    *rules(
        "en",
        Kind.STAKEHOLDER,
        ("role", 0.85, rf"\b{ROLE}"),
        ("beside_me", 0.7, r"\bmy (?:colleagues?|co-?worker|counterpart|assistant|predecessor|successor)\b"),
        whole=True,
    ),
    *rules(
        "en",
        Kind.COMPETITOR,
        (
            "evaluated",
            0.95,
            r"\b[Ww]e(?:'ve|'re| have| are| also| did| already| just| currently| had)* (?:looked|talking|talked|spoke|speaking|looking|tried|trialled|evaluat\w+|compar\w+|considered|considering|tested|had a demo|demoed)\b.{0,25}?\b(?-i:[A-Z])\w+",
        ),
        (
            "uses",
            0.9,
            r"\b(?:[Ww]e|[Tt]hey)(?:'re|'ve| are| have been| currently| still)* (?:use|using|used|on|with|running|run) (?:on |with )?(?-i:[A-Z])\w+",
        ),
        (
            "other",
            0.85,
            r"\b(?:your competitors?|(?:an)?other (?:vendors?|providers?|suppliers?|offers?|quotes?|quotation)|alternatives?|in-house|build (?:it|this|something) ourselves|switch(?:ed|ing)? (?:from|to|away)|incumbent|current (?:vendor|provider|supplier|system|tool)|compared (?:to|with) (?-i:[A-Z]))",
        ),
        (
            "quoted",
            0.9,
            r"\b(?-i:[A-Z])\w+ (?:quoted|offers?|offered|told us|charges?|came in|is cheaper|are cheaper|has (?:a|that))\b",
        ),
        whole=True,
    ),
    *rules(
        "en",
        Kind.BUDGET,
        ("budget", 0.95, r"\bbudget(?:s|ed)?\b"),
        (
            "spend",
            0.85,
            rf"\b(?:we|i)(?:'re| are| currently| can| could| already)* (?:pay|paying|spend|spending|afford|allocate\w*|set aside|have)\b.{{0,30}}?(?:[$€£]\s?\d|{NUMBER}\s?(?:k|thousand|million|dollars|euros|pounds|per seat|a seat|a month|per month|a year|per year))",
        ),
        (
            "discount",
            0.85,
            r"\b(?:discount\w*|better price|best price|lower price|price (?:match|cap|lock)|payment terms|pay (?:monthly|quarterly|annually|upfront))\b",
        ),
    ),
    *rules(
        "en",
        Kind.TIMING,
        (
            "deadline",
            0.95,
            r"\b(?:deadline|go[- ]?live|kick[- ]?off|contract (?:ends|runs|is up|expires|renews)|renewal (?:is|date|comes)|expires?|up for renewal|timeline|no later than)\b",
        ),
        ("date", 0.8, rf"\b(?:by|before|until|on|in|this|next|end of|from|starting)\b ?(?:the )?{WHEN}"),
        (
            "within",
            0.75,
            rf"\b(?:within|in|over) (?:the next |about |roughly )?{NUMBER} (?:days|weeks|months)\b",
        ),
        (
            "not_before",
            0.85,
            r"\b(?:not before|after the (?:summer|holidays|quarter|audit|migration)|right now is|as soon as|asap|urgent(?:ly)?|no rush)\b",
        ),
    ),
    *rules(
        "en",
        Kind.AGREEMENT,
        (
            "yes",
            0.9,
            r"^(?:yes|yeah|yep|sure|okay|ok|great|perfect|absolutely|definitely|of course|alright|fine|deal|good)\b.{0,40}\b(?:let us|let's|do that|works|work for|sounds (?:good|great|fair|fine)|we can|i can|please do|go ahead|agree|set (?:it|that) up|book)",
        ),
        (
            "lets",
            0.85,
            r"\b(?:let us|let's) (?:do (?:that|it|this)|go|start|set|book|schedule|plan|try|move|meet|talk|say|make it)\b",
        ),
        (
            "works",
            0.8,
            r"\b(?:works for (?:me|us)|that works|sounds (?:like a plan|fair)|(?:i'm|we're|i am|we are) in\b|count me in|that would be fine|happy to (?:do|try|join|meet)|fair enough)\b",
        ),
    ),
    *rules(
        "en",
        Kind.REFUSAL,
        (
            "no",
            0.9,
            r"^(?:no|nope|not really|rather not|not yet)\b|\b(?:i'd rather not|we won't|i won't|we (?:can't|cannot) (?:do|agree|accept|commit)|i (?:can't|cannot) (?:agree|accept|commit|promise)|not going to (?:happen|work|sign|pay))\b",
        ),
    ),
    *rules(
        "en",
        Kind.REQUEST,
        (
            "send",
            0.95,
            r"\b(?:(?:please|can you|could you|would you|just|you can|if you could)(?: please| also| just| maybe)? (?:send|share|forward|email|write|give|show|put|prepare|provide|introduce|include|loop)|send (?:me|us|it|that|over)|(?:get|give|email|show) (?:me|us) (?:the|a|an|that|some|something|your)|i(?:'d| would) (?:like|love|need|want) (?:a copy|to see|something|you to)|can we (?:get|have|see|schedule|book))\b",
        ),
    ),
    *rules(
        "en",
        Kind.COMMITMENT,
        (
            "will",
            0.9,
            r"\b(?:i|we)(?:'ll| will| am going to|'m going to| are going to|'re going to)(?: also| then| just| definitely| happily)? (?!be\b|see\b|need\b|have to\b|not\b|never\b|know\b|say\b|tell you\b|admit\b|think\b|probably\b|lose\b)\w+",
        ),
        ("let_me", 0.8, r"\blet me (?:check|ask|talk|speak|find|get|see|send|look|confirm|come back|take)\b"),
        (
            "can",
            0.7,
            r"\b(?:i|we) can (?:send|share|invite|introduce|bring|ask|set up|get you|give you|arrange|organi[sz]e|provide)\b",
        ),
    ),
    *rules(
        "en",
        Kind.WELCOME,
        (
            "helps",
            0.95,
            r"\b(?:that|this|it|which)(?:'s| is| would| does| really| definitely)* (?:helps?|helpful|reassuring|useful|exactly what|a relief|good to (?:know|hear)|great to (?:know|hear)|impressive|interesting|better than|cheaper than|lower than|less than|faster than|not bad)\b",
        ),
        (
            "less",
            0.95,
            r"\b(?:lower|less|cheaper|better|faster|easier) than (?:i|we) (?:expected|thought|feared|have|had|pay)\b",
        ),
        (
            "like",
            0.85,
            r"\b(?:i|we) (?:really |quite |do )?(?:like|love) (?:that|this|it|the|how|your)\b|\b(?:i'm|i am) (?:impressed|interested|relieved)\b",
        ),
        (
            "good",
            0.7,
            r"\b(?:(?:that|this|it)(?:'s| is| sounds| looks| would be| makes)? ?(?:great|good|perfect|excellent|amazing|nice|fair|reasonable|sense|promising|fantastic|fine))\b|^(?:exactly|nice|impressive|excellent|good to know|fair enough)\b",
        ),
    ),
    *rules(
        "en",
        Kind.PREFERENCE,
        (
            "prefer",
            0.95,
            r"\b(?:(?:i|we)(?:'d| would)?(?: really| much)? (?:prefer|rather|hate|don't like|do not like|like to (?:see|try|read|get|have|work))|i'm (?:more )?(?:a|the) .{0,20}(?:person|type|guy)|best way to (?:reach|work|get)|easiest (?:for me|is))\b",
        ),
        (
            "channel",
            0.8,
            r"\b(?:by (?:e-?mail|phone|text)|(?:e-?mail|text|call|ping|message) me|on (?:slack|teams|whatsapp)|in writing|one[- ]pager?|in person|face to face|on site)\b",
        ),
        (
            "brief",
            0.8,
            r"\b(?:keep it (?:short|brief|simple)|short (?:version|summary|answer)|get to the point|straight to|no slides|skip the|bullet points?|in plain|hands[- ]on|try it (?:myself|ourselves|out)|see it (?:live|working|in action)|show me)\b",
        ),
    ),
    *rules(
        "en",
        Kind.SITUATION,
        (
            "count",
            0.7,
            rf"\b(?:we|our [\w ]{{2,30}}?|i)(?:'ve| have| has| are|'re| got| run| had| do| handle| process| manage| operate)+\b.{{0,25}}?{NUMBER}\b",
        ),
        (
            "today",
            0.65,
            r"\b(?:right now we|today we|at the moment we|currently we|we currently|the way we|what we do (?:today|now)|how we (?:do|work))\b",
        ),
        ("share", 0.6, r"\b\d[\d.,]* ?(?:%|percent)"),
    ),
)
