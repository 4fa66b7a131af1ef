package io.millrace.spi;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a configured destination can do and wants.
 *
 * @param writeModes the modes it supports
 * @param layout how a stream becomes a table
 * @param metadataColumns which of Airbyte's columns are added
 * @param defaultNamespace the configured namespace ({@code public}); null where it has none
 * @param exactSystems see {@link ConfiguredStream#exactSystems}
 */
public record DestinationTraits(
    Set<WriteMode> writeModes,
    TableLayout layout,
    MetadataColumns metadataColumns,
    @Nullable String defaultNamespace,
    Set<String> exactSystems) {
  public DestinationTraits {
    writeModes = Set.copyOf(writeModes);
    exactSystems = Set.copyOf(exactSystems);
  }
}
