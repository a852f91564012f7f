-- A matching that was asked for by voices names no recording beforehand. Its job is about those that it then rests on, so what was
-- asked, a label for example, goes with them (revision 0013).
create function note_matching_recordings() returns trigger language plpgsql as $$
begin
    insert into public.job_recordings (workspace_id, job_id, recording_id)
    select new.workspace_id, m.job_id, new.recording_id
    from public.matchings m join public.jobs j on j.id = m.job_id
    where m.workspace_id = new.workspace_id and m.id = new.matching_id
    on conflict do nothing;
    return null;
end $$;
create trigger note_recordings after insert on matching_subjects for each row execute function note_matching_recordings();
