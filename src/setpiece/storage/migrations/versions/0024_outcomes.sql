-- What came of a program's runs, and what is kept of it for the evidence. Of an epoch everything is written by whoever holds its row here, so
-- that batches, counts and pivots of one program come one after the other; nothing is ever counted again.
create table program_epochs (
    workspace_id uuid not null references workspaces on delete cascade,
    program_id uuid not null references programs on delete cascade,
    epoch integer not null,
    metric text,
    unit text not null check (unit in ('account', 'contact')),
    alpha double precision not null,
    target jsonb not null, -- as it is tested, or why it cannot be
    tally jsonb, -- sufficient statistics of the counted units; none where there is nothing to test
    touched integer not null default 0,
    samples integer not null default 0,
    successes integer not null default 0,
    value double precision not null default 0,
    late integer not null default 0, -- units that succeeded after their window
    corrected integer not null default 0, -- successes that were reported after their unit was counted
    kinds jsonb not null default '{}', -- outcomes by kind
    counted_through timestamptz not null default '1970-01-01 00:00:00+00',
    changed_at timestamptz not null,
    primary key (program_id, epoch)
);
create index program_epochs_of_workspace on program_epochs (workspace_id, program_id, epoch);

-- What is counted once: an account, or a contact. It counts from `counts_at` on, which is null until a touch is known, and is counted once
-- `counted_through` of the epoch has reached that: no row is written for it.
create table program_units (
    workspace_id uuid not null,
    program_id uuid not null,
    epoch integer not null,
    key text not null,
    run_id uuid,
    variant text,
    first_touch_at timestamptz,
    matures_at timestamptz,
    counts_at timestamptz,
    success_at timestamptz,
    value double precision not null default 0,
    is_late boolean not null default false,
    primary key (program_id, epoch, key),
    foreign key (program_id, epoch) references program_epochs on delete cascade
);
create index program_units_by_count on program_units (program_id, epoch, counts_at) where counts_at is not null;

-- By what a unit is recognised: digests of account, lead, address and domain.
create table program_unit_names (
    workspace_id uuid not null,
    program_id uuid not null,
    epoch integer not null,
    name uuid not null,
    key text not null,
    primary key (program_id, epoch, name),
    foreign key (program_id, epoch) references program_epochs on delete cascade
);

create table program_outcomes (
    workspace_id uuid not null,
    program_id uuid not null,
    epoch integer not null,
    run_id uuid not null references program_runs on delete cascade,
    source_id text not null,
    key text not null,
    kind text not null,
    at timestamptz not null,
    first_touch_at timestamptz,
    value double precision,
    lead_id text,
    counts_for double precision, -- a success by the metric of the epoch, whenever it came
    recorded_at timestamptz not null,
    primary key (run_id, source_id)
);
create index program_outcomes_successes on program_outcomes (program_id, epoch, key) where counts_for is not null;
create index program_outcomes_of_run on program_outcomes (run_id, recorded_at desc, source_id desc);

-- How the evidence grew; thinned, so that an epoch has some hundred points however many units it counts.
create table program_evidence (
    workspace_id uuid not null,
    program_id uuid not null,
    epoch integer not null,
    place integer not null,
    at timestamptz not null,
    samples integer not null,
    successes integer not null,
    log_evidence double precision not null,
    log_evidence_above double precision not null,
    primary key (program_id, epoch, place),
    foreign key (program_id, epoch) references program_epochs on delete cascade
);

-- Changes of course, those that were only advised or vetoed too. `before` and `after` are updates of the spec.
create table program_pivots (
    id uuid primary key,
    workspace_id uuid not null references workspaces on delete cascade,
    program_id uuid not null references programs on delete cascade,
    run_id uuid,
    epoch integer not null,
    opened_epoch integer,
    at timestamptz not null,
    by text not null,
    changes text,
    name text not null,
    evidence jsonb,
    before jsonb,
    after jsonb,
    reason text not null,
    is_applied boolean not null,
    reverts uuid references program_pivots on delete cascade,
    check (is_applied = (opened_epoch is not null)),
    check (not is_applied or changes is not null)
);
create index program_pivots_of_program on program_pivots (program_id, at desc, id desc);
-- A pivot is taken back once, whoever asks at the same moment.
create unique index program_pivots_reverted_once on program_pivots (reverts) where reverts is not null;

alter table program_runs add column touched integer not null default 0;

grant select, insert, update, delete on
    program_epochs, program_units, program_unit_names, program_outcomes, program_evidence, program_pivots to setpiece_app;

do $$ declare tenant text;
begin
    foreach tenant in array array[
        'program_epochs', 'program_units', 'program_unit_names', 'program_outcomes', 'program_evidence', 'program_pivots']
    loop
        execute format('alter table %I enable row level security', tenant);
        execute format('alter table %I force row level security', tenant);
        execute format(
            'create policy own_workspace on %I
             using (workspace_id = (select nullif(current_setting(''app.workspace'', true), '''')::uuid))
             with check (workspace_id = (select nullif(current_setting(''app.workspace'', true), '''')::uuid))',
            tenant);
    end loop;
end $$;
