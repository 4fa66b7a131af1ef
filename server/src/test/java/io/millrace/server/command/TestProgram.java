package io.millrace.server.command;

import io.millrace.server.connector.ConnectorRegistry;
import io.millrace.server.output.Console;
import io.millrace.spi.ConnectorDefinition;
import io.millrace.spi.MetadataColumns;
import io.millrace.spi.StreamName;
import io.millrace.spi.TableLayout;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.fake.FakeDatabase;
import io.millrace.testkit.fake.FakeDestinationDefinition;
import io.millrace.testkit.fake.FakeDestinationOptions;
import io.millrace.testkit.fake.FakeSourceDefinition;
import io.millrace.testkit.fake.FakeSourceOptions;
import io.millrace.testkit.fake.FakeStore;
import io.millrace.testkit.fake.FaultPlan;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.arrow.vector.types.pojo.Schema;

/** The program in this process, over fakes, in a folder of its own. */
final class TestProgram {
  static final StreamName ORDERS = new StreamName("shop", "orders");
  static final Schema SCHEMA =
      new Schema(
          List.of(
              Fields.of("id", new LogicalType.Int(64)),
              Fields.of("at", new LogicalType.Int(64)),
              Fields.of("note", new LogicalType.Text())));

  final FakeDatabase database = new FakeDatabase();
  final FakeStore target = new FakeStore();
  final Map<String, String> environment = new HashMap<>(Map.of("FAKE_PASSWORD", "open sesame"));
  final Path folder;
  FaultPlan sourceFaults = FaultPlan.none();
  FaultPlan destinationFaults = FaultPlan.none();
  FakeDestinationOptions destinationOptions =
      FakeDestinationOptions.DEFAULT.shaped(TableLayout.TYPED, MetadataColumns.NONE);
  String stdin = "";

  /** Is told all of stdout so far whenever something was added. */
  Consumer<String> watcher = _ -> {};

  TestProgram(Path folder) {
    this.folder = folder;
  }

  /** What one command did. */
  record Result(int code, String out, String err) {
    String lastLine() {
      return out.isBlank() ? "" : out.strip().lines().toList().getLast();
    }
  }

  /** Makes a table of so many rows at the source. */
  TestProgram orders(int rows) {
    return table(ORDERS, rows);
  }

  TestProgram table(StreamName name, int rows) {
    List<Row> all = new ArrayList<>();
    for (long id = 1; id <= rows; id++) {
      all.add(Row.of(id, id * 10, "note " + id));
    }
    database.create(name, SCHEMA, List.of("id"), List.of("at")).insert(all);
    return this;
  }

  /** Writes a pipeline file between the fakes; {@code rest} goes behind source and destination. */
  TestProgram pipeline(String name, String rest) {
    return file(
        name,
        """
        source:
          connector: source-fake
          config: {host: fake, password: "${env:FAKE_PASSWORD}"}
        destination:
          connector: destination-fake
          config: {host: fake, password: "${env:FAKE_PASSWORD}"}
        """
            + rest);
  }

  TestProgram file(String name, String text) {
    try {
      Files.writeString(folder.resolve(name), text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Result run(String... arguments) {
    ByteArrayOutputStream out =
        new ByteArrayOutputStream() {
          @Override
          public void flush() {
            watcher.accept(toString(StandardCharsets.UTF_8));
          }
        };
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console = Console.plain(stream(out), stream(err));
    List<ConnectorDefinition<?>> connectors =
        List.of(
            new FakeSourceDefinition(database, FakeSourceOptions.DEFAULT, sourceFaults),
            new FakeDestinationDefinition(target, destinationOptions, destinationFaults));
    Surroundings surroundings =
        new Surroundings(
            console,
            new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
            Clock.systemUTC(),
            environment,
            folder,
            "./millrace",
            ConnectorRegistry.of(connectors));
    int code = new CommandLineProgram(surroundings).run(arguments);
    return new Result(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
