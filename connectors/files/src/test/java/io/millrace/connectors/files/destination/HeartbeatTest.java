package io.millrace.connectors.files.destination;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connectors.files.format.OutputFormat;
import io.millrace.connectors.files.store.LocalStore;
import io.millrace.connectors.files.store.ObjectStore;
import io.millrace.connectors.files.store.S3Settings;
import io.millrace.connectors.files.store.S3Store;
import io.millrace.spi.BatchWriter;
import io.millrace.spi.Checkpoint;
import io.millrace.spi.Commit;
import io.millrace.spi.ConnectorContext;
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
import io.millrace.spi.config.Field;
import io.millrace.spi.config.Secret;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.testkit.TestContext;
import io.millrace.testkit.arrow.AllocatorExtension;
import io.millrace.testkit.arrow.Batches;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.servers.S3Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A publication says with each of its files that it goes on: it may take hours. */
@ExtendWith(AllocatorExtension.class)
final class HeartbeatTest {
  private static final Schema SCHEMA =
      new Schema(List.of(Fields.of("id", new LogicalType.Int(64))));
  private static final int FILES = 25;

  @TempDir Path folder;

  /** Reads a format as a configuration has it. */
  record Wrapper(@Field(title = "Format") OutputFormat format) {}

  @Test
  void beatsForEachFileInAFolder(BufferAllocator allocator) throws Exception {
    Path lake = folder.resolve("lake");
    beatsForEachFile(allocator, () -> new LocalStore(lake));
  }

  @Test
  void beatsForEachFileInABucket(BufferAllocator allocator) throws Exception {
    try (S3Server server = S3Server.start(Files.createDirectory(folder.resolve("s3")))) {
      server.createBucket("lake");
      S3Settings settings =
          new S3Settings(
              "lake",
              Optional.empty(),
              Optional.of(server.endpoint()),
              Optional.of(new Secret(S3Server.ACCESS_KEY_ID)),
              Optional.of(new Secret(S3Server.SECRET_ACCESS_KEY)));
      beatsForEachFile(allocator, () -> new S3Store(settings, ""));
    }
  }

  private void beatsForEachFile(BufferAllocator allocator, Supplier<ObjectStore> store)
      throws Exception {
    AtomicInteger beats = new AtomicInteger();
    // One row is more than a byte, so every batch makes a file of its own.
    FileSettings settings =
        new FileSettings(
            PathFormat.of("path_format", "${STREAM_NAME}/"),
            new FileNames(FileNames.DEFAULT_PATTERN),
            ConfigReader.read(Wrapper.class, Map.of("format", "JSONL")).format(),
            1,
            MetadataColumns.NONE);
    ConnectorContext context =
        TestContext.of(allocator, folder).connector().withHeartbeat(beats::incrementAndGet);
    try (Destination destination = new FilesDestination(store, settings, context);
        StreamLoader loader = destination.open(plan())) {
      write(loader, allocator);
      beats.set(0);
      assertThat(loader.finish().rowsPublished()).isEqualTo(FILES);
      assertThat(beats).hasValueGreaterThan(FILES);
    }
  }

  private static void write(StreamLoader loader, BufferAllocator allocator)
      throws InterruptedException {
    try (BatchWriter writer = loader.writer("p0", 0)) {
      for (long id = 0; id < FILES; id++) {
        try (RecordBatch batch = Batches.batch(allocator, SCHEMA, List.of(Row.of(id)))) {
          writer.write(batch);
        }
      }
      Tally tally = new Tally(FILES, FILES, 0, 0, FILES);
      writer.commit(new Commit("p0", 1, new Checkpoint(1, "{}"), true, tally));
    }
  }

  private static LoadPlan plan() {
    return new LoadPlan(
        "pipeline",
        1,
        1,
        new StreamName(null, "orders"),
        new TargetName(null, "orders", "orders/"),
        SCHEMA,
        WriteMode.OVERWRITE,
        List.of(),
        null);
  }
}
