package io.millrace.server.joblog.ship;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;

/** How the daily indices look. */
final class IndexTemplate {
  /** The beginning of every index's name; the day follows. */
  static final String PREFIX = "airbyte-logs-";

  static final String PATH = "/_index_template/airbyte-logs";
  private static final int PRIORITY = 100;

  private IndexTemplate() {}

  static ObjectNode json() {
    ObjectNode template = Documents.empty();
    template.putArray("index_patterns").add(PREFIX + "*");
    template.put("priority", PRIORITY);
    ObjectNode inner = template.putObject("template");
    inner.putObject("settings").put("number_of_shards", 1);
    ObjectNode fields = inner.putObject("mappings").putObject("properties");
    type(fields, "timestamp", "date");
    type(fields, "level", "keyword");
    type(fields, "service", "keyword");
    type(fields, "message", "text");
    type(fields, "job_id", "keyword");
    type(fields, "connection_id", "keyword");
    // A count beyond an integer stays in the document without being searchable.
    type(fields, "records_synced", "integer").put("ignore_malformed", true);
    type(fields, "bytes_synced", "long");
    type(fields, "attempt", "integer");
    type(fields, "caller", "keyword");
    type(fields, "thread", "keyword");
    type(fields, "stack_trace", "text");
    return template;
  }

  private static ObjectNode type(ObjectNode fields, String name, String type) {
    return fields.putObject(name).put("type", type);
  }
}
