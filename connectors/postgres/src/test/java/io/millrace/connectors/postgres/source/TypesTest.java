package io.millrace.connectors.postgres.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.Source;
import io.millrace.spi.StreamName;
import io.millrace.spi.SyncMode;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.spi.type.NativeType;
import io.millrace.testkit.arrow.AllocatorExtension;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.servers.PostgresServer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every type of PostgreSQL, with values that are easily spoilt. */
@ExtendWith(AllocatorExtension.class)
final class TypesTest {
  private static final int VERSION = PostgresServer.shared().majorVersion();

  /** Types without a place in the lattice, each with a value in its own output text. */
  private static final Map<String, String> TEXTS = new TreeMap<>();

  static {
    TEXTS.put("numeric", "123456789012345678901234567890123456789012.5000");
    TEXTS.put("numeric(50,10)", "1234567890123456789012345678901234567890.0000000001");
    TEXTS.put("time with time zone", "12:34:56.789+05:30");
    TEXTS.put("interval", "1 year 2 mons 3 days 04:05:06.789");
    TEXTS.put("money", "$12.34");
    TEXTS.put("inet", "192.168.1.5/24");
    TEXTS.put("cidr", "10.0.0.0/8");
    TEXTS.put("macaddr", "08:00:2b:01:02:03");
    TEXTS.put("macaddr8", "08:00:2b:01:02:03:04:05");
    TEXTS.put("bit(3)", "101");
    TEXTS.put("bit varying(8)", "10101");
    TEXTS.put("int4range", "[1,10)");
    TEXTS.put("int4multirange", "{[1,3),[5,7)}");
    TEXTS.put("tstzrange", "[\"2024-01-01 00:00:00+00\",infinity)");
    TEXTS.put("xml", "<a>ü</a>");
    TEXTS.put("tsvector", "'a':1 'b':2");
    TEXTS.put("tsquery", "'a' & 'b'");
    TEXTS.put("point", "(1.5,-2)");
    TEXTS.put("box", "(2,2),(1,1)");
    TEXTS.put("path", "((0,0),(1,1))");
    TEXTS.put("polygon", "((0,0),(1,1),(2,0))");
    TEXTS.put("circle", "<(1,2),3>");
    TEXTS.put("oid", "4294967295");
    TEXTS.put("pg_lsn", "16/B374D848");
    TEXTS.put("\"char\"", "x");
    TEXTS.put("regclass", "pg_class");
    TEXTS.put("jsonpath", "$.\"a\"");
    TEXTS.put("hstore", "\"a\"=>\"1\", \"b\"=>NULL");
    TEXTS.put("ltree", "a.b.c");
    TEXTS.put("mood", "sad \"quoted\"");
  }

  @Test
  void whatHasNoPlaceIsItsOwnText(BufferAllocator allocator) throws Exception {
    SourceRig rig = new SourceRig(allocator);
    rig.execute(
        "CREATE EXTENSION hstore",
        "CREATE EXTENSION ltree",
        "CREATE TYPE mood AS ENUM ('happy', 'sad \"quoted\"')");
    for (Map.Entry<String, String> one : TEXTS.entrySet()) {
      if (one.getKey().endsWith("multirange") && VERSION < 14) {
        continue;
      }
      String literal = "'" + one.getValue().replace("'", "''") + "'::" + one.getKey();
      rig.execute(
          "DROP TABLE IF EXISTS one",
          "CREATE TABLE one AS SELECT " + literal + " AS value",
          "INSERT INTO one VALUES (NULL)");
      try (Source source = rig.open()) {
        SourceRig.Result result =
            SourceRig.read(
                source, SourceRig.stream("one", SyncMode.FULL_REFRESH_OVERWRITE, "value"), null);
        assertThat(result.rows)
            .as(one.getKey())
            .containsExactlyInAnyOrder(Row.of(one.getValue()), Row.of((Object) null));
        Field field = result.plan.schema().getFields().getFirst();
        assertThat(Fields.typeOf(field)).as(one.getKey()).isEqualTo(new LogicalType.Text());
        assertThat(Fields.nativeTypeOf(field))
            .isEqualTo(new NativeType("postgresql", one.getKey()));
      }
    }
  }

