package io.millrace.server.secret;

import io.millrace.server.pipeline.References;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the references of stored configurations. The server's own secrets are not to be had this
 * way: whoever may edit a source could send them to a host of theirs. Immutable.
 */
public final class ServerReferences {
  private static final String OWN_VARIABLES = "MILLRACE_";

  private final Map<String, String> environment;
  private final Path dataDirectory;

  /**
   * Makes it.
   *
   * @param environment the variables that references name
   * @param dataDirectory where relative paths count from
   */
  public ServerReferences(Map<String, String> environment, Path dataDirectory) {
    this.environment = Map.copyOf(environment);
    this.dataDirectory = dataDirectory;
  }

  References of(String place) {
    return References.of(environment, dataDirectory, place, this::refusal);
  }

  private @Nullable String refusal(References.Kind kind, String name) {
    return switch (kind) {
      case ENV ->
          name.startsWith(OWN_VARIABLES)
              ? "the variable " + name + " is the server's own; use another name."
              : null;
      case FILE -> isKeyFile(name) ? "the file of the server's own key is not to be had." : null;
    };
  }

  private boolean isKeyFile(String name) {
    try {
      return Files.isSameFile(dataDirectory.resolve(name), dataDirectory.resolve(KeyFile.NAME));
    } catch (IOException | InvalidPathException e) {
      return false;
    }
  }
}
