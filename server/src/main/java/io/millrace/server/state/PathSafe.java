package io.millrace.server.state;

import io.millrace.spi.StreamName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Turns names into file names that every file system takes and keeps apart. A simple name stays as
 * it is; any other gets a hash of itself at its end.
 */
public final class PathSafe {
  private static final Pattern SIMPLE = Pattern.compile("[a-z0-9][a-z0-9_-]*");
  private static final Pattern STRANGE = Pattern.compile("[^a-z0-9_.-]+");
  private static final int CHARS_MAX = 100;
  private static final int HASH_CHARS = 10;

  private PathSafe() {}

  /** Returns the file name for a pipeline. */
  public static String of(String name) {
    boolean simple = SIMPLE.matcher(name.replace('.', '-')).matches() && name.length() <= CHARS_MAX;
    return simple && !name.endsWith(".") ? name : readable(name) + "-" + hash(name);
  }

  /** Returns the file name for a stream. */
  static String of(StreamName stream) {
    String namespace = stream.namespace();
    boolean simple =
        SIMPLE.matcher(stream.name()).matches()
            && (namespace == null || SIMPLE.matcher(namespace).matches())
            && stream.display().length() <= CHARS_MAX;
    if (simple) {
      return stream.display();
    }
    String exact = (namespace == null ? "" : namespace + "\1") + "\0" + stream.name();
    return readable(stream.display()) + "-" + hash(exact);
  }

  /** Returns some letters that stand for the text: the same for the same text, on every machine. */
  public static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, HASH_CHARS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256.", e);
    }
  }

  private static String readable(String name) {
    String text = STRANGE.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("_");
    String cut = text.substring(0, Math.min(text.length(), CHARS_MAX - HASH_CHARS - 1));
    return cut.startsWith(".") ? "_" + cut.substring(1) : cut;
  }
}
