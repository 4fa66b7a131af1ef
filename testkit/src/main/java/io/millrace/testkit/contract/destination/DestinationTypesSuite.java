package io.millrace.testkit.contract.destination;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.RejectedRow;
import io.millrace.spi.WriteMode;
import io.millrace.spi.WriteReceipt;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.contract.Landing;
import io.millrace.testkit.contract.Landings;
import io.millrace.testkit.contract.TypeCase;
import io.millrace.testkit.contract.TypeTable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every value lands exactly, lands as its text by the rule, or its row is refused. */
public interface DestinationTypesSuite extends DestinationSuite {
  /** The column under test. */
  String VALUE = "value";

  /** Returns every type of the lattice with the values that are most often spoilt. */
  static List<TypeCase> cases() {
    return TypeCase.all();
  }

  /** The values of one type, and null, are found again; a refused row takes no other with it. */
  @ParameterizedTest
  @MethodSource("io.millrace.testkit.contract.destination.DestinationTypesSuite#cases")
  default void typesLandUnspoilt(TypeCase typeCase, DestinationProbe probe) throws Exception {
    WriteMode mode = probe.can(WriteMode.OVERWRITE) ? WriteMode.OVERWRITE : WriteMode.APPEND;
    Sync sync = probe.sync(DestinationProbe.unique("types"), mode, schema(typeCase.type()));
    List<Row> rows = new ArrayList<>();
    for (Object value : typeCase.values()) {
      rows.add(Row.of((long) rows.size(), value));
    }
    @Nullable Object nothing = null;
    rows.add(Row.of((long) rows.size(), nothing));
    List<RejectedRow> refused;
    try (Load load = probe.load(sync)) {
      WriteReceipt receipt = load.write("p", 0, rows);
      refused = receipt.rejected();
      load.commit("p", true);
      load.finish();
    }
    PublishedTable table = Objects.requireNonNull(probe.read(sync), "no target was published");
    assertThat(table.rows().size() + refused.size())
        .as("rows of type %s found and refused", typeCase)
        .isEqualTo(rows.size());
    refused.forEach(row -> assertThat(row.reason()).as("why a row was refused").isNotBlank());
    judge(probe, typeCase, table);
  }

  private static void judge(DestinationProbe probe, TypeCase typeCase, PublishedTable table) {
    int id = DestinationProbe.names(table.schema()).indexOf(DestinationProbe.ID);
    int value = DestinationProbe.names(table.schema()).indexOf(VALUE);
    LogicalType landed = Fields.typeOf(table.schema().getFields().get(value));
    Map<Long, Row> found = new HashMap<>();
    table.rows().forEach(row -> found.put(number(row.get(id)), row));
    List<Landing> outcomes = new ArrayList<>();
    List<String> exceptions = new ArrayList<>();
    for (int i = 0; i < typeCase.values().size(); i++) {
      Object written = typeCase.values().get(i);
      Row row = found.get((long) i);
      Landing landing =
          row == null
              ? Landing.QUARANTINE
              : Landings.judge(written, typeCase.type(), row.get(value), landed);
      assertThat(landing)
          .as("%s %s landed as %s %s", typeCase, written, landed.display(), row)
          .isNotEqualTo(Landing.SPOILT);
      outcomes.add(landing);
      if (landing != Landing.EXACT) {
        exceptions.add(String.valueOf(written));
      }
    }
    Row nothing = found.get((long) typeCase.values().size());
    assertThat(nothing).as("the row whose %s is null", typeCase).isNotNull();
    assertThat(Objects.requireNonNull(nothing).get(value)).as("a null %s", typeCase).isNull();
    TypeTable.record(
        probe.fixture().definition().info().name(),
        typeCase.type().display(),
        landed.display(),
        outcomes,
        exceptions);
  }

  private static long number(@Nullable Object id) {
    return switch (id) {
      case Long number -> number;
      case BigDecimal number -> number.longValueExact();
      case null, default -> throw new AssertionError("The id landed as " + id);
    };
  }

  private static Schema schema(LogicalType type) {
    return new Schema(
        List.of(Fields.of(DestinationProbe.ID, new LogicalType.Int(64)), Fields.of(VALUE, type)));
  }
}
