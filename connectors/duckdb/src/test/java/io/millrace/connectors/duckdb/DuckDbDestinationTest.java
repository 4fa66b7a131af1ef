package io.millrace.connectors.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.ConfigException;
import io.millrace.spi.Destination;
import io.millrace.spi.MetadataColumns;
import io.millrace.spi.StreamLoader;
import io.millrace.spi.TargetName;
import io.millrace.spi.TransientException;
import io.millrace.spi.WriteMode;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.testkit.TestContext;
import io.millrace.testkit.arrow.AllocatorExtension;
import io.millrace.testkit.arrow.Row;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The file itself: checked, shared, locked, previewed. */
@ExtendWith(AllocatorExtension.class)
class DuckDbDestinationTest {
  private static final Schema SCHEMA =
      new Schema(List.of(Fields.of("id", new LogicalType.Int(64))));

  private static final int INTERRUPTS = 100;

  @TempDir Path folder = Path.of("");
  private Bench bench = new Bench(new RootAllocator(0), folder, "none");

  @BeforeEach
  void open(BufferAllocator allocator) {
    bench = new Bench(allocator, folder, "shop.duckdb");
  }

  private Destination at(BufferAllocator allocator, String path) {
    return new DuckDbDestinationDefinition()
        .open(
            new DuckDbConfig(path, "main", MetadataColumns.FULL, 64),
            TestContext.of(allocator, folder).connector());
  }

  @Test
  void aCheckLeavesNothingBehind() throws Exception {
    try (Destination destination = bench.destination()) {
      destination.check();
    }
    try (var files = Files.list(folder)) {
      assertThat(files.toList()).isEmpty();
    }
    bench.sync(Bench.plan(1, WriteMode.APPEND, SCHEMA, List.of(), null), Row.of(1L));
    try (Destination destination = bench.destination()) {
      destination.check();
    }
    assertThat(bench.query("SHOW TABLES")).containsExactly("Orders");
  }

