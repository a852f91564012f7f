"""What stands around a name that is said on a call. A pattern is matched on the plain words right before or after it."""

import re

_NO_NAMES_TEXT = """
everyone everybody all team again there folks guys for so very i so you todos todas a tudo and hi hello hey thanks thank yes yeah no okay ok great good perfect sure right well morning afternoon evening sorry please everybody
hola gracias si vale bueno buenos buenas dias tardes perfecto claro perdon oi ola sim obrigado obrigada bom boa dia tarde certo otimo
"""
NO_NAMES = frozenset(_NO_NAMES_TEXT.split())
"""Words that stand where names do."""
BY_ONESELF_BEFORE = re.compile(
    r"(?:^| )(?:this is(?: just)?|i am|my name is|my name|name s|call me|it is|me again|"
    r"(?:yo )?soy|me llamo|mi nombre es|(?:le |les |te )?(?:habla|atiende)|a nombre de|in the name of|em nome de|aqui|(?:le |les |te )?saluda|"
    r"(?:eu )?sou(?: [oa])?|me chamo|meu nome e|aqui e(?: [oa])?|aqui quem fala e(?: [oa])?|quem fala e(?: [oa])?|fala(?: aqui)?(?: [oa])?|aqui fala(?: [oa])?)$"
)
BY_ONESELF_AFTER = re.compile(r"(?:here|speaking|al habla|falando|aqui)(?: |$)")
GREETED = re.compile(
    r"(?:^| )(?:hi|hello|hey|good morning|good afternoon|good evening|morning|welcome(?: back)?|dear|goodbye|bye|sorry|congratulations|"
    r"hola|buenas|buenos dias|buenas tardes|buenas noches|bienvenid[oa]|encantad[oa]|adios|perdon|disculpe|estimad[oa]|mucho gusto|un gusto|"
    r"oi|ola|bom dia|boa tarde|boa noite|bem vind[oa]|tchau|desculpe?|prazer|tudo bem)(?: there| again| de nuevo)?(?: [oa])?$"
)
THANKED = re.compile(
    r"(?:^| )(?:thanks|thank you|thank you (?:so|very) much|thanks a lot|thanks so much|great|perfect|excellent|exactly|right|good (?:question|point)|great (?:question|point)|of course|"
    r"sure|absolutely|understood|got it|makes sense|i see|well said|no problem|yes|yeah|no|okay|ok|cheers|talk (?:soon|to you (?:soon|tomorrow|next week))|see you(?: \w+)?|"
    r"(?:muchas |mil )?gracias|perfecto|excelente(?: pregunta)?|exacto|claro|de acuerdo|entendido|buena pregunta|buen punto|por supuesto|si|vale|hasta (?:luego|pronto|manana)|"
    r"(?:muito )?obrigad[oa]|valeu|perfeito|otimo|otima pergunta|exato|certo|combinado|entendi|boa pergunta|bom ponto|com certeza|sim|ta bom|nao|ate (?:logo|mais|amanha))$"
)
_BESIDE_TEXT = "mr mrs ms miss dr sr sra senor senora senorita don dona senhor senhora doutor doutora"
BESIDE_ONE_S_NAME = frozenset(_BESIDE_TEXT.split())
SPOKEN_TO = re.compile(
    r"^(?:,? ?)(?:(?:what|how|why|when|where|which|who) (?:do|did|would|is|are|about|has|have|can|should|was)|(?:could|can|would|do|did|are|will|have|should|may) (?:you|we|i)|you|your|"
    r"(?:please|tell|let|go ahead|feel free|any\w*|over to|thanks|thank you|i (?:would|wanted|have|think)|we|just|welcome|let s)|"
    r"(?:que|como|cual|cuanto|cuando|donde|por que|quien)|(?:puede|puedes|podria|podrias|tienes|tiene|quiere|quieres|cuentame|cuenteme|diga|dime|adelante|usted|tu|su|le|te|gracias|me|nos|alguna)|"
    r"(?:o que|qual|quanto|quando|onde|quem)|(?:pode|poderia|voce|voces|tem|quer|conta|fala|diz|sua|seu|obrigad[oa]|alguma|fique))(?: |$)"
)
NO_ADDRESS_BEFORE = re.compile(
    r"(?:^| )(?:to|with|from|of|for|by|about|and|or|that|our|my|your|his|her|their|the|a|an|ask|asked|invite|tell|told|colleague|boss|manager|director|officer|"
    r"de|del|con|para|por|a|al|y|e|o|ou|que|mi|nuestr[oa]|su|nuestr[oa] \w+|com|do|da|dos|das|ao|pel[oa]|meu|minha|noss[oa]|seu|sua|noss[oa] \w+|as|like|como|called|named|"
    r"colleague of mine|chief \w+ officer|cfo|ceo|cto|cio|cro|coo|vp|jef[ea]|director[a]?|gerente|diretor[a]?|chefe|compane\w+|colega)$"
)
INTRODUCED = re.compile(
    r"(?:^| )(?:(?:this is|here is|meet|joining (?:us|me)(?: today)?(?: is)?|with (?:me|us)(?: today)?(?: is| are)?|i (?:have here|brought)|we (?:also )?have here|i am (?:here )?(?:together )?with|i also invited|"
    r"(?:me acompana|nos acompana|esta conmigo|conmigo (?:esta|estan)|tengo aqui a|estoy con|les presento a|te presento a|traje a|aqui esta|hoy nos acompana)|"
    r"(?:(?:he|she) is|(?:el|ella|este|esta) es|(?:ele|ela|esse|essa|este) e|esta comigo|comigo esta[o]?|estou com|trouxe|apresento|aqui esta|temos aqui)(?: [oa])?)(?: \w+){0,4}?|(?:(?:my|our) colleague|mi (?:colega|companer[oa])|meu colega|minha colega)) ?(?:a |o )?$"
)
INTRODUCED_AFTER = re.compile(
    r"^(?: ?\w+){0,5}? ?(?:is (?:here|on|with us|joining)|are here|here too|joined|also here|entrou|esta aqui|esta con nosotros|tambien esta|vai (?:fazer|mostrar|conduzir)|"
    r"va a (?:hacer|mostrar|ensenar)|will (?:drive|show|take|walk|run|present))(?: |$)"
)
HANDED_OVER = re.compile(
    r"(?:^| )(?:over to(?: you)?|(?:hand|pass|turn) (?:it|you|this|over)(?: over)? to|i will let|let me hand (?:it )?(?:over )?to|"
    r"(?:le|te|les|lo) (?:paso|dejo)(?: la palabra)? (?:con|a)|paso la palabra a|"
    r"(?:passo|vou passar)(?: a palavra)? (?:para|pra|ao|a)(?: [oa])?|deixo (?:voces )?com(?: [oa])?)$"
)
AND_BEFORE = re.compile(
    r"(?:^| )(?:and|y|e)(?: (?:my|our|a|o|mi|nuestr[oa]|minha|meu|noss[oa]|colleague|colega|compane\w+|doutor[a]?|doctor[a]?)){0,3}$"
)
"""After one's own name: somebody else is introduced with it, as in "I am Susan, and Leo here ..."."""
EXCUSED = re.compile(
    r"\b(?:could not (?:join|make it)|can not (?:join|make it)|is (?:out|away|on holiday|on vacation|sick)|no pudo|nao pode|nao conseguiu|de ferias|de vacaciones)\b"
)
"""Said of somebody, it means that they are not on the call."""

