package io.millrace.testkit.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.type.Fields;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.arrow.Special;
import io.millrace.testkit.contract.destination.PublishedTable;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The judge reads what DuckDB holds. */
class DuckDbReaderTest {
  private static final UUID ID = UUID.fromString("f47ac10b-58cc-4372-a567-0e02b2c3d479");

  @Test
  void readsTypesAndValues() throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
      PublishedTable table =
          DuckDbReader.read(
              connection,
              "(SELECT '%s'::UUID AS u, [{'a \"b\"': ['%s'::UUID, NULL], 'c': 1.50}] AS s,"
                      .formatted(ID, ID)
                  + " [1.5, 2]::FLOAT[2] AS v, 'infinity'::TIMESTAMPTZ AS t, NULL::JSON AS j)");
      assertThat(table.schema().getFields())
          .extracting(field -> Fields.typeOf(field).display())
          .containsExactly(
              "uuid",
              "list<struct<a \"b\": list<uuid>, c: decimal(3,2)>>",
              "vector(2)",
              "timestamp with zone",
              "json");
      Row row = table.rows().getFirst();
      assertThat(row.get(0)).isEqualTo(ID);
      assertThat(String.valueOf(row.get(1)))
          .isEqualTo("[{a \"b\"=[" + ID + ", null], c=" + new BigDecimal("1.50") + "}]");
      assertThat(row.get(1))
          .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
          .first()
          .isInstanceOf(Map.class);
      assertThat(row.get(2)).isEqualTo(List.of(1.5f, 2f));
      assertThat(row.get(3)).isEqualTo(Special.INFINITY);
      assertThat(row.get(4)).isNull();
    }
  }
}
