package io.millrace.connectors.files.destination;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.connectors.files.format.OutputFormat;
import io.millrace.connectors.files.store.LocalStore;
import io.millrace.connectors.files.store.ObjectStore;
import io.millrace.connectors.files.store.S3Settings;
import io.millrace.connectors.files.store.S3Store;
import io.millrace.spi.BatchWriter;
import io.millrace.spi.Checkpoint;
import io.millrace.spi.Commit;
import io.millrace.spi.ConnectorContext;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.Destination;
import io.millrace.spi.LoadPlan;
import io.millrace.spi.MetadataColumns;
import io.millrace.spi.RecordBatch;
import io.millrace.spi.StreamLoader;
import io.millrace.spi.StreamName;
import io.millrace.spi.Tally;
import io.millrace.spi.TargetName;
import io.millrace.spi.WriteMode;
import io.millrace.spi.config.ConfigReader;
import io.millrace.spi.config.Secret;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.testkit.TestContext;
import io.millrace.testkit.arrow.AllocatorExtension;
import io.millrace.testkit.arrow.Batches;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.contract.destination.PublishedTable;
import io.millrace.testkit.servers.FolderBlindS3Server;
import io.millrace.testkit.servers.S3Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A process dies at each of its changes in turn; the next ones go on from what is durable. The rows
 * are those of an undisturbed sync, and the manifest names exactly the files that are there.
 */
@ExtendWith(AllocatorExtension.class)
class CrashTest {
  private static final Schema SCHEMA =
      new Schema(
          List.of(
              Fields.of("id", new LogicalType.Int(64)),
              Fields.of("sync", new LogicalType.Int(32))));
  private static final int CHANGES_MAX = 400;

  /** One for a proof by hand; the build takes some of the changes, other ones for each moment. */
  private static final int STEP = Integer.getInteger("millrace.crash.step", 3);

  private static final int SERVER_STEP = 5 * STEP;

  @TempDir Path folder = Path.of("");
  private BufferAllocator allocator = new RootAllocator(0);

  @BeforeEach
  void take(BufferAllocator given) {
    allocator = given;
  }

  private static LoadPlan plan(long sync, WriteMode mode) {
    return new LoadPlan(
        "pipeline",
        sync,
        1,
        new StreamName("public", "orders"),
        new TargetName("public", "orders", "public/orders/"),
        SCHEMA,
        mode,
        List.of(),
        null);
  }

  private Destination destination(Supplier<ObjectStore> store) {
    // One row is more than a byte, so every batch makes a file of its own.
    FileSettings settings =
        new FileSettings(
            PathFormat.of("path_format", "${NAMESPACE}/${STREAM_NAME}/"),
            new FileNames(FileNames.DEFAULT_PATTERN),
            ConfigReader.read(Wrapper.class, Map.of("format", "JSONL")).format(),
            1,
            MetadataColumns.NONE);
    ConnectorContext context = TestContext.of(allocator, folder).connector();
    return new FilesDestination(store, settings, context);
  }

  /** Reads a format as a configuration has it. */
  record Wrapper(@io.millrace.spi.config.Field(title = "Format") OutputFormat format) {}

  /** One sync as the engine runs it: two partitions, two commits of two files each. */
  private void sync(ObjectStore store, long sync, WriteMode mode) throws InterruptedException {
    try (Destination destination = destination(() -> store);
        StreamLoader loader = destination.open(plan(sync, mode))) {
      Map<String, Commit> last = new LinkedHashMap<>();
      loader.commits().forEach(commit -> last.put(commit.partitionId(), commit));
      for (int partition = 0; partition < 2; partition++) {
        Commit commit = last.get("p" + partition);
        if (commit == null || !commit.done()) {
          load(loader, sync, partition, commit == null ? 0 : commit.sequence());
        }
      }
      assertThat(loader.finish().rowsPublished()).isEqualTo(8);
    }
  }

  private void load(StreamLoader loader, long sync, int partition, long from)
      throws InterruptedException {
    try (BatchWriter writer = loader.writer("p" + partition, partition)) {
      for (long sequence = from + 1; sequence <= 2; sequence++) {
        for (int file = 0; file < 2; file++) {
          long id = partition * 100L + sequence * 10 + file;
          try (RecordBatch batch = Batches.batch(allocator, SCHEMA, List.of(Row.of(id, sync)))) {
            writer.write(batch);
          }
        }
        long rows = sequence * 2;
        writer.commit(
            new Commit(
                "p" + partition,
                sequence,
                new Checkpoint(1, "{}"),
                sequence == 2,
                new Tally(rows, rows, 0, 0, rows)));
      }
    }
  }

