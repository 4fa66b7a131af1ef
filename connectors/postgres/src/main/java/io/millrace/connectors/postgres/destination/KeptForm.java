package io.millrace.connectors.postgres.destination;

import io.millrace.connectors.postgres.destination.copy.RowEncoder;
import io.millrace.connectors.postgres.destination.table.PgType;
import io.millrace.connectors.postgres.destination.table.PgType.Family;
import io.millrace.connectors.postgres.destination.table.TableDesign;
import io.millrace.connectors.postgres.destination.table.TargetColumn;
import io.millrace.connectors.postgres.type.BinaryForms;
import io.millrace.spi.RowEncoding;
import java.util.List;

/** Tells which rows of another PostgreSQL can be stored as they are. */
final class KeptForm {
  private KeptForm() {}

  /**
   * Tells whether every encoded column has the form of the table's column, and the others can be
   * written beside them.
   */
  static boolean takes(TableDesign design, RowEncoding encoding) {
    List<TargetColumn> columns = design.columns();
    int kept = encoding.columns().size();
    if (!encoding.format().equals(BinaryForms.FORMAT) || kept == 0 || kept > columns.size()) {
      return false;
    }
    for (int i = 0; i < kept; i++) {
      if (!form(columns.get(i).type()).equals(encoding.columns().get(i))) {
        return false;
      }
    }
    return columns.subList(kept, columns.size()).stream().allMatch(RowEncoder::hasBinary);
  }

  private static String form(PgType type) {
    boolean anyText = type.family() == Family.VARCHAR && type.size() == PgType.UNLIMITED;
    return anyText ? BinaryForms.TEXT : type.sql();
  }
}
