package io.millrace.connectors.faker;

import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * A column of a table.
 *
 * @param nullable whether its field may be null
 * @param bytes the size of a value in a batch, about
 */
record Column(String name, LogicalType type, boolean nullable, int bytes, Filler filler) {
  static Column id() {
    return new Column(
        "id", new LogicalType.Int(64), false, 8, Fixed.longs("id", (key, id, slice) -> id));
  }

  static Column whole(String name, String salt, Fixed.Made made) {
    return new Column(name, new LogicalType.Int(64), true, 8, Fixed.longs(salt, made));
  }

  static Column moment(String name, String salt, Fixed.Made made) {
    return new Column(name, new LogicalType.TimestampTz(), true, 8, Fixed.longs(salt, made));
  }

  static Column text(String table, String name, int bytes, Texts.Part... parts) {
    String salt = table + "." + name;
    return new Column(name, new LogicalType.Text(), true, bytes + 4, Texts.of(salt, parts));
  }

  Field field() {
    return Fields.of(name, type, nullable, null);
  }
}