  private static List<Row> rows(long sync) {
    List<Row> rows = new ArrayList<>();
    for (long id : new long[] {10, 11, 20, 21, 110, 111, 120, 121}) {
      rows.add(Row.of(id, sync));
    }
    return rows;
  }

  /** Runs a sync that dies at its n-th change, then as many as it takes. Tells whether it died. */
  private boolean crashAt(
      Supplier<ObjectStore> opener, int change, CrashingStore.Moment moment, WriteMode mode)
      throws Exception {
    sync(opener.get(), 1, WriteMode.OVERWRITE);
    CrashingStore crashing = new CrashingStore(opener.get(), change, moment);
    boolean died = false;
    try {
      sync(crashing, 2, mode);
    } catch (ConnectorException e) {
      died = true;
      assertThat(crashing.dead()).as("a failure that is no crash: " + e).isTrue();
    }
    sync(opener.get(), 2, mode);
    sync(opener.get(), 2, mode);
    return died;
  }

  private void verify(String what, Path lake, WriteMode mode) throws Exception {
    Path stream = lake.resolve("public/orders");
    PublishedTable table = WrittenFiles.read(stream, SCHEMA);
    assertThat(table).as(what).isNotNull();
    List<Row> expected = new ArrayList<>(rows(2));
    if (mode == WriteMode.APPEND) {
      expected.addAll(rows(1));
    }
    assertThat(table.rows()).as(what).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(manifest(stream)).as(what + ": the manifest").isEqualTo(files(stream));
  }

  private static Set<String> manifest(Path stream) throws Exception {
    JsonNode manifest = new ObjectMapper().readTree(stream.resolve("_manifest.json").toFile());
    assertThat(manifest.path("removing")).isEmpty();
    Set<String> paths = new TreeSet<>();
    manifest.path("files").forEach(file -> paths.add(file.path("path").asText()));
    return paths;
  }

  private static Set<String> files(Path stream) throws Exception {
    Set<String> paths = new TreeSet<>();
    for (Path file : WrittenFiles.data(stream)) {
      paths.add(stream.relativize(file).toString());
    }
    return paths;
  }

  @ParameterizedTest
  @EnumSource(CrashingStore.Moment.class)
  void appendSurvivesACrashAtEveryChange(CrashingStore.Moment moment) throws Exception {
    assertThat(crashEverywhere(moment, WriteMode.APPEND)).isGreaterThan(20);
  }

  @ParameterizedTest
  @EnumSource(CrashingStore.Moment.class)
  void overwriteSurvivesACrashAtEveryChange(CrashingStore.Moment moment) throws Exception {
    assertThat(crashEverywhere(moment, WriteMode.OVERWRITE)).isGreaterThan(20);
  }

  private int crashEverywhere(CrashingStore.Moment moment, WriteMode mode) throws Exception {
    for (int change = moment == CrashingStore.Moment.BEFORE ? 1 : 2;
        change < CHANGES_MAX;
        change += STEP) {
      Path lake = folder.resolve(moment + "-" + change);
      boolean died = crashAt(() -> new LocalStore(lake), change, moment, mode);
      verify("dead " + moment + " change " + change, lake, mode);
      if (!died) {
        return change;
      }
    }
    throw new AssertionError("The sync never ends.");
  }

  @Test
  void aServerIsNoDifferent() throws Exception {
    try (S3Server server = S3Server.start(Files.createDirectory(folder.resolve("s3")))) {
      crashAgainst(server.endpoint(), server::createBucket, WriteMode.APPEND, WriteMode.OVERWRITE);
    }
  }

  @Test
  void aServerThatListsNoUploadsByFolderIsNoDifferent() throws Exception {
    try (FolderBlindS3Server server =
        FolderBlindS3Server.start(Files.createDirectory(folder.resolve("s3")))) {
      crashAgainst(server.endpoint(), server::createBucket, WriteMode.OVERWRITE);
    }
  }

  private void crashAgainst(String endpoint, Consumer<String> buckets, WriteMode... modes)
      throws Exception {
    for (WriteMode mode : modes) {
      for (int change = 1; change < CHANGES_MAX; change += SERVER_STEP) {
        String bucket = mode.name().toLowerCase(java.util.Locale.ROOT) + change;
        buckets.accept(bucket);
        S3Settings settings =
            new S3Settings(
                bucket,
                Optional.empty(),
                Optional.of(endpoint),
                Optional.of(new Secret(S3Server.ACCESS_KEY_ID)),
                Optional.of(new Secret(S3Server.SECRET_ACCESS_KEY)));
        boolean died =
            crashAt(() -> new S3Store(settings, ""), change, CrashingStore.Moment.AFTER, mode);
        verify(mode + ", dead after change " + change, folder.resolve("s3/" + bucket), mode);
        if (!died) {
          break;
        }
      }
    }
  }
}
