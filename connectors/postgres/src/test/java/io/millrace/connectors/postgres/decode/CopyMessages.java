package io.millrace.connectors.postgres.decode;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes messages of COPY's binary format by the manual, for tests of the decoder. */
final class CopyMessages {
  private static final BigInteger BASE = BigInteger.valueOf(10_000);
  private static final byte[] HEADER = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', -1, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };

  /** Stands for a null value. */
  static final byte[] NULL = {'N', 'U', 'L', 'L'};

  private CopyMessages() {}

  /** Returns the header with a first row behind it. */
  static byte[] first(byte[] row) {
    return bytes(
        out -> {
          out.write(HEADER);
          out.write(row);
        });
  }

  static byte[] trailer() {
    return new byte[] {-1, -1};
  }

  static byte[] row(byte[]... values) {
    return bytes(
        out -> {
          out.writeShort(values.length);
          for (byte[] value : values) {
            if (Arrays.equals(value, NULL)) {
              out.writeInt(-1);
            } else {
              out.writeInt(value.length);
              out.write(value);
            }
          }
        });
  }

  static byte[] int8(long value) {
    return bytes(out -> out.writeLong(value));
  }

  static byte[] int4(int value) {
    return bytes(out -> out.writeInt(value));
  }

  /** A number as {@code numeric_send} writes it: no zero digits at either end. */
  static byte[] numeric(BigDecimal value) {
    int groups = Math.ceilDiv(Math.max(0, value.scale()), 4);
    BigInteger scaled = value.abs().scaleByPowerOfTen(groups * 4).toBigIntegerExact();
    List<Integer> digits = new ArrayList<>();
    while (scaled.signum() > 0) {
      BigInteger[] parts = scaled.divideAndRemainder(BASE);
      digits.addFirst(parts[1].intValueExact());
      scaled = parts[0];
    }
    int weight = digits.size() - 1 - groups;
    while (!digits.isEmpty() && digits.getLast() == 0) {
      digits.removeLast();
    }
    int sign = value.signum() < 0 ? 0x4000 : 0;
    return numeric(digits, digits.isEmpty() ? 0 : weight, sign, Math.max(0, value.scale()));
  }

  static byte[] numeric(List<Integer> digits, int weight, int sign, int scale) {
    return bytes(
        out -> {
          out.writeShort(digits.size());
          out.writeShort(weight);
          out.writeShort(sign);
          out.writeShort(scale);
          for (int digit : digits) {
            out.writeShort(digit);
          }
        });
  }

  static byte[] vector(int dimension, float... values) {
    return bytes(
        out -> {
          out.writeShort(dimension);
          out.writeShort(0);
          for (float value : values) {
            out.writeFloat(value);
          }
        });
  }

  private static byte[] bytes(Write write) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      write.to(out);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  @FunctionalInterface
  private interface Write {
    void to(DataOutputStream out) throws IOException;
  }
}
