package io.millrace.connectors.files.destination;

import io.millrace.spi.ConfigException;
import io.millrace.testkit.contract.InvalidConfig;
import io.millrace.testkit.contract.destination.DestinationContract;
import io.millrace.testkit.contract.destination.DestinationFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The whole contract, in each format, in a folder. */
class LocalFilesContractTest {
  @TempDir Path folder = Path.of("");

  private DestinationFixture fixture(Map<String, Object> format) {
    Path file = folder.resolve("file.txt");
    try {
      Files.writeString(file, "no folder");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Path lake = folder.resolve("lake");
    return new FilesFixture(
        new LocalFilesDestinationDefinition(),
        Map.of("destination_path", lake.toString(), "format", format, "metadata_columns", "none"),
        lake,
        List.of(
            new InvalidConfig(
                "a file in the place of the folder",
                Map.of("destination_path", file.toString(), "format", format),
                ConfigException.class,
                List.of(file.toString()))),
        List.of());
  }

  @Nested
  class Parquet implements DestinationContract {
    @Override
    public DestinationFixture fixture() {
      return LocalFilesContractTest.this.fixture(
          Map.of("format_type", "Parquet", "compression_codec", "SNAPPY"));
    }
  }

  @Nested
  class Jsonl implements DestinationContract {
    @Override
    public DestinationFixture fixture() {
      return LocalFilesContractTest.this.fixture(Map.of("format_type", "JSONL"));
    }
  }

  @Nested
  class CompressedCsv implements DestinationContract {
    @Override
    public DestinationFixture fixture() {
      return LocalFilesContractTest.this.fixture(
          Map.of("format_type", "CSV", "compression", Map.of("compression_type", "GZIP")));
    }
  }
}
