"""How a hint describes somebody. All patterns are searched in a hint as `heard.plain` makes it."""

import re
from enum import StrEnum

_ASKS = r"(?:ask\w*|pos(?:es|ing)) (?:\w+ ){0,3}?questions?|(?:hace|haciendo|hacia|hizo|formula) (?:\w+ ){0,2}?preguntas|(?:faz|fez|fazendo|faziam?) (?:\w+ ){0,2}?perguntas|who asks|asks? (?:a lot|the most|most|everything)|(?:que|quien) (?:mas )?(?:pregunta|preguntaba)(?: mas)?$|quem (?:mais )?pergunta(?: mais)?$|questioner"


class Role(StrEnum):
    """What somebody does in a call."""

    ASKS = "asks"
    CALLS = "calls"
    ANSWERS = "answers"
    INTERVIEWS = "interviews"
    APPLIES = "applies"
    BUYS = "buys"
    SELLS = "sells"
    DECIDES = "decides"
    PRESENTS = "presents"
    TALKS_MOST = "talks_most"
    TALKS_LEAST = "talks_least"
    SPEAKS_FIRST = "speaks_first"
    SPEAKS_LAST = "speaks_last"
    LONGEST_MONOLOGUE = "longest_monologue"
    INTERRUPTS = "interrupts"
    FASTEST = "fastest"
    SLOWEST = "slowest"


