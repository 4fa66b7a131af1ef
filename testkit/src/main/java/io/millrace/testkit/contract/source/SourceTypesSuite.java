package io.millrace.testkit.contract.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.Source;
import io.millrace.spi.SyncMode;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.contract.Landing;
import io.millrace.testkit.contract.Landings;
import io.millrace.testkit.contract.TypeCase;
import io.millrace.testkit.contract.TypeTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every value arrives exactly, as its text by the rule, or in quarantine. */
public interface SourceTypesSuite extends SourceSuite {
  /** The column under test. */
  String VALUE = "value";

  /** Returns every type of the lattice with the values that are most often spoilt. */
  static List<TypeCase> cases() {
    return TypeCase.all();
  }

  /** The values of one type, and null, are read back. */
  @ParameterizedTest
  @MethodSource("io.millrace.testkit.contract.source.SourceTypesSuite#cases")
  default void typesArriveUnspoilt(TypeCase typeCase, SourceProbe probe) throws Exception {
    probe.needs(SourceCapability.CREATE_STREAMS);
    if (!probe.fixture().supports(typeCase.type())) {
      return;
    }
    List<Object> values =
        typeCase.values().stream()
            .filter(value -> probe.fixture().holds(typeCase.type(), value))
            .toList();
    Reading reading = read(probe, typeCase.type(), values);
    Map<Object, Row> found = new HashMap<>();
    reading.rows().forEach(row -> found.put(Objects.requireNonNull(row.get(0)), row));
    LogicalType landed = Fields.typeOf(reading.plan().schema().getFields().getLast());
    List<Landing> outcomes = new ArrayList<>();
    List<String> exceptions = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      Row row = found.get((long) i);
      Landing landing =
          row == null
              ? Landing.QUARANTINE
              : Landings.judge(values.get(i), typeCase.type(), row.get(1), landed);
      assertThat(landing)
          .as("%s %s was read as %s %s", typeCase, values.get(i), landed.display(), row)
          .isNotEqualTo(Landing.SPOILT);
      outcomes.add(landing);
      if (landing != Landing.EXACT) {
        exceptions.add(String.valueOf(values.get(i)));
      }
    }
    assertThat(reading.rejected())
        .as("a row in quarantine for each %s that did not arrive", typeCase)
        .hasSize(values.size() + 1 - found.size());
    TypeTable.record(
        probe.fixture().definition().info().name(),
        typeCase.type().display(),
        landed.display(),
        outcomes,
        exceptions);
  }

  /** Null arrives as null, and nothing else does. */
  @Test
  default void typesKeepNullApart(SourceProbe probe) throws Exception {
    probe.needs(SourceCapability.CREATE_STREAMS);
    for (TypeCase typeCase : TypeCase.all()) {
      if (probe.fixture().supports(typeCase.type())) {
        Reading reading = read(probe, typeCase.type(), List.of());
        assertThat(reading.rows())
            .as("a null of type %s", typeCase)
            .extracting(row -> row.get(1))
            .containsExactly((Object) null);
      }
    }
  }

  private static Reading read(SourceProbe probe, LogicalType type, List<Object> values)
      throws Exception {
    Schema schema =
        new Schema(
            List.of(Fields.of(SourceProbe.ID, new LogicalType.Int(64)), Fields.of(VALUE, type)));
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      rows.add(Row.of((long) i, values.get(i)));
    }
    @Nullable Object nothing = null;
    rows.add(Row.of((long) values.size(), nothing));
    GivenStream stream = probe.given("types", schema, List.of(SourceProbe.ID), rows);
    Source source = probe.open();
    Reading reading =
        probe.read(source, probe.configure(source, stream, SyncMode.FULL_REFRESH_OVERWRITE), null);
    reading.toEnd();
    reading.close();
    return reading;
  }
}
