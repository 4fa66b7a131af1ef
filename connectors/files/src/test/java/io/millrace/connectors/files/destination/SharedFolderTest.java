package io.millrace.connectors.files.destination;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connectors.files.format.OutputFormat;
import io.millrace.connectors.files.store.LocalStore;
import io.millrace.spi.ConfigException;
import io.millrace.spi.Destination;
import io.millrace.spi.LoadPlan;
import io.millrace.spi.MetadataColumns;
import io.millrace.spi.Notice;
import io.millrace.spi.StreamLoader;
import io.millrace.spi.StreamName;
import io.millrace.spi.TargetName;
import io.millrace.spi.WriteMode;
import io.millrace.spi.config.ConfigReader;
import io.millrace.spi.config.Field;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.testkit.TestContext;
import io.millrace.testkit.arrow.AllocatorExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Folders that several streams, or several pipelines, would have in common. */
@ExtendWith(AllocatorExtension.class)
final class SharedFolderTest {
  private static final String MARK = "1a2b3c4d";

  @TempDir Path folder;

  /** Reads a format as a configuration has it. */
  record Wrapper(@Field(title = "Format") OutputFormat format) {}

  @Test
  void streamsOfOneFolderAreSeenToMeetAndAreToldApart(BufferAllocator allocator) {
    assertApart(allocator, "same/", "same/", "same_1a2b3c4d/");
    assertApart(
        allocator, "same/date=${YEAR}/", "same/date=${YEAR}/", "same_1a2b3c4d/date=${YEAR}/");
    assertApart(allocator, "${YEAR}/", "${YEAR}/", "1a2b3c4d/${YEAR}/");
    assertApart(allocator, "${NAMESPACE}/", "shop/", "shop_1a2b3c4d/");
    assertApart(allocator, "", "", "1a2b3c4d/");
  }

  private void assertApart(BufferAllocator allocator, String format, String shared, String apart) {
    try (Destination destination = open(allocator, format)) {
      TargetName orders = destination.identify(TargetName.wanted("shop", "orders"));
      TargetName items = destination.identify(TargetName.wanted("shop", "items"));
      assertThat(items.identity()).isEqualTo(orders.identity()).isEqualTo(shared);
      TargetName other = destination.distinguish(items, MARK);
      assertThat(other.identity()).isEqualTo(apart);
      assertThat(destination.identify(other)).isEqualTo(other);
    }
  }

  @Test
  void streamsWithAFolderOfTheirOwnDoNotMeet(BufferAllocator allocator) {
    for (String format :
        List.of("${STREAM_NAME}/", "${YEAR}/${STREAM_NAME}/", "x_${STREAM_NAME}")) {
      try (Destination destination = open(allocator, format)) {
        TargetName orders = destination.identify(TargetName.wanted("shop", "orders"));
        TargetName items = destination.identify(TargetName.wanted("shop", "items"));
        TargetName others = destination.identify(TargetName.wanted("other", "orders"));
        assertThat(items.identity()).as(format).isNotEqualTo(orders.identity());
        assertThat(others.identity()).as(format).isEqualTo(orders.identity());
        assertThat(destination.distinguish(others, MARK).name()).isEqualTo("orders_" + MARK);
      }
    }
  }

  @Test
  void anotherPipelinesFilesAreReplacedWithAWordIfTheManifestNamesThem(BufferAllocator allocator)
      throws Exception {
    TestContext context = TestContext.of(allocator, folder);
    try (Destination destination = open(context, "${STREAM_NAME}/")) {
      overwrite(destination, "first");
      assertThat(context.notices()).isEmpty();
      overwrite(destination, "second");
    }
    assertThat(context.notices()).extracting(Notice::code).containsExactly("folder_shared");
    assertThat(context.notices().getFirst().message()).contains("first/shop.orders");
    assertThat(dataFiles()).hasSize(1);
  }

  @Test
  void anotherPipelinesFilesThatNoManifestNamesAreNotTouched(BufferAllocator allocator)
      throws Exception {
    try (Destination destination = open(allocator, "${STREAM_NAME}/")) {
      overwrite(destination, "first");
      Files.delete(folder.resolve("lake/orders/_manifest.json"));
      overwrite(destination, "first");
      assertThat(dataFiles()).hasSize(1);
      Files.delete(folder.resolve("lake/orders/_manifest.json"));
      Assertions.assertThatExceptionOfType(ConfigException.class)
          .isThrownBy(() -> overwrite(destination, "second"))
          .withMessageContaining("did not write");
    }
    assertThat(dataFiles()).hasSize(1);
  }

  @Test
  void pipelinesWithOneFixedFolderReplaceOnlyTheirOwnFiles(BufferAllocator allocator)
      throws Exception {
    try (Destination destination = open(allocator, "orders/")) {
      overwrite(destination, "first");
      overwrite(destination, "second");
      overwrite(destination, "second");
    }
    assertThat(dataFiles()).hasSize(1);
  }

  private List<Path> dataFiles() throws Exception {
    try (var files = Files.list(folder.resolve("lake/orders"))) {
      return files.filter(file -> file.toString().endsWith(".jsonl")).toList();
    }
  }

  private static void overwrite(Destination destination, String pipeline) throws Exception {
    LoadPlan plan =
        new LoadPlan(
            pipeline,
            1,
            1,
            new StreamName("shop", "orders"),
            destination.identify(TargetName.wanted("shop", "orders")),
            new Schema(List.of(Fields.of("id", new LogicalType.Int(64)))),
            WriteMode.OVERWRITE,
            List.of(),
            null);
    try (StreamLoader loader = destination.open(plan)) {
      loader.finish();
    }
  }

  private Destination open(BufferAllocator allocator, String format) {
    return open(TestContext.of(allocator, folder), format);
  }

  private Destination open(TestContext context, String format) {
    FileSettings settings =
        new FileSettings(
            PathFormat.of("path_format", format),
            new FileNames(FileNames.DEFAULT_PATTERN),
            ConfigReader.read(Wrapper.class, Map.of("format", "JSONL")).format(),
            1 << 20,
            MetadataColumns.NONE);
    Path lake = folder.resolve("lake");
    return new FilesDestination(() -> new LocalStore(lake), settings, context.connector());
  }
}
