"""Evidence: when a program may be said to miss its target, with a proven bound on how often that is wrong.

Pure functions of their arguments: no database, no clock, no randomness that is not given. What it costs does not grow with the outcomes.

    target.target_of(spec) -> RateTarget | MeanTarget | NotEvaluable(reason)
    tally.Tally()                                       what is kept of an epoch: units, successes, below, above, greatest_below, greatest_above
    tally.add(tally, target, outcomes) -> Tally         a batch of matured units: 1 or 0 for a rate, values for a mean
    rule.decide(tally, target, alpha, Guardrails(…)) -> Decision(state, blocks, log_evidence, anytime_p, …)
    outlook.look_ahead(tally, target, alpha, least_units) -> Outlook(bounds, still_needed)
    wording.explain(decision, tally, target, outlook, unit) -> str
    portfolio.failing({id: log_evidence}, alpha) -> frozenset[id]      e-BH, over all that can be evaluated
    allocation.choose_variant({name: Arm(units, successes)}, seed) -> name
    boundary.boundary(rate, alpha, upto)                the rule as whole numbers, for tables and plots

An epoch has one target and one alpha: whoever changes them starts a new tally, else alpha is spent twice. Derivation and measurements:
docs/evidence.md.
"""
