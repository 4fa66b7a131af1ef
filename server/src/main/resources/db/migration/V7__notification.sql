-- Messages to people that are not delivered yet. A row goes when its receiver has taken it, or when
-- it is given up.
CREATE TABLE notification (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,                 -- webhook, email
  target TEXT NOT NULL,               -- URL or address, encrypted
  subject TEXT NOT NULL,              -- of an e-mail
  body TEXT NOT NULL,                 -- JSON for a webhook, text for an e-mail
  tries INTEGER NOT NULL,             -- begun, be they ended or not
  not_before BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX notification_by_time ON notification (not_before, created_at);
