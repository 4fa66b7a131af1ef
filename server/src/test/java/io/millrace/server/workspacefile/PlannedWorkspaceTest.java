package io.millrace.server.workspacefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import io.millrace.spi.ConfigException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tags and the workspace's own settings are looked at with the server's rules beforehand. */
final class PlannedWorkspaceTest {
  @TempDir private Path folder;
  private FileServer server;

  @BeforeEach
  void start() {
    server = new FileServer(folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String tags(int from, int to) {
    StringBuilder file = new StringBuilder("tags:\n");
    for (int i = from; i < to; i++) {
      file.append("- {name: t").append(i).append("}\n");
    }
    return file.toString();
  }

  /** The server says the same of a request. */
  private void refusedByTheServer(String path, ObjectNode request, String sentence)
      throws Exception {
    WorkspaceApi api = server.api();
    request.put("workspaceId", api.id());
    assertThatThrownBy(() -> api.call(path, request)).hasMessageContaining(sentence);
  }

  @Test
  void tagsThatTheServerRefusesAreSaid() throws Exception {
    String color = "The color of a tag is six hex digits, such as FF8800, without #.";
    String length = "A tag's name has at most 30 characters, not 31.";
    String longName = "x".repeat(31);
    server.refuses(
        "workspace: {name: renamed}\ntags: [{name: t, color: red}, {name: %s}]".formatted(longName),
        "tag t: " + color,
        "tag " + longName + ": " + length);
    ObjectNode tag = Documents.empty().put("name", "t").put("color", "red");
    refusedByTheServer("/tags/create", tag, color);
    refusedByTheServer("/tags/create", tag.put("name", longName), length);
  }

  @Test
  void theLimitOfTagsCountsThoseThatAreThere() throws Exception {
    String limit = "A workspace has at most 100 tags; this one would have 101.";
    server.refuses(tags(0, 101), "tags: " + limit);
    server.change(tags(0, 60));
    server.refuses(tags(50, 101), "tags: " + limit);
    server.change(tags(50, 100));
    assertThat(server.plan(tags(0, 100))).isEmpty();
    ObjectNode tag = Documents.empty().put("name", "t").put("color", "ff0000");
    refusedByTheServer("/tags/create", tag, limit);
  }

  @Test
  void settingsThatTheServerRefusesAreSaid() throws Exception {
    String settings =
        """
        {"sendOnFailure": {"notificationType": ["slack"], "slackConfiguration": {"webhook": "nourl"}}}
        """;
    String url = "notificationSettings.sendOnFailure.slackConfiguration.webhook";
    String sentence = url + ": expected a URL of a webhook, http:// or https://.";
    server.refuses(
        "tags: [{name: t}]\nworkspace: {notificationSettings: %s}".formatted(settings.strip()),
        "workspace: " + sentence);
    ObjectNode request = Documents.empty();
    request.set("notificationSettings", Documents.MAPPER.readTree(settings));
    refusedByTheServer("/workspaces/update", request, sentence);
    server.refuses(
        "workspace: {notificationSettings: {sendOnSuccess: {notificationType: [slack]}}}",
        "workspace: The notification sendOnSuccess goes to a webhook, but its URL is missing.");
    server.refuses("workspace: {email: 5}", "workspace: email is \"5\"; expected a text.");
    server.refuses(
        "workspace: [5]", "workspace: expected its name, email or notificationSettings.");
  }

  @Test
  void settingsThatNobodyReadsAreRefusedInAFileOnly() throws Exception {
    for (List<String> unknown :
        List.of(
            List.of("{sendOnFoo: {}}", "", "sendOnFoo"),
            List.of("{sendOnSuccess: {failureThreshold: 2}}", ".sendOnSuccess", "failureThreshold"),
            List.of(
                "{sendOnSuccess: {slackConfiguration: {webhok: x}}}",
                ".sendOnSuccess.slackConfiguration",
                "webhok"))) {
      assertThatThrownBy(
              () ->
                  server.plan(
                      "workspace: {notificationSettings: %s}".formatted(unknown.getFirst())))
          .isInstanceOf(ConfigException.class)
          .hasMessageStartingWith(
              "workspace, notificationSettings%s: there is no key \"%s\""
                  .formatted(unknown.get(1), unknown.get(2)));
    }
    String before = server.export();
    ObjectNode request = server.api().body();
    request.putObject("notificationSettings").putObject("sendOnFoo");
    server.api().call("/workspaces/update", request);
    assertThat(server.export()).isEqualTo(before);
  }

  @Test
  void whatWasAppliedIsNoChangeAgain() throws Exception {
    String file =
        """
        workspace:
          name:
          email: notmail
          notificationSettings:
            sendOnSuccess: {}
            sendOnFailure:
              notificationType: [SLACK, customerio]
              slackConfiguration: {webhook: "https://hooks.example.com/x"}
        """;
    assertThat(server.plan(file)).containsExactly("~ workspace: email, notificationSettings");
    server.change(file);
    assertThat(server.export()).contains("email: notmail");
    assertThat(server.plan(file)).isEmpty();
    assertThat(server.plan(file.replace("SLACK, ", "")))
        .containsExactly("~ workspace: notificationSettings");
  }
}
