package io.millrace.connectors.files.source.csv;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Texts that stand for null beside the empty field. */
public final class NullTexts {
  /** Only the empty field is null. */
  public static final NullTexts NONE = new NullTexts(List.of());

  private final byte[][] texts;

  /** Takes the texts as they stand in the file, without quotes. */
  public NullTexts(Collection<String> texts) {
    this.texts =
        texts.stream()
            .filter(text -> !text.isEmpty())
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
  }

  /** Tells whether there are any. */
  public boolean isEmpty() {
    return texts.length == 0;
  }

  /** Tells whether a field's content is one of the texts. */
  public boolean matches(byte[] data, int from, int to) {
    for (byte[] text : texts) {
      if (text.length == to - from && Arrays.equals(data, from, to, text, 0, text.length)) {
        return true;
      }
    }
    return false;
  }
}
