"""Voice identities: the same voice, known again across the recordings of a workspace. Clients know them as entities.

    model       an identity, and which voice is whose (pure)
    repository  identities and voiceprints
    service     list, label, merge, split, delete, switch off; who speaks in a recording
    identify    a recording's voices get their identities
    recordings  the same for a recording as it was heard and corrected

`recordings.identify_recording` is called when a recording was heard, and again when somebody corrected its speakers; whoever wants
to know who a recording's speakers are asks `service.speakers_of`.
"""