ROLE_PATTERNS: tuple[tuple[Role, re.Pattern[str]], ...] = tuple(
    (role, re.compile(rf"\b(?:{pattern})\b"))
    for role, pattern in (
        # Passive and contrary forms before the words that they contain.
        (Role.BUYS, r"(?:being )?(?:sold|pitched) to|selling to (?=$|not )|a quien (?:le )?(?:venden|intentan vender|estan vendiendo)|para quem (?:estao )?vend\w+|(?:gets?|getting|receiv\w+|listen\w* to|hears?|hearing) (?:the |a )?(?:pitch|sales pitch|demo)|(?:being )?shown the (?:product|demo)"),
        (Role.APPLIES, r"(?:is |being |gets |getting )+interviewed|interviewees?|entrevistad[oa]|a quien (?:estan )?entrevista\w*|(?:ser|sendo|siendo|es) entrevistad[oa]|job (?:seeker|candidate|applicant)|candidat[eo]|candidata|(?:wants|looking for|after) (?:the|a) (?:job|position|role)|busca (?:el |un )?(?:trabajo|empleo|puesto)|quiere el (?:puesto|trabajo|empleo)|quer (?:a vaga|o emprego)|procura emprego|applicants?|postulante|aspirante"),
        (Role.ANSWERS, r"answer\w* (?:\w+ ){0,3}?questions?|who answers|(?:is |being |gets )asked(?: (?:the|all|most) questions)?|respond\w* (?:\w+ ){0,2}?(?:questions?|preguntas|perguntas)|(?:contesta\w*|respon\w+) (?:\w+ ){0,2}?(?:preguntas|perguntas)|(?:que|quien|quem) (?:contesta|responde)(?: (?:\w+ ){0,2}?(?:preguntas|perguntas))?"),
        (Role.CALLS, r"callers?|calling in|who (?:is calling|called|phoned|rang)|(?:made|makes) the call|(?:quien|el que|la que) llam\w+|quem lig(?:a|ou)"),
        (Role.TALKS_LEAST, r"(?:talk|speak|say)\w* (?:the )?(?:least|less|the fewest|very little)|(?:hardly|barely) (?:talk|speak|say)\w*|quiet(?:er|est)?(?: one| person)?|(?:habla\w*|dice) (?:muy )?(?:poco|menos)|(?:que )?menos habla\w*|(?:fala\w*|diz) (?:muito )?(?:pouco|menos)|(?:que )?menos fala\w*|more listening|listens? (?:more|most)|calad[oa]|callad[oa]"),
        (Role.TALKS_MOST, r"(?:talk|speak|say)\w* (?:the )?(?:most|more)|(?:most|more) talkative|talkative|do\w* (?:most|all) of the talking|main speaker|dominat\w+|(?:habla\w*|dice) mas|(?:que )?mas habla\w*|(?:fala\w*) mais|(?:que )?mais fala\w*|hablador\w*|tagarela|falante principal"),
        (Role.SPEAKS_FIRST, r"(?:speak|talk)\w* first|(?:first|1st) (?:to (?:speak|talk)|(?:person|one) (?:to (?:speak|talk)|who (?:speaks|talks))|speaker)|(?:open|start|begin)\w* the (?:call|conversation|meeting)|(?:habla\w*|empieza\w*|abre\w*) (?:primer[oa]|la (?:llamada|reunion|conversacion))|primer[oa] en hablar|(?:fala\w*|comeca\w*|abre\w*) (?:primeiro|a (?:ligacao|chamada|reuniao|conversa))|primeir[oa] a falar"),
        (Role.SPEAKS_LAST, r"(?:speak|talk)\w* last|last (?:to (?:speak|talk)|(?:person|one) (?:to (?:speak|talk)|who (?:speaks|talks))|speaker)|(?:has|had) the last word|(?:clos|end)\w* the (?:call|conversation|meeting)|ultim[oa] en hablar|(?:habla\w*) (?:al final|por ultimo|ultim[oa])|ultim[oa] a falar|(?:fala\w*) (?:por ultimo|no final)|(?:cierra|termina|encerra) (?:la llamada|la reunion|a ligacao|a chamada|a reuniao)"),
        (Role.LONGEST_MONOLOGUE, r"longest (?:monologue|answer|turn|speech|stretch)|(?:talk|speak)\w* (?:for the )?longest(?: without \w+)?|monologo mas largo|monologo mais longo|(?:habla|fala) sin parar|fala sem parar"),
        (Role.INTERRUPTS, r"(?:keeps )?interrupt\w*|cut\w* (?:people|others|the other|everyone) off|talks? over (?:people|others|everyone)|interrump\w*|interromp\w*"),
        (Role.FASTEST, r"(?:talk|speak)\w* (?:the )?fast(?:er|est)?|fast(?:est)? (?:talker|speaker)|habla\w* mas rapido|fala\w* mais rapido"),
        (Role.SLOWEST, r"(?:talk|speak)\w* (?:the )?slow(?:er|est|ly)?|slow(?:est)? (?:talker|speaker)|habla\w* mas (?:lento|despacio)|fala\w* mais devagar"),
        (Role.PRESENTS, r"(?:giv|runn?|show|do|driv|lead|present|demo)\w* (?:us |them |off )?(?:the |a )?(?:demo\w*|product|platform|tool|software|presentation|slides|screen)|presents|presenter|presenting|demo(?:er|s|ing)|(?:hac\w+|da|dando|mostr\w+|muestra|ensen\w+|present\w+|apresent\w+|faz|fazendo) (?:la |a |el |o )?(?:demo|demostracion|demonstracao|presentacion|apresentacao|producto|produto|herramienta|ferramenta|pantalla|tela)|quien presenta|quem apresenta"),
        (Role.ASKS, _ASKS),
        (Role.DECIDES, r"decision makers?|(?:who |makes? the |final )?(?:decides?|decisions?)|signs? off|budget (?:owner|holder)|economic buyer|tomador\w* de (?:decision\w*|decis\w*)|(?:toma|tomar) (?:la|las|a|as) decis\w+|quien decide|quem decide|decisora?"),
        (Role.SELLS, r"sellers?|sell(?:ing|s)?|agents?|operators?|sales ?(?:person|people|man|woman|rep|reps|representative|agent|executive|guy)|sales|account (?:executive|manager|exec)s?|\bae\b|\bcsm\b|customer success(?: manager| rep| person)?|(?:our|the) (?:rep|representative)|vendors?(?: s (?:rep\w*|team|side|people|person))?|representatives?|pitch(?:es|ing)?|solution (?:engineer|consultant)|sales engineer|support (?:agent|rep|engineer|person|specialist|technician)|help ?desk(?: \w+)?|technician|customer service(?: \w+)?|supplier|provider|vende(?:dor\w*|ndo)?|(?:esta )?vendiendo|ejecutiv[oa] de (?:cuentas|ventas)|comercial|asesor\w* (?:de ventas|comercial)?|proveedor\w*|representante(?: de ventas| comercial)?|de ventas|quien vende|executiv[oa] de (?:contas|vendas)|(?:esta )?vendendo|quem vende|fornecedor\w*|consultor\w* (?:de vendas|comercial)|de vendas|atendente|(?:agente|tecnic[oa]|persona|pessoa|analista) (?:de |do )(?:soporte|suporte|atencion|atendimento)"),
        (Role.INTERVIEWS, r"interviewers?|interviewing|interviews|hiring manager|recruiters?|host|moderator|entrevistador\w*|(?:que|quien|quem) entrevista\w*|reclutador\w*|recrutador\w*|seleccionador\w*|anfitrion\w*|apresentador\w*|moderador\w*"),
        (Role.BUYS, r"buyers?|buy(?:ing|s)?|purchas(?:er|ing)|prospects?|prospective \w+|customers?|clients?|potential \w+|leads?|the account|evaluat(?:or|ing)|end user|\busers?\b|complainant|compra(?:dor\w*|ndo)?|quien compra|quem compra|clientes?|client[ea]|prospect[oa]s?|cliente potencial|usuari[oa]"),
    )
)  # fmt: skip

