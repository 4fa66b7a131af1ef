package io.millrace.connectors.files.source.fetch;

import io.millrace.spi.ConfigException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the encoding that a name, or the first bytes of a text, mean. */
public final class Encodings {
  /** Names that Python knows and Java does not. */
  private static final Map<String, String> PYTHON_NAMES =
      Map.of(
          "latin-1", "ISO-8859-1",
          "latin", "ISO-8859-1",
          "utf-8-sig", "UTF-8",
          "utf8-sig", "UTF-8",
          "utf-16-le", "UTF-16LE",
          "utf-16-be", "UTF-16BE",
          "mac-roman", "x-MacRoman",
          "shift-jis", "Shift_JIS",
          "euc-jp", "EUC-JP",
          "gb-18030", "GB18030");

  private Encodings() {}

  /**
   * Returns the encoding of this name, as Java, IANA or Python write it.
   *
   * @throws ConfigException when there is none
   */
  public static Charset named(String name) {
    String plain = name.strip().toLowerCase(Locale.ROOT).replace('_', '-');
    try {
      return Charset.forName(PYTHON_NAMES.getOrDefault(plain, plain));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new ConfigException(
          "encoding_unknown",
          "There is no encoding "
              + FileErrors.quoted(name)
              + ". Use a name such as utf-8, utf-16, iso-8859-1 or windows-1252.",
          e.toString(),
          e);
    }
  }

  /** Returns the encoding that a byte order mark tells, or null when there is none. */
  static @Nullable Charset marked(byte[] head, int length) {
    int first = length > 0 ? head[0] & 0xFF : 0;
    int second = length > 1 ? head[1] & 0xFF : 0;
    if (first == 0xFF && second == 0xFE) {
      boolean wide = length > 3 && head[2] == 0 && head[3] == 0;
      return wide ? Charset.forName("UTF-32LE") : StandardCharsets.UTF_16LE;
    }
    if (first == 0xFE && second == 0xFF) {
      return StandardCharsets.UTF_16BE;
    }
    boolean utf8 = first == 0xEF && second == 0xBB && length > 2 && (head[2] & 0xFF) == 0xBF;
    return utf8 ? StandardCharsets.UTF_8 : null;
  }

  /** Tells whether texts in this encoding can be read as they are. */
  static boolean isUtf8(Charset charset) {
    return charset.equals(StandardCharsets.UTF_8);
  }
}
