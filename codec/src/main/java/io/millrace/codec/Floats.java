package io.millrace.codec;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Floating-point numbers as the shortest digits that read back as the same number.
 *
 * <p>The text form is PostgreSQL's: plain digits for exponents from -4 up to 14 (5 for 32 bits),
 * {@code 1e+20} beyond.
 */
final class Floats {
  /** From here on neighbours are more than 1 apart, so that digits can be half way between two. */
  private static final double WHOLE_FROM_64 = 0x1p53;

  private static final float WHOLE_FROM_32 = 0x1p24f;

  private static final int PLAIN_EXPONENT_MIN = -4;
  private static final int PLAIN_EXPONENT_MAX_64 = 14;
  private static final int PLAIN_EXPONENT_MAX_32 = 5;

  private Floats() {}

  /** Adds a finite number in the text form. */
  static void putText(ByteSink out, double value) {
    String java = Double.toString(value);
    double magnitude = Math.abs(value);
    if (magnitude < Double.MIN_NORMAL && value != 0) {
      java = shorter(java, value, false);
    } else if (magnitude >= WHOLE_FROM_64) {
      java = stricter(java, magnitude, magnitude - Math.nextDown(magnitude), Math.ulp(magnitude));
    }
    put(out, java, PLAIN_EXPONENT_MAX_64);
  }

  /** Adds a finite number in the text form. */
  static void putText(ByteSink out, float value) {
    String java = Float.toString(value);
    float magnitude = Math.abs(value);
    if (magnitude < Float.MIN_NORMAL && value != 0) {
      java = shorter(java, value, true);
    } else if (magnitude >= WHOLE_FROM_32) {
      java = stricter(java, magnitude, magnitude - Math.nextDown(magnitude), Math.ulp(magnitude));
    }
    put(out, java, PLAIN_EXPONENT_MAX_32);
  }

  /**
   * Java writes at least two digits. Among the smallest numbers, whose neighbours are far away, one
   * digit may do.
   */
  private static String shorter(String java, double value, boolean single) {
    int point = java.indexOf('.');
    int exponent = java.indexOf('E');
    if (exponent != point + 2) {
      return java;
    }
    int first = java.charAt(point - 1) - '0';
    int rounded = java.charAt(point + 1) >= '5' ? first + 1 : first;
    String candidate = java.substring(0, point - 1) + rounded + ".0" + java.substring(exponent);
    double read = single ? Float.parseFloat(candidate) : Double.parseDouble(candidate);
    return read == value ? candidate : java;
  }

  /**
   * Java takes digits half way between two numbers where they read back as this one; PostgreSQL
   * takes only digits that are nearer to this one.
   *
   * @param gapBelow how far the next smaller number is
   */
  private static String stricter(String java, double magnitude, double gapBelow, double gapAbove) {
    BigDecimal exact = new BigDecimal(magnitude);
    BigDecimal digits = new BigDecimal(java).abs().stripTrailingZeros();
    int javaCount = digits.precision();
    int count = javaCount;
    BigDecimal off = digits.subtract(exact);
    while (off.abs().doubleValue() * 2 >= (off.signum() < 0 ? gapBelow : gapAbove)) {
      count++;
      digits = exact.round(new MathContext(count, RoundingMode.HALF_EVEN));
      off = digits.subtract(exact);
    }
    if (count == javaCount) {
      return java;
    }
    String all = digits.unscaledValue().toString();
    int exponent = all.length() - 1 - digits.scale();
    String sign = java.startsWith("-") ? "-" : "";
    return sign + all.charAt(0) + "." + all.substring(1) + "E" + exponent;
  }

  private static void put(ByteSink out, String java, int plainExponentMax) {
    int at = 0;
    if (java.charAt(0) == '-') {
      out.put('-');
      at = 1;
    }
    int e = java.indexOf('E');
    int end = e < 0 ? java.length() : e;
    int point = java.indexOf('.');
    String digits = java.substring(at, point) + java.substring(point + 1, end);
    int exponent = point - at - 1 + (e < 0 ? 0 : Integer.parseInt(java.substring(e + 1)));
    int lead = 0;
    while (lead < digits.length() - 1 && digits.charAt(lead) == '0') {
      lead++;
    }
    int last = digits.length();
    while (last > lead + 1 && digits.charAt(last - 1) == '0') {
      last--;
    }
    digits = digits.substring(lead, last);
    if (digits.equals("0")) {
      out.put('0');
      return;
    }
    exponent -= lead;
    if (exponent >= PLAIN_EXPONENT_MIN && exponent <= plainExponentMax) {
      putPlain(out, digits, exponent);
    } else {
      putScientific(out, digits, exponent);
    }
  }

  private static void putPlain(ByteSink out, String digits, int exponent) {
    if (exponent < 0) {
      out.putAscii("0.");
      out.putAscii("0".repeat(-exponent - 1));
      out.putAscii(digits);
      return;
    }
    int whole = exponent + 1;
    if (digits.length() <= whole) {
      out.putAscii(digits);
      out.putAscii("0".repeat(whole - digits.length()));
      return;
    }
    out.putAscii(digits.substring(0, whole));
    out.put('.');
    out.putAscii(digits.substring(whole));
  }

  private static void putScientific(ByteSink out, String digits, int exponent) {
    out.put(digits.charAt(0));
    if (digits.length() > 1) {
      out.put('.');
      out.putAscii(digits.substring(1));
    }
    out.putAscii(exponent < 0 ? "e-" : "e+");
    int magnitude = Math.abs(exponent);
    if (magnitude < 10) {
      out.put('0');
    }
    Digits.putLong(out, magnitude);
  }
}
