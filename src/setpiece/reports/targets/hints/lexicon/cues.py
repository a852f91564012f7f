"""What tells the sides of a call apart: sentences that one side says and the other does not.

A weight is how much one such sentence speaks for its side, in the points of `hints.weigh`. They were set by judgement in steps of
a half, where 1 is a sentence that the other side says now and then, and 2 is one that it hardly ever says.
"""

import re
from dataclasses import dataclass
from enum import StrEnum


class Side(StrEnum):
    SELLS = "sells"
    BUYS = "buys"
    INTERVIEWS = "interviews"
    APPLIES = "applies"
    DECIDES = "decides"


@dataclass(frozen=True, slots=True)
class Cue:
    """`in_question`: whether it counts in questions only (True), in statements only (False), or in both (None)."""

    side: Side
    weight: float
    pattern: re.Pattern[str]
    in_question: bool | None = None


def _cue(side: Side, weight: float, pattern: str, in_question: bool | None = None) -> Cue:
    return Cue(side, weight, re.compile(rf"\b(?:{pattern})(?: |$)"), in_question)


_ENGLISH = (
    _cue(
        Side.SELLS,
        1.5,
        r"(?:thanks|thank you) for (?:joining|taking the (?:time|call)|making (?:the )?time|hopping on|calling)",
    ),
    _cue(
        Side.SELLS,
        1.0,
        r"we (?:offer|provide|include|recommend|guarantee|help|built|designed|charge|usually do|typically do|onboard)",
        False,
    ),
    _cue(
        Side.SELLS,
        1.0,
        r"(?:customers|clients|companies|teams) like (?:you|yours|\w+)|(?:one|some|most|many|all) of our (?:\w+ )?(?:customers|clients)",
    ),
    _cue(
        Side.SELLS,
        1.0,
        r"our (?:platform|solution|pricing|roadmap|plans?|packages?|onboarding|implementation team|list price|product team|engineers|dashboard|connector|enterprise (?:plan|tier))",
        False,
    ),
    _cue(
        Side.SELLS,
        1.5,
        r"(?:i|we) (?:can|could|will|would) (?:also )?(?:offer|give|do|extend|include|throw in|waive|set up|match)",
        False,
    ),
    _cue(
        Side.SELLS,
        1.0,
        r"(?:i|we) (?:can|will) (?:also )?(?:send|share|prepare|put together|draft|email) (?:you |over |it |that )?.{0,25}(?:proposal|quote|order form|deck|contract|summary|invoice|documentation|recap|draft|addendum|this|today|tomorrow|afternoon)",
        False,
    ),
    _cue(
        Side.SELLS,
        1.5,
        r"(?:is|costs|starts at|would be|comes to|comes out at) .{0,30}(?:per|a|each) (?:seat|user|month|year|license|rep|agent|head)",
        False,
    ),
    _cue(
        Side.SELLS,
        1.5,
        r"(?:pilot|trial|setup|onboarding|migration|training|support) is (?:free|included)",
        False,
    ),
    _cue(
        Side.SELLS,
        0.5,
        r"you can (?:also )?(?:\w+ )?(?:see|run|use|choose|set|export|invite|connect|click|filter|host|cancel)",
        False,
    ),
    _cue(
        Side.SELLS,
        1.0,
        r"(?:let me|i will|i would like to) (?:quickly |just )?(?:show|share my screen|walk you|demo|pull up|look (?:that|it|into)|check|open a|escalate)",
        False,
    ),
    _cue(
        Side.SELLS,
        1.0,
        r"as you can see|on (?:my|the|this) screen|this is the dashboard|over here you",
        False,
    ),
    _cue(
        Side.SELLS,
        1.0,
        r"(?:could|can|would) you (?:tell|walk|share|describe|give me|help me)|tell me (?:a (?:bit|little)|more|about)|walk me through",
        True,
    ),
    _cue(
        Side.SELLS,
        0.5,
        r"(?:what|how) (?:are|do|does|would|did) (?:you|your|they|the team) .{0,25}(?:currently|today|now|using|handle|manage|measure|need|look like|happen|see)",
        True,
    ),
    _cue(
        Side.SELLS,
        1.0,
        r"what made you|what (?:happens|changes) (?:when|if)|who else|what would (?:success|you need|they need)|what is the biggest",
        True,
    ),
    _cue(
        Side.SELLS,
        0.5,
        r"keep this (?:short|to)|(?:the|our|my) agenda|before we start|would it (?:be fair|make sense|help)|does that make sense",
    ),
    _cue(
        Side.SELLS,
        0.5,
        r"(?:great|good|fair) (?:question|point)|happy to|that makes sense|thanks for (?:being|sharing)",
    ),
    _cue(
        Side.SELLS,
        1.5,
        r"how (?:can|may) i help|(?:opened|created|escalated|open|create) a ticket|what error|can you (?:try|confirm|restart|clear|refresh)",
    ),
    _cue(
        Side.SELLS,
        1.0,
        r"your (?:account|subscription|renewal|plan|contract|license|licenses|usage|adoption) (?:is|was|has|ends|expires|renews|comes|shows|went|grew)",
    ),
    _cue(
        Side.BUYS,
        2.0,
        r"how much|what (?:does|would|will|do) .{0,25}cost|(?:what is|what about|how is) the (?:price|pricing|cost|discount)|do you charge|what do you charge",
        True,
    ),
    _cue(
        Side.BUYS,
        1.0,
        r"(?:too|very|pretty|really|so) (?:expensive|pricey|high)|(?:over|above|outside|out of) (?:our |the )?budget|cannot afford|can not afford",
        False,
    ),
    _cue(
        Side.BUYS,
        1.0,
        r"our (?:\w+ )?budget|our (?:cfo|ceo|cto|cio|ciso|board|legal|finance|security|procurement|chief|current|existing|old|managers?|reps?|agents|warehouse|boss|it|sales team|people)",
        False,
    ),
    _cue(
        Side.BUYS,
        0.5,
        r"(?:my|our) (?:boss|manager|team|director|managers|department|users|staff|company)",
        False,
    ),
    _cue(
        Side.BUYS,
        1.0,
        r"we (?:currently |already |still |also |have been |have |are |were |had )?(?:use|using|looked at|evaluat\w+|tried|considering|need|struggl\w+|lost|lose|spend|pay|have (?:about )?\d+|export everything|looking at|want|do everything)",
        False,
    ),
    _cue(
        Side.BUYS,
        1.0,
        r"(?:we|i) (?:would |will |still )?(?:need to|have to|must) (?:check|discuss|run|talk|think|see|convince|ask|justify|show|get)|sign off|get approval",
        False,
    ),
    _cue(
        Side.BUYS,
        1.0,
        r"(?:does|can|is|will|do|could) (?:it|your|the (?:tool|system|platform|product|data|software|plan|price)|you (?:support|offer|integrate|have|store|connect|handle|delete|do|also)|we (?:export|get|cancel|host|try|keep|start|lower))",
        True,
    ),
    _cue(
        Side.BUYS,
        1.0,
        r"where (?:do you|is (?:the|our|my) data)|how long (?:does|would|will|is)|what happens to (?:our|my|the) data|who (?:has|can) access",
        True,
    ),
    _cue(
        Side.BUYS,
        1.0,
        r"your (?:product|platform|tool|solution|software|pricing|proposal|service|price|offer|quote|competitors?|support team|references|terms|paper|customers)",
    ),
    _cue(
        Side.BUYS,
        1.0,
        r"(?:please |can you |could you )?send (?:me|us|it|that|over) .{0,20}(?:summary|proposal|quote|details|email|documentation|deck|contract|terms|over|pricing|first)",
    ),
    _cue(
        Side.BUYS,
        1.0,
        r"i am not (?:\w+ )?(?:sure|convinced|comfortable)|(?:i am|we are) (?:\w+ )?(?:worried|concerned|skeptical)|my (?:main |only |biggest )?(?:concern|worry|question|problem)",
    ),
    _cue(
        Side.BUYS,
        1.0,
        r"(?:it|that|this|the \w+) (?:does not|is not|stopped|keeps|will not|would not) (?:work\w*|load\w*|sync\w*|crash\w*|fail\w*|open\w*|show\w*)|error message|i can not (?:log|open|access|see|export)|i get an? (?:\w+ )?error",
    ),
    _cue(
        Side.BUYS,
        1.0,
        r"(?:lower|higher|more|less) than (?:i|we) expected|sounds good|we have been (?:a )?(?:customers?|with you)|we are (?:a )?customers?|(?:make|made) us (?:take|look)|(?:another|a) vendor|other vendors|another quote",
    ),
    _cue(
        Side.INTERVIEWS,
        2.0,
        r"tell (?:me|us) about (?:a time|yourself|your (?:background|experience|career))|your (?:cv|resume|background|career|notice period|salary expectations?|strengths?|weakness\w*)|why do you want|why are you (?:leaving|looking)|questions for (?:me|us)",
    ),
    _cue(
        Side.INTERVIEWS,
        1.5,
        r"(?:the|this) (?:role|position|job) (?:is|will|would|involves|reports|requires)|we are (?:hiring|looking for someone|looking for a)|(?:next|second|final) (?:step|round|stage) (?:in|of|is|would)|other candidates|thanks for (?:applying|coming in)|interview\w* you",
        False,
    ),
    _cue(
        Side.INTERVIEWS,
        1.0,
        r"(?:how|what) (?:did|do|would) you (?:\w+ )?(?:do|handle|deal|approach|learn|react|decide|measure|feel|start)|what was (?:the|your)|give (?:me|us) an example|what (?:are you|do you) (?:proud|enjoy|looking)",
        True,
    ),
    _cue(
        Side.APPLIES,
        2.0,
        r"in my (?:previous|last|current|first) (?:role|job|company|position|team)|my (?:experience|background|degree|notice period|career|strength|last job|previous)|i (?:am applying|applied|graduated|studied)|i have \w+ years|when i was at|i would (?:love|like) to (?:join|work|learn)",
        False,
    ),
    _cue(
        Side.APPLIES,
        1.0,
        r"i (?:worked|led|built|managed|designed|rewrote|joined|reported|learned|coached|hired|moved|took over|ran|started)",
        False,
    ),
    _cue(
        Side.APPLIES,
        1.0,
        r"what does (?:a typical|success|the team)|how (?:big|large) is the team|what (?:would|will) (?:i|my)",
        True,
    ),
    _cue(
        Side.DECIDES,
        2.0,
        r"i (?:will |can |would )?(?:decide|approve|sign|make the (?:final )?(?:call|decision))|(?:final|last) (?:say|word) is mine|(?:it is|that is) my (?:call|decision)|i have (?:the )?final say|i own the budget|my budget|i can sign",
        False,
    ),
    _cue(
        Side.DECIDES,
        -2.0,
        r"(?:not|is not) my (?:call|decision)|i (?:do not|can not) (?:decide|approve|sign)|i (?:would |will )?(?:have|need) to (?:ask|convince|get approval)|above my pay",
        False,
    ),
)
_SPANISH = (
    _cue(
        Side.SELLS,
        1.5,
        r"gracias por (?:su|tu|el|vuestro) tiempo|gracias por (?:atender\w*|acompanar\w*|recibir\w*|conectar\w*|llamar|unir\w*|aceptar)",
    ),
    _cue(
        Side.SELLS,
        1.0,
        r"(?:nosotros )?(?:ofrecemos|incluimos|recomendamos|garantizamos|ayudamos|cobramos|solemos|acompanamos|implementamos|integramos)",
        False,
    ),
    _cue(
        Side.SELLS, 1.0, r"clientes como|(?:uno|algunos|varios|muchos) de nuestros clientes|nuestros clientes"
    ),
    _cue(
        Side.SELLS,
        1.0,
        r"nuestr[oa]s? (?:plataforma|solucion|precios?|planes|plan|paquetes?|herramienta|panel|tarifas?|equipo de (?:implementacion|soporte|producto))",
        False,
    ),
    _cue(
        Side.SELLS,
        1.5,
        r"(?:puedo|podemos|podria|podriamos) (?:ofrecer\w*|dar\w*|incluir\w*|hacer\w*|extender\w*|regalar\w*|dejar\w*|igualar\w*|bajar\w*)",
        False,
    ),
    _cue(
        Side.SELLS,
        1.0,
        r"(?:le|les|te|os) (?:envio|mando|enviare|mandare|enviaremos|voy a (?:enviar|mandar|mostrar|ensenar)|muestro|comparto|preparo|ensenyo|enseno|puedo (?:ofrecer|enviar|mostrar|mandar))",
        False,
    ),
    _cue(
        Side.SELLS,
        1.5,
        r"(?:cuesta|son|vale|sale|seria|serian|es de|queda) .{0,25}(?:por|al|a la) (?:usuario|mes|ano|licencia|asiento|persona|agente|puesto)",
        False,
    ),
    _cue(
        Side.SELLS,
        1.5,
        r"(?:el |la )?(?:piloto|prueba|implementacion|formacion|migracion) es (?:gratis|gratuit[oa])|sin (?:coste|costo)",
        False,
    ),
    _cue(
        Side.SELLS,
        1.0,
        r"como (?:puede|pueden|puedes|podeis) ver|en (?:la|mi) pantalla|aqui (?:ve|ven|veis|se ve|pueden)",
        False,
    ),
    _cue(
        Side.SELLS,
        1.0,
        r"(?:me|nos) (?:puede|puedes|pueden|podria|podrias|podrian|cuenta|cuentas|cuentan) (?:\w+ )?(?:contar|explicar|decir|describir|como|que|un poco|mas)|cuent(?:a|e|en)me",
        True,
    ),
    _cue(
        Side.SELLS,
        0.5,
        r"como (?:lo |la |los |las )?(?:maneja\w*|gestiona\w*|mide\w*|hace[ns]?|resuelve\w*|controla\w*|llevan?)|que (?:usa[ns]?|utiliza[ns]?|herramienta)|que pasa (?:cuando|si)|quien mas|que necesita(?:n|ria|rian)",
        True,
    ),
    _cue(
        Side.SELLS,
        0.5,
        r"antes de empezar|le parece|les parece|te parece|tiene sentido|excelente pregunta|buena pregunta|con gusto|entiendo perfectamente",
    ),
    _cue(
        Side.SELLS,
        1.5,
        r"en que (?:le|te|les) puedo ayudar|como (?:le|te) puedo ayudar|(?:abro|abrir|abri|escalo|creo|crear|he abierto) (?:un|el) (?:ticket|caso|incidencia)|puede (?:probar|confirmar|reiniciar|intentar|cerrar)",
    ),
    _cue(
        Side.SELLS,
        1.0,
        r"su (?:cuenta|suscripcion|contrato|renovacion|plan|licencias?) (?:vence|termina|esta|tiene|incluye|se renueva|caduca)",
    ),
    _cue(
        Side.BUYS,
        2.0,
        r"cuanto (?:cuesta|vale|sale|cobran|nos costaria|costaria|seria)|que precio|cual (?:es|seria) el (?:precio|costo|coste)|(?:hay|tienen|algun) (?:algun )?descuento|cobran por",
        True,
    ),
    _cue(
        Side.BUYS,
        1.0,
        r"(?:muy|demasiado|bastante) (?:caro|cara|alto|alta)|(?:fuera|por encima) (?:de|del) (?:nuestro )?presupuesto|se nos va de",
        False,
    ),
    _cue(
        Side.BUYS,
        1.0,
        r"nuestr[oa]s? (?:presupuesto|direccion|director|directora|jefe|jefa|almacen\w*|tiendas?|departamento|proveedor|sistema|contabilidad|gerente|legal|comite|consejo|vendedores|tecnicos)",
        False,
    ),
    _cue(Side.BUYS, 0.5, r"(?:mi|nuestr[oa]) (?:jefe|jefa|equipo|director|directora|empresa|gente)", False),
    _cue(
        Side.BUYS,
        1.0,
        r"(?:nosotros |hoy |ahora )?(?:usamos|utilizamos|perdemos|perdimos|gastamos|pagamos|necesitamos|tenemos \d+|llevamos todo|hacemos todo|buscamos|estamos (?:buscando|evaluando|viendo|mirando)|probamos|hemos probado|queremos)",
        False,
    ),
    _cue(
        Side.BUYS,
        1.0,
        r"(?:tengo|tenemos|tendria|tendriamos) que (?:consultar\w*|hablar\w*|revisar\w*|pensar\w*|convencer|justificar\w*|ver|preguntar\w*|aprobar\w*)|hay que aprobar",
        False,
    ),
    _cue(
        Side.BUYS,
        1.0,
        r"(?:se|lo|la) (?:integra|puede (?:exportar|integrar|conectar|cancelar|alojar))|(?:su|tu|vuestra?) (?:sistema|herramienta|plataforma|programa|producto|software) \w+|donde (?:guardan|almacenan|estan|quedan)|cuanto (?:tarda|tiempo|dura)|que pasa con (?:los|nuestros|mis) datos|ustedes (?:tienen|ofrecen|guardan)",
        True,
    ),
    _cue(
        Side.BUYS,
        1.0,
        r"su (?:producto|plataforma|herramienta|solucion|propuesta|precio|oferta|competencia|servicio|presupuesto|sistema)|vuestr[oa] (?:producto|plataforma|propuesta|precio|oferta|servicio)",
    ),
    _cue(
        Side.BUYS,
        1.0,
        r"(?:me |nos )?(?:mande\w*|envie\w*|manda\w*|envia)(?:me|nos)? .{0,20}(?:propuesta|resumen|correo|contrato|informacion|detalle|cotizacion|presupuesto)|(?:mande|envie|manda)(?:me|nos)",
    ),
    _cue(
        Side.BUYS,
        1.0,
        r"no (?:estoy|estamos) (?:\w+ )?(?:segur[oa]s?|convencid[oa]s?)|(?:me|nos) preocupa|mi (?:principal |unica |mayor )?(?:duda|preocupacion|problema)",
    ),
    _cue(
        Side.BUYS,
        1.0,
        r"no (?:funciona|carga|abre|sincroniza|me deja|puedo (?:entrar|abrir|ver|acceder))|me (?:sale|da|aparece) (?:un |el )?(?:\w+ )?(?:error|mensaje)|otr[oa]s? (?:proveedor|oferta|presupuesto|cotizacion)\w*|mas (?:barato|bajo|alto|caro) de lo que",
    ),
    _cue(
        Side.INTERVIEWS,
        2.0,
        r"(?:hableme|hablame|cuenteme|cuentame) (?:de|sobre) (?:su|tu|usted|ti|una)|(?:su|tu) (?:curriculum|experiencia|trayectoria|mayor logro|pretension\w*|aspiracion\w*)|por que (?:quiere|quieres|le interesa|te interesa)|preguntas para (?:mi|nosotros)",
    ),
    _cue(
        Side.INTERVIEWS,
        1.5,
        r"(?:el|este|la|esta) (?:puesto|cargo|posicion|vacante|rol) (?:es|sera|requiere|reporta|implica)|(?:la siguiente|la proxima|segunda) (?:etapa|fase|entrevista|ronda)|otros candidatos|estamos (?:contratando|buscando a)|gracias por (?:postular\w*|venir)",
        False,
    ),
    _cue(
        Side.INTERVIEWS,
        1.0,
        r"como (?:lo |la )?(?:resolvio|resolviste|manejo|manejaste|hizo|hiciste|reacciono|reaccionaste|lograste|logro)|deme un ejemplo|dame un ejemplo|que (?:aprendio|aprendiste|hizo|hiciste)",
        True,
    ),
    _cue(
        Side.APPLIES,
        2.0,
        r"en mi (?:anterior|ultimo|actual|primer) (?:trabajo|puesto|empresa|empleo|rol)|mi (?:experiencia|carrera|trayectoria)|tengo \w+ anos (?:de|en)|estudie|me (?:gradue|postule|gustaria (?:trabajar|unirme|aprender))",
        False,
    ),
    _cue(
        Side.APPLIES,
        1.0,
        r"(?:trabaje|dirigi|lidere|disene|implemente|coordine|aprendi|gestione|forme|reduje|empece)",
        False,
    ),
    _cue(
        Side.APPLIES,
        1.0,
        r"como es (?:un dia|el equipo|el dia)|que tan grande es el equipo|de cuantas personas",
        True,
    ),
    _cue(
        Side.DECIDES,
        2.0,
        r"(?:yo )?(?:decido|apruebo|firmo) (?:yo)?|yo (?:decido|apruebo|firmo|doy el visto bueno)|la decision (?:final )?(?:es mia|la tomo yo)|mi presupuesto|(?:lo )?(?:apruebo|decido|firmo) yo",
        False,
    ),
    _cue(
        Side.DECIDES,
        -2.0,
        r"no (?:decido|apruebo|firmo)|no es mi decision|(?:tengo|tendria) que (?:consultar\w*|preguntar\w*|convencer)|yo no (?:decido|firmo)",
        False,
    ),
)
_PORTUGUESE = (
    _cue(
        Side.SELLS,
        1.5,
        r"obrigad[oa] (?:pelo|por) (?:seu |o seu )?(?:tempo|participar\w*|receber\w*|aceitar\w*|ligar|entrar em contato|vir)",
    ),
    _cue(
        Side.SELLS,
        1.0,
        r"(?:nos |a gente )?(?:oferecemos|oferece|incluimos|recomendamos|garantimos|ajudamos|cobramos|costumamos|implantamos|integramos)",
        False,
    ),
    _cue(Side.SELLS, 1.0, r"clientes como|(?:um|alguns|varios|muitos) dos nossos clientes|nossos clientes"),
    _cue(
        Side.SELLS,
        1.0,
        r"noss[oa]s? (?:plataforma|solucao|precos?|planos?|pacotes?|ferramenta|painel|time de (?:implantacao|suporte|produto)|equipe de (?:implantacao|suporte|produto))",
        False,
    ),
    _cue(
        Side.SELLS,
        1.5,
        r"(?:posso|podemos|poderia|poderiamos|consigo|conseguimos) (?:te |lhe |vos )?(?:oferecer|dar|incluir|fazer|estender|deixar|cobrir|baixar|congelar|manter)",
        False,
    ),
    _cue(
        Side.SELLS,
        1.0,
        r"(?:vou|te|lhe|eu) (?:te |lhe |vou )?(?:envio|mando|mostro|enviar|mandar|mostrar|compartilhar|preparar|preparo|compartilho)",
        False,
    ),
    _cue(
        Side.SELLS,
        1.5,
        r"(?:custa|sao|sai|fica|seria|e de) .{0,25}(?:por|ao|a cada) (?:usuario|mes|ano|licenca|pessoa|agente|assento|funcionario)",
        False,
    ),
    _cue(
        Side.SELLS,
        1.5,
        r"(?:o |a )?(?:piloto|teste|implantacao|treinamento|migracao) (?:e|sai) (?:gratis|gratuit[oa]|de graca)|sem custo",
        False,
    ),
    _cue(
        Side.SELLS,
        1.0,
        r"como (?:voce|voces) (?:pode|podem) ver|na (?:minha )?tela|aqui (?:voce|voces) (?:ve|veem|pode|podem)",
        False,
    ),
    _cue(
        Side.SELLS,
        1.0,
        r"(?:voce|voces )?(?:pode|podem|poderia|poderiam) (?:me |nos )?(?:contar|explicar|dizer|falar|descrever)|me (?:conta|fala|explica|diz)",
        True,
    ),
    _cue(
        Side.SELLS,
        0.5,
        r"como (?:e que )?(?:voces?|o time|a equipe) (?:fazem|faz|lidam|lida|medem|mede|controlam|controla|resolvem|gerenciam|usam)|o que (?:voces )?(?:usam|precisam|precisaria\w*)|o que acontece (?:quando|se)|quem mais",
        True,
    ),
    _cue(
        Side.SELLS,
        0.5,
        r"antes de (?:a gente )?comecar|faz sentido|otima pergunta|boa pergunta|com prazer|fico feliz|entendo perfeitamente",
    ),
    _cue(
        Side.SELLS,
        1.5,
        r"(?:como|em que) (?:eu )?posso (?:te |lhe )?ajudar|(?:abri|abrir|abro|criei|criar|escalei) (?:um |o )?(?:chamado|ticket)|(?:voce )?(?:pode|consegue) (?:tentar|confirmar|reiniciar|limpar|testar)",
    ),
    _cue(
        Side.SELLS,
        1.0,
        r"(?:seu|sua|o seu|a sua) (?:conta|assinatura|contrato|renovacao|plano|licencas?) (?:vence|termina|esta|tem|inclui|renova|acaba)",
    ),
    _cue(
        Side.BUYS,
        2.0,
        r"quanto (?:custa|sai|fica|voces cobram|custaria|seria|que custa)|qual (?:e|seria|o) (?:o )?(?:preco|custo|valor)|(?:tem|ha|algum|existe) (?:algum )?desconto",
        True,
    ),
    _cue(
        Side.BUYS,
        1.0,
        r"(?:muito|bem|caro demais|meio) (?:caro|cara|alto|alta)|(?:fora|acima) do (?:nosso )?orcamento|nao cabe no",
        False,
    ),
    _cue(
        Side.BUYS,
        1.0,
        r"noss[oa]s? (?:orcamento|diretoria|diretor|diretora|chefe|estoque|lojas?|departamento|fornecedor|sistema|contabilidade|gerente|juridico|comite|conselho|vendedores|financeiro|time|equipe|planilhas?)",
        False,
    ),
    _cue(
        Side.BUYS, 0.5, r"(?:meu|minha) (?:chefe|equipe|time|diretor|diretora|empresa|gerente|pessoal)", False
    ),
    _cue(
        Side.BUYS,
        1.0,
        r"(?:nos |hoje |a gente )?(?:usamos|utilizamos|perdemos|gastamos|pagamos|precisamos|temos \d+|fazemos tudo|usa|perde|gasta|paga|precisa|faz tudo|perdeu|estamos (?:avaliando|procurando|buscando|olhando)|testamos|queremos)",
        False,
    ),
    _cue(
        Side.BUYS,
        1.0,
        r"(?:tenho|temos|teria|teriamos|preciso|precisamos) (?:que |de )?(?:consultar|falar|conversar|revisar|pensar|convencer|justificar|ver|perguntar|aprovar|checar|verificar)",
        False,
    ),
    _cue(
        Side.BUYS,
        1.0,
        r"(?:ele|ela|isso|o sistema|a ferramenta|a plataforma) (?:integra|funciona|conecta|exporta|permite|tem)|onde (?:voces guardam|ficam|estao|sao)|quanto tempo|o que acontece com (?:os|nossos|meus) dados|voces (?:tem|oferecem|guardam|integram|suportam)|da para (?:integrar|exportar|cancelar|testar)",
        True,
    ),
    _cue(
        Side.BUYS,
        1.0,
        r"(?:seu|sua|o seu|a sua) (?:produto|plataforma|ferramenta|solucao|proposta|preco|oferta|concorrente|concorrencia|servico)|(?:produto|plataforma|ferramenta|solucao|proposta|preco|oferta|servico|suporte) de voces",
    ),
    _cue(
        Side.BUYS,
        1.0,
        r"(?:me |nos )?(?:manda|mande|envia|envie)\w* .{0,20}(?:proposta|resumo|e mail|email|contrato|informacao|informacoes|detalhes|orcamento|isso)",
    ),
    _cue(
        Side.BUYS,
        1.0,
        r"nao (?:estou|estamos|tenho|fiquei) (?:\w+ )?(?:cert[oa]s?|convencid[oa]s?|certeza|segur[oa]s?)|(?:me|nos) preocupa|minha (?:principal |unica |maior )?(?:duda|duvida|preocupacao)|meu (?:maior )?problema",
    ),
    _cue(
        Side.BUYS,
        1.0,
        r"nao (?:funciona|carrega|abre|sincroniza|consigo (?:entrar|abrir|ver|acessar))|(?:aparece|da|deu) (?:um |uma )?(?:\w+ )?(?:erro|mensagem)|outr[oa]s? (?:fornecedor|proposta|orcamento)\w*|mais (?:barato|baixo|alto|caro) do que",
    ),
    _cue(
        Side.INTERVIEWS,
        2.0,
        r"(?:me )?(?:fale|fala|conte|conta) (?:um pouco )?(?:sobre|de) (?:voce|sua|uma|seu)|(?:seu|sua) (?:curriculo|experiencia|trajetoria|pretensao|carreira)|por que voce quer|(?:alguma )?pergunta (?:para|pra) (?:mim|nos|a gente)",
    ),
    _cue(
        Side.INTERVIEWS,
        1.5,
        r"(?:a|o|essa|esse|esta|este) (?:vaga|cargo|posicao|funcao) (?:e|sera|exige|requer|envolve)|(?:a proxima|segunda) (?:etapa|fase|entrevista)|outros candidatos|estamos (?:contratando|procurando alguem)|obrigad[oa] por (?:se candidatar|vir)",
        False,
    ),
    _cue(
        Side.INTERVIEWS,
        1.0,
        r"como (?:foi que )?(?:voce )?(?:resolveu|lidou|fez|reagiu|conseguiu)|me da um exemplo|o que (?:voce )?(?:aprendeu|fez)",
        True,
    ),
    _cue(
        Side.APPLIES,
        2.0,
        r"no meu (?:ultimo|antigo|atual|emprego|trabalho)|na (?:minha )?(?:ultima|antiga|empresa anterior)|minha (?:experiencia|carreira|formacao|trajetoria)|tenho \w+ anos (?:de|em)|me formei|eu gostaria de (?:trabalhar|aprender|entrar)",
        False,
    ),
    _cue(
        Side.APPLIES,
        1.0,
        r"(?:eu )?(?:trabalhei|liderei|implantei|criei|coordenei|aprendi|gerenciei|reduzi|comecei|montei)",
        False,
    ),
    _cue(Side.APPLIES, 1.0, r"como e (?:um dia|o time|a equipe|o dia)|qual (?:e )?o tamanho d[ao]", True),
    _cue(
        Side.DECIDES,
        2.0,
        r"(?:quem decide|quem aprova|quem assina) sou eu|eu (?:decido|aprovo|assino)|a decisao (?:final )?e minha|meu orcamento|o orcamento e meu",
        False,
    ),
    _cue(
        Side.DECIDES,
        -2.0,
        r"nao (?:decido|aprovo|assino)|nao e minha decisao|(?:tenho|preciso) (?:que |de )?(?:consultar|perguntar|convencer)|quem decide (?:e|nao)",
        False,
    ),
)
CUES_BY_LANGUAGE = {"en": _ENGLISH, "es": _SPANISH, "pt": _PORTUGUESE}


def cues_of(language: str) -> tuple[Cue, ...]:
    """Those of the call's language, and of all three when it is another one."""
    return CUES_BY_LANGUAGE.get(language) or (*_ENGLISH, *_SPANISH, *_PORTUGUESE)
