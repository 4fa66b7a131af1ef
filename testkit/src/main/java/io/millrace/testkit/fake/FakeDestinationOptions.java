package io.millrace.testkit.fake;

import io.millrace.spi.MetadataColumns;
import io.millrace.spi.TableLayout;
import io.millrace.spi.WriteMode;
import io.millrace.testkit.arrow.Row;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a {@link FakeDestination} can do and wants.
 *
 * @param writeModes the modes it supports
 * @param layout see {@link io.millrace.spi.DestinationTraits#layout}
 * @param metadataColumns see {@link io.millrace.spi.DestinationTraits#metadataColumns}
 * @param nameCharsMax how long a table's or column's name may be, at least 20
 * @param refuses the rows, in the order of the plan's schema, that it cannot hold
 */
public record FakeDestinationOptions(
    Set<WriteMode> writeModes,
    TableLayout layout,
    MetadataColumns metadataColumns,
    int nameCharsMax,
    Predicate<Row> refuses) {
  /** Every mode, a plain typed table, names of 63 characters, no row refused. */
  public static final FakeDestinationOptions DEFAULT =
      new FakeDestinationOptions(
          EnumSet.allOf(WriteMode.class),
          TableLayout.TYPED,
          MetadataColumns.NONE,
          63,
          row -> false);

  public FakeDestinationOptions {
    writeModes = Set.copyOf(writeModes);
  }

  /** Returns a copy that supports these modes alone. */
  public FakeDestinationOptions supporting(Set<WriteMode> modes) {
    return new FakeDestinationOptions(modes, layout, metadataColumns, nameCharsMax, refuses);
  }

  /** Returns a copy with another shape of tables. */
  public FakeDestinationOptions shaped(TableLayout newLayout, MetadataColumns newColumns) {
    return new FakeDestinationOptions(writeModes, newLayout, newColumns, nameCharsMax, refuses);
  }

  /** Returns a copy that refuses these rows. */
  public FakeDestinationOptions refusing(Predicate<Row> rows) {
    return new FakeDestinationOptions(writeModes, layout, metadataColumns, nameCharsMax, rows);
  }
}
