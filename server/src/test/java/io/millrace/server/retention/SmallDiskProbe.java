package io.millrace.server.retention;

import io.millrace.server.store.Database;
import io.millrace.server.store.DatabaseUrl;
import io.millrace.spi.TransientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Fills a small disk under a store and a watch, makes room again, and says what it sees. */
final class SmallDiskProbe {
  private static final String ADD = "INSERT INTO setting (name, value) VALUES (?, ?)";
  private static final int VALUE_BYTES = 50_000;

  private SmallDiskProbe() {}

  /** Runs on the folder of a disk of its own. */
  public static void main(String[] arguments) throws IOException {
    Path disk = Path.of(arguments[0]);
    DiskWatch watch =
        new DiskWatch(
            DiskWatch.Meter.of(disk),
            RetentionSettings.DEFAULT.disk(),
            open -> say("told " + open));
    DatabaseUrl url = new DatabaseUrl.Sqlite(disk.resolve("millrace.db"));
    Path filler = disk.resolve("filler");
    int kept;
    try (Database store = Database.open(url)) {
      say("open " + watch.open());
      Files.write(filler, new byte[25 << 20]);
      say("open " + watch.open());
      kept = fill(store);
      say(count(store) == kept ? "kept all" : "lost");
      Files.delete(filler);
      say("open " + watch.open());
      add(store, "after");
    }
    try (Database store = Database.open(url)) {
      say(count(store) == kept + 1 ? "writes again" : "lost");
    }
  }

  /** Returns how many rows the store said it holds. */
  private static int fill(Database store) {
    for (int i = 0; i < 1_000; i++) {
      try {
        add(store, "row-" + i);
      } catch (TransientException e) {
        say("refused");
        return i;
      }
    }
    throw new IllegalStateException("The disk never filled.");
  }

  private static void add(Database store, String name) {
    store.change(tx -> tx.execute(ADD, name, "x".repeat(VALUE_BYTES)));
  }

  private static int count(Database store) {
    return store.read(
        tx -> tx.createQuery("SELECT count(*) FROM setting").mapTo(Integer.class).one());
  }

  private static void say(String text) {
    System.out.println(text);
  }
}
