"""How questions begin."""

import re

LEAD_IN = re.compile(
    r"(?:so|and|but|okay|ok|well|right|great|perfect|sure|got it|i see|then|now|also|yes|yeah|thanks|thank you|um|uh|"
    r"y|pero|bueno|entonces|vale|claro|si|perfecto|gracias|ahora|muy bien|ya veo|"
    r"e|mas|bom|entao|certo|ta|sim|perfeito|obrigad[oa]|agora|muito bem|entendi|legal)(?: |$)"
)
ASKING = re.compile(
    r"(?:what|who|whom|whose|how|why|when|where|which)(?: else| much| many| long| often| exactly| kind of \w+)?"
    r" (?:is|are|was|were|do|does|did|would|will|can|could|should|have|has|had|made|happens?|else|about)\b"
    r"|(?:could|can|would|will|do|did|are|were|have|should|may|might) (?:you|we|i|they|that|it|this|there)\b"
    r"|(?:is|was|does|has) (?:it|that|this|there|the|your|anyone|anybody)\b"
    r"|(?:i|we) (?:would like|want|wanted) to (?:know|understand|ask)\b|(?:quisiera|quiero|me gustaria|queria) (?:saber|preguntar|entender)\b"
    r"|(?:queria|gostaria de|quero) (?:saber|perguntar|entender)\b"
    r"|how (?:much|many|long)\b(?! (?:that|this)\b)|(?:tell me|walk me through)\b"
    r"|(?:a |de |en |con |por |para )?(?:que|quien|quienes|cual|cuales|cuanto|cuanta|cuantos|cuantas|donde|cuando) "
    r"(?:es|son|hay|tal|les?|te|se|tan|tipo|usan?|usted|ustedes|tiene[ns]?|hacen?|pasa|cuesta|precio|tiempo|opina[ns]?|"
    r"espera[ns]?|necesita[ns]?|veces|personas|mas|empezaria|podria\w*|seria|fue|esta[ns]?|harian?|le|ha|han)\b"
    r"|como (?:lo|la|se|es|esta[ns]?|maneja[ns]?|mide[ns]?|hacen?|funciona|gestiona[ns]?|resuelve[ns]?|trabaja[ns]?|va|fue)\b"
    r"|por que\b|(?:me|nos) (?:puede|puedes|pueden|podria|podrian|cuenta|cuentas|cuentan)\b"
    r"|(?:puede|puedes|pueden|podria|podrias|podrian|podemos|tienen|tienes|usan|hay) \w+"
    r"|cuent(?:a|e|en)me\b|cuanto (?:cuesta|vale|tarda|dura|tiempo)\b"
    r"|(?:o )?(?:que|quem|qual|quais|quanto|quanta|quantos|quantas|onde|quando) "
    r"(?:e|sao|foi|ha|tem|voces?|custa|tempo|mais|seria|faria[m]?|precisa[m]?|acha[m]?|acontece|aconteceu|pessoas|usam?|"
    r"fica[m]?|esta[o]?|vai|tipo|te|levou|o|a)\b"
    r"|como (?:e|voces?|funciona|esta[o]?|foi|vai|fazem|medem|e que|seria)\b"
    r"|(?:voce|voces) (?:pode|podem|poderia|poderiam|tem|usa|usam|acha|acham|consegue|conseguem)\b"
    r"|(?:pode|podem|poderia|poderiam|podemos|da para|tem como) \w+|me (?:conta|fala|explica|diz)\b"
)
