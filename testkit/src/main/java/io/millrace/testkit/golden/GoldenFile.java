package io.millrace.testkit.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares a text with a file of the repository. */
public final class GoldenFile {
  /** The system property that, when true, rewrites the files instead of comparing. */
  public static final String UPDATE_PROPERTY = "millrace.golden.update";

  private GoldenFile() {}

  /**
   * Fails unless the file holds exactly this text (UTF-8, line ends included). With {@code
   * -Dmillrace.golden.update=true} it writes the file instead and never fails.
   */
  public static void check(Path file, String actual) {
    try {
      if (Boolean.getBoolean(UPDATE_PROPERTY)) {
        write(file, actual);
        return;
      }
      if (!Files.exists(file)) {
        fail("%s does not exist; -D%s=true writes it.", file, UPDATE_PROPERTY);
      }
      assertThat(actual)
          .as("%s; if the new text is meant, -D%s=true writes it", file, UPDATE_PROPERTY)
          .isEqualTo(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.writeString(file, text);
  }
}
