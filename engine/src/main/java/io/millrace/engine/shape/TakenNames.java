package io.millrace.engine.shape;

import io.millrace.spi.ConfigException;
import io.millrace.spi.DestinationTraits;
import io.millrace.spi.MetadataColumns;
import io.millrace.spi.StreamName;
import io.millrace.spi.TableLayout;
import java.util.Collection;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/** Tells whether a stream's own columns have the names of those that are added to them. Pure. */
public final class TakenNames {
  private static final List<String> METADATA =
      MetadataVectors.FIELDS.stream().map(Field::getName).toList();

  private TakenNames() {}

  /**
   * Returns the sentence with which a stream stops whose columns would be there twice, or null.
   *
   * @param columns as they would be written
   */
  public static @Nullable ConfigException problem(
      DestinationTraits traits, StreamName stream, Collection<String> columns) {
    if (traits.layout() != TableLayout.TYPED || traits.metadataColumns() != MetadataColumns.FULL) {
      return null;
    }
    List<String> taken = METADATA.stream().filter(columns::contains).toList();
    if (taken.isEmpty()) {
      return null;
    }
    return new ConfigException(
        "column_name_taken",
        "Stream "
            + stream.display()
            + " has columns of its own by names that the metadata columns have: "
            + String.join(", ", taken)
            + ". Say metadata_columns: none at the destination to carry them as they are, leave them"
            + " out by columns, or rename them by a field-renaming mapper.");
  }
}
