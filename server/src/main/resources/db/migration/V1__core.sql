-- One set of tables for SQLite and PostgreSQL. Ids are UUID text, moments epoch milliseconds,
-- flags 0 or 1, documents JSON text.

-- Single values of this installation: its id, the default workspace, signing keys (encrypted).
CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
);

CREATE TABLE workspace (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  slug TEXT NOT NULL UNIQUE,
  details TEXT NOT NULL,              -- e-mail, flags, notification settings
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  deleted_at BIGINT
);

-- Sources and destinations. Secrets inside the configuration are encrypted one by one.
CREATE TABLE actor (
  id TEXT PRIMARY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  side TEXT NOT NULL,                 -- source, destination
  definition_id TEXT NOT NULL,
  name TEXT NOT NULL,
  configuration TEXT NOT NULL,
  details TEXT NOT NULL,              -- resource allocation and what else a client gave
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  deleted_at BIGINT
);
CREATE INDEX actor_by_workspace ON actor (workspace_id, side, name);

-- What a discover found: one row a stream, so that many streams are many rows.
CREATE TABLE catalog (
  id TEXT PRIMARY KEY,
  actor_id TEXT NOT NULL REFERENCES actor (id),
  config_hash TEXT NOT NULL,
  connector_version TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX catalog_by_actor ON catalog (actor_id, created_at);
CREATE TABLE catalog_stream (
  catalog_id TEXT NOT NULL REFERENCES catalog (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  namespace TEXT NOT NULL,            -- '' where there is none
  name TEXT NOT NULL,
  stream TEXT NOT NULL,               -- AirbyteStream
  PRIMARY KEY (catalog_id, position)
);
CREATE INDEX catalog_stream_by_name ON catalog_stream (catalog_id, name, namespace);

CREATE TABLE connection (
  id TEXT PRIMARY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  source_id TEXT NOT NULL REFERENCES actor (id),
  destination_id TEXT NOT NULL REFERENCES actor (id),
  name TEXT NOT NULL,
  status TEXT NOT NULL,               -- active, inactive, deprecated, locked
  status_reason TEXT,
  schedule_type TEXT NOT NULL,        -- manual, basic, cron
  schedule TEXT NOT NULL,             -- {} or {basicSchedule} or {cron}
  namespace_definition TEXT NOT NULL, -- source, destination, customformat
  namespace_format TEXT,
  prefix TEXT NOT NULL,
  catalog_id TEXT,
  breaking_change INTEGER NOT NULL,
  details TEXT NOT NULL,              -- resource requirements, preferences, operations, limits
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX connection_by_workspace ON connection (workspace_id, status, name);
CREATE INDEX connection_by_source ON connection (source_id);
CREATE INDEX connection_by_destination ON connection (destination_id);

-- The configured streams of a connection; the schema is the one it was configured with.
CREATE TABLE connection_stream (
  connection_id TEXT NOT NULL REFERENCES connection (id),
  position INTEGER NOT NULL,
  namespace TEXT NOT NULL,            -- '' where there is none
  name TEXT NOT NULL,
  selected INTEGER NOT NULL,
  stream TEXT NOT NULL,               -- AirbyteStream
  config TEXT NOT NULL,               -- AirbyteStreamConfiguration
  PRIMARY KEY (connection_id, position)
);

CREATE TABLE tag (
  id TEXT PRIMARY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  name TEXT NOT NULL,
  color TEXT NOT NULL,
  UNIQUE (workspace_id, name)
);
CREATE TABLE connection_tag (
  connection_id TEXT NOT NULL REFERENCES connection (id),
  tag_id TEXT NOT NULL REFERENCES tag (id) ON DELETE CASCADE,
  PRIMARY KEY (connection_id, tag_id)
);

CREATE TABLE job (
  id ${identity},
  connection_id TEXT NOT NULL REFERENCES connection (id),
  config_type TEXT NOT NULL,          -- sync, reset_connection, refresh
  status TEXT NOT NULL,               -- pending, running, incomplete, failed, succeeded, cancelled
  config TEXT NOT NULL,               -- streams of a reset or refresh, its mode, who asked
  retries TEXT NOT NULL,              -- counters of the retry policy
  not_before BIGINT NOT NULL,         -- the next attempt starts no earlier
  created_at BIGINT NOT NULL,
  started_at BIGINT,
  updated_at BIGINT NOT NULL
);
CREATE INDEX job_by_connection ON job (connection_id, id);
CREATE INDEX job_by_status ON job (status, not_before);
CREATE INDEX job_by_created ON job (created_at);
-- At most one job of a connection that has not ended, whatever the program believes.
CREATE UNIQUE INDEX job_one_open ON job (connection_id)
  WHERE status IN ('pending', 'running', 'incomplete');

CREATE TABLE attempt (
  job_id BIGINT NOT NULL REFERENCES job (id),
  number INTEGER NOT NULL,            -- from 0
  status TEXT NOT NULL,               -- running, failed, succeeded
  stats TEXT NOT NULL,                -- AttemptStats
  failure TEXT,                       -- AttemptFailureSummary
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  ended_at BIGINT,
  PRIMARY KEY (job_id, number)
);
CREATE TABLE attempt_stream (
  job_id BIGINT NOT NULL,
  number INTEGER NOT NULL,
  namespace TEXT NOT NULL,
  name TEXT NOT NULL,
  status TEXT NOT NULL,               -- running, complete, incomplete, cancelled
  stats TEXT NOT NULL,                -- AttemptStats and the evidence of the stream
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (job_id, number, namespace, name),
  FOREIGN KEY (job_id, number) REFERENCES attempt (job_id, number)
);

-- What the engine remembers of a connection and its streams, and every version of a state.
CREATE TABLE sync_memory (
  connection_id TEXT PRIMARY KEY REFERENCES connection (id),
  last_sync BIGINT NOT NULL,
  ended_sync BIGINT NOT NULL
);
CREATE TABLE stream_memory (
  connection_id TEXT NOT NULL REFERENCES connection (id),
  namespace TEXT NOT NULL,
  name TEXT NOT NULL,
  memory TEXT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (connection_id, namespace, name)
);
CREATE TABLE stream_state_version (
  id ${identity},
  connection_id TEXT NOT NULL REFERENCES connection (id),
  namespace TEXT NOT NULL,
  name TEXT NOT NULL,
  state TEXT,
  created_at BIGINT NOT NULL
);
CREATE INDEX stream_state_version_by_stream
  ON stream_state_version (connection_id, namespace, name, id);

-- The timeline of a connection.
CREATE TABLE event (
  id TEXT PRIMARY KEY,
  connection_id TEXT NOT NULL REFERENCES connection (id),
  type TEXT NOT NULL,
  summary TEXT NOT NULL,
  details TEXT NOT NULL,
  actor TEXT,                         -- who did it; null for the program itself
  created_at BIGINT NOT NULL
);
CREATE INDEX event_by_connection ON event (connection_id, created_at);

-- Who changed what: every version of a configuration, secrets masked.
CREATE TABLE change (
  id ${identity},
  entity TEXT NOT NULL,               -- workspace, source, destination, connection, setting, key
  entity_id TEXT NOT NULL,
  action TEXT NOT NULL,               -- create, update, delete
  version TEXT NOT NULL,              -- the configuration after the change
  actor TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX change_by_entity ON change (entity, entity_id, id);

-- API keys; the first is made at the first start.
CREATE TABLE application (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  role TEXT NOT NULL,                 -- admin, editor, reader
  client_id TEXT NOT NULL UNIQUE,
  client_secret TEXT NOT NULL,        -- encrypted
  created_at BIGINT NOT NULL
);
