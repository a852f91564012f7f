"""Portuguese, as written in Brazil: grammar, frames and courtesies, mostly without "você"."""

import re

from setpiece.agents.sequence.writer.grade_romance import portuguese_grade
from setpiece.agents.sequence.writer.model import Goal, Job, Tone
from setpiece.agents.sequence.writer.shape import Shape
from setpiece.agents.sequence.writer.tongues.romance import Grammar, noun_finder, phrase_maker, topic_finder
from setpiece.agents.sequence.writer.tongues.tongue import Courtesies, Frames, Tongue, Use
from setpiece.agents.sequence.writer.verbs import word_set

GRAMMAR = Grammar(
    articles=word_set("o a os as um uma uns umas"),
    determiners=word_set(
        "o a os as um uma uns umas cada todo toda todos todas seu sua seus suas este esta estes estas esse essa nenhum nenhuma dois "
        "duas três quatro cinco dez mais menos muito muita muitos muitas vários várias outro outra outros outras qualquer"
    ),
    prepositions=word_set("de do da dos das em no na nos nas com sem por pelo pela para sobre entre desde até ao à aos às num numa durante"),
    subordinators=word_set("que quem quando onde se porque embora como enquanto cujo cuja qual quê"),
    finite=word_set(
        "refaz monta planeja liga volta confirma espera chama toca dobra vale importa interessa corresponde "
        "é são está estão tem têm há vão dão pode faz vai dá perde gasta paga custa demora chega sai fica passa muda sabe vê lê escreve envia manda recebe usa "
        "guarda mostra permite ajuda evita reduz poupa economiza elimina calcula gera cria detecta avisa conecta integra automatiza revisa "
        "confere verifica sincroniza oferece inclui serve funciona converte mantém protege cumpre exporta importa precisa depende vive "
        "começa termina acaba falha sobe cai cresce ocorre acontece segue contém responde exige requer obriga impede bloqueia atrasa "
        "esquece deve quer busca encontra entra abre fecha leva traz põe sabemos temos queremos podemos somos estamos fazemos usamos foi "
        "era será existe aparece conhece entende explica apresenta preenche concilia classifica planeja otimiza prevê compara alerta "
        "registra consulta baixa assina aprova prepara entrega recolhe some vira lança fala cobra"
    ),
    finite_or_noun=word_set("conta cópia marca compra venda rota prova alerta registra fatura consulta entrega cobra fala some baixa"),
    plural_endings=("am", "em", "êm"),
    no_plurals=word_set(
        "imagem origem margem ordem homem ontem também quem alguém ninguém porém além viagem mensagem linguagem garagem personagem "
        "contagem triagem embalagem vantagem desvantagem postagem passagem listagem item jovem nuvem armazém"
    ),
    no_infinitives=word_set("lugar lar poder prazer líder mulher celular similar particular escolar regular titular familiar popular solar "
                            "militar qualquer dólar"),
    gerund=re.compile(r"\w+(?:ando|endo|indo)"),
    negations=word_set("não ninguém nada nenhum nenhuma nunca"),
    nobody=word_set("ninguém"),
    before_verb=word_set("se já não também sempre só nunca"),
)  # fmt: skip

_ANY_PROBLEM = ("O problema é este: {f}.", "Um problema conhecido: {f}.", "Costuma começar assim: {f}.")
_WORRY = ("A dúvida pode ser {f}.", "Uma dúvida comum é {f}.")
_CLAUSE_FIRST = (
    "&|{F}.",
    "&|{F}.",
    "%|{offering} muda isso: {f}.",
    "Com {offering} em uso, {f}.",
    "Com {offering}, {f}.",
    "-|{F}.",
)
_THIRD = {Shape.THIRD: ("{offering} {f}.",)}
_OFFER_FIRST = {
    **_THIRD,
    Shape.BARE: ("Com {offering} dá para {f}.", "{offering} permite {f}."),
    Shape.NOUN: ("Com {offering} há {f}.", "{offering} oferece {f}."),
    Shape.CLAUSE: _CLAUSE_FIRST,
    Shape.FRAGMENT: (
        "{offering} faz isto: {f}.",
        "A ideia de {offering}: {f}.",
        "O que {offering} traz: {f}.",
    ),
}
_OFFER_MORE = {
    Shape.THIRD: ("Também {f}.", "-|{offering} {f}."),
    Shape.BARE: ("Também permite {f}.", "Assim dá para {f}."),
    Shape.NOUN: ("O resultado é {f}.", "Também oferece {f}."),
    Shape.CLAUSE: ("{F}.", "^|Assim, {f}."),
    Shape.FRAGMENT: ("Em poucas palavras: {f}.", "O resultado: {f}."),
}

