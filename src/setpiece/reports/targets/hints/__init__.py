"""Understanding a hint: a phrase that describes one of the speakers.

A hint is read into wishes (`reading`); each wish finds evidence for and against every speaker in what was said and measured; `weigh`
adds it up and says who was meant, how sure that is, or that it is not sure enough. What a voice sounds like is never evidence.

    reading    the hint's wishes, and what of it cannot be judged
    heard      sentences made comparable
    sides      who sells, buys, interviews, applies, decides: by what each side says
    amounts    who talks most, asks most, speaks first: measured
    naming     who is called so, and who only is spoken of
    belonging  who says to be of a company or a part of one, or to be something
    topics     who spoke or asked about something
    weigh      the arithmetic
"""
