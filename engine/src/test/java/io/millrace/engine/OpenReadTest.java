package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.SyncMode;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

final class OpenReadTest {
  private static final Schema SCHEMA =
      new Schema(
          List.of(
              new Field(
                  "total",
                  new FieldType(
                      true, new ArrowType.Decimal(15, 2, 128), null, Map.of("type", "decimal")),
                  List.of()),
              Field.notNullable("id", new ArrowType.Int(64, true))),
          Map.of("of", "orders"));

  @Test
  void aSchemaIsKept() {
    assertThat(open(OpenRead.text(SCHEMA)).fields()).isEqualTo(SCHEMA);
  }

  @Test
  void aSchemaOfAnEarlierVersionIsUnderstood() {
    assertThat(open(SCHEMA.toJson()).fields()).isEqualTo(SCHEMA);
  }

  private static OpenRead open(String schema) {
    return new OpenRead(1, SyncMode.FULL_REFRESH_OVERWRITE, "", null, schema, List.of(), null);
  }
}
