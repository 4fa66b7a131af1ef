package io.millrace.server.pipeline;

import io.millrace.spi.ConfigException;
import io.millrace.spi.PathRule;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The references in configurations that do not come from a pipeline file. The server's own secrets
 * are not to be had this way: whoever may edit a source could send them to a host of theirs.
 * Thread-safe.
 */
public final class ConfigurationReferences {
  /** The name of the file with the key of the server's secrets. */
  public static final String OWN_KEY_FILE = "secret.key";

  /** The name of the file with a generated password of the login. */
  public static final String OWN_LOGIN_FILE = "login.key";

  private static final String OWN_VARIABLES = "MILLRACE_";

  private final Map<String, String> environment;
  private final Path baseDirectory;
  private final PathRule files;

  /**
   * Resolves {@code ${env:NAME}} and {@code ${file:PATH}}.
   *
   * @param baseDirectory the folder that relative paths count from
   * @param files which files may be named
   */
  public ConfigurationReferences(
      Map<String, String> environment, Path baseDirectory, PathRule files) {
    this.environment = Map.copyOf(environment);
    this.baseDirectory = baseDirectory;
    this.files = files;
  }

  /** Tells whether a text is one reference and nothing else, and so no secret. */
  public static boolean isOne(String text) {
    return References.isOne(text);
  }

  /** Tells whether a text may be another one once its references are resolved. */
  public static boolean mayHold(String text) {
    return References.mayHold(text);
  }

  /**
   * Returns a copy of the values with every reference resolved.
   *
   * @param place where the values stand, for messages
   * @throws ConfigException with a sentence for each that cannot be resolved
   */
  public Map<String, Object> resolve(String place, Map<String, Object> values) {
    Mistakes mistakes = new Mistakes(place);
    @Nullable Object resolved =
        new References(environment, baseDirectory, mistakes, this::refusal).resolve("", values);
    mistakes.throwIfAny();
    Map<String, Object> map = Section.map(resolved);
    return map == null ? Map.of() : map;
  }

  private @Nullable String refusal(String kind, String name) {
    if (kind.equals("env")) {
      return name.startsWith(OWN_VARIABLES)
          ? "the variable " + name + " is the server's own; use another name."
          : null;
    }
    try {
      Path file = baseDirectory.resolve(name);
      for (String own : List.of(OWN_KEY_FILE, OWN_LOGIN_FILE)) {
        if (isNamed(own, file)) {
          return "a file named " + own + " may be the server's own key; use another name.";
        }
      }
      files.check(file);
      return null;
    } catch (ConfigException e) {
      return e.userMessage();
    } catch (InvalidPathException e) {
      // It cannot be read either; the sentence for that says more.
      return null;
    }
  }

  private static boolean isNamed(String own, Path file) {
    try {
      return file.endsWith(own) || file.toRealPath().endsWith(own);
    } catch (IOException e) {
      // As above.
      return false;
    }
  }
}
