"""Voice identities: the same voice, known again across the recordings of a workspace. Clients know them as entities.

    model       an identity, and which voice is whose (pure)
    repository  identities and voiceprints
    service     list, label, merge, split, delete; who speaks in a recording
    identify    a recording's voices get their identities
    switching   identities are switched off and on again for a workspace

`identify.identify_voices` is called when a recording was heard, and again when somebody corrected its speakers; whoever wants to
know who a recording's speakers are asks `service.speakers_of`.
"""
