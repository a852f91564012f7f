"""The context agent: what the library says on a question, ranked. Also behind `POST /api/v2/context`.

`find` pulls by the index what shares a term with the question, so that the cost does not grow with the library; `score`
compares it by a published formula (docs/agents.md); `search` is the one road of both. A further way to find (sentence
embeddings) is a finder beside the one in `find`, and a further signal is a line in `score`.
"""
