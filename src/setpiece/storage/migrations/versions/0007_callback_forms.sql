-- A callback says what it is sent: a run's answer, by a job of its own as before, or an event, which has its own road.
alter table jobs
    add column callback_headers jsonb not null default '{}',
    add column callback_form text not null default 'run' check (callback_form in ('run', 'event'));

drop trigger report on jobs;
create trigger report after update of status on jobs for each row
    when (new.callback_url is not null and new.callback_form = 'run'
          and new.status in ('succeeded', 'failed') and old.status not in ('succeeded', 'failed'))
    execute function report_job();