  @Test
  void whatIsNoDatabaseIsASentence(BufferAllocator allocator) throws Exception {
    Files.writeString(folder.resolve("notes.txt"), "x".repeat(10_000));
    try (Destination destination = at(allocator, folder.resolve("notes.txt").toString())) {
      assertThatThrownBy(destination::check)
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("notes.txt is not a DuckDB database");
    }
    try (Destination destination = at(allocator, folder.toString())) {
      assertThatThrownBy(destination::check)
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("is a folder");
    }
    try (Destination destination = at(allocator, folder.resolve("notes.txt/x.duckdb").toString())) {
      assertThatThrownBy(destination::check)
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("The folder of " + folder.resolve("notes.txt/x.duckdb"));
    }
    assertThatThrownBy(() -> at(allocator, "md:shop"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("MotherDuck");
  }

  @Test
  @SuppressWarnings("try")
  void twoDestinationsShareAFile() throws Exception {
    try (Destination one = bench.destination();
        Destination two = bench.destination();
        StreamLoader first = one.open(Bench.plan(1, WriteMode.APPEND, SCHEMA, List.of(), null))) {
      bench.write(first, SCHEMA, "p0", 0, 1, Row.of(1L));
      two.check();
      one.close();
      two.check();
    }
    assertThat(bench.query("SELECT id FROM orders")).containsExactly("1");
  }

  /** A cancelled load may let go of its connections after its destination was closed. */
  @Test
  @SuppressWarnings("try")
  void aFileThatALoadLeavesLateIsShared() throws Exception {
    try (Destination one = bench.destination();
        StreamLoader first = one.open(Bench.plan(1, WriteMode.APPEND, SCHEMA, List.of(), null))) {
      one.close();
      DatabaseFile next = DatabaseFile.open(bench.file, bench.file, 64);
      next.release();
    }
    DatabaseFile.open(bench.file, bench.file, 64).release();
  }

  /** An interrupt may come while DuckDB opens the file, or a connection to it. */
  @Test
  void anInterruptedLoadLeavesNothingOpen() throws Exception {
    for (int i = 0; i < INTERRUPTS; i++) {
      DatabaseFile file = DatabaseFile.open(bench.file, bench.file, 64);
      try {
        Thread.currentThread().interrupt();
        file.session().close();
      } catch (InterruptedException e) {
        // What was being opened is closed again.
      } finally {
        boolean ignored = Thread.interrupted();
        file.release();
      }
    }
  }

  @Test
  void aFileOpenElsewhereIsTransient() throws Exception {
    bench.sync(Bench.plan(1, WriteMode.APPEND, SCHEMA, List.of(), null), Row.of(1L));
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                bench.file.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (InputStream out = Objects.requireNonNull(other.getInputStream());
        Destination destination = bench.destination()) {
      assertThat(out.read()).isEqualTo('o');
      assertThatThrownBy(destination::check)
          .isInstanceOf(TransientException.class)
          .hasMessageContaining("shop.duckdb is open in another program");
    } finally {
      other.destroyForcibly().waitFor();
    }
  }

  /** Another program: opens the file, says so, and waits for its end. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] args) throws Exception {
      try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + args[0])) {
        System.out.write('o');
        System.out.flush();
        Thread.sleep(60_000);
        connection.createStatement().close();
      }
    }
  }

  @Test
  void namesThatDuckDbTakesForOneHaveOneIdentity() {
    try (Destination destination = bench.destination()) {
      TargetName upper = destination.identify(TargetName.wanted(null, "Orders"));
      TargetName lower = destination.identify(TargetName.wanted("MAIN", "orders"));
      assertThat(upper.identity()).isEqualTo(lower.identity());
      assertThat(upper.name()).isEqualTo("Orders");
      assertThat(upper.namespace()).isEqualTo("main");
      assertThat(destination.identify(upper)).isEqualTo(upper);
      TargetName reserved = destination.identify(TargetName.wanted("information_schema", "a\0b"));
      assertThat(reserved.namespace()).isEqualTo("information_schema_data");
      assertThat(destination.identify(reserved)).isEqualTo(reserved);
    }
  }

  @Test
  void aPreviewChangesNothing() throws Exception {
    try (Destination destination = bench.destination()) {
      assertThat(destination.preview(Bench.plan(1, WriteMode.OVERWRITE, SCHEMA, List.of(), null)))
          .anyMatch(line -> line.startsWith("make the file"))
          .anyMatch(line -> line.contains("(\"id\" BIGINT)"));
    }
    assertThat(bench.file).doesNotExist();

    bench.sync(Bench.plan(1, WriteMode.APPEND, SCHEMA, List.of(), null), Row.of(1L));
    Schema wider =
        new Schema(
            List.of(
                Fields.of("id", new LogicalType.Int(64)), Fields.of("x", new LogicalType.Bool())));
    try (Destination destination = bench.destination()) {
      assertThat(destination.preview(Bench.plan(2, WriteMode.APPEND, wider, List.of(), null)))
          .first()
          .isEqualTo("ALTER TABLE \"shop\".\"main\".\"Orders\" ADD COLUMN \"x\" BOOLEAN");
    }
    assertThat(bench.query("SELECT column_name FROM (DESCRIBE orders)")).containsExactly("id");
  }

  @Test
  void aSchemaNamedLikeTheFileIsNoRiddle() throws Exception {
    Bench.query(
        bench.file, "CREATE SCHEMA shop; CREATE TABLE shop.shop.orders (id INTEGER); SELECT 1");
    bench.sync(Bench.plan(1, WriteMode.OVERWRITE, SCHEMA, List.of(), null), Row.of(7L));
    assertThat(bench.query("SELECT id FROM shop.main.orders")).containsExactly("7");
  }

  @Test
  void anInterruptEndsALongStatement(BufferAllocator allocator) throws Exception {
    DatabaseFile file = DatabaseFile.open(bench.file, bench.file, 64);
    try (Session session = file.session()) {
      Thread caller = Thread.currentThread();
      Thread.ofVirtual().start(() -> interruptWhenRunning(caller));
      assertThatThrownBy(
              () ->
                  session.call(
                      open -> {
                        RUNNING.set(true);
                        return open.query(
                            "SELECT sum(a.range * b.range) FROM range(10000000) a, range(100000) b",
                            row -> row.getString(1));
                      }))
          .isInstanceOf(InterruptedException.class);
      List<Integer> after = session.call(open -> open.query("SELECT 1", row -> row.getInt(1)));
      assertThat(after).containsExactly(1);
    } finally {
      file.release();
    }
    assertThat(allocator.getAllocatedMemory()).isZero();
  }

  private static final java.util.concurrent.atomic.AtomicBoolean RUNNING =
      new java.util.concurrent.atomic.AtomicBoolean();

  private static void interruptWhenRunning(Thread caller) {
    try {
      while (!RUNNING.get()) {
        Thread.sleep(10);
      }
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    caller.interrupt();
  }

  @Test
  void theUriSaysTheConfiguration() throws IOException {
    assertThat(DuckDbUri.toConfig("duckdb:shop.duckdb"))
        .isEqualTo(Map.of("destination_path", "shop.duckdb"));
    assertThat(DuckDbUri.toConfig("duckdb:/a%20b/c+d.duckdb?schema=x&metadata_columns=none"))
        .isEqualTo(
            Map.of(
                "destination_path", "/a b/c+d.duckdb", "schema", "x", "metadata_columns", "none"));
    assertThat(DuckDbUri.toConfig("duckdb:///a/b.duckdb"))
        .isEqualTo(Map.of("destination_path", "/a/b.duckdb"));
    assertThatThrownBy(() -> DuckDbUri.toConfig("duckdb:")).isInstanceOf(ConfigException.class);
  }
}
