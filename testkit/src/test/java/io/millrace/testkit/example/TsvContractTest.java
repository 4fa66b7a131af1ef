package io.millrace.testkit.example;

import io.millrace.spi.ConfigException;
import io.millrace.spi.SourceDefinition;
import io.millrace.spi.StreamName;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.contract.InvalidConfig;
import io.millrace.testkit.contract.source.SourceCapability;
import io.millrace.testkit.contract.source.SourceContract;
import io.millrace.testkit.contract.source.SourceFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

/** {@code source-tsv} keeps the whole contract of sources. */
final class TsvContractTest implements SourceContract {
  @TempDir private Path folder;

  @Override
  public SourceFixture fixture() {
    return new TsvFixture(folder);
  }

  private record TsvFixture(Path folder) implements SourceFixture {
    @Override
    public SourceDefinition<?> definition() {
      return new TsvDefinition();
    }

    @Override
    public Map<String, Object> config() {
      return Map.of("folder", folder.toString());
    }

    @Override
    public List<InvalidConfig> invalidConfigs() {
      String missing = folder.resolve("missing").toString();
      return List.of(
          new InvalidConfig(
              "missing folder",
              Map.of("folder", missing),
              ConfigException.class,
              List.of(missing)));
    }

    @Override
    public Set<SourceCapability> capabilities() {
      return EnumSet.of(
          SourceCapability.CREATE_STREAMS,
          SourceCapability.INSERT,
          SourceCapability.INCREMENTAL,
          SourceCapability.TIES_EXACTLY_ONCE,
          SourceCapability.UGLY_NAMES,
          SourceCapability.WIDE,
          SourceCapability.LARGE_VALUES);
    }

    @Override
    public boolean supports(LogicalType type) {
      return type.equals(new LogicalType.Int(64)) || type.equals(new LogicalType.Text());
    }

    @Override
    public StreamName createStream(
        String name, Schema schema, List<String> primaryKey, List<Row> rows) throws IOException {
      List<String> header = new ArrayList<>();
      for (Field field : schema.getFields()) {
        header.add(field.getName() + ":" + Fields.typeOf(field).display());
      }
      Path file = folder.resolve(name + ".tsv");
      Files.writeString(file, String.join("\t", header) + "\n" + lines(rows));
      return new StreamName(null, name);
    }

    @Override
    public void insert(StreamName stream, List<Row> rows) throws IOException {
      Path file = folder.resolve(stream.name() + ".tsv");
      Files.writeString(file, lines(rows), StandardOpenOption.APPEND);
    }

    private static String lines(List<Row> rows) {
      StringBuilder lines = new StringBuilder();
      for (Row row : rows) {
        lines.append(String.join("\t", row.values().stream().map(TsvFixture::cell).toList()));
        lines.append('\n');
      }
      return lines.toString();
    }

    private static String cell(@Nullable Object value) {
      if (value == null) {
        return "\\N";
      }
      return value
          .toString()
          .replace("\\", "\\\\")
          .replace("\t", "\\t")
          .replace("\n", "\\n")
          .replace("\r", "\\r");
    }
  }
}
