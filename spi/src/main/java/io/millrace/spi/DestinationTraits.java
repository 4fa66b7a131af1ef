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
 * @param commitBytes the bytes of the source that one commit should hold, where every commit ends a
 *     file; partitions are then planned of about that size. 0: it does not matter
 */
public record DestinationTraits(
    Set<WriteMode> writeModes,
    TableLayout layout,
    MetadataColumns metadataColumns,
    @Nullable String defaultNamespace,
    Set<String> exactSystems,
    long commitBytes) {
  public DestinationTraits {
    writeModes = Set.copyOf(writeModes);
    exactSystems = Set.copyOf(exactSystems);
  }
}
