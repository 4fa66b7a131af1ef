-- What a catalog holds, hashed: a discover that finds the same again keeps the catalog and its id.
ALTER TABLE catalog ADD COLUMN content_hash TEXT NOT NULL DEFAULT '';
-- When a discover last found it.
ALTER TABLE catalog ADD COLUMN found_at BIGINT NOT NULL DEFAULT 0;