FRAMES: Frames = {
    Use.PROBLEM: {
        Shape.CLAUSE: ("{F}.",),
        Shape.NOUN: ("1|Escrevo sobre um ponto: {f}.", "Às vezes o problema é {f}.", "Um problema conhecido é {f}.", "Talvez o freio seja {f}."),
        Shape.BARE: ("Ninguém deveria ter de {f}.", "Ninguém gosta de {f}.", "Talvez ainda seja preciso {f}."),
        Shape.FRAGMENT: _ANY_PROBLEM,
    },
    Use.CONCERN: {
        Shape.NOUN: _WORRY, Shape.BARE: _WORRY, Shape.CLAUSE: ("A dúvida pode ser que {f}.", "Uma dúvida comum é que {f}."),
        Shape.FRAGMENT: ("A dúvida pode ser esta: {f}.", "Um risco a descartar: {f}."),
    },
    Use.OBJECTION: {
        Shape.NOUN: _WORRY, Shape.BARE: _WORRY, Shape.CLAUSE: ("A dúvida pode ser que {f}.", "Uma dúvida comum é que {f}."),
        Shape.FRAGMENT: ("A dúvida pode ser esta: {f}.", "Uma objeção possível: {f}."),
    },
    Use.SAID: {Shape.FRAGMENT: ("Uma objeção possível: {f}.",)},
    Use.OBJECTIVE: {
        Shape.BARE: ("{F} é mais fácil de dizer do que de fazer.", "Há um jeito de {f}.", "Talvez o plano seja {f}.", "-|O objetivo é {f}."),
        Shape.NOUN: ("Talvez o objetivo seja {f}.", "O que se busca é {f}."),
        Shape.FRAGMENT: ("Um objetivo simples: {f}.", "Um bom objetivo: {f}."),
    },
    Use.RESPONSIBILITY: {
        Shape.BARE: ("{F} faz parte do trabalho.",), Shape.FRAGMENT: ("Parte do trabalho: {f}.", "Vem com o cargo: {f}."),
    },
    Use.SEGMENT: {Shape.CLAUSE: ("{F}.",), Shape.FRAGMENT: ("Uma prioridade comum: {f}.",)},
    Use.TRIGGER: {Shape.CLAUSE: ("{F}.",), Shape.FRAGMENT: ("O custo de esperar: {f}.", "Um motivo para olhar agora: {f}.")},
    Use.SCENARIO: {Shape.CLAUSE: ("{F}.",), Shape.FRAGMENT: ("Um caso típico: {f}.", "Costuma começar assim: {f}.")},
    Use.CONTEXT: {
        Shape.CLAUSE: ("{F}.",), Shape.FRAGMENT: ("O que sei sobre {company}: {f}.", "O que sei até agora: {f}."),
    },
    Use.CALL: {
        Shape.CLAUSE: ("Na nossa ligação você disse: {f}.", "Quando conversamos, você disse: {f}.", "Da nossa ligação: {f}."),
    },
    Use.STATUS_QUO: {
        Shape.CLAUSE: ("{F}.",), Shape.BARE: ("O comum é {f}.",), Shape.NOUN: ("O comum é {f}.", "Enquanto nada muda, segue-se com {f}."),
        Shape.FRAGMENT: ("O comum: {f}.", "A resposta de sempre: {f}."),
    },
    Use.ALTERNATIVE: {Shape.CLAUSE: ("Com {e}, {f}.", "-|{F}."), Shape.FRAGMENT: ("O ponto fraco de {e}: {f}.",)},
    Use.INSIGHT: {Shape.CLAUSE: ("{F}.",), Shape.FRAGMENT: ("Nosso ponto de partida: {f}.", "A ideia por trás de {offering}: {f}.")},
    Use.OFFER_FIRST: _OFFER_FIRST,
    Use.OFFER_MORE: _OFFER_MORE,
    Use.SERVICE_FIRST: {
        **_OFFER_FIRST, Shape.BARE: ("Com {offering}, cuidamos de {f}.",), Shape.NOUN: ("{offering} inclui {f}.", "Com {offering} há {f}."),
    },
    Use.SERVICE_MORE: {**_OFFER_MORE, Shape.NOUN: ("Também inclui {f}.", "O resultado é {f}.")},
    Use.BENEFIT: {
        Shape.THIRD: ("Também {f}.", "-|{offering} {f}."), Shape.BARE: ("Assim dá para {f}.", "Isso permite {f}."),
        Shape.NOUN: ("O resultado é {f}.", "O que fica é {f}."), Shape.CLAUSE: ("{F}.", "^|Assim, {f}."),
        Shape.FRAGMENT: ("O resultado: {f}.", "O que isso traz: {f}."),
    },
    Use.USE_CASE: _OFFER_FIRST,
    Use.ASIDE: {
        Shape.THIRD: ("{offering} também {f}.",), Shape.BARE: ("Também permite {f}.",), Shape.NOUN: ("Também oferece {f}.",),
        Shape.CLAUSE: ("Além disso, {f}.", "Mais um ponto: {f}.", "E outra coisa: {f}.", "-|{F}."),
        Shape.FRAGMENT: ("Mais um ponto: {f}.", "E outra coisa: {f}."),
    },
    Use.APPROACH: {Shape.CLAUSE: ("{F}.",), Shape.FRAGMENT: ("Nossa abordagem: {f}.", "Nosso jeito de fazer: {f}.")},
    Use.PROOF: {
        **_THIRD, Shape.CLAUSE: ("{F}.",), Shape.QUOTE: ("Uma frase que resume: {f}.",),
        Shape.FRAGMENT: ("#|Em números: {f}.", "#|Um dado: {f}.", "O que se pode conferir: {f}.", "O que há por trás: {f}."),
    },
    Use.REFERENCE: {
        Shape.CLAUSE: ("Na {entity}, {f}.", "Um exemplo é {entity}: {f}."), Shape.THIRD: ("{entity} {f}.",),
        Shape.QUOTE: ("Nas palavras de {entity}: {f}.",), Shape.FRAGMENT: ("Um exemplo é {entity}: {f}.", "{entity} é outro exemplo: {f}."),
    },
    Use.ANSWER: {**_THIRD, Shape.CLAUSE: ("{F}.",), Shape.FRAGMENT: ("A resposta curta: {f}.", "É assim que vemos: {f}.")},
    Use.GAP: {
        Shape.THIRD: ("{competitor} {f}.",), Shape.FRAGMENT: ("Um ponto a conferir com {competitor}: {f}.",),
    },
    Use.ATTACHED: {Shape.CLAUSE: ("{F}.",), Shape.FRAGMENT: ("Um detalhe útil: {f}.", "Para registro: {f}.")},
}  # fmt: skip

