package io.millrace.server.types;

import java.util.List;

/**
 * A PostgreSQL type with values worth a look.
 *
 * @param type as a column is declared
 * @param values each as PostgreSQL reads it; a null is added to all
 */
record Sample(String type, List<String> values) {
  static final List<Sample> ALL =
      List.of(
          of("boolean", "true", "false"),
          of("smallint", "-32768", "32767"),
          of("integer", "-2147483648", "2147483647"),
          of("bigint", "-9223372036854775808", "9223372036854775807"),
          of("real", "1.5", "-0", "NaN", "Infinity", "1e-45"),
          of("double precision", "0.1", "-0", "NaN", "-Infinity", "5e-324"),
          of("numeric(15,2)", "1234567890123.45", "-0.01", "NaN"),
          of("numeric(38,10)", "1234567890123456789012345678.0123456789"),
          of("numeric", "123456789012345678901234567890123456789012345.678", "NaN", "1e-40"),
          of("money", "$1,234.50"),
          of("text", "", "héllo 🦀", "line\nbreak"),
          of("varchar(20)", "twenty at most"),
          of("char(5)", "ab"),
          of("bytea", "\\x00ff10", "\\x"),
          of("date", "2026-02-28", "0044-03-15 BC", "infinity", "-infinity"),
          of("time", "00:00:00", "23:59:59.999999", "24:00:00"),
          of("time with time zone", "12:34:56.789+05:30"),
          of("timestamp", "2026-02-28 12:34:56.789012", "0044-03-15 01:02:03 BC", "infinity"),
          of("timestamp with time zone", "2026-03-29 02:30:00+02", "-infinity"),
          of("interval", "1 year 2 mons -3 days 04:05:06.789"),
          of("uuid", "6f1c2c1e-9c1f-4d53-8e11-1f5b6c7d8e9f"),
          of("json", "{\"b\": 1,  \"a\": [1.10, null]}"),
          of("jsonb", "{\"b\": 1, \"a\": [1.10, null]}"),
          of("xml", "<a b=\"1\">x</a>"),
          of("inet", "192.168.0.1/24", "::1"),
          of("cidr", "10.0.0.0/8"),
          of("macaddr", "08:00:2b:01:02:03"),
          of("bit(5)", "10101"),
          of("bit varying", "1011"),
          of("tsvector", "'a':1 'cat':2"),
          of("tsquery", "'fat' & 'rat'"),
          of("point", "(1.5,-2)"),
          of("polygon", "((0,0),(1,1),(1,0))"),
          of("int4range", "[1,10)", "empty"),
          of("tstzrange", "[\"2026-01-01 00:00:00+00\",infinity)"),
          of("int4multirange", "{[1,3),[5,7)}"),
          of("integer[]", "{1,NULL,3}", "[2:3]={7,8}", "{{1,2},{3,4}}", "{}"),
          of("text[]", "{a,\"b,c\",\"\"}"),
          of("numeric[]", "{1.10,NaN}"),
          of("mood", "sad", "happy"),
          of("pair", "(1,\"x,y\")"),
          of("positive", "7"),
          of("pg_lsn", "16/B374D848"),
          of("oid", "4294967295"));

  static final List<String> DEFINITIONS =
      List.of(
          "CREATE TYPE mood AS ENUM ('sad', 'happy')",
          "CREATE TYPE pair AS (a int, b text)",
          "CREATE DOMAIN positive AS int CHECK (VALUE > 0)");

  private static Sample of(String type, String... values) {
    return new Sample(type, List.of(values));
  }
}
