"""A call from what is kept of its recording."""

from setpiece.media.identities.service import speakers_of
from setpiece.media.recordings.heard import heard_call
from setpiece.media.recordings.model import Recording
from setpiece.reports.model import Call, Person
from setpiece.storage.database import Scope


async def load_call(scope: Scope, recording: Recording) -> Call | None:
    """With the corrections that people made and the voices that are known. None when it was not heard, or is deleted."""
    heard = await heard_call(scope, recording.id)
    if heard is None:
        return None
    known = await speakers_of(scope, recording.id)
    people = tuple(
        Person(
            one.speaker,
            heard.names.get(one.speaker),
            known[one.speaker].identity_id if one.speaker in known else None,
            known[one.speaker].label if one.speaker in known else None,
        )
        for one in heard.measures.speakers
    )
    return Call(
        recording.id,
        recording.label,
        heard.measures.duration_s,
        heard.language,
        people,
        heard.turns,
        heard.measures,
    )
