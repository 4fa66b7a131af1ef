package io.millrace.server.pipeline;

import io.millrace.spi.ConfigException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The references in configurations that do not come from a pipeline file. Thread-safe. */
public final class ConfigurationReferences {
  private final Map<String, String> environment;
  private final Path baseDirectory;

  /**
   * Resolves {@code ${env:NAME}} and {@code ${file:PATH}}.
   *
   * @param baseDirectory the folder that relative paths count from
   */
  public ConfigurationReferences(Map<String, String> environment, Path baseDirectory) {
    this.environment = Map.copyOf(environment);
    this.baseDirectory = baseDirectory;
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
        new References(environment, baseDirectory, mistakes).resolve("", values);
    mistakes.throwIfAny();
    Map<String, Object> map = Section.map(resolved);
    return map == null ? Map.of() : map;
  }
}
