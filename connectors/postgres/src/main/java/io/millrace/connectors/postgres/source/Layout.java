package io.millrace.connectors.postgres.source;

import io.millrace.connectors.postgres.type.BinaryForms;
import io.millrace.connectors.postgres.type.PgColumn;
import io.millrace.connectors.postgres.type.PgType;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.RowEncoding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** The chosen columns of a stream and how each is read. */
record Layout(Schema schema, List<SourceColumn> columns) {
  private static final int NAMES_SHOWN_MAX = 20;

  /**
   * Makes the layout of a stream.
   *
   * @throws ConfigException when a chosen column does not exist
   */
  static Layout of(ConfiguredStream stream, List<PgColumn> existing) {
    Map<String, PgColumn> byName = new LinkedHashMap<>();
    existing.forEach(column -> byName.put(column.name(), column));
    boolean exact = stream.exactSystems().contains(PgType.SYSTEM);
    List<SourceColumn> chosen = new ArrayList<>();
    for (String name : stream.columns()) {
      PgColumn column = byName.get(name);
      if (column == null) {
        throw missing("column", name, stream, byName.keySet());
      }
      chosen.add(SourceColumn.of(column, exact));
    }
    return new Layout(new Schema(chosen.stream().map(SourceColumn::field).toList()), chosen);
  }

  static ConfigException missing(
      String what, String name, ConfiguredStream stream, Set<String> existing) {
    String shown = existing.stream().limit(NAMES_SHOWN_MAX).collect(Collectors.joining(", "));
    return new ConfigException(
        "no_such_column",
        "The "
            + what
            + " `"
            + name
            + "` does not exist in "
            + stream.name().display()
            + ". Its columns are: "
            + shown
            + (existing.size() > NAMES_SHOWN_MAX ? ", ..." : "")
            + ".");
  }

  /** Returns what to select, joined by commas. */
  String selected() {
    return columns.stream().map(SourceColumn::expression).collect(Collectors.joining(", "));
  }

  /** Returns what to select so that each column arrives in its own binary form. */
  String selectedPlain() {
    return columns.stream().map(SourceColumn::plain).collect(Collectors.joining(", "));
  }

  /** Returns how rows of {@link #selectedPlain} are encoded, or null when they must be decoded. */
  @Nullable RowEncoding encoding() {
    List<String> forms = new ArrayList<>();
    for (SourceColumn column : columns) {
      @Nullable String form = column.binaryForm();
      if (form == null) {
        return null;
      }
      forms.add(form);
    }
    return forms.isEmpty() ? null : new RowEncoding(BinaryForms.FORMAT, forms);
  }

  /** Returns the names of the columns that arrive as {@code jsonb}. */
  Set<String> jsonb() {
    return columns.stream()
        .filter(SourceColumn::jsonb)
        .map(column -> column.field().getName())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
