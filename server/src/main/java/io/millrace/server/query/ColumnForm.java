package io.millrace.server.query;

import java.util.Set;

/** In what form a column's values are asked of DuckDB, whose driver does not carry all of them. */
enum ColumnForm {
  /** As the driver reads them: numbers, text, booleans, bytes. */
  AS_READ,

  /** As DuckDB's text: the driver knows no infinite date, and no 24:00. */
  TEXT,

  /** As DuckDB's text, with a T between date and time. */
  MOMENT,

  /** As JSON, made by DuckDB: what has parts, and whole numbers of any length. */
  PARTS,

  /** As JSON that is stored, to the letter. */
  DOCUMENT;

  private static final Set<String> READ =
      Set.of(
          "BOOLEAN",
          "TINYINT",
          "SMALLINT",
          "INTEGER",
          "BIGINT",
          "HUGEINT",
          "UTINYINT",
          "USMALLINT",
          "UINTEGER",
          "UBIGINT",
          "UHUGEINT",
          "FLOAT",
          "DOUBLE",
          "VARCHAR",
          "BLOB");

  /** Returns the form for a type, as DuckDB writes it. */
  static ColumnForm of(String type) {
    if (type.endsWith("]")
        || type.startsWith("STRUCT(")
        || type.startsWith("MAP(")
        || type.startsWith("UNION(")
        || type.equals("BIGNUM")) {
      return PARTS;
    }
    if (READ.contains(type) || type.startsWith("DECIMAL(")) {
      return AS_READ;
    }
    if (type.startsWith("TIMESTAMP")) {
      return MOMENT;
    }
    return type.equals("JSON") ? DOCUMENT : TEXT;
  }

  /** Returns the expression that brings a column into this form. */
  String expression(String column) {
    return switch (this) {
      case AS_READ -> column;
      case TEXT, MOMENT, DOCUMENT -> "CAST(" + column + " AS VARCHAR)";
      case PARTS -> "CAST(to_json(" + column + ") AS VARCHAR)";
    };
  }
}
