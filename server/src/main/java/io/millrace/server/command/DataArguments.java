package io.millrace.server.command;

import io.millrace.server.environment.Variables;
import io.millrace.server.store.DatabaseUrl;
import io.millrace.server.up.DataDirectory;
import io.millrace.spi.ConfigException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The arguments that say where a server keeps everything; each is also a variable. */
final class DataArguments {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data directory (.millrace in your home).")
  private @Nullable String data;

  @Option(
      names = "--database",
      paramLabel = "URL",
      description =
          "The metadata, where PostgreSQL keeps it: postgresql://USER:PASSWORD@HOST/DATABASE.")
  private @Nullable String database;

  /**
   * Returns the data directory.
   *
   * @throws ConfigException when it is no path
   */
  DataDirectory directory(Surroundings surroundings) {
    String text = said(surroundings, "MILLRACE_DATA", data);
    if (data != null && data.isBlank()) {
      throw new ConfigException(
          "arguments", "--data is empty; expected a folder, such as /srv/millrace.");
    }
    try {
      Path path =
          text.isEmpty()
              ? Path.of(System.getProperty("user.home", ".")).resolve(".millrace")
              : surroundings.currentDirectory().resolve(text);
      return new DataDirectory(path.toAbsolutePath().normalize());
    } catch (InvalidPathException e) {
      throw new ConfigException("arguments", "--data is no path: \"" + text + "\".");
    }
  }

  /**
   * Returns where the metadata is.
   *
   * @throws ConfigException when the URL cannot be read
   */
  DatabaseUrl database(Surroundings surroundings) {
    String url = said(surroundings, "MILLRACE_DATABASE", database);
    return url.isEmpty()
        ? new DatabaseUrl.Sqlite(directory(surroundings).store())
        : DatabaseUrl.parse(url);
  }

  private static String said(Surroundings surroundings, String variable, @Nullable String option) {
    return option != null ? option : new Variables(surroundings.environment()).text(variable);
  }
}
