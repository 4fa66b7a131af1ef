package io.millrace.codec;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.VarBinaryVector;

/** Bytes and UUIDs from text. */
final class JsonBytes {
  private static final String HEX_PREFIX = "\\x";
  private static final String BYTES_EXPECTED = "bytes such as \"\\\\x00ff\", or as base64";
  private static final String UUID_EXPECTED =
      "a UUID such as \"123e4567-e89b-12d3-a456-426614174000\"";

  private JsonBytes() {}

  /** Bytes as {@link JsonForm} writes them, or as base64, which other programs' catalogs name. */
  static JsonColumn binary(VarBinaryVector vector) {
    return new JsonColumn(vector) {
      @Override
      void read(JsonParser parser, int index) throws IOException, MisfitException {
        JsonColumns.requireText(parser, BYTES_EXPECTED);
        String text = parser.getText();
        try {
          vector.setSafe(
              index,
              text.startsWith(HEX_PREFIX)
                  ? HexFormat.of().parseHex(text, HEX_PREFIX.length(), text.length())
                  : Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
          throw misfit(BYTES_EXPECTED, parser);
        }
      }
    };
  }

  static JsonColumn uuid(FixedSizeBinaryVector vector) {
    byte[] bytes = new byte[UuidCells.WIDTH_BYTES];
    return new JsonColumn(vector) {
      @Override
      void read(JsonParser parser, int index) throws IOException, MisfitException {
        JsonColumns.requireText(parser, UUID_EXPECTED);
        char[] chars = parser.getTextCharacters();
        if (parser.getTextLength() != UuidCells.CHARS
            || !decode(chars, parser.getTextOffset(), bytes)) {
          throw misfit(UUID_EXPECTED, parser);
        }
        vector.setSafe(index, bytes);
      }
    };
  }

  private static boolean decode(char[] chars, int offset, byte[] bytes) {
    int at = offset;
    for (int i = 0; i < bytes.length; i++) {
      if ((i == 4 || i == 6 || i == 8 || i == 10) && chars[at++] != '-') {
        return false;
      }
      int high = hex(chars[at++]);
      int low = hex(chars[at++]);
      if (high < 0 || low < 0) {
        return false;
      }
      bytes[i] = (byte) ((high << 4) | low);
    }
    return true;
  }

  /** Character.digit also knows digits of other scripts. */
  private static int hex(char c) {
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }
}
