-- Recordings: the rows of uploaded media. Their contents are in the blob store.

create table recordings (
    id uuid primary key,
    workspace_id uuid not null references workspaces on delete cascade,
    label text not null,
    content_type text not null,
    size_bytes bigint not null,
    sha256 bytea,
    blob_key text,
    source text not null check (source in ('NOTETAKER', 'MANUAL_UPLOAD', 'PLAYGROUND', 'SDK')),
    created_by uuid not null,
    created_by_key uuid,
    created_at timestamptz not null,
    last_used_at timestamptz not null,
    is_locked boolean not null default false,
    processing_status text not null check (processing_status in ('PENDING', 'PROCESSING', 'COMPLETED', 'FAILED')),
    duration_s double precision,
    deleted_at timestamptz,
    -- A tombstone says that there was a recording, and nothing of what it was.
    check (deleted_at is null or label = '' and sha256 is null and blob_key is null)
);
create index recordings_of_workspace on recordings (workspace_id, id desc);
create index recordings_unused on recordings (workspace_id, last_used_at) where deleted_at is null and not is_locked;
create index recordings_buried on recordings (workspace_id, deleted_at) where deleted_at is not null;

-- Blobs that no recording owns: uploads under way, and what deletions have not taken away yet.
create table doomed_blobs (
    workspace_id uuid not null references workspaces on delete cascade,
    key text not null,
    due_at timestamptz not null,
    primary key (workspace_id, key)
);

-- What an idempotency key has led to. Never an answer: a record that is deleted leaves nothing here.
create table receipts (
    workspace_id uuid not null references workspaces on delete cascade,
    operation text not null,
    key text not null,
    subject_id uuid not null,
    fingerprint bytea not null,
    created_at timestamptz not null,
    primary key (workspace_id, operation, key)
);
create index receipts_of_subject on receipts (workspace_id, subject_id);

do $$ declare tenant text;
begin
    foreach tenant in array array['recordings', 'doomed_blobs', 'receipts']
    loop
        execute format('grant select, insert, update, delete on %I to setpiece_app', tenant);
        execute format('alter table %I enable row level security', tenant);
        execute format('alter table %I force row level security', tenant);
        execute format(
            'create policy own_workspace on %I
             using (workspace_id = (select nullif(current_setting(''app.workspace'', true), '''')::uuid))
             with check (workspace_id = (select nullif(current_setting(''app.workspace'', true), '''')::uuid))',
            tenant);
    end loop;
end $$;
