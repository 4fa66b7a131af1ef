package io.millrace.server;

import io.millrace.server.command.CommandLineProgram;
import io.millrace.server.command.Surroundings;
import io.millrace.server.connector.ConnectorRegistry;
import io.millrace.server.http.HttpSettings;
import io.millrace.server.store.DatabaseUrl;
import io.millrace.server.training.PostgresSyncs;
import io.millrace.server.training.RecordedPostgres;
import io.millrace.server.up.DataDirectory;
import io.millrace.server.up.Server;
import io.millrace.server.up.ServerSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Does a little of everything, so that Java's ahead-of-time cache knows the classes and methods
 * that a real run needs. The launcher runs it once after a build; what it prints nobody reads.
 */
final class Training {
  /** A server that refuses the connection at once: the driver is loaded on the way. */
  private static final String NO_DATABASE =
      """
      {"host": "127.0.0.1", "port": 1, "database": "none", "username": "nobody"}
      """;

  /** Enough for Java to see which methods are hot, and to write what it learned about them. */
  private static final int ROWS = 60_000;

  private static final String LOOPBACK = "127.0.0.1";

  /** Java's cache takes no class that the flight recorder has changed. */
  private static final Map<String, String> WITHOUT_RECORDER =
      Map.of("MILLRACE_FLIGHT_RECORDER", "false");

  private Training() {}

  /**
   * Runs commands.
   *
   * @param folder for what they leave
   * @return whether all of them succeeded
   */
  static boolean run(String folder) {
    String database = folder + "/training.duckdb";
    String[] sync = {
      "sync", "faker:?count=3000&seed=1", "duckdb:" + database, "--state-dir", folder
    };
    boolean good = command("connectors");
    good &= command("connectors", "show", "source-faker");
    good &= command(sync);
    good &= command(sync[0], sync[1], sync[2], sync[3], sync[4], "--output", "json");
    good &= command("query", database, "SELECT count(*) FROM users");
    String orders = orders(folder);
    for (String destination : List.of(lake(folder), "duckdb:" + database)) {
      good &= command("sync", orders, destination, "--state-dir", folder);
    }
    good &= command("check", "source-postgres", "--config", config(folder));
    good &= ProcessEnd.exit().isPresent();
    good &= postgres(folder);
    return good;
  }

  /**
   * Starts a server on a port that is free, and asks it once.
   *
   * @param folder for what it leaves
   * @return whether it answered
   */
  static boolean server(String folder) {
    DataDirectory data = new DataDirectory(Path.of(folder, "server"));
    ServerSettings settings =
        new ServerSettings(
            data,
            new DatabaseUrl.Sqlite(data.store()),
            new HttpSettings(LOOPBACK, List.of(0), null, null),
            WITHOUT_RECORDER);
    try (Server server = Server.start(settings, ConnectorRegistry.load(), Clock.systemUTC());
        InputStream answer =
            URI.create("http://" + LOOPBACK + ":" + server.ports().getFirst() + "/ready")
                .toURL()
                .openStream()) {
      return answer.readAllBytes().length > 0;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static boolean postgres(String folder) {
    boolean good = true;
    try (RecordedPostgres server = RecordedPostgres.start()) {
      for (String[] sync : PostgresSyncs.commands(server.port(), folder)) {
        good &= command(sync);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return good;
  }

  private static String lake(String folder) {
    return "file:" + folder + "/lake?format=Parquet&compression_codec=SNAPPY";
  }

  /** Makes a file with a column of each common type. */
  private static String orders(String folder) {
    List<String> lines = IntStream.range(0, ROWS).mapToObj(Training::order).toList();
    String header = "id,customer,quantity,total,status,note,ordered_on,created_at\n";
    return write(folder, "orders.csv", header + String.join("", lines));
  }

  private static String order(int row) {
    return "%d,%d,%d,%d.%02d,%s,note %x,%s,%s\n"
        .formatted(
            row,
            row * 7919L % 10_007,
            row % 20,
            row % 9_973,
            row % 100,
            row % 3 == 0 ? "paid" : "delivered",
            row * 0x9E37_79B9_7F4A_7C15L,
            LocalDate.EPOCH.plusDays(row % 4_000),
            Instant.EPOCH.plusSeconds(row).atOffset(ZoneOffset.UTC));
  }

  private static String config(String folder) {
    return write(folder, "none.json", NO_DATABASE);
  }

  private static String write(String folder, String name, String content) {
    try {
      return Files.writeString(Path.of(folder, name), content).toString();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static boolean command(String... arguments) {
    return new CommandLineProgram(Surroundings.ofThisProcess()).run(arguments) == 0;
  }
}
