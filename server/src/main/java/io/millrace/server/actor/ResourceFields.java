package io.millrace.server.actor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.http.Body;
import io.millrace.server.json.Documents;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads the API's {@code ResourceRequirements}, of one job or of a kind of job. */
public final class ResourceFields {
  /** The kinds of jobs that the API tells apart here. */
  private enum JobType {
    GET_SPEC,
    CHECK_CONNECTION,
    DISCOVER_SCHEMA,
    SYNC,
    RESET_CONNECTION,
    CONNECTION_UPDATER,
    REPLICATE
  }

  /** A quantity as Kubernetes writes it: a number, and a unit or none. */
  public static final Pattern QUANTITY =
      Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?)(m|k|K|M|G|T|P|Ki|Mi|Gi|Ti|Pi)?");

  private static final List<String> NAMES =
      List.of(
          "cpu_request",
          "cpu_limit",
          "memory_request",
          "memory_limit",
          "ephemeral_storage_request",
          "ephemeral_storage_limit");

  private ResourceFields() {}

  /**
   * Returns the quantities of {@code ResourceRequirements}; an empty one is no wish. What is wrong
   * is remembered in the body.
   */
  public static ObjectNode read(Body requirements) {
    ObjectNode kept = Documents.empty();
    for (String name : NAMES) {
      String value = requirements.textOrNull(name);
      if (value == null) {
        continue;
      }
      if (!value.isEmpty() && !QUANTITY.matcher(value).matches()) {
        requirements.wrong(name, "a quantity such as 500m, 2 or 1.5Gi");
      }
      kept.put(name, value);
    }
    return kept;
  }

  /** Returns {@code ScopedResourceRequirements}, read as {@link #read} does. */
  static ObjectNode readScoped(Body allocation) {
    ObjectNode kept = Documents.empty();
    Body general = allocation.objectOrNull("default");
    if (general != null) {
      kept.set("default", read(general));
    }
    for (Body one : allocation.objects("jobSpecific")) {
      JobType type = one.choice("jobType", JobType.class);
      kept.withArrayProperty("jobSpecific")
          .addObject()
          .put("jobType", type.name().toLowerCase(Locale.ROOT))
          .set("resourceRequirements", read(one.object("resourceRequirements")));
    }
    return kept;
  }
}
