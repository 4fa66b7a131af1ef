-- What follows the end of a connection's job: other connections, webhooks, SQL at the destination.
CREATE TABLE action (
  connection_id TEXT NOT NULL REFERENCES connection (id),
  outcome TEXT NOT NULL,              -- succeeded, failed: the job's
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,                 -- connection, webhook, sql
  target_id TEXT REFERENCES connection (id), -- of kind connection: who is started
  settings TEXT NOT NULL,             -- {url} encrypted, or {statements, timeoutSeconds}
  created_at BIGINT NOT NULL,         -- jobs that ended before are nothing to it
  PRIMARY KEY (connection_id, outcome, position)
);
CREATE INDEX action_by_target ON action (target_id);

-- Each action of each job that ended, as it was then. A row is written before anything is done.
CREATE TABLE action_run (
  job_id BIGINT NOT NULL,             -- the job may be forgotten before its runs
  position INTEGER NOT NULL,
  connection_id TEXT NOT NULL REFERENCES connection (id),
  kind TEXT NOT NULL,
  target_id TEXT,
  settings TEXT NOT NULL,
  status TEXT NOT NULL,               -- pending, succeeded, failed
  tries INTEGER NOT NULL,             -- begun, be they ended or not
  message TEXT,                       -- why it failed, or is tried again
  not_before BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (job_id, position)
);
CREATE INDEX action_run_by_status ON action_run (status, not_before);
CREATE INDEX action_run_by_connection ON action_run (connection_id, job_id);

