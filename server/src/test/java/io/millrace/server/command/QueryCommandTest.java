package io.millrace.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code millrace query}: every value of every type of DuckDB, in every form. */
final class QueryCommandTest {
  private static final JsonMapper STRICT =
      JsonMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();

  private static final String[][] TEXTS = {
    {"TIME '24:00:00'", "24:00:00"},
    {"TIME '10:00:00.5'", "10:00:00.5"},
    {"TIME '10:00'", "10:00:00"},
    {"'10:00:00.123456789'::TIME_NS", "10:00:00.123456789"},
    {"'10:00:00+02'::TIMETZ", "10:00:00+02"},
    {"'24:00:00+00'::TIMETZ", "24:00:00+00"},
    {"'infinity'::DATE", "infinity"},
    {"'-infinity'::DATE", "-infinity"},
    {"'infinity'::TIMESTAMP", "infinity"},
    {"'-infinity'::TIMESTAMPTZ", "-infinity"},
    {"'infinity'::TIMESTAMP_NS", "infinity"},
    {"'44-03-15 (BC)'::DATE", "0044-03-15 (BC)"},
    {"'44-03-15 (BC) 10:00'::TIMESTAMP", "0044-03-15 (BC) 10:00:00"},
    {"'12345-01-02'::DATE", "12345-01-02"},
    {"'12345-01-02 03:04:05'::TIMESTAMP", "12345-01-02T03:04:05"},
    {"'2024-01-02'::DATE", "2024-01-02"},
    {"'2024-01-02 03:04:00'::TIMESTAMP", "2024-01-02T03:04:00"},
    {"'2024-01-02 03:04:05.25'::TIMESTAMP", "2024-01-02T03:04:05.25"},
    {"'2024-01-02 03:04:05'::TIMESTAMP_S", "2024-01-02T03:04:05"},
    {"'2024-01-02 03:04:05.5'::TIMESTAMP_MS", "2024-01-02T03:04:05.5"},
    {"'2024-01-02 03:04:05.123456789'::TIMESTAMP_NS", "2024-01-02T03:04:05.123456789"},
    {"'2024-01-02 03:04:05+01'::TIMESTAMPTZ", "2024-01-02T02:04:05Z"},
    {"INTERVAL '1 year 2 days 3 seconds'", "1 year 2 days 00:00:03"},
    {"'101'::BIT", "101"},
    {"'\\xAA\\x00'::BLOB", "\\xaa00"},
    {"'y'::ENUM('x', 'y')", "y"},
    {"'3d8d1765-1307-4801-8b47-13fac88d7252'::UUID", "3d8d1765-1307-4801-8b47-13fac88d7252"},
    {"'NaN'::DOUBLE", "NaN"},
    {"'-inf'::FLOAT", "-Infinity"},
    {"'POINT(1 2)'::GEOMETRY", "POINT (1 2)"},
    {"1::VARIANT", "1"},
    {"'x,\"y'", "x,\"y"}
  };

  private static final String[][] PARTS = {
    {
      "340282366920938463463374607431768211455::UHUGEINT", "340282366920938463463374607431768211455"
    },
    {
      "(-170141183460469231731687303715884105727)::HUGEINT",
      "-170141183460469231731687303715884105727"
    },
    {"18446744073709551615::UBIGINT", "18446744073709551615"},
    {"255::UTINYINT", "255"},
    {
      "'123456789012345678901234567890123456789012'::BIGNUM",
      "123456789012345678901234567890123456789012"
    },
    {
      "'12345678901234567890123456789.123456789'::DECIMAL(38, 9)",
      "12345678901234567890123456789.123456789"
    },
    {"0.1::FLOAT", "0.1"},
    {"true", "true"},
    {"NULL", "null"},
    {"NULL::TIME", "null"},
    {"NULL::INTEGER[]", "null"},
    {"NULL::JSON", "null"},
    {"['inf'::DOUBLE, 1.5, NULL]", "[\"Infinity\",1.5,null]"},
    {"[TIME '24:00', NULL]", "[\"24:00:00\",null]"},
    {"{'at': DATE 'infinity', 'n': [1::HUGEINT]}", "{\"at\":\"infinity\",\"n\":[1]}"},
    {"MAP {DATE '-infinity': 'NaN'::FLOAT}", "{\"-infinity\":\"NaN\"}"},
    {"MAP {1: '\\xAA'::BLOB}", "{\"1\":\"\\\\xAA\"}"},
    {"union_value(num := 2)", "{\"num\":2}"},
    {"array_value(1, 2)", "[1,2]"},
    {"[['x'::ENUM('x')]]", "[[\"x\"]]"},
    {"row(1, 'a')", "[1,\"a\"]"},
    {"row(row(1), [])", "[[1],[]]"},
    {"'{\"a\": [1.0, NaN], \"b\": {}}'::JSON", "{\"a\":[1.0,\"NaN\"],\"b\":{}}"},
    {"'12345678901234567890123456789.5'::JSON", "12345678901234567890123456789.5"},
    {"'\"a\"'::JSON", "\"a\""}
  };

  private static final String[][] STATEMENTS = {
    {"SET threads = 1; SELECT DATE 'infinity' AS d -- ; SELECT 2", "infinity"},
    {"SELECT ';' AS s, TIME '24:00' AS t;;", "24:00:00"},
    {"/* ; */ SELECT 1; FROM (VALUES ([';']))", "[\"\";\"\"]"},
    {"SELECT $a$;'$a$ AS s, [1] AS l ;-- end", "[1]"},
    {"WITH x AS (SELECT DATE '2024-01-02' AS d) FROM x", "2024-01-02"},
    {"PIVOT (SELECT 'a' AS k, TIME '24:00' AS v) ON k USING max(v)", "24:00:00"},
    {"CALL duckdb_settings()", "aliases"},
    {"DESCRIBE t", "BIGINT"},
    {"SUMMARIZE t", "49999"},
    {"SHOW ALL TABLES", "[\"\"n\"\"]"},
    {"EXPLAIN SELECT DATE '2024-01-02'", "PROJECTION"},
    {"PRAGMA table_info('t')", "BIGINT"}
  };

