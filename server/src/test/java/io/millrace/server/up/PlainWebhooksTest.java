package io.millrace.server.up;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.store.Database;
import io.millrace.server.store.DatabaseUrl;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** URLs of webhooks that an earlier version kept as they were. */
final class PlainWebhooksTest {
  private static final String SETTINGS =
      "{\"notificationSettings\":{\"sendOnFailure\":{\"notificationType\":[\"slack\"],"
          + "\"slackConfiguration\":{\"webhook\":\"https://hooks.example.com/terces\"}}}}";

  @TempDir private Path folder;

  @Test
  void areEncryptedAndMaskedAtTheStart() {
    SqliteServer.start(folder).close();
    DatabaseUrl store = new DatabaseUrl.Sqlite(new DataDirectory(folder).store());
    try (Database database = Database.open(store)) {
      database.change(
          tx -> {
            tx.execute("UPDATE workspace SET details = ?", SETTINGS);
            tx.execute(
                "INSERT INTO change (entity, entity_id, action, version, actor, created_at)"
                    + " VALUES ('workspace', 'x', 'update', ?, 'local', 1)",
                SETTINGS);
          });
    }
    SqliteServer.start(folder).close();
    try (Database database = Database.open(store)) {
      assertThat(texts(database, "SELECT details FROM workspace"))
          .singleElement()
          .asString()
          .contains("\"webhook\":{\"_secret\":\"v1:")
          .doesNotContain("terces");
      assertThat(texts(database, "SELECT version FROM change WHERE entity_id = 'x'"))
          .singleElement()
          .asString()
          .contains("\"webhook\":\"**********\"")
          .doesNotContain("terces");
    }
  }

  private static List<String> texts(Database database, String query) {
    return database.read(tx -> tx.createQuery(query).mapTo(String.class).list());
  }
}
