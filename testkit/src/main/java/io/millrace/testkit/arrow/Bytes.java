package io.millrace.testkit.arrow;

import java.util.HexFormat;

/**
 * Bytes as a value: equal by content, readable in messages.
 *
 * @param hex the bytes as lower-case hexadecimal digits
 */
public record Bytes(String hex) {
  /** Makes the value of these bytes. */
  public static Bytes of(byte[] bytes) {
    return new Bytes(HexFormat.of().formatHex(bytes));
  }

  /** Returns a fresh array. */
  public byte[] toArray() {
    return HexFormat.of().parseHex(hex);
  }

  @Override
  public String toString() {
    return "0x" + hex;
  }
}
