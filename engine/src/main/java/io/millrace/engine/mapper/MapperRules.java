package io.millrace.engine.mapper;

import io.millrace.spi.ConfigException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What mappers may not do to the fields that a sync mode needs. Pure. */
public final class MapperRules {
  private MapperRules() {}

  /**
   * Refuses mappers after which rows could not be told apart, or not be ordered.
   *
   * @param mapped the fields after all mappers
   * @param primaryKey the source fields that rows are told apart by; empty where the mode dedups
   *     not
   * @param cursorField the source field by which the newest row of a key wins; null where none does
   * @throws ConfigException with the code {@link MappedFields#INVALID}
   */
  public static void check(
      MappedFields<?> mapped, List<String> primaryKey, @Nullable String cursorField) {
    for (String key : primaryKey) {
      MappedFields.Fate fate = mapped.fate(key);
      if (fate == null) {
        throw refused(
            "The mappers leave out "
                + key
                + ", which is part of the primary key by which rows are told apart. Hash it"
                + " instead, or choose a sync mode without dedup.");
      }
      if (fate.values() == MappedFields.Values.SCRAMBLED) {
        throw refused(
            "The mappers encrypt "
                + key
                + ", which is part of the primary key by which rows are told apart, and the"
                + " encryption of one value differs each time. Hash it instead, encrypt it with"
                + " AES in the mode ECB, or choose a sync mode without dedup.");
      }
    }
    if (cursorField != null && !primaryKey.isEmpty()) {
      requireOrder(mapped.fate(cursorField), cursorField);
    }
  }

  private static void requireOrder(MappedFields.@Nullable Fate fate, String cursor) {
    if (fate == null || fate.values() != MappedFields.Values.KEPT) {
      throw refused(
          "The mappers "
              + (fate == null ? "leave out " : "hash or encrypt ")
              + cursor
              + ", the cursor by which the newest row of a key is known. Leave it as it is, or"
              + " choose a sync mode without dedup.");
    }
  }

  private static ConfigException refused(String sentence) {
    return new ConfigException(MappedFields.INVALID, sentence);
  }
}