SOUND = re.compile(
    r"\b(?:angry|angriest|mad|upset|annoyed|irritat\w+|furious|nervous|anxious|stressed|stressing|scared|afraid|sad|happy|happiest|cheerful|"
    r"excited|enthusiastic|confident|insecure|shy|tired|bored|calm|relaxed|friendly|friendliest|rude|aggressive|arrogant|emotional|tense|"
    r"loud(?:est|er)?|shouting|yelling|whispering|soft spoken|deep(?:er)? voice|high(?:er)? (?:pitched )?voice|low(?:er)? voice|pitch(?:ed)? voice|accent|raspy|hoarse|"
    r"sounds? \w+|voice|tone|enojad[oa]|enfadad[oa]|molest[oa]|nervios[oa]|ansios[oa]|triste|feliz|content[oa]|alegre|emocionad[oa]|"
    r"segur[oa] de si|insegur[oa]|timid[oa]|cansad[oa]|aburrid[oa]|tranquil[oa]|amable|grosero|agresiv[oa]|grita\w*|ruidos[oa]|"
    r"(?:mas )?alto|voz (?:\w+ )?\w+|acento|suena \w+|irritad[oa]|bravo|brava|zangad[oa]|animad[oa]|calm[oa]|simpatic[oa]|gros+eir[oa]|"
    r"gritando|barulhent[oa]|sotaque|soa \w+|voz)\b"
)
GENDER = re.compile(
    r"\b(?:m[ae]n|wom[ae]n|male|female|lady|ladies|gentlem[ae]n|girl|boy|hombre|mujer|chic[oa]|muchach[oa]|caballero|"
    r"homem|mulher|moca|moco|rapaz|menin[oa])\b"
)
NUMBERED = re.compile(
    r"\b(?:speaker|spk|spkr|participant|person|voice|channel|hablante|persona|participante|voz|falante|pessoa|locutor\w*) ?"
    r"(?:number |numero |no )?(?:\d+|one|two|three|uno|dos|tres|um|dois|[abc])\b(?! (?:who|that|que|from|de))|"
    r"\b(?:second|third|2nd|3rd|segund[oa]|tercer[oa]|terceir[oa]) (?:speaker|person|voice|participant|hablante|persona|voz|falante|pessoa|participante)\b"
)
NEGATION = re.compile(
    r"\b(?:not|never|no|non|nor|neither|except|excluding|other than|apart from|besides|but not|anyone but|anybody but|everyone but|everybody but|without|"
    r"rather than|instead of|isnt|nunca|excepto|menos el|menos la|salvo|que no sea|nao|exceto|menos o|menos a|sem ser|sin ser|ni|nem|en vez de|em vez de|sino)\b"
)
CLAUSE_END = re.compile(r"\b(?:but|and|who|that is|just|only|pero|sino|y|mas|e|apenas|sino que)\b")
DESCRIBED = re.compile(r"\b(?:who|that|which|whose|que|quien|quem|cuy[oa]s?)\b")