  @TempDir private Path folder;

  @BeforeEach
  void makeFile() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("x.duckdb"));
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t AS SELECT range AS n FROM range(50000)");
    }
  }

  @Test
  void textIsShownExactly() {
    TestProgram.Result result = query("--json", selected(TEXTS));
    assertThat(result.code()).as(result.err()).isZero();
    JsonNode row = parse(result.out()).get(0);
    List<String> shown = Stream.of(TEXTS).map(one -> one[1]).toList();
    assertThat(query("--csv", selected(TEXTS)).out())
        .endsWith("\n" + String.join(",", shown).replace("x,\"y", "\"x,\"\"y\"") + "\n");
    for (int i = 0; i < TEXTS.length; i++) {
      assertThat(row.get("v" + i).textValue()).as(TEXTS[i][0]).isEqualTo(TEXTS[i][1]);
    }
  }

  @Test
  void partsAndNumbersAreJson() {
    String json = query("--json", selected(PARTS)).out();
    parse(json);
    StringJoiner expected = new StringJoiner(",", "[\n  {", "}\n]\n");
    for (int i = 0; i < PARTS.length; i++) {
      expected.add("\"v" + i + "\":" + PARTS[i][1]);
    }
    assertThat(json).isEqualTo(expected.toString());
  }

  @Test
  void columnsOfOneNameAreKeptApart() {
    TestProgram.Result result =
        query("--json", "SELECT 1 AS a, 2 AS a, 3 AS a_1, 4 AS \"A\", DATE 'infinity' AS a");
    assertThat(parse(result.out()).get(0).toString())
        .isEqualTo("{\"a\":1,\"a_2\":2,\"a_1\":3,\"A\":4,\"a_3\":\"infinity\"}");
    assertThat(query("--csv", "SELECT 1 AS a, TIME '24:00' AS a").out())
        .isEqualTo("a,a\n1,24:00:00\n");
  }

  @Test
  void printsNothingWhereALaterRowFails() {
    String failing =
        "SELECT n, repeat('x', 100) AS x, CASE WHEN n = 49999 THEN 'x' ELSE '1' END::INT"
            + " AS i FROM t";
    for (String form : new String[] {"--json", "--csv"}) {
      TestProgram.Result result = query(form, failing);
      assertThat(result.code()).isEqualTo(ExitCode.USAGE);
      assertThat(result.out()).isEmpty();
      assertThat(result.err()).contains("Could not convert string 'x'");
    }
  }

  @Test
  void passesOnWhatDoesNotFitIntoMemory() {
    String query = "SELECT n, repeat('x', 100) AS x FROM t ORDER BY n";
    String csv = query("--csv", query).out();
    assertThat(csv).hasLineCount(50_001).endsWith("49999," + "x".repeat(100) + "\n");
    assertThat(parse(query("--json", query).out())).hasSize(50_000);
  }

  @Test
  void showsTheFilesTablesAlone() {
    for (String query :
        new String[] {
          "SHOW TABLES",
          "SELECT table_name AS name FROM information_schema.tables",
          "SELECT table_name AS name FROM duckdb_tables()"
        }) {
      assertThat(query("--csv", query).out()).as(query).isEqualTo("name\nt\n");
    }
  }

  @Test
  void aStatementWithoutAResultIsAnEmptyArray() {
    assertThat(query("--json", "SET threads = 1").out()).isEqualTo("[]\n");
  }

  @Test
  void keepsTheOrderOfRows() {
    TestProgram.Result result =
        query("--csv", "SELECT DATE '2000-01-01' + n::INT AS d FROM t ORDER BY d DESC");
    assertThat(result.out().lines().skip(1))
        .hasSize(50_000)
        .startsWith("2136-11-22", "2136-11-21")
        .endsWith("2000-01-01");
  }

  @Test
  void takesEveryKindOfStatement() {
    for (String[] one : STATEMENTS) {
      TestProgram.Result result = query("--csv", one[0]);
      assertThat(result.code()).as(one[0] + result.err()).isZero();
      assertThat(result.out()).contains(one[1]);
    }
  }

  @Test
  void saysWhatItCannotShow() {
    TestProgram.Result result =
        query("--json", "PREPARE p AS SELECT TIME '24:00' AS at; EXECUTE p");
    assertThat(result.code()).isEqualTo(ExitCode.USAGE);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("\"at\" (TIME)", "SELECT");
  }

  @Test
  void keepsTheSentenceOfAWrongQuery() {
    TestProgram.Result result = query("--json", "SELECT nothing FROM t");
    assertThat(result.code()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err()).contains("\"nothing\" not found");
    assertThat(query("--csv", "-- nothing").code()).isEqualTo(ExitCode.USAGE);
  }

  private static String selected(String[][] cases) {
    StringJoiner columns = new StringJoiner(", ", "SELECT ", "");
    for (int i = 0; i < cases.length; i++) {
      columns.add(cases[i][0] + " AS v" + i);
    }
    return columns.toString();
  }

  private TestProgram.Result query(String form, String sql) {
    return new TestProgram(folder).run("query", "x.duckdb", sql, form);
  }

  private static JsonNode parse(String json) {
    try {
      return STRICT.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError(json, e);
    }
  }
}
