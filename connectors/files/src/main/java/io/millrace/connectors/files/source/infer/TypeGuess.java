package io.millrace.connectors.files.source.infer;

import io.millrace.connectors.files.source.value.BooleanText;
import io.millrace.connectors.files.source.value.DateText;
import io.millrace.connectors.files.source.value.DecimalText;
import io.millrace.connectors.files.source.value.DoubleText;
import io.millrace.connectors.files.source.value.LongText;
import io.millrace.connectors.files.source.value.TimestampText;
import io.millrace.spi.type.LogicalType;

/**
 * The narrowest type that takes every value seen so far and gives each back unchanged.
 *
 * <p>Integers are canonical (no leading zeros, no plus) and fit 64 bits; numbers with a fraction
 * are decimals; exponents, {@code NaN} and infinities make floats where no number loses a digit by
 * it; {@code true} and {@code false} are booleans; ISO 8601 dates and timestamps are what they say.
 * Everything else is text, and so is a column without values.
 */
public final class TypeGuess {
  /** Decimals that fit are given this precision, so that the type stays the same as files grow. */
  static final int PRECISION_SMALL = 18;

  /** Digits before the point that are left free for values not seen. */
  static final int PRECISION_RESERVE = 3;

  private static final int BOOLEAN = 1;
  private static final int INTEGER = 2;
  private static final int DECIMAL = 4;
  private static final int FLOAT = 8;
  private static final int SPECIAL = 16;
  private static final int DATE = 32;
  private static final int TIMESTAMP = 64;
  private static final int INSTANT = 128;
  private static final int TEXT = 256;
  private static final int NUMBERS = INTEGER | DECIMAL | FLOAT;

  private int seen;
  private int wholeDigits;
  private int scale;
  private boolean floatsExact = true;

  /** Tells whether nothing can change any more. */
  public boolean isText() {
    return (seen & TEXT) != 0;
  }

  /** Takes a value that is not null, from padded data. */
  public void add(byte[] data, int from, int to) {
    if ((seen & TEXT) == 0) {
      seen |= kind(data, from, to);
    }
  }

  /**
   * Takes a value that its format declares as text (a string of JSON): it may say a date or a time,
   * for which the format has nothing else, and never a number.
   */
  public void addQuoted(byte[] data, int from, int to) {
    boolean time = to - from >= DateText.LENGTH && data[from + 4] == '-';
    seen |= time ? time(data, from, to) : TEXT;
  }

  /** Takes a value that is text whatever it looks like. */
  public void addText() {
    seen |= TEXT;
  }

  /** Takes everything that another guess has seen. */
  public void merge(TypeGuess other) {
    seen |= other.seen;
    wholeDigits = Math.max(wholeDigits, other.wholeDigits);
    scale = Math.max(scale, other.scale);
    floatsExact &= other.floatsExact;
  }

  /** Returns the type. */
  public LogicalType type() {
    return switch (seen) {
      case BOOLEAN -> new LogicalType.Bool();
      case INTEGER -> new LogicalType.Int(Long.SIZE);
      case DECIMAL, DECIMAL | INTEGER -> decimal();
      case DATE -> new LogicalType.Date();
      case TIMESTAMP, TIMESTAMP | DATE -> new LogicalType.Timestamp();
      case INSTANT -> new LogicalType.TimestampTz();
      default -> other();
    };
  }

  private LogicalType other() {
    boolean floats = (seen & ~(NUMBERS | SPECIAL)) == 0 && (seen & NUMBERS) != 0;
    return floats && floatsExact ? new LogicalType.Real(Double.SIZE) : new LogicalType.Text();
  }

  private LogicalType decimal() {
    if (wholeDigits + PRECISION_RESERVE + scale <= PRECISION_SMALL) {
      return new LogicalType.Decimal(PRECISION_SMALL, scale);
    }
    if (wholeDigits + scale <= LogicalType.Decimal.PRECISION_MAX) {
      return new LogicalType.Decimal(LogicalType.Decimal.PRECISION_MAX, scale);
    }
    return new LogicalType.Text();
  }

  private int kind(byte[] data, int from, int to) {
    byte first = data[from];
    if (first == '-' || (first >= '0' && first <= '9')) {
      return to - from >= DateText.LENGTH && data[from + 4] == '-'
          ? time(data, from, to)
          : number(data, from, to);
    }
    return switch (first) {
      case 't', 'f' -> BooleanText.parse(data, from, to) < 0 ? TEXT : BOOLEAN;
      case 'N', 'I' -> special(data, from, to);
      default -> TEXT;
    };
  }

  private int time(byte[] data, int from, int to) {
    if (DateText.parse(data, from, to) != DateText.NONE) {
      return DATE;
    }
    if (TimestampText.parseLocal(data, from, to) != TimestampText.NONE) {
      return TIMESTAMP;
    }
    return TimestampText.parseInstant(data, from, to) != TimestampText.NONE ? INSTANT : TEXT;
  }

  private int number(byte[] data, int from, int to) {
    int start = data[from] == '-' ? from + 1 : from;
    if (LongText.parse(data, from, to) != LongText.NONE || LongText.isSmallest(data, from, to)) {
      digits(data, from, to, to - start, 0);
      return INTEGER;
    }
    if (DecimalText.canonical(data, from, to)) {
      int point = DecimalText.point(data, start, to);
      if (point == to) {
        // An integer beyond 64 bits, or a minus before zero.
        return TEXT;
      }
      digits(data, from, to, point - start, to - point - 1);
      return DECIMAL;
    }
    if (DoubleText.isNumber(data, from, to)) {
      floatsExact &= DoubleText.exact(data, from, to);
      return FLOAT;
    }
    return special(data, from, to);
  }

  private void digits(byte[] data, int from, int to, int whole, int fraction) {
    wholeDigits = Math.max(wholeDigits, whole);
    scale = Math.max(scale, fraction);
    if (whole + fraction > DoubleText.EXACT_DIGITS && floatsExact) {
      floatsExact = DoubleText.exact(data, from, to);
    }
  }

  private static int special(byte[] data, int from, int to) {
    return DoubleText.isSpecial(data, from, to) ? SPECIAL : TEXT;
  }
}
