-- What may follow a sync, as the API describes it; connections name them in their details.
CREATE TABLE operation (
  id TEXT PRIMARY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  name TEXT NOT NULL,
  configuration TEXT NOT NULL,        -- OperatorConfiguration
  created_at BIGINT NOT NULL
);
CREATE INDEX operation_by_workspace ON operation (workspace_id, name);
