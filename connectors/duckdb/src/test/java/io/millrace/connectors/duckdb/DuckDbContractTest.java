package io.millrace.connectors.duckdb;

import io.millrace.spi.ConfigException;
import io.millrace.spi.DestinationDefinition;
import io.millrace.spi.TargetName;
import io.millrace.testkit.contract.InvalidConfig;
import io.millrace.testkit.contract.destination.DestinationCapability;
import io.millrace.testkit.contract.destination.DestinationContract;
import io.millrace.testkit.contract.destination.DestinationFixture;
import io.millrace.testkit.contract.destination.PublishedTable;
import io.millrace.testkit.duckdb.DuckDbReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

/** The whole contract, on a database file. */
class DuckDbContractTest implements DestinationContract {
  @TempDir Path folder = Path.of("");

  @Override
  public DestinationFixture fixture() {
    return new Fixture(folder);
  }

  private record Fixture(Path folder) implements DestinationFixture {
    @Override
    public DestinationDefinition<?> definition() {
      return new DuckDbDestinationDefinition();
    }

    @Override
    public Map<String, Object> config() {
      return Map.of("destination_path", file().toString(), "metadata_columns", "none");
    }

    private Path file() {
      return folder.resolve("contract.duckdb");
    }

    @Override
    public List<InvalidConfig> invalidConfigs() {
      Path text = folder.resolve("notes.txt");
      try {
        Files.writeString(text, "no database ".repeat(1_000));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return List.of(
          invalid("a folder", folder),
          invalid("a file of another kind", text),
          invalid("below a file", text.resolve("shop.duckdb")));
    }

    private static InvalidConfig invalid(String name, Path path) {
      return new InvalidConfig(
          name,
          Map.of("destination_path", path.toString()),
          ConfigException.class,
          List.of(path.toString()));
    }

    @Override
    public Set<DestinationCapability> capabilities() {
      return EnumSet.complementOf(EnumSet.of(DestinationCapability.BLOCK));
    }

    @Override
    public @Nullable PublishedTable read(TargetName target, Schema written)
        throws SQLException, IOException, InterruptedException {
      // Another process would find the file locked; a connection of this one sees what is
      // committed.
      DatabaseFile database = DatabaseFile.open(file(), file(), 256);
      Table table =
          new Table(database.catalog(), Objects.requireNonNull(target.namespace()), target.name());
      try (Session session = database.session()) {
        return DuckDbReader.read(session.connection(), table.sql());
      } catch (SQLException e) {
        if (String.valueOf(e.getMessage()).contains("does not exist")) {
          return null;
        }
        throw e;
      } finally {
        database.release();
      }
    }
  }
}
