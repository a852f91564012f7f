"""Programs: executable playbooks. A spec pairs a source of leads with a hypothesis; runs are recorded against it.

The wire calls it a playbook (`/v1/playbooks`); here it is a program, because a playbook is an angle in the library. Imports agents
and the rooms below; a request enters at `service` (specs), `runs`, or a part's own `service`.

    spec/         the fields, their defaults and bounds, what is forgiven, how an update is merged; pure
    model         a program, its versions, a run; pure
    service       programs are made, read, changed and deleted
    runs          a run is started, read, ended
    deleted       what was deleted is kept for a month
    epochs        when what is tested becomes another thing
    repository    the tables of programs and versions; `run_repository` that of runs
    evidence/     when a program may be said to miss its target; pure
    leads/        the people a program turns to: uploaded, drawn, forgotten
    prompts/      what agents are told of programs
    suppressions/ whom nobody contacts
"""