_PROBLEM_ASKS = ("Isso também acontece na {company}?", "Soa familiar na {company}?", "É assim por aí também?", "Vale a pena mudar isso?",
                 "Bate com o que se vê por aí?", "Vale uma olhada?", "É um bom momento para ver isso?")  # fmt: skip
_OFFER_ASKS = ("Vale uma olhada?", "Isso ajudaria na {company}?", "Seria útil ver um exemplo?", "Posso enviar um exemplo?",
               "Interessa ver os detalhes?", "Vale um teste?", "Seria útil por aí?")  # fmt: skip
_TONED = (*_PROBLEM_ASKS[:2], *_OFFER_ASKS, "Faz sentido?")

COURTESIES = Courtesies(
    asks={
        Job.PROBLEM: _PROBLEM_ASKS,
        Job.STATUS_QUO: ("Como isso é feito hoje?", "Também é assim na {company}?", *_PROBLEM_ASKS),
        Job.INSIGHT: ("A visão é a mesma por aí?", *_PROBLEM_ASKS),
        Job.PROOF: ("Interessa ver funcionando?", "Um exemplo curto ajudaria?", *_OFFER_ASKS),
        Job.OBJECTION: ("Funcionaria assim?", "Seria mais fácil testar assim?", *_OFFER_ASKS),
        Job.COMPARISON: ("É um motivo para comparar?", *_OFFER_ASKS),
        Job.USE_CASE: ("Isso também ocorre na {company}?", *_OFFER_ASKS),
        Job.GOAL: ("É um dos objetivos?", "Está na lista da {company}?", *_OFFER_ASKS),
        Job.OFFER: _OFFER_ASKS,
    },
    asks_by_tone={
        Tone.FORMAL: ("Seria de interesse para a {company}?", "Um exemplo lhe seria útil?", "Posso enviar os detalhes?", "Gostaria de ver?",
                      "É uma prioridade no momento?", "Parece relevante?", "Seria do seu interesse?", "Posso mostrar um exemplo?"),
        Tone.FRIENDLY: _TONED, Tone.CASUAL: _TONED, Tone.DIRECT: _TONED,
    },
    asks_by_goal={
        Goal.SCHEDULE_MEETING: ("Vale uma conversa curta?", "Seria útil uma ligação breve?", "Há espaço para uma ligação curta?",
                                "Podemos ver isso em uma ligação?", "Uma ligação breve resolveria o resto?", "Falamos por telefone?",
                                "Interessa ver em uma chamada?"),
        Goal.REQUEST_INTRODUCTION: ("Quem cuida disso por aí?", "Quem seria a pessoa certa?", "A quem devo perguntar?", "Há alguém do time que cuide disso?",
                                    "Outra pessoa cuida disso?", "Com quem devo falar?", "É possível encaminhar a quem cuida disso?"),
        Goal.ASK_FOR_FEEDBACK: ("O que falta nesta ideia?", "Bate com o que se vê por aí?", "O que deveria mudar?", "O que seria bom ver primeiro?",
                                "O que tornaria isso mais útil?", "Que parte importa mais?", "A visão é a mesma por aí?"),
        Goal.FIND_TIME_TO_CONNECT: ("Quando seria um bom momento para falar?", "Que dia é melhor para uma conversa curta?",
                                    "Há um bom momento para falar disso?", "Que horário é melhor?", "Quando podemos ver isso?",
                                    "Há um momento melhor?", "Haveria tempo para falar disso?"),
        Goal.POLITELY_DISENGAGE: ("Deixo por aqui?", "Encerro o assunto do meu lado?", "É melhor não insistir?", "Retomamos em outro momento?",
                                  "Não é para agora?", "É melhor que eu pare?", "Paro de escrever sobre isso?"),
    },
    last_asks=dict.fromkeys(Tone, ("Faz sentido retomar mais adiante?", "Devo falar com outra pessoa na {company}?",
                    "Há alguém mais indicado para isso?")),
    asks_of_inbound=("O que interessa ver primeiro?", "Que parte importa mais?"),
    asks_of_warm=("Ainda é um tema aberto?", "É um bom momento para retomar?"),
    stated_asks=("Basta uma resposta curta se for de interesse.", "Se valer uma olhada, fico à espera.", "Com um sim, envio os detalhes.",
                 "Se outra pessoa cuida disso, um nome ajudaria.", "Um sim ou um não ajudam igual.", "Se for de interesse, basta responder.",
                 "Posso enviar um exemplo se ajudar."),
    wish_asks=("Ajudaria {bare}?", "Está na lista {bare}?", "Interessa {bare}?"),
    last_words=dict.fromkeys(Tone, ("Este é meu último e-mail sobre o tema.", "Deixo por aqui se não houver resposta.")),
    thanks=("Agradeço o interesse em {offering}.",),
    met=("Já estivemos em contato, então serei breve.",),
    greetings={Tone.PLAIN: "Olá", Tone.FORMAL: "Bom dia", Tone.CASUAL: "Oi", Tone.FRIENDLY: "Olá", Tone.DIRECT: ""},
    sign_offs={Tone.FORMAL: "Atenciosamente", Tone.FRIENDLY: "Um abraço", Tone.CASUAL: "Até mais"},
)  # fmt: skip


