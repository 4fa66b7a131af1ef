package io.millrace.spi.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

final class FieldsTest {
  private static final List<LogicalType> ALL =
      List.of(
          new LogicalType.Bool(),
          new LogicalType.Int(8),
          new LogicalType.Int(16),
          new LogicalType.Int(32),
          new LogicalType.Int(64),
          new LogicalType.Real(32),
          new LogicalType.Real(64),
          new LogicalType.Decimal(38, 10),
          new LogicalType.Date(),
          new LogicalType.Time(),
          new LogicalType.Timestamp(),
          new LogicalType.TimestampTz(),
          new LogicalType.Text(),
          new LogicalType.Binary(),
          new LogicalType.Json(),
          new LogicalType.Uuid(),
          new LogicalType.ListOf(new LogicalType.ListOf(new LogicalType.Json())),
          new LogicalType.Struct(
              List.of(
                  new LogicalType.Part("a", new LogicalType.Uuid()),
                  new LogicalType.Part("b", new LogicalType.ListOf(new LogicalType.Text())))),
          new LogicalType.Vector(3));

  @Test
  void everyTypeComesBackFromItsField() {
    for (LogicalType type : ALL) {
      assertThat(Fields.typeOf(Fields.of("x", type))).isEqualTo(type);
    }
  }

  @Test
  void everyFieldSurvivesJson() throws Exception {
    NativeType nativeType = new NativeType("postgresql", "numeric(20,4)[]");
    Field field = Fields.of("Ünïcode \"x\"", new LogicalType.Text(), false, nativeType);
    Schema schema = new Schema(List.of(field));

    Field back = Schema.fromJSON(schema.toJson()).getFields().getFirst();

    assertThat(back).isEqualTo(field);
    assertThat(Fields.nativeTypeOf(back)).isEqualTo(nativeType);
    assertThat(back.isNullable()).isFalse();
  }

  @Test
  void namesForPeople() {
    assertThat(new LogicalType.ListOf(new LogicalType.Decimal(15, 2)).display())
        .isEqualTo("list<decimal(15,2)>");
    assertThat(
            new LogicalType.Struct(
                    List.of(new LogicalType.Part("a", new LogicalType.TimestampTz())))
                .display())
        .isEqualTo("struct<a: timestamp with zone>");
  }
}
