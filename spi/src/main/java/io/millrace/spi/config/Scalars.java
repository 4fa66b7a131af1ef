package io.millrace.spi.config;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads single values; each method returns null for a value that does not fit. */
final class Scalars {
  /** Beyond this magnitude neighbouring whole numbers meet in one double. */
  private static final double DOUBLE_EXACT_MAX = 0x1p53;

  private static final int LONG_DIGITS_MAX = 19;

  private Scalars() {}

  static @Nullable Object text(Shape.Text shape, Object value) {
    if (!(value instanceof String text)) {
      return null;
    }
    if (shape.pattern() != null && !shape.pattern().matcher(text).matches()) {
      return null;
    }
    return shape.secret() ? new Secret(text) : text;
  }

  static @Nullable Object json(Object value) {
    boolean fits = value instanceof String || value instanceof Map || value instanceof List;
    return fits ? new JsonText(value) : null;
  }

  static @Nullable Object whole(Shape.Whole shape, Object value) {
    @Nullable Long number = whole(value);
    if (number == null || number < shape.min() || number > shape.max()) {
      return null;
    }
    if (shape.narrow()) {
      return (int) (long) number;
    }
    return number;
  }

  static @Nullable Object real(Shape.Real shape, Object value) {
    @Nullable Double number = real(value);
    if (number == null || number < shape.min() || number > shape.max()) {
      return null;
    }
    return number;
  }

  static @Nullable Object flag(Object value) {
    if (value instanceof Boolean) {
      return value;
    }
    if (value instanceof String text && text.strip().equalsIgnoreCase("true")) {
      return true;
    }
    if (value instanceof String text && text.strip().equalsIgnoreCase("false")) {
      return false;
    }
    return null;
  }

  static @Nullable Object constant(Shape.Constants shape, Object value) {
    for (Shape.Constant constant : shape.all()) {
      if (constant.choice().value().equals(value)) {
        return constant.value();
      }
    }
    return null;
  }

  private static @Nullable Long whole(Object value) {
    return switch (value) {
      case Integer number -> number.longValue();
      case Long number -> number;
      case BigInteger number when number.bitLength() < Long.SIZE -> number.longValue();
      case Double number when number == Math.rint(number) && Math.abs(number) <= DOUBLE_EXACT_MAX ->
          number.longValue();
      case BigDecimal number -> whole(number);
      case String text -> whole(text.strip());
      default -> null;
    };
  }

  private static @Nullable Long whole(BigDecimal number) {
    BigDecimal plain = number.stripTrailingZeros();
    if (plain.scale() > 0 || (long) plain.precision() - plain.scale() > LONG_DIGITS_MAX) {
      return null;
    }
    return whole((Object) plain.toBigIntegerExact());
  }

  private static @Nullable Long whole(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable Double real(Object value) {
    double number;
    switch (value) {
      case Number given -> number = given.doubleValue();
      case String text -> {
        try {
          number = new BigDecimal(text.strip()).doubleValue();
        } catch (NumberFormatException e) {
          return null;
        }
      }
      default -> {
        return null;
      }
    }
    return Double.isFinite(number) ? number : null;
  }
}
