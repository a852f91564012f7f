"""How people say what they are and where they belong. Matched on the plain words right before a department, title or noun."""

import re

I_AM_BEFORE = re.compile(
    r"(?:^| )(?:i (?:am|work|run|lead|head|manage|own|do|handle|look after|take care of|come from|represent|sit|joined)|(?:speaking|calling|talking)|as|my (?:job|role|background|title) is|my (?:background|role|job|work)|i have been|"
    r"(?:yo )?(?:soy|trabajo|dirijo|lidero|manejo|llevo|gestiono|vengo|represento|me encargo|me ocupo|estoy)|como|mi (?:area|puesto|cargo|trabajo) es|"
    r"(?:eu )?(?:sou|trabalho|dirijo|lidero|cuido|toco|gerencio|venho|represento|estou|respondo)|minha area e|meu cargo e)(?: \w+){0,5}?$"
)
FROM_VIEW_BEFORE = re.compile(
    r"(?:^| )(?:from (?:a|an|the|our)|on (?:the|our|my)|speaking for|we in|us in|here in|my|over here in|desde|por el lado de|del lado de|por parte de|nosotros en|aqui en|en mi|"
    r"do (?:lado|ponto de vista)(?: d[aoe])?|pelo lado d[aoe]|nos n[ao]|aqui n[ao]|a gente n[ao]|no meu|na minha)$"
)
FROM_VIEW_AFTER = re.compile(
    r"^ ?(?:perspective|standpoint|side|point of view|we|our|nosotros|necesitamos|nos|a gente|precisamos|punto de vista|perspectiva)(?: |$)"
)
MINE_BEFORE = re.compile(r"(?:^| )(?:my|mi|mis|meu|minha)$")
MINE_AFTER = re.compile(
    r"^(?:team|folks|people|guys|side|department|equipo|gente|time|equipe|pessoal|area|lado)(?: |$)"
)
"""Who says "my accounting team" leads it; "our" is said by all of a company."""
YOU_ARE_BEFORE = re.compile(
    r"(?:^| )(?:(?:you|you are|you run|you lead|you work|since you|as)|(?:usted|tu|ustedes) (?:es|eres|lleva|dirige|trabaja\w*)|(?:voce|voces) (?:e|cuida|lidera|trabalha\w*)|como)(?: \w+){0,4}?$"
)
OF_OTHERS_BEFORE = re.compile(
    r"(?:^| )(?:our|the|my|their|his|her|with|ask|involve|and|nuestr[oa]s?|mi|el|la|con|noss[oa]s?|meu|minha|o|a|com|to|from|by|head of|director of|vp of)(?: (?:the|own|new|chief|head|vp|director))?$"
)
NOT_ME = re.compile(
    r"\b(?:i (?:am|do|work) not|i am no|not (?:the|in|from)|no (?:soy|estoy|trabajo)|nao (?:sou|estou|trabalho))\b"
)