def _unfit(frame: str, text: str) -> bool:
    first = text.split(" ", 1)[0].lower()
    if "ninguém" in frame.lower() and "ninguém" in text.lower():
        return True
    if "há" in frame.split(" ") and first in {"o", "a", "os", "as"}:
        return True
    return "," in text and frame.startswith("{F} ")


PORTUGUESE = Tongue(
    code="pt",
    name="Portuguese",
    frames=FRAMES,
    bare=frozenset({"{F}.", "{offering} {f}.", "{offering} também {f}.", "{entity} {f}.", "Com {e}, {f}."}),
    courtesies=COURTESIES,
    to_phrase=phrase_maker(GRAMMAR),
    topics_of=topic_finder(GRAMMAR),
    nouns_of=noun_finder(GRAMMAR),
    linked="{a}, e {b}",
    and_="e",
    you="",
    its=("Também ",),
    about=("{noun} na {company}", "{noun}"),
    plain_subjects=("Uma pergunta para a {company}", "Sobre {offering}", "Uma nota sobre {offering}", "Mais sobre {offering}",
                    "Um dado de {offering}", "Outra ideia de {offering}", "Um detalhe de {offering}", "Algo mais de {offering}", "O último de {offering}"),
    ps="P.S.: ",
    our_offer="nossa oferta",
    unfit=_unfit,
    grade_of=portuguese_grade,
)  # fmt: skip
