package io.millrace.connectors.postgres.destination.table;

import io.millrace.connectors.postgres.destination.table.PgType.Family;

/**
 * Compares the type of an existing column with the type wanted for it. A column is never narrowed;
 * where the lattice knows no common type but text, it becomes text.
 */
final class Fitting {
  /** Digits of a second that a time type without a modifier keeps. */
  private static final int SECOND_DIGITS = 6;

  private static final int EXACT_IN_DOUBLE_BITS = 32;
  private static final Fit KEEPS = new Fit.Keeps();
  private static final Fit CLASHES = new Fit.Clashes();

  private Fitting() {}

  static Fit of(PgType existing, PgType wanted) {
    if (existing.sql().equals(wanted.sql())) {
      return KEEPS;
    }
    return switch (existing.family()) {
      case TEXT -> KEEPS;
      case FOLDED_TEXT -> wanted.family().takesText() ? KEEPS : CLASHES;
      case OTHER, LABEL -> foreign(existing, wanted);
      case VARCHAR, CHAR -> texts(existing, wanted);
      case INT2, INT4, INT8 -> integers(existing, wanted);
      case NUMERIC -> numbers(existing, wanted);
      case FLOAT4, FLOAT8 -> floats(existing, wanted);
      case DATE, TIME, TIMESTAMP, TIMESTAMPTZ -> times(existing, wanted);
      case JSON, JSONB -> json(wanted);
      case VECTOR -> vectors(existing, wanted);
      case REAL_ARRAY -> wanted.family() == Family.VECTOR ? KEEPS : CLASHES;
      case BOOL, BYTEA, UUID -> sameOrText(existing, wanted);
    };
  }

  /** A type that only its own kind of value goes into; modifiers may differ. */
  private static Fit foreign(PgType existing, PgType wanted) {
    boolean same =
        existing.family() == wanted.family() && bare(existing.sql()).equals(bare(wanted.sql()));
    if (!same) {
      return CLASHES;
    }
    return existing.sql().equals(bare(existing.sql()))
        ? KEEPS
        : widens(new PgType(bare(existing.sql()), existing.family(), PgType.UNLIMITED, 0));
  }

  /** Returns the type without its modifier; that of an interval may be words. */
  private static String bare(String sql) {
    String bare = sql.replaceAll("\\([^)]*\\)", "");
    return bare.startsWith("interval ") ? "interval" + (bare.endsWith("[]") ? "[]" : "") : bare;
  }

  private static Fit texts(PgType existing, PgType wanted) {
    boolean sameKind = existing.family() == wanted.family();
    if (!sameKind && !(existing.family() == Family.VARCHAR && !existing.limited())) {
      return toText(wanted);
    }
    if (!existing.limited() || (wanted.limited() && wanted.size() <= existing.size())) {
      return KEEPS;
    }
    if (!wanted.limited()) {
      return toText(wanted);
    }
    return widens(
        sameKind && existing.family() == Family.CHAR
            ? PgType.character(wanted.size())
            : PgType.varchar(wanted.size()));
  }

  private static Fit integers(PgType existing, PgType wanted) {
    int bits = existing.family().intBits();
    return switch (wanted.family()) {
      case INT2, INT4, INT8 ->
          bits >= wanted.family().intBits() ? KEEPS : widens(PgType.of(wanted.family()));
      case NUMERIC -> numeric(digits(bits), 0, wanted);
      case FLOAT4, FLOAT8 ->
          bits <= EXACT_IN_DOUBLE_BITS ? widens(PgType.of(Family.FLOAT8)) : toText(wanted);
      default -> toText(wanted);
    };
  }

  private static Fit numbers(PgType existing, PgType wanted) {
    if (wanted.family() != Family.NUMERIC && wanted.family().intBits() == 0) {
      return toText(wanted);
    }
    if (!existing.limited()) {
      return KEEPS;
    }
    int whole = existing.size() - existing.scale();
    boolean isInt = wanted.family() != Family.NUMERIC;
    PgType number = isInt ? PgType.numeric(digits(wanted.family().intBits()), 0) : wanted;
    boolean holds =
        number.limited()
            && whole >= number.size() - number.scale()
            && existing.scale() >= number.scale();
    return holds ? KEEPS : numeric(whole, existing.scale(), number);
  }

  private static Fit numeric(int whole, int scale, PgType wanted) {
    if (!wanted.limited()) {
      return widens(PgType.of(Family.NUMERIC));
    }
    int wholeBoth = Math.max(whole, wanted.size() - wanted.scale());
    int scaleBoth = Math.max(scale, wanted.scale());
    return widens(PgType.numeric(wholeBoth + scaleBoth, scaleBoth));
  }

  private static Fit floats(PgType existing, PgType wanted) {
    boolean isDouble = existing.family() == Family.FLOAT8;
    int bits = wanted.family().intBits();
    if (wanted.family() == Family.FLOAT4 || wanted.family() == Family.FLOAT8) {
      return isDouble ? KEEPS : widens(PgType.of(Family.FLOAT8));
    }
    if (bits == 0 || bits > EXACT_IN_DOUBLE_BITS) {
      return toText(wanted);
    }
    return isDouble ? KEEPS : widens(PgType.of(Family.FLOAT8));
  }

  private static Fit times(PgType existing, PgType wanted) {
    Family one = existing.family();
    Family other = wanted.family();
    if (one == Family.DATE && other == Family.TIMESTAMP) {
      return widens(PgType.of(Family.TIMESTAMP));
    }
    if (one == Family.TIMESTAMP && other == Family.DATE) {
      return KEEPS;
    }
    if (one != other) {
      return toText(wanted);
    }
    return secondDigits(existing) >= secondDigits(wanted)
        ? KEEPS
        : widens(wanted.limited() ? PgType.seconds(one, wanted.size()) : PgType.of(one));
  }

  private static int secondDigits(PgType type) {
    return type.limited() ? type.size() : SECOND_DIGITS;
  }

  private static Fit json(PgType wanted) {
    return wanted.family() == Family.JSON || wanted.family() == Family.JSONB
        ? KEEPS
        : toText(wanted);
  }

  private static Fit vectors(PgType existing, PgType wanted) {
    if (wanted.family() != Family.VECTOR) {
      return CLASHES;
    }
    return !existing.limited() || existing.size() == wanted.size()
        ? KEEPS
        : widens(new PgType(bare(existing.sql()), Family.VECTOR, PgType.UNLIMITED, 0));
  }

  private static Fit sameOrText(PgType existing, PgType wanted) {
    return existing.family() == wanted.family() ? KEEPS : toText(wanted);
  }

  /** Text takes everything whose output form we know: not the types we do not know. */
  private static Fit toText(PgType wanted) {
    return switch (wanted.family()) {
      case OTHER, LABEL, VECTOR, REAL_ARRAY -> CLASHES;
      default -> widens(PgType.of(Family.TEXT));
    };
  }

  private static Fit widens(PgType to) {
    return new Fit.Widens(to);
  }

  private static int digits(int bits) {
    return switch (bits) {
      case 16 -> 5;
      case 32 -> 10;
      default -> 19;
    };
  }
}
