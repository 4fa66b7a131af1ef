package io.millrace.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.apiclient.ApiClient;
import io.millrace.server.audit.Audit;
import io.millrace.server.json.Documents;
import io.millrace.server.output.Console;
import io.millrace.server.output.TextTable;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.config.Suggestion;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace audit}: who changed what on a server, and back to how it was. */
@Command(
    name = "audit",
    description = {"Shows who changed what on a server, and puts an older version back.", ""},
    footerHeading = "Examples:%n",
    footer = {
      "  millrace audit list --kind connection",
      "  millrace audit show 42",
      "  millrace audit restore 41",
      "  millrace audit restore 57 --secrets secrets.json   # what was deleted by 57",
      ""
    },
    synopsisHeading = "Usage: ",
    commandListHeading = "%nCommands:%n")
final class AuditCommand implements Callable<Integer> {
  private static final int LISTED = 50;
  private static final int LISTED_MAX = 1000;
  private static final int WIDTH = 200;

  private final Surroundings surroundings;
  @Spec private @Nullable CommandSpec spec;

  AuditCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    if (spec != null) {
      spec.commandLine().usage(surroundings.console().err());
    }
    return ExitCode.USAGE;
  }

  @Command(name = "list", description = "Lists changes, newest first.")
  int list(
      @Mixin ServerArguments arguments,
      @Option(
              names = "--kind",
              paramLabel = "KIND",
              description =
                  "Only of workspace, source, destination, connection, action, setting or key.")
          @Nullable String kind,
      @Option(names = "--id", paramLabel = "ID", description = "Only of the thing with this id.")
          @Nullable String id,
      @Option(names = "--by", paramLabel = "WHO", description = "Only what this one did.")
          @Nullable String by,
      @Option(names = "--limit", paramLabel = "NUMBER", description = "At most so many (50).")
          @Nullable Integer limit,
      @Option(names = "--json", description = "A JSON object per change and line.") boolean json)
      throws InterruptedException {
    check(kind, limit);
    ObjectNode body = Documents.empty().put("entity", kind).put("entityId", id).put("actor", by);
    body.putObject("pagination").put("pageSize", limit == null ? LISTED : limit);
    Console console = surroundings.console();
    try (ApiClient client = arguments.client(surroundings)) {
      JsonNode answer = client.post("/audit/list", body);
      JsonNode changes = answer.path("changes");
      if (json) {
        changes.forEach(one -> console.line(one.toString()));
        return ExitCode.OK;
      }
      table(changes).lines(console.terminal() ? console.columns() : WIDTH).forEach(console::line);
      long more = answer.path("totalCount").asLong() - changes.size();
      if (more > 0) {
        console.line(more + " older ones are not shown; --limit shows more.");
      }
    }
    return ExitCode.OK;
  }

  private static void check(@Nullable String kind, @Nullable Integer limit) {
    if (kind != null && !Audit.ENTITIES.contains(kind)) {
      throw new ConfigException(
          "arguments",
          "There is no kind \""
              + ConnectorException.outside(kind)
              + "\""
              + Suggestion.of(kind, Audit.ENTITIES)
              + "; --kind takes "
              + String.join(", ", Audit.ENTITIES)
              + ".");
    }
    if (limit != null && (limit < 1 || limit > LISTED_MAX)) {
      throw new ConfigException(
          "arguments", "--limit takes a number from 1 to " + LISTED_MAX + ", not " + limit + ".");
    }
  }

  @Command(name = "show", description = "Shows what a change changed; secrets stay masked.")
  int show(
      @Mixin ServerArguments arguments,
      @Parameters(paramLabel = "CHANGE", description = "Its number, from the list.") long change,
      @Option(names = "--json", description = "The whole versions before and after, as JSON.")
          boolean json)
      throws InterruptedException {
    Console console = surroundings.console();
    try (ApiClient client = arguments.client(surroundings)) {
      JsonNode found = client.post("/audit/get", Documents.empty().put("changeId", change));
      if (json) {
        console.line(found.toPrettyString());
        return ExitCode.OK;
      }
      console.line(
          "%s %s %s, %s by %s"
              .formatted(
                  found.path("entity").asText(),
                  found.path("version").path("name").asText(found.path("entityId").asText()),
                  done(found),
                  time(found),
                  found.path("actor").asText()));
      found.path("differences").forEach(one -> console.line("  " + line(one)));
      if (found.path("differences").isEmpty()) {
        console.line("  No value that is shown differs; a secret was given anew.");
      }
    }
    return ExitCode.OK;
  }

  @Command(
      name = "restore",
      description =
          "Makes a source, destination or connection as it was after a change, or before its"
              + " deletion; secrets stay as they are now.")
  int restore(
      @Mixin ServerArguments arguments,
      @Parameters(paramLabel = "CHANGE", description = "Its number, from the list.") long change,
      @Option(
              names = "--secrets",
              paramLabel = "FILE",
              description =
                  "Secrets of what was deleted, as JSON: the fields of its configuration that are"
                      + " masked.")
          @Nullable String secrets)
      throws InterruptedException {
    Console console = surroundings.console();
    ObjectNode given =
        secrets == null
            ? Documents.empty()
            : GivenSecrets.read(surroundings.currentDirectory().resolve(secrets));
    try (ApiClient client = arguments.client(surroundings)) {
      JsonNode found = client.post("/audit/get", Documents.empty().put("changeId", change));
      new VersionRestore(client, console::errorLine).run(found, given);
      console.line(
          "The %s %s is as it was %s change %d."
              .formatted(
                  found.path("entity").asText(),
                  found.path("version").path("name").asText(),
                  VersionRestore.deletes(found) ? "before" : "after",
                  change));
    }
    return ExitCode.OK;
  }

  private static TextTable table(JsonNode changes) {
    TextTable table =
        new TextTable(List.of("CHANGE", "TIME", "BY", "WHAT", "NAME", "KIND", "ID")).right(0);
    for (JsonNode one : changes) {
      table.row(
          List.of(
              one.path("changeId").asText(),
              time(one),
              one.path("actor").asText(),
              done(one),
              one.path("version").path("name").asText(""),
              one.path("entity").asText(),
              one.path("entityId").asText()));
    }
    return table;
  }

  private static String done(JsonNode change) {
    return switch (change.path("action").asText()) {
      case "create" -> "created";
      case "update" -> "changed";
      case "delete" -> "deleted";
      default -> change.path("action").asText();
    };
  }

  private static String time(JsonNode change) {
    return Instant.ofEpochSecond(change.path("createdAt").asLong()).toString();
  }

  private static String line(JsonNode difference) {
    String path = difference.path("path").asText();
    if (!difference.has("from")) {
      return "+ " + path + ": " + difference.path("to");
    }
    if (!difference.has("to")) {
      return "- " + path + ": " + difference.path("from");
    }
    return "~ " + path + ": " + difference.path("from") + " -> " + difference.path("to");
  }
}