  @Test
  void whatATypePrintsIsNotWhatItsCastSays(BufferAllocator allocator) throws Exception {
    SourceRig rig = new SourceRig(allocator);
    rig.execute(
        "CREATE SCHEMA \"Odd one\"",
        "CREATE TYPE \"Odd one\".mood AS ENUM ('sad', 'happy')",
        "CREATE FUNCTION shout(\"Odd one\".mood) RETURNS text LANGUAGE sql"
            + " AS $$SELECT 'SHOUTED'$$",
        "CREATE CAST (\"Odd one\".mood AS text) WITH FUNCTION shout",
        "CREATE DOMAIN address AS inet",
        "CREATE TABLE casts AS SELECT '::1'::inet a, '10.1.2.3'::address b, '10.1.2.3/32'::cidr c,"
            + " '<?xml version=\"1.0\" encoding=\"UTF-8\"?><a/>'::xml d,"
            + " 'sad'::\"Odd one\".mood e");
    String[] columns = {"a", "b", "c", "d", "e"};
    assertThat(rig.read("casts", columns))
        .containsExactly(Row.of("::1", "10.1.2.3", "10.1.2.3/32", "<a/>", "sad"));
  }

  @Test
  void textTypesArePlainText(BufferAllocator allocator) throws Exception {
    SourceRig rig = new SourceRig(allocator);
    rig.execute(
        "CREATE EXTENSION citext",
        "CREATE DOMAIN label AS varchar(9)",
        "CREATE DOMAIN label2 AS label CHECK (value <> '')",
        "CREATE TABLE texts AS SELECT 'a'::varchar(3) v, 'b'::char(3) c, 'n'::name n,"
            + " 'Ci'::citext ci, 'd'::label2 d");
    try (Source source = rig.open()) {
      SourceRig.Result result =
          SourceRig.read(
              source,
              SourceRig.stream("texts", SyncMode.FULL_REFRESH_OVERWRITE, "v", "c", "n", "ci", "d"),
              null);
      assertThat(result.rows).containsExactly(Row.of("a", "b  ", "n", "Ci", "d"));
      assertThat(result.plan.schema().getFields())
          .extracting(Fields::typeOf)
          .containsOnly(new LogicalType.Text());
      assertThat(result.plan.schema().getFields())
          .extracting(Fields::nativeTypeOf)
          .containsExactly(
              new NativeType("postgresql", "character varying(3)"),
              new NativeType("postgresql", "character(3)"),
              null,
              null,
              new NativeType("postgresql", "character varying(9)"));
    }
  }

  @Test
  void numbersOfOddScalesAreExact(BufferAllocator allocator) throws Exception {
    assumeTrue(VERSION >= 15, "older servers know scales from 0 to the precision only");
    SourceRig rig = new SourceRig(allocator);
    rig.execute(
        "CREATE DOMAIN cents AS numeric(12,2)",
        "CREATE TABLE numbers AS SELECT 12300::numeric(3,-2) a, 0.0012::numeric(2,4) b,"
            + " 7.25::cents c");
    try (Source source = rig.open()) {
      SourceRig.Result result =
          SourceRig.read(
              source,
              SourceRig.stream("numbers", SyncMode.FULL_REFRESH_OVERWRITE, "a", "b", "c"),
              null);
      assertThat(result.rows)
          .containsExactly(
              Row.of(new BigDecimal("12300"), new BigDecimal("0.0012"), new BigDecimal("7.25")));
      assertThat(result.plan.schema().getFields())
          .extracting(Fields::typeOf)
          .containsExactly(
              new LogicalType.Decimal(5, 0),
              new LogicalType.Decimal(4, 4),
              new LogicalType.Decimal(12, 2));
    }
  }

