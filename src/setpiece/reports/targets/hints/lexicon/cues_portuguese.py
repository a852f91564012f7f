"""What each side of a call says in Portuguese; a cue a line."""

from setpiece.reports.targets.hints.lexicon.cue import Side, cue

# fmt: off
CUES = (
    cue(Side.SHOWS, 1.5, r"(?:o que|aqui|como) (?:voces? )?(?:ve|veem|esta[o]? vendo|pode ver|podem ver)|(?:se|quando) (?:eu )?clic\w+|na (?:minha )?tela|vou (?:mostrar|abrir|compartilhar)|(?:deixa|deixe) eu (?:mostrar|abrir)|esse e o (?:painel|relatorio)|este e o (?:painel|relatorio)", False),
    cue(Side.BUYS, 1.5, r"(?:sou|trabalho|aqui e|falo) .{0,25}(?:de|em|da area de) (?:compras|suprimentos)", False),
    cue(Side.SELLS, 1.0, r"(?:aqui e [oa]|sou [oa]|aqui quem fala e [oa]|meu nome e) \w+ (?:\w+ )?(?:d[aeo]|n[ao])", False),
    cue(Side.SELLS, 1.0, r"o que (?:a gente faz|fazemos|oferecemos)|nossa proposta|preco de tabela|ja (?:esta|vem) inclus[oa]", False),
    cue(Side.BUYS, 1.0, r"(?:eu )?(?:levo|tenho que levar|vou levar) (?:isso )?(?:para|pra|a|ao)|voces sao .{0,25}(?:car[oa]s|mais)|(?:pedi|pedimos|recebi) .{0,15}(?:cotac\w+|propostas?|orcamentos?)", False),
    cue(Side.SELLS, 1.5, r"obrigad[oa] (?:pelo|por) (?:seu |o seu )?(?:tempo|participar\w*|receber\w*|aceitar\w*|ligar|entrar em contato|vir)"),
    cue(Side.SELLS, 1.0, r"(?:nos |a gente )?(?:oferecemos|oferece|incluimos|recomendamos|garantimos|ajudamos|cobramos|costumamos|implantamos|integramos)", False),
    cue(Side.SELLS, 1.0, r"clientes como|(?:um|alguns|varios|muitos) dos nossos clientes|nossos clientes"),
    cue(Side.SELLS, 1.0, r"noss[oa]s? (?:plataforma|solucao|precos?|planos?|pacotes?|ferramenta|painel|time de (?:implantacao|suporte|produto)|equipe de (?:implantacao|suporte|produto))", False),
    cue(Side.SELLS, 1.5, r"(?:posso|podemos|poderia|poderiamos|consigo|conseguimos) (?:te |lhe |vos )?(?:oferecer|dar|incluir|fazer|estender|deixar|cobrir|baixar|congelar|manter)", False),
    cue(Side.SELLS, 1.0, r"(?:vou|te|lhe|eu) (?:te |lhe |vou )?(?:envio|mando|mostro|enviar|mandar|mostrar|compartilhar|preparar|preparo|compartilho)", False),
    cue(Side.SELLS, 1.5, r"(?:custa|sao|sai|fica|seria|e de) .{0,25}(?:por|ao|a cada) (?:usuario|mes|ano|licenca|pessoa|agente|assento|funcionario)", False),
    cue(Side.SELLS, 1.5, r"(?:o |a )?(?:piloto|teste|implantacao|treinamento|migracao) (?:e|sai) (?:gratis|gratuit[oa]|de graca)|sem custo", False),
    cue(Side.SELLS, 1.0, r"como (?:voce|voces) (?:pode|podem) ver|na (?:minha )?tela|aqui (?:voce|voces) (?:ve|veem|pode|podem)", False),
    cue(Side.SELLS, 1.0, r"(?:voce|voces )?(?:pode|podem|poderia|poderiam) (?:me |nos )?(?:contar|explicar|dizer|falar|descrever)|me (?:conta|fala|explica|diz)", True),
    cue(Side.SELLS, 0.5, r"como (?:e que )?(?:voces?|o time|a equipe) (?:fazem|faz|lidam|lida|medem|mede|controlam|controla|resolvem|gerenciam|usam)|o que (?:voces )?(?:usam|precisam|precisaria\w*)|o que acontece (?:quando|se)|quem mais", True),
    cue(Side.SELLS, 0.5, r"antes de (?:a gente )?comecar|faz sentido|otima pergunta|boa pergunta|com prazer|fico feliz|entendo perfeitamente"),
    cue(Side.SELLS, 1.5, r"(?:como|em que) (?:eu )?posso (?:te |lhe )?ajudar|(?:abri|abrir|abro|criei|criar|escalei) (?:um |o )?(?:chamado|ticket)|(?:voce )?(?:pode|consegue) (?:tentar|confirmar|reiniciar|limpar|testar)"),
    cue(Side.SELLS, 1.0, r"(?:seu|sua|o seu|a sua) (?:conta|assinatura|contrato|renovacao|plano|licencas?) (?:vence|termina|esta|tem|inclui|renova|acaba)"),
    cue(Side.BUYS, 2.0, r"quanto (?:custa|sai|fica|voces cobram|custaria|seria|que custa)|qual (?:e|seria|o) (?:o )?(?:preco|custo|valor)|(?:tem|ha|algum|existe) (?:algum )?desconto", True),
    cue(Side.BUYS, 1.0, r"(?:muito|bem|caro demais|meio) (?:caro|cara|alto|alta)|(?:fora|acima) do (?:nosso )?orcamento|nao cabe no", False),
    cue(Side.BUYS, 1.0, r"noss[oa]s? (?:orcamento|diretoria|diretor|diretora|chefe|estoque|lojas?|departamento|fornecedor|sistema|contabilidade|gerente|juridico|comite|conselho|vendedores|financeiro|time|equipe|planilhas?)", False),
    cue(Side.BUYS, 0.5, r"(?:meu|minha) (?:chefe|equipe|time|diretor|diretora|empresa|gerente|pessoal)", False
    ),
    cue(Side.BUYS, 1.0, r"(?:nos |hoje |a gente )?(?:usamos|utilizamos|perdemos|gastamos|pagamos|precisamos|temos \d+|fazemos tudo|usa|perde|gasta|paga|precisa|faz tudo|perdeu|estamos (?:avaliando|procurando|buscando|olhando)|testamos|queremos)", False),
    cue(Side.BUYS, 1.0, r"(?:tenho|temos|teria|teriamos|preciso|precisamos) (?:que |de )?(?:consultar|falar|conversar|revisar|pensar|convencer|justificar|ver|perguntar|aprovar|checar|verificar)", False),
    cue(Side.BUYS, 1.0, r"(?:ele|ela|isso|o sistema|a ferramenta|a plataforma) (?:integra|funciona|conecta|exporta|permite|tem)|onde (?:voces guardam|ficam|estao|sao)|quanto tempo|o que acontece com (?:os|nossos|meus) dados|voces (?:tem|oferecem|guardam|integram|suportam)|da para (?:integrar|exportar|cancelar|testar)", True),
    cue(Side.BUYS, 1.0, r"(?:seu|sua|o seu|a sua) (?:produto|plataforma|ferramenta|solucao|proposta|preco|oferta|concorrente|concorrencia|servico)|(?:produto|plataforma|ferramenta|solucao|proposta|preco|oferta|servico|suporte) de voces"),
    cue(Side.BUYS, 1.0, r"(?:me |nos )?(?:manda|mande|envia|envie)\w* .{0,20}(?:proposta|resumo|e mail|email|contrato|informacao|informacoes|detalhes|orcamento|isso)"),
    cue(Side.BUYS, 1.0, r"nao (?:estou|estamos|tenho|fiquei) (?:\w+ )?(?:cert[oa]s?|convencid[oa]s?|certeza|segur[oa]s?)|(?:me|nos) preocupa|minha (?:principal |unica |maior )?(?:duda|duvida|preocupacao)|meu (?:maior )?problema"),
    cue(Side.BUYS, 1.0, r"nao (?:funciona|carrega|abre|sincroniza|consigo (?:entrar|abrir|ver|acessar))|(?:aparece|da|deu) (?:um |uma )?(?:\w+ )?(?:erro|mensagem)|outr[oa]s? (?:fornecedor|proposta|orcamento)\w*|mais (?:barato|baixo|alto|caro) do que"),
    cue(Side.INTERVIEWS, 2.0, r"(?:me )?(?:fale|fala|conte|conta) (?:um pouco )?(?:sobre|de) (?:voce|sua|uma|seu)|(?:seu|sua) (?:curriculo|experiencia|trajetoria|pretensao|carreira)|por que voce quer|(?:alguma )?pergunta (?:para|pra) (?:mim|nos|a gente)"),
    cue(Side.INTERVIEWS, 1.5, r"(?:a|o|essa|esse|esta|este) (?:vaga|cargo|posicao|funcao) (?:e|sera|exige|requer|envolve)|(?:a proxima|segunda) (?:etapa|fase|entrevista)|outros candidatos|estamos (?:contratando|procurando alguem)|obrigad[oa] por (?:se candidatar|vir)", False),
    cue(Side.INTERVIEWS, 1.0, r"como (?:foi que )?(?:voce )?(?:resolveu|lidou|fez|reagiu|conseguiu)|me da um exemplo|o que (?:voce )?(?:aprendeu|fez)", True),
    cue(Side.APPLIES, 2.0, r"no meu (?:ultimo|antigo|atual|emprego|trabalho)|na (?:minha )?(?:ultima|antiga|empresa anterior)|minha (?:experiencia|carreira|formacao|trajetoria)|tenho \w+ anos (?:de|em)|me formei|eu gostaria de (?:trabalhar|aprender|entrar)", False),
    cue(Side.APPLIES, 1.0, r"(?:eu )?(?:trabalhei|liderei|implantei|criei|coordenei|aprendi|gerenciei|reduzi|comecei|montei)", False),
    cue(Side.APPLIES, 1.0, r"como e (?:um dia|o time|a equipe|o dia)|qual (?:e )?o tamanho d[ao]", True),
    cue(Side.DECIDES, 2.0, r"(?:quem decide|quem aprova|quem assina) sou eu|eu (?:decido|aprovo|assino)|a decisao (?:final )?e minha|meu orcamento|o orcamento e meu", False),
    cue(Side.DECIDES, -2.0, r"nao (?:decido|aprovo|assino)|nao e minha decisao|(?:tenho|preciso) (?:que |de )?(?:consultar|perguntar|convencer)|quem decide (?:e|nao)", False),
)
# fmt: on
