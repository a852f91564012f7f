"""The call prep agent: what to know, ask, say and answer in a call with one person.

`run` chooses and gathers as every agent does; `methodologies` says which stages a call has, `questions` turns library
facts into questions, `briefs` tells who is on the line, `script` puts it into the order of a call.
"""
