package io.millrace.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.spi.type.LogicalType.Decimal;
import io.millrace.spi.type.LogicalType.Int;
import io.millrace.spi.type.LogicalType.Json;
import io.millrace.spi.type.LogicalType.ListOf;
import io.millrace.spi.type.LogicalType.Part;
import io.millrace.spi.type.LogicalType.Real;
import io.millrace.spi.type.LogicalType.Struct;
import io.millrace.spi.type.LogicalType.Text;
import io.millrace.spi.type.LogicalType.Timestamp;
import io.millrace.spi.type.LogicalType.TimestampTz;
import io.millrace.spi.type.LogicalType.Uuid;
import io.millrace.spi.type.LogicalType.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class JsonSchemasTest {
  @Test
  void comesBackAsItWas() {
    List<LogicalType> types =
        List.of(
            new LogicalType.Bool(),
            new Int(8),
            new Int(64),
            new Real(32),
            new Real(64),
            new Decimal(38, 38),
            new Decimal(1, 0),
            new LogicalType.Date(),
            new LogicalType.Time(),
            new Timestamp(),
            new TimestampTz(),
            new Text(),
            new LogicalType.Binary(),
            new Json(),
            new Uuid(),
            new Vector(1536),
            new ListOf(new ListOf(new Decimal(15, 2))),
            new Struct(List.of(new Part("a", new Uuid()), new Part("b", new ListOf(new Text())))));
    List<Field> fields = new ArrayList<>();
    for (LogicalType type : types) {
      fields.add(Fields.of("f" + fields.size(), type, fields.size() % 2 == 0, null));
    }
    Schema back = JsonSchemas.parse(JsonSchemas.of(new Schema(fields)));
    assertThat(back.getFields().stream().map(Fields::typeOf).toList()).isEqualTo(types);
    assertThat(back.getFields().stream().map(Field::getName).toList())
        .isEqualTo(fields.stream().map(Field::getName).toList());
    assertThat(back.getFields().get(1).isNullable()).isFalse();
    assertThat(back.getFields().get(2).isNullable()).isTrue();
  }

  @Test
  void saysWhatAirbyteSays() {
    Schema schema =
        new Schema(
            List.of(
                Fields.of("id", new Int(64), false, null),
                Fields.of("at", new TimestampTz()),
                Fields.of("local", new Timestamp()),
                Fields.of("total", new Decimal(15, 2))));
    assertThat(JsonSchemas.of(schema))
        .containsEntry("type", "object")
        .containsEntry(
            "properties",
            Map.of(
                "id",
                Map.of("type", "integer"),
                "at",
                Map.of(
                    "type",
                    List.of("null", "string"),
                    "format",
                    "date-time",
                    "airbyte_type",
                    "timestamp_with_timezone"),
                "local",
                Map.of(
                    "type",
                    List.of("null", "string"),
                    "format",
                    "date-time",
                    "airbyte_type",
                    "timestamp_without_timezone"),
                "total",
                Map.of("type", List.of("null", "number"), "millrace_type", "decimal(15,2)")));
  }

  @Test
  void understandsForeignSchemas() {
    assertThat(typeOf(Map.of("type", "number", "airbyte_type", "integer"))).isEqualTo(new Int(64));
    assertThat(typeOf(Map.of("type", List.of("integer", "number")))).isEqualTo(new Real(64));
    assertThat(typeOf(Map.of("type", "string", "format", "date-time")))
        .isEqualTo(new TimestampTz());
    assertThat(typeOf(Map.of("type", "string", "format", "time"))).isEqualTo(new Text());
    assertThat(typeOf(Map.of("type", "string", "format", "uuid"))).isEqualTo(new Text());
    assertThat(typeOf(Map.of("type", List.of("string", "integer")))).isEqualTo(new Text());
    assertThat(typeOf(Map.of("type", List.of("string", "object")))).isEqualTo(new Json());
    assertThat(typeOf(Map.of("type", "object", "properties", Map.of()))).isEqualTo(new Json());
    assertThat(typeOf(Map.of("type", "array", "items", Map.of("type", "string"))))
        .isEqualTo(new Json());
    assertThat(typeOf(Map.of())).isEqualTo(new Json());
    assertThat(typeOf(true)).isEqualTo(new Json());
    assertThat(typeOf(Map.of("oneOf", List.of(Map.of("type", "null"), Map.of("type", "boolean")))))
        .isEqualTo(new LogicalType.Bool());
    assertThat(typeOf(Map.of("type", "number", "millrace_type", "decimal(99,2)")))
        .isEqualTo(new Real(64));
    assertThat(JsonSchemas.parse(Map.of("type", "object")).getFields()).isEmpty();
  }

  private static LogicalType typeOf(Object property) {
    Schema schema = JsonSchemas.parse(Map.of("properties", Map.of("p", property)));
    return Fields.typeOf(schema.getFields().getFirst());
  }

  /** What we write is not base64, and says so; what others write may be. */
  @Test
  void bytesAreNotCalledBase64() {
    Field field = Fields.of("b", new LogicalType.Binary());
    assertThat(String.valueOf(JsonSchemas.of(new Schema(List.of(field)))))
        .contains("binary")
        .doesNotContain("contentEncoding");
    Map<String, ?> foreign =
        Map.of("properties", Map.of("b", Map.of("type", "string", "contentEncoding", "base64")));
    assertThat(JsonSchemas.parse(foreign).getFields().stream().map(Fields::typeOf))
        .containsExactly(new LogicalType.Binary());
  }
}
