"""What each side of a call says in Spanish; a cue a line."""

from setpiece.reports.targets.hints.lexicon.cue import Side, cue

# fmt: off
CUES = (
    cue(Side.SHOWS, 1.5, r"(?:lo que|aqui|como) (?:se )?(?:ve|ven|veis|pueden ver|puede ver|puedes ver)|(?:si|cuando) (?:hago|haces|hace) clic|en (?:la|mi) pantalla|comparto (?:la |mi )?pantalla|les (?:muestro|enseno)|le (?:muestro|enseno)|voy a (?:mostrar|ensenar|abrir)|este es el (?:panel|tablero|informe)", False),
    cue(Side.BUYS, 1.5, r"(?:soy|trabajo|habla) .{0,25}(?:de|en) compras", False),
    cue(Side.SELLS, 1.0, r"(?:soy|le habla|les habla|te habla|me llamo|le saluda) \w+ (?:\w+ )?(?:de|desde)", False),
    cue(Side.SELLS, 1.0, r"lo que (?:hacemos|ofrecemos|solemos)|nosotros (?:ponemos|hacemos|damos|tenemos)|va incluid[oa]|precio de lista", False),
    cue(Side.BUYS, 1.0, r"(?:se lo |lo )(?:tengo|tenemos|tendria) que (?:ver|ensenar|mostrar|hablar|comentar)|(?:y )?(?:sale|es|seria) (?:muy )?caro", None),
    cue(Side.SELLS, 1.5, r"gracias por (?:su|tu|el|vuestro) tiempo|gracias por (?:atender\w*|acompanar\w*|recibir\w*|conectar\w*|llamar|unir\w*|aceptar)"),
    cue(Side.SELLS, 1.0, r"(?:nosotros )?(?:ofrecemos|incluimos|recomendamos|garantizamos|ayudamos|cobramos|solemos|acompanamos|implementamos|integramos)", False),
    cue(Side.SELLS, 1.0, r"clientes como|(?:uno|algunos|varios|muchos) de nuestros clientes|nuestros clientes"
    ),
    cue(Side.SELLS, 1.0, r"nuestr[oa]s? (?:plataforma|solucion|precios?|planes|plan|paquetes?|herramienta|panel|tarifas?|equipo de (?:implementacion|soporte|producto))", False),
    cue(Side.SELLS, 1.5, r"(?:puedo|podemos|podria|podriamos) (?:ofrecer\w*|dar\w*|incluir\w*|hacer\w*|extender\w*|regalar\w*|dejar\w*|igualar\w*|bajar\w*)", False),
    cue(Side.SELLS, 1.0, r"(?:le|les|te|os) (?:envio|mando|enviare|mandare|enviaremos|voy a (?:enviar|mandar|mostrar|ensenar)|muestro|comparto|preparo|ensenyo|enseno|puedo (?:ofrecer|enviar|mostrar|mandar))", False),
    cue(Side.SELLS, 1.5, r"(?:cuesta|son|vale|sale|seria|serian|es de|queda) .{0,25}(?:por|al|a la) (?:usuario|mes|ano|licencia|asiento|persona|agente|puesto)", False),
    cue(Side.SELLS, 1.5, r"(?:el |la )?(?:piloto|prueba|implementacion|formacion|migracion) es (?:gratis|gratuit[oa])|sin (?:coste|costo)", False),
    cue(Side.SELLS, 1.0, r"como (?:puede|pueden|puedes|podeis) ver|en (?:la|mi) pantalla|aqui (?:ve|ven|veis|se ve|pueden)", False),
    cue(Side.SELLS, 1.0, r"(?:me|nos) (?:puede|puedes|pueden|podria|podrias|podrian|cuenta|cuentas|cuentan) (?:\w+ )?(?:contar|explicar|decir|describir|como|que|un poco|mas)|cuent(?:a|e|en)me", True),
    cue(Side.SELLS, 0.5, r"como (?:lo |la |los |las )?(?:maneja\w*|gestiona\w*|mide\w*|hace[ns]?|resuelve\w*|controla\w*|llevan?)|que (?:usa[ns]?|utiliza[ns]?|herramienta)|que pasa (?:cuando|si)|quien mas|que necesita(?:n|ria|rian)", True),
    cue(Side.SELLS, 0.5, r"antes de empezar|le parece|les parece|te parece|tiene sentido|excelente pregunta|buena pregunta|con gusto|entiendo perfectamente"),
    cue(Side.SELLS, 1.5, r"en que (?:le|te|les) puedo ayudar|como (?:le|te) puedo ayudar|(?:abro|abrir|abri|escalo|creo|crear|he abierto) (?:un|el) (?:ticket|caso|incidencia)|puede (?:probar|confirmar|reiniciar|intentar|cerrar)"),
    cue(Side.SELLS, 1.0, r"su (?:cuenta|suscripcion|contrato|renovacion|plan|licencias?) (?:vence|termina|esta|tiene|incluye|se renueva|caduca)"),
    cue(Side.BUYS, 2.0, r"cuanto (?:cuesta|vale|sale|cobran|nos costaria|costaria|seria)|que precio|cual (?:es|seria) el (?:precio|costo|coste)|(?:hay|tienen|algun) (?:algun )?descuento|cobran por", True),
    cue(Side.BUYS, 1.0, r"(?:muy|demasiado|bastante) (?:caro|cara|alto|alta)|(?:fuera|por encima) (?:de|del) (?:nuestro )?presupuesto|se nos va de", False),
    cue(Side.BUYS, 1.0, r"nuestr[oa]s? (?:presupuesto|direccion|director|directora|jefe|jefa|almacen\w*|tiendas?|departamento|proveedor|sistema|contabilidad|gerente|legal|comite|consejo|vendedores|tecnicos)", False),
    cue(Side.BUYS, 0.5, r"(?:mi|nuestr[oa]) (?:jefe|jefa|equipo|director|directora|empresa|gente)", False),
    cue(Side.BUYS, 1.0, r"(?:nosotros |hoy |ahora )?(?:usamos|utilizamos|perdemos|perdimos|gastamos|pagamos|necesitamos|tenemos \d+|llevamos todo|hacemos todo|buscamos|estamos (?:buscando|evaluando|viendo|mirando)|probamos|hemos probado|queremos)", False),
    cue(Side.BUYS, 1.0, r"(?:tengo|tenemos|tendria|tendriamos) que (?:consultar\w*|hablar\w*|revisar\w*|pensar\w*|convencer|justificar\w*|ver|preguntar\w*|aprobar\w*)|hay que aprobar", False),
    cue(Side.BUYS, 1.0, r"(?:se|lo|la) (?:integra|puede (?:exportar|integrar|conectar|cancelar|alojar))|(?:su|tu|vuestra?) (?:sistema|herramienta|plataforma|programa|producto|software) \w+|donde (?:guardan|almacenan|estan|quedan)|cuanto (?:tarda|tiempo|dura)|que pasa con (?:los|nuestros|mis) datos|ustedes (?:tienen|ofrecen|guardan)", True),
    cue(Side.BUYS, 1.0, r"su (?:producto|plataforma|herramienta|solucion|propuesta|precio|oferta|competencia|servicio|presupuesto|sistema)|vuestr[oa] (?:producto|plataforma|propuesta|precio|oferta|servicio)"),
    cue(Side.BUYS, 1.0, r"(?:me |nos )?(?:mande\w*|envie\w*|manda\w*|envia)(?:me|nos)? .{0,20}(?:propuesta|resumen|correo|contrato|informacion|detalle|cotizacion|presupuesto)|(?:mande|envie|manda)(?:me|nos)"),
    cue(Side.BUYS, 1.0, r"no (?:estoy|estamos) (?:\w+ )?(?:segur[oa]s?|convencid[oa]s?)|(?:me|nos) preocupa|mi (?:principal |unica |mayor )?(?:duda|preocupacion|problema)"),
    cue(Side.BUYS, 1.0, r"no (?:funciona|carga|abre|sincroniza|me deja|puedo (?:entrar|abrir|ver|acceder))|me (?:sale|da|aparece) (?:un |el )?(?:\w+ )?(?:error|mensaje)|otr[oa]s? (?:proveedor|oferta|presupuesto|cotizacion)\w*|mas (?:barato|bajo|alto|caro) de lo que"),
    cue(Side.INTERVIEWS, 2.0, r"(?:hableme|hablame|cuenteme|cuentame) (?:de|sobre) (?:su|tu|usted|ti|una)|(?:su|tu) (?:curriculum|experiencia|trayectoria|mayor logro|pretension\w*|aspiracion\w*)|por que (?:quiere|quieres|le interesa|te interesa)|preguntas para (?:mi|nosotros)"),
    cue(Side.INTERVIEWS, 1.5, r"(?:el|este|la|esta) (?:puesto|cargo|posicion|vacante|rol) (?:es|sera|requiere|reporta|implica)|(?:la siguiente|la proxima|segunda) (?:etapa|fase|entrevista|ronda)|otros candidatos|estamos (?:contratando|buscando a)|gracias por (?:postular\w*|venir)", False),
    cue(Side.INTERVIEWS, 1.0, r"como (?:lo |la )?(?:resolvio|resolviste|manejo|manejaste|hizo|hiciste|reacciono|reaccionaste|lograste|logro)|deme un ejemplo|dame un ejemplo|que (?:aprendio|aprendiste|hizo|hiciste)", True),
    cue(Side.APPLIES, 2.0, r"en mi (?:anterior|ultimo|actual|primer) (?:trabajo|puesto|empresa|empleo|rol)|mi (?:experiencia|carrera|trayectoria)|tengo \w+ anos (?:de|en)|estudie|me (?:gradue|postule|gustaria (?:trabajar|unirme|aprender))", False),
    cue(Side.APPLIES, 1.0, r"(?:trabaje|dirigi|lidere|disene|implemente|coordine|aprendi|gestione|forme|reduje|empece)", False),
    cue(Side.APPLIES, 1.0, r"como es (?:un dia|el equipo|el dia)|que tan grande es el equipo|de cuantas personas", True),
    cue(Side.DECIDES, 2.0, r"(?:yo )?(?:decido|apruebo|firmo) (?:yo)?|yo (?:decido|apruebo|firmo|doy el visto bueno)|la decision (?:final )?(?:es mia|la tomo yo)|mi presupuesto|(?:lo )?(?:apruebo|decido|firmo) yo", False),
    cue(Side.DECIDES, -2.0, r"no (?:decido|apruebo|firmo)|no es mi decision|(?:tengo|tendria) que (?:consultar\w*|preguntar\w*|convencer)|yo no (?:decido|firmo)", False),
)
# fmt: on
