"""Function and level of the job title against those of the persona's titles."""

from collections.abc import Mapping, Sequence

from setpiece.library.titles import seniority
from setpiece.library.titles.functions import Function
from setpiece.library.titles.parse import Title
from setpiece.matching.model import PersonaCandidate
from setpiece.matching.roles import Post, Profile, fit_by_post, form_of, profile_of
from setpiece.matching.signal import Measure, Scene

_BARE_RANK = 0.3
"""Value of a level alone (`VP`): supports no persona by itself, only next to other evidence."""

_SPOKEN = {Function.HR: "human resources", Function.IT: "IT"}

_SAME = 0.95
_NEAR = 0.6


def open_role_fit(scene: Scene, _candidates: Sequence[PersonaCandidate]) -> Measure[PersonaCandidate] | None:
    """Closeness of function times closeness of level, the best over the persona's titles; 1.0 for equal words."""
    if not scene.title.roles:
        return None
    fits = fit_by_post(scene.title)
    forms = frozenset(form_of(role) for role in scene.title.roles[:1])

    def value(persona: PersonaCandidate) -> float:
        profile = profile_of(persona.name, persona.titles)
        if profile.has_any(forms):
            return 1.0
        best = max((part * fits.get(post, 0.0) for post, part in profile.posts.items()), default=0.0)
        return best or _rank_alone(scene.title, profile)

    def note(persona: PersonaCandidate) -> str:
        profile = profile_of(persona.name, persona.titles)
        if profile.has_any(forms):
            return "its function and level are the same"
        return _say(scene.title, profile, fits)

    return Measure(value, note)


def _rank_alone(title: Title, profile: Profile) -> float:
    """A title that is only a level fits any persona of that level a little."""
    role = title.roles[0]
    if role.functions or role.topic or role.seniority is None:
        return 0.0
    levels = {theirs.seniority for _, theirs in profile.roles if theirs.seniority}
    return _BARE_RANK * max((seniority.closeness(role.seniority, level) for level in levels), default=0.0)


def _say(title: Title, profile: Profile, fits: Mapping[Post, float]) -> str:
    posts = sorted(profile.posts, key=lambda post: (-fits.get(post, 0.0), post[0], post[1] or ""))
    value = fits.get(posts[0], 0.0) if posts else 0.0
    if not value:
        return "the level fits, the title names no function"
    named = posts[0][0]
    function = _SPOKEN.get(named, named.replace("_", " "))
    if named not in title.functions:
        return f"its field ({function}) is related to that of the title"
    if value >= _SAME:
        return f"title and persona are both in {function}, at the same level"
    return f"title and persona are both in {function}, at {'a near' if value >= _NEAR else 'another'} level"
