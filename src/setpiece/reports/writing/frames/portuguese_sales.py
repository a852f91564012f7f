"""Português: as frases de um manual de venda. De cada moldura as formas se usam por vez, e nenhuma duas vezes num relatório."""

from setpiece.reports.writing.frames.english_sales import Frames

SALES: Frames = {
    "sales.title": ("Como vender para {who}",),
    "yes.asset_asked": ("Comece por isto, {asset}. À pergunta {q2}, {who} respondeu {q}.",),
    "yes.asked": (
        "{who} já disse o que levar: à pergunta {q2} a resposta foi {q}.",
        "Diante de {q2}, {who} chegou ao mesmo ponto por outro lado: {q}.",
    ),
    "yes.asset": (
        "Comece por isto, {asset}, porque quem falou disso foi {who}: {q}.",
        "Tenha pronto também isto, {asset}: {q}.",
    ),
    "yes.criterion": (
        "Ponha isto na primeira página da proposta, porque disso depende o sim: {q}.",
        "Depois mostre que isto se cumpre: {q}.",
        "Não deixe dúvida aqui também: {q}.",
    ),
    "yes.breaker": ("Saiba o que acabaria com tudo: {q}.", "Isto também: {q}."),
    "yes.condition": ("Não perca de vista esta condição: {q}.", "E esta outra: {q}."),
    "yes.cost": (
        "Compare o preço com {amount}, um valor dito por {who}: {q}.",
        "Há outro valor para usar, {amount}: {q}.",
    ),
    "yes.pain_number": (
        "Mostre o que a sua oferta muda num número com que {who} convive: {q}.",
        "Faça o mesmo com este: {q}.",
    ),
    "yes.pain_asked": (
        "Mostre o que a sua oferta muda aqui: à pergunta {q2}, {who} disse {q}.",
        "A {q2} a resposta foi {q}, então fale disso também.",
    ),
    "yes.pain": ("Chame o problema como {who} chamou: {q}.", "Volte a isto também: {q}."),
    "yes.need": ("Diga logo como se chega a isto: {q}.", "Isto também está na lista: {q}."),
    "yes.price_good": ("Não ofereça um desconto que ninguém pediu: depois de {q2}, {who} disse {q}.",),
    "yes.liked": (
        "Repita o que funcionou: depois de {q2} veio {q}.",
        "Isto também funcionou: {q2} recebeu {q}.",
    ),
    "none.what_drives_a_yes": (
        "Nesta conversa {who} não falou de nenhuma necessidade, problema ou condição, então comece a próxima perguntando o que levaria a um sim.",
    ),
    "rapport.event": ("Comece perguntando como foi isto: {q}.",),
    "rapport.opening": ("Retome o papo de onde parou. A {q2} a resposta foi {q}.",),
    "rapport.words": ("Fale em {words}: são palavras a que {who} voltou mais de uma vez.",),
    "rapport.preference": ("Trabalhe como {who} pediu: {q}.", "Leve em conta também isto: {q}."),
    "rapport.open_question": ("Faça perguntas abertas e espere: a resposta mais longa foi a {q}.",),
    "rapport.talks": ("Fale pouco, como nesta conversa, em que {who} teve {share} % da fala.",),
    "rapport.listens": (
        "Passe a palavra antes: {who} teve só {share} % da fala, então prepare mais perguntas e menos slides.",
    ),
    "rapport.situation": ("Mostre que ouviu e parta daqui: {q}.",),
    "none.how_to_build_rapport_fast": (
        "Nada do que foi dito mostra como se aproximar de {who}; pergunte como gosta de trabalhar antes da próxima reunião.",
    ),
    "buying.people_asked": ("Conte quem decide. A {q2}, {who} respondeu {q}.",),
    "buying.people": (
        "{who} não decide sem os outros: {q}.",
        "Há mais alguém para conquistar: {q}.",
        "E isto importa para saber quem assina: {q}.",
    ),
    "buying.process": (
        "Conte com o jeito deles de comprar: {q}.",
        "Deixe tempo também para este passo: {q}.",
        "Falou-se de mais um passo: {q}.",
    ),
    "buying.rival_price": ("Conte com a comparação do seu preço com {rival}: {q}.",),
    "buying.rival": (
        "{who} tem com o que comparar: {q}. Pergunte o que faltava lá antes de comparar.",
        "Apareceu outra comparação: {q}.",
    ),
    "buying.budget": ("Ajuste a proposta ao dinheiro de que se falou: {q}.", "Ainda sobre dinheiro: {q}."),
    "buying.order": (
        "A primeira pergunta foi sobre {topic} ({at}), depois veio {topic2} ({at2}); tenha as duas respostas à mão antes de apresentar qualquer coisa.",
    ),
    "buying.timing": ("Monte o plano em volta das datas deles: {q}.", "Mais uma data a respeitar: {q}."),
    "none.buying_tendencies": (
        "Não se falou de como esta empresa compra; pergunte quem mais decide, até quando e com qual orçamento.",
    ),
    "objection.settled": (
        "Quando {who} disse {q}, bastou a resposta {q2}: {q3}. Fique com essa resposta.",
        "A {q} respondeu-se {q2}, e a reação foi {q3}. Essa resposta pode ser repetida.",
    ),
    "objection.settled_asked": (
        "{who} traz a dúvida e pede o dado ao mesmo tempo: {q}. Responda como nesta conversa, com um dado só: {q2} levou a {q3}.",
    ),
    "objection.answered": (
        "A {q} respondeu-se {q2}. Pergunte se isso basta, porque {who} não disse.",
        "{q} recebeu a resposta {q2}, e não ficou claro se é suficiente.",
    ),
    "objection.contested": (
        "Para {q} a resposta {q2} não serviu: a reação foi {q3}. Prepare uma melhor.",
        "{q} não está resolvido. Depois de {q2} veio {q3}.",
    ),
    "objection.open": (
        "Tenha uma resposta pronta para isto, porque não houve nenhuma: {q}.",
        "Isto também ficou em aberto: {q}.",
        "E isto: {q}.",
    ),
    "objection.question": (
        "As dúvidas chegam como perguntas: responda só o que foi perguntado e pare aí. A {q} respondeu-se {q2}.",
        "Espere que perguntem de novo: {q}.",
    ),
    "library.fact": (
        "A sua biblioteca tem o que dizer sobre isso ({source}): {fact}",
        "Para isso a biblioteca oferece ({source}): {fact}",
        "Também na biblioteca ({source}): {fact}",
    ),
    "none.how_they_handle_pushback_and_objections": (
        "{who} não fez nenhuma objeção nesta conversa, o que não prova que não exista; pergunte o que pesa contra.",
    ),
    "sticky.others": (
        "Espere resistência de outro lado: {q}. Dê a {who} algo por escrito para levar.",
        "Há mais: {q}.",
    ),
    "sticky.lost": ("Uma tentativa já acabou, não acabe do mesmo jeito: {q}.",),
    "sticky.refused": (
        "Não proponha isto de novo do mesmo jeito: a {q2} a resposta foi {q}.",
        "Nem isto: depois de {q2} veio {q}.",
    ),
    "sticky.date": ("Se demorar, volte a esta data: {q}.",),
    "sticky.open": ("Se travar, volte à dúvida de {at} e resolva-a primeiro.",),
    "sticky.step": ("Se nada andar, olhe aqui: {q}.",),
    "sticky.moved": (
        "O que fez andar nesta conversa foi uma resposta clara: {q2} levou a {q}.",
        "Aconteceu de novo em {at}.",
    ),
    "none.how_they_deal_when_a_deal_gets_sticky": (
        "Nada travou nesta conversa, então não há de onde aprender; combine cedo o que fazer se acontecer.",
    ),
    "close.agreed_when.title": ("Confirme a data: {when}", "Confirme a outra data: {when}"),
    "close.agreed.title": ("Aja sobre o sim", "Aja também sobre o segundo sim"),
    "close.agreed": ("A proposta foi {q2}, e {who} disse {q}.", "A {q2} a resposta foi {q}."),
    "close.said_yes.title": ("Leve o sim a sério",),
    "close.said_yes": ("{who} disse {q}.",),
    "close.asset.title": ("Ponha isto no centro da proposta: {asset}",),
    "close.asset": ("{who} pediu isso em {at}; repita as palavras e pergunte se falta algo.",),
    "close.criterion.title": ("Peça a decisão sobre a condição de {at}",),
    "close.criterion": ("Mostre que ela se cumpre e pergunte: {who} fez o sim depender dela.",),
    "close.person.title": ("Traga {person} para a conversa",),
    "close.person": (
        "{who} falou de {person} em {at}; pergunte o que {person} precisa ver antes de um sim.",
    ),
    "close.role.title": ("Conquiste os outros antes da última reunião",),
    "close.role": ("Falou-se deles em {at}; pergunte a {who} quem ainda pode dizer não.",),
    "close.doubter.title": ("Prepare {who} para quem duvida",),
    "close.doubter": (
        "A dúvida contada em {at} vai voltar quando você não estiver na sala; ponha a resposta numa página.",
    ),
    "close.cost.title": ("Ponha o preço ao lado de {amount}",),
    "close.cost": ("Faça {who} repetir esse valor diante dos outros; foi dito em {at}.",),
    "close.doubt.title": ("Resolva antes {topic}",),
    "close.doubt": (
        "O que foi dito em {at} ainda não tem resposta completa, e antes disso não haverá assinatura.",
    ),
    "close.date.title": ("Feche em direção à data deles",),
    "close.date": ("{who} disse {q}; conte de trás para frente.",),
    "close.no_step.title": ("Peça um próximo passo com data",),
    "close.no_step": ("Nenhum foi combinado nesta conversa.",),
    "none.how_to_close.title": ("Descubra o que falta",),
    "none.how_to_close": ("Nada nesta conversa mostra o que {who} ainda precisa para decidir.",),
    "follow.request.title": ("Envie o que foi pedido", "Envie também isto", "E isto"),
    "follow.request": ("{who} disse {q}.", "O pedido foi {q}.", "As palavras foram {q}."),
    "follow.request_promised": ("{who} disse {q}, e {other} prometeu {q2}.",),
    "follow.request_cited": ("{who} pediu isso em {at}.", "As palavras são as de {at}."),
    "follow.promise.title": ("Cumpra a sua promessa", "Cumpra também a outra promessa", "Não esqueça esta"),
    "follow.promise": ("{other} disse {q}.", "Foi esta: {q}.", "Na conversa soou assim: {q}."),
    "follow.commitment.title": (
        "Pergunte pela parte deles",
        "Pergunte também por isto",
        "Confira isto também",
    ),
    "follow.commitment": ("{who} assumiu isto: {q}.", "Também disse {q}.", "As palavras exatas: {q}."),
    "follow.written.title": ("Ponha por escrito a resposta sobre {topic}",),
    "follow.written": ("{who} perguntou isso em {at}, e outros vão perguntar de novo.",),
    "follow.unanswered.title": ("Responda o que ficou em aberto", "Responda isto também"),
    "follow.unanswered": ("{who} perguntou {q}.", "A pergunta foi {q}."),
    "follow.channel.title": ("Use o canal que foi dito",),
    "follow.channel": ("{who} disse assim: {q}.",),
    "follow.date.title": ("Respeite o calendário deles",),
    "follow.date": ("{who} falou de uma data: {q}.",),
    "none.how_to_follow_up.title": ("Mande uma nota curta com uma única pergunta",),
    "none.how_to_follow_up": ("Ninguém pediu nem prometeu nada nesta conversa.",),
}