SAID = re.compile(
    r"\b(?:(?:was |is |were )?(?:the (?:first|one) to )?(?:negotiat\w+|bargain\w* (?:for|over)|haggl\w* (?:about|over|for)|negoci\w+|mention\w*|talk\w* about|spoke about|speak\w* (?:about|of)|rais\w+|discuss\w*|refer\w* to|complain\w* (?:about|that)|"
    r"(?:worried|concerned|skeptical) (?:about|that|with|of)|said|says|saying|told (?:\w+ )?(?:about|that)|point\w* out|explain\w*|describ\w+|announc\w+|admit\w*|bring\w* up|brought up|"
    r"offer(?:s|ed|ing)?|propos\w+|suggest\w*|promis\w+|agree[ds]?(?: to)?|commit\w*(?: to)?|accept\w*|request\w*|"
    r"mencion\w+|habl\w+ (?:de|sobre|del)|coment\w+|dijo|dice|diciendo|se quej\w+ (?:de|del|por)|explic\w+|ofreci\w+|ofrece|propuso|propone|sugiri\w+|prometi\w+|acept\w+|"
    r"(?:le |les )?preocupa\w*(?: (?:por|con|de))?|pidi\w+|pide|"
    r"fal(?:ou|a|ava|ando) (?:de|do|da|dos|das|sobre|em)|disse|diz|diss[eo]ram|reclam\w+ (?:de|do|da|que)|ofereceu|oferece|propos|prop[oõ]e|sugeriu|prometeu|aceitou|pediu|pede|"
    r"(?:se )?preocup\w+ com|levant\w+|trouxe))\b"
)
ASKED = re.compile(
    r"\b(?:ask\w*|inquir\w+|wants? to know|wanted to know|wonder\w*|question\w* about|pregunt\w+|quiere saber|queria saber|quiso saber|pergunt\w+|quer saber|queria saber|quis saber)"
    r"(?: (?:about|for|if|whether|por|sobre|si|de|del|pelo|pela|do|da|se|em))?\b"
)
FIRST_TO = re.compile(
    r"\b(?:first|brought up|bring\w* up|rais\w+|complain\w*|quej\w+|reclam\w+|primer[oa]|primeir[oa]|levant\w+|trouxe)\b"
)
TALKING_WITH = re.compile(
    r"\b(?:(?<!to )(?:talk|speak|chat)\w* (?:to|with)|(?:habla\w*|convers\w+|charla\w*|fala\w*) (?:con|com)|sell(?:s|ing)? to|sold to|interview(?:ed)? by|interviewed by|(?:asked|called|interviewed) by|"
    r"(?:who|whom|quien|quem|person|one|persona|pessoa) (?!who |that |is |to |que |was |esta |e |mas |menos |mais |more |most |least |less |first |last |always |never |hardly |barely |only |also |nunca |sempre |siempre )\w+ (?:is |was |esta |estaba |estava )?(?:talk|speak|chat|habl|fal|convers|call|phon|rang|llam|lig)\w*(?: (?:to|with|con|com))?)\b"
)
