"""A program changes course: one named thing of its strategy becomes another, and evidence starts anew.

`service` makes a pivot and takes one back; by itself it does so only where the rule of `evidence` allows, and only to what the program's owner
has prepared (`adaptation.xAlternatives`). `judge` asks a language model, which may veto or choose and never force. `watching` looks at all active programs every minute.
"""