  @Test
  void nestedValuesAreJsonOrTheirOwnText(BufferAllocator allocator) throws Exception {
    SourceRig rig = new SourceRig(allocator);
    rig.execute(
        "CREATE TYPE pair AS (name text, size numeric)",
        "CREATE TABLE nested AS SELECT '[0:1][1:2]={{1,2},{3,NULL}}'::int[] a,"
            + " ROW('x\"y', 1.50)::pair p, ARRAY[ROW('a', 'NaN')::pair] ap,"
            + " ARRAY[1.5, 'NaN', '-infinity']::float8[] f, ARRAY['\\x00ff'::bytea] b,"
            + " ARRAY['2024-01-01 00:00:00+00'::timestamptz, 'infinity'] t");
    String[] columns = {"a", "p", "ap", "f", "b", "t"};
    try (Source source = rig.open()) {
      SourceRig.Result json =
          SourceRig.read(
              source, SourceRig.stream("nested", SyncMode.FULL_REFRESH_OVERWRITE, columns), null);
      assertThat(json.rows)
          .containsExactly(
              Row.of(
                  "[[1,2],[3,null]]",
                  "{\"name\":\"x\\\"y\",\"size\":1.50}",
                  "[{\"name\":\"a\",\"size\":\"NaN\"}]",
                  "[1.5,\"NaN\",\"-Infinity\"]",
                  "[\"\\\\x00ff\"]",
                  "[\"2024-01-01T00:00:00+00:00\",\"infinity\"]"));
      ConfiguredStream exact =
          new ConfiguredStream(
              new StreamName("public", "nested"),
              List.of(columns),
              SyncMode.FULL_REFRESH_OVERWRITE,
              null,
              List.of(),
              Set.of("postgresql"));
      SourceRig.Result text = SourceRig.read(source, exact, null);
      assertThat(text.rows)
          .containsExactly(
              Row.of(
                  "[0:1][1:2]={{1,2},{3,NULL}}",
                  "(\"x\"\"y\",1.50)",
                  "{\"(a,NaN)\"}",
                  "{1.5,NaN,-Infinity}",
                  "{\"\\\\x00ff\"}",
                  "{\"2024-01-01 00:00:00+00\",infinity}"));
      assertThat(Fields.nativeTypeOf(text.plan.schema().getFields().getFirst()))
          .isEqualTo(new NativeType("postgresql", "integer[]"));
    }
  }

  @Test
  void aTimestampBeyondTheLatticeGoesToQuarantine(BufferAllocator allocator) throws Exception {
    SourceRig rig = new SourceRig(allocator);
    rig.execute(
        "CREATE TABLE late AS SELECT i AS id,"
            + " CASE WHEN i = 2 THEN '294276-12-31'::timestamp ELSE '2024-01-01' END AS at"
            + " FROM generate_series(1, 3) i");
    try (Source source = rig.open()) {
      SourceRig.Result result =
          SourceRig.read(
              source, SourceRig.stream("late", SyncMode.FULL_REFRESH_OVERWRITE, "id"), null);
      assertThat(result.rows).hasSize(3);
      SourceRig.Result both =
          SourceRig.read(
              source, SourceRig.stream("late", SyncMode.FULL_REFRESH_OVERWRITE, "id", "at"), null);
      List<Object> ids = new ArrayList<>();
      both.rows.forEach(row -> ids.add(row.get(0)));
      assertThat(ids).containsExactly(1L, 3L);
      assertThat(both.rejected).hasSize(1);
      assertThat(both.rejected.getFirst().column()).isEqualTo("at");
    }
  }

  @Test
  void generatedColumnsAreOrdinary(BufferAllocator allocator) throws Exception {
    SourceRig rig = new SourceRig(allocator);
    String second = VERSION < 18 ? "STORED" : "VIRTUAL";
    rig.execute(
        "CREATE TABLE made (a int, b int GENERATED ALWAYS AS (a * 2) STORED,"
            + " c int GENERATED ALWAYS AS (a + 1) "
            + second
            + ")",
        "INSERT INTO made VALUES (21)");
    assertThat(rig.read("made", "c", "b")).containsExactly(Row.of(22L, 42L));
  }
}
