-- Lists of connections are oldest first, page by page.
CREATE INDEX connection_by_created ON connection (created_at, id);
-- Streams of other connections that may land in the same table are found by name.
CREATE INDEX connection_stream_by_name ON connection_stream (name, connection_id);