SELF_AT = re.compile(
    r"(?:^| )(?:this is|i am|my name is|i work|calling|i run|i lead|i head|soy|me llamo|le habla|les habla|habla|trabajo|llamo|aqui|le saluda|te saluda|saluda|sou|me chamo|trabalho|falo|fala|aqui e|quem fala e|speaking|here)(?: \w+){0,7}? "
    r"(?:from|at|with|for|of|de|del|da|do|en|em|na|no)(?: (?:the|la|el|a|o))?$"
)
WE_AT_BEFORE = re.compile(
    r"(?:^| )(?:^(?:support|soporte|suporte|servicio|atencion|atendimento|customer service)(?: \w+){0,2}? (?:at|from|of|de|da|do)|we (?:are )?(?:at|from)|here (?:at|in)|us (?:at|in)|all of us at|(?:thanks|thank you) for calling|thanks for contacting|welcome to|behalf of|(?:nosotros )?aqui en|nosotros en|gracias por (?:llamar|contactar) (?:a|con)|bienvenid[oa]s? a|"
    r"aqui n[ao]|nos n[ao]|a gente n[ao]|obrigad[oa] por (?:ligar|entrar em contato)(?: com)?(?: para)?(?: [oa])?|bem vind[oa]s? (?:a|ao))$"
)
WE_AT_AFTER = re.compile(
    r"^(?: \w+)? ?(?:we|our|i|nosotros|tenemos|usamos|ofrecemos|trabajamos|hacemos|somos|nos|a gente|temos|oferecemos|trabalhamos|fazemos|support(?: this is)?|this is)(?: |$)"
)
AT_BEFORE = re.compile(r"(?:^| )(?:at|in|within|on behalf of|en|em|na|no)(?: (?:the|la|el))?$")
YOU_AT_BEFORE = re.compile(
    r"(?:^| )(?:(?:you|your team|everybody|everyone|folks|things|team|guys|going|role) (?:\w+ )?(?:at|in)|(?:ustedes|vosotros|equipo|todo|cosas|usted) (?:\w+ )?en|(?:voces|voce|time|equipe|tudo|coisas) (?:\w+ )?(?:n[ao]|em))$"
)
APPOSED = re.compile(
    r"^(?: (?:is|here|here is|team|equipo|del|equipe|time|area|departamento|who|that|from|in|at|our|my|the|a|lead|chief|senior|head|runs|leads|heads|manages|handles|who runs|who leads|head of|director of|vp of|works|es|de|del|nuestr[oa]|la|el|mi|dirige|lleva|que|trabaja|en|lidera|"
    r"e|da|do|noss[oa]|o|minha|meu|cuida|toca|trabalha|no|na|para|of|on)){1,5}$"
)
"""Between a name and what the person is: "Ana, our", "Ana from", "Ana runs"."""
