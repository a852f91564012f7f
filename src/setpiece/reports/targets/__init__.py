"""Choosing the speaker whom a report is about.

A request enters at `choose.choose_speaker`, with a call and a selector; nothing here does any I/O.

    schemas     the selector as clients send it
    model       what was chosen, and from what
    choose      the strategies, and what follows when nobody is found
    measured    the strategies that only measure: most speech, most speech in a stretch, a voice, a number
    hints       the strategy that interprets: a phrase that describes somebody
    evaluation  hits and misses on written calls
    telling     why, in three languages
"""
