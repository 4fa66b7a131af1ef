package io.millrace.server.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;

/** Makes things that a server must take. */
final class RandomThings {
  private static final List<String> PIECES =
      List.of("a", "Z", "0", " ", "ä", "漢", "😀", "\"", "\\", "'", "%", "<b>", "\t", "\n", "$");

  private final Random random;

  RandomThings(Random random) {
    this.random = random;
  }

  /** Returns a text that is not blank and has no space around it. */
  String name() {
    StringBuilder name = new StringBuilder("n");
    for (int i = random.nextInt(30); i > 0; i--) {
      name.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return name.append(random.nextInt(100)).toString();
  }

  /** Returns a name of letters. */
  String word() {
    return "w" + Integer.toString(random.nextInt(Integer.MAX_VALUE), 36);
  }

  /** Returns members that no connector knows, of every type. */
  ObjectNode unknownFields() {
    ObjectNode json = Documents.empty();
    for (int i = random.nextInt(4); i > 0; i--) {
      json.set("x_" + word(), value(3));
    }
    return json;
  }

  ObjectNode connection(JsonNode catalog) {
    ObjectNode body = Documents.empty().put("name", name()).put("prefix", prefix());
    body.put("status", pick("active", "inactive"));
    if (random.nextBoolean()) {
      body.put("namespaceDefinition", "customformat").put("namespaceFormat", "x_" + word());
    } else {
      body.put("namespaceDefinition", pick("source", "destination"));
    }
    body.put("nonBreakingChangesPreference", pick("ignore", "disable", "propagate_fully"));
    body.put("backfillPreference", pick("enabled", "disabled"));
    body.put("notifySchemaChanges", random.nextBoolean());
    schedule(body);
    ArrayNode streams = body.putObject("syncCatalog").putArray("streams");
    for (JsonNode one : some(catalog.path("streams"))) {
      ObjectNode stream = one.deepCopy();
      ObjectNode config = stream.withObjectProperty("config").put("selected", true);
      config
          .put("syncMode", "full_refresh")
          .put("destinationSyncMode", pick("append", "overwrite"));
      streams.add(stream);
    }
    return body;
  }

  ObjectNode publicConnection(JsonNode streams) {
    ObjectNode body = Documents.empty().put("name", name()).put("prefix", prefix());
    body.put("status", pick("active", "inactive"));
    body.put("nonBreakingSchemaUpdatesBehavior", pick("ignore", "disable_connection"));
    if (random.nextBoolean()) {
      body.put("namespaceDefinition", "custom_format").put("namespaceFormat", "x_" + word());
    } else {
      body.put("namespaceDefinition", pick("source", "destination"));
    }
    ObjectNode schedule = body.putObject("schedule");
    switch (random.nextInt(3)) {
      case 0 -> schedule.put("scheduleType", "manual");
      case 1 -> {
        String timing = "Every " + random.nextInt(1, 12) + " " + pick("DAYS", "WEEKS", "MONTHS");
        schedule.put("scheduleType", "basic").put("basicTiming", timing);
        // A basic schedule of an active connection runs at once, which is not asked here.
        body.put("status", "inactive");
      }
      default -> schedule.put("scheduleType", "cron").put("cronExpression", cron());
    }
    ArrayNode chosen = body.putObject("configurations").putArray("streams");
    for (JsonNode one : some(streams)) {
      chosen
          .addObject()
          .put("name", one.path("streamName").asText())
          .put("syncMode", pick("full_refresh_append", "full_refresh_overwrite"));
    }
    return body;
  }

  /** A text of something between nothing and a few letters; nothing is a value as well. */
  private String prefix() {
    return random.nextInt(3) == 0 ? "" : word() + "_";
  }

  private void schedule(ObjectNode body) {
    switch (random.nextInt(3)) {
      case 0 -> body.put("scheduleType", "manual");
      case 1 -> {
        body.put("scheduleType", "basic");
        body.putObject("scheduleData")
            .putObject("basicSchedule")
            .put("timeUnit", pick("days", "weeks", "months"))
            .put("units", random.nextInt(1, 12));
        // A basic schedule of an active connection runs at once, which is not asked here.
        body.put("status", "inactive");
      }
      default -> {
        body.put("scheduleType", "cron");
        body.putObject("scheduleData")
            .putObject("cron")
            .put("cronExpression", cron())
            .put("cronTimeZone", pick("UTC", "Europe/Berlin", "America/New_York"));
      }
    }
  }

  /** Fires once a year, in the quiet of a February. */
  private String cron() {
    return random.nextInt(60) + " " + random.nextInt(60) + " " + random.nextInt(24) + " 2 2 ?";
  }

  private List<JsonNode> some(JsonNode all) {
    List<JsonNode> chosen = new java.util.ArrayList<>();
    for (JsonNode one : all) {
      if (chosen.isEmpty() || random.nextBoolean()) {
        chosen.add(one);
      }
    }
    return chosen;
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private JsonNode value(int depth) {
    return switch (random.nextInt(depth == 0 ? 6 : 8)) {
      case 0 -> Documents.MAPPER.getNodeFactory().textNode(name());
      case 1 -> Documents.MAPPER.getNodeFactory().booleanNode(random.nextBoolean());
      case 2 -> Documents.MAPPER.getNodeFactory().numberNode(random.nextLong());
      case 3 -> Documents.MAPPER.getNodeFactory().numberNode(new BigInteger(200, random));
      case 4 ->
          Documents.MAPPER
              .getNodeFactory()
              .numberNode(new BigDecimal(new BigInteger(90, random), random.nextInt(40)));
      case 5 -> Documents.MAPPER.getNodeFactory().textNode("");
      case 6 -> {
        ArrayNode list = Documents.MAPPER.createArrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
          list.add(value(depth - 1));
        }
        yield list;
      }
      default -> {
        ObjectNode object = Documents.empty();
        for (int i = random.nextInt(4); i > 0; i--) {
          object.set(name(), value(depth - 1));
        }
        yield object;
      }
    };
  }
}
