-- The secret that a workspace's callbacks and job webhooks are signed with can be replaced; the one before it signs callbacks too until then.
alter table webhook_secrets add column former_secret text, add column former_until timestamptz;
grant update on webhook_secrets to setpiece_app;
