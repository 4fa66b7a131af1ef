package io.millrace.spi;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * How one line says a connector's configuration: {@code postgresql://user@host:5432/shop}.
 *
 * @param schemes the schemes it answers to, without colon; {@code file} also takes plain paths and
 *     globs
 * @param example a complete URI
 * @param toConfig turns a URI of one of the schemes into configuration values (snake_case keys,
 *     plain maps, lists, strings, numbers, booleans). Query parameters it does not know become
 *     fields of their own name, as text; throws {@link ConfigException} for what it cannot read.
 */
public record UriForm(
    List<String> schemes, String example, Function<String, Map<String, Object>> toConfig) {
  public UriForm {
    schemes = List.copyOf(schemes);
  }
}
