-- Sign-ins of browsers. The store knows the hash of a session's token, not the token.
CREATE TABLE login_session (
  token_hash TEXT PRIMARY KEY,
  signed_in_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX login_session_by_end ON login_session (expires_at);

CREATE INDEX change_by_time ON change (created_at, id);
CREATE INDEX change_by_actor ON change (actor, id);
