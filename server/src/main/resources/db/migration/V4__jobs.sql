-- Which process runs a job, and until when its word holds; a wish to cancel reaches it here, too.
ALTER TABLE job ADD COLUMN lease_owner TEXT;
ALTER TABLE job ADD COLUMN lease_until BIGINT;
ALTER TABLE job ADD COLUMN cancel_requested INTEGER NOT NULL DEFAULT 0;
CREATE INDEX job_by_updated ON job (updated_at);

-- When the status of the stream last changed; updated_at moves with its counts.
ALTER TABLE attempt_stream ADD COLUMN transitioned_at BIGINT NOT NULL DEFAULT 0;

-- The events of a job are found by its number.
ALTER TABLE event ADD COLUMN job_id BIGINT;
CREATE INDEX event_by_job ON event (job_id);
CREATE INDEX event_by_created ON event (created_at);
