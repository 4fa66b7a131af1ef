package io.millrace.server.training;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a server answered to what it was asked, in order. Thread-safe.
 *
 * <p>As text, a line {@code > question} is followed by a line {@code < answer}; a byte that is not
 * printable ASCII stands there as {@code %} and two hexadecimal digits.
 */
final class Recording {
  /** Where the recording of the program lies, as a resource. */
  static final String RESOURCE = "postgres.txt";

  private static final String QUESTION = "> ";
  private static final String ANSWER = "< ";
  private static final char ESCAPE = '%';
  private static final HexFormat HEX = HexFormat.of();

  private final Map<String, List<byte[]>> answers = new LinkedHashMap<>();
  private final Map<String, Integer> given = new LinkedHashMap<>();

  /** Returns the recording that the program brings along. */
  static Recording ofTheProgram() {
    try (InputStream in = Recording.class.getResourceAsStream(RESOURCE)) {
      return parse(new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Reads what {@link #text} wrote. */
  static Recording parse(String text) {
    Recording recording = new Recording();
    String question = "";
    for (String line : text.lines().toList()) {
      byte[] content = bytes(line.substring(QUESTION.length()));
      if (line.startsWith(QUESTION)) {
        question = new String(content, StandardCharsets.UTF_8);
      } else {
        recording.add(question, content);
      }
    }
    return recording;
  }

  /** Adds an answer behind those that the question had before. */
  synchronized void add(String question, byte[] answer) {
    answers.computeIfAbsent(question, any -> new ArrayList<>()).add(answer);
  }

  /** Returns the question's next answer, after the last one that again; null when it has none. */
  synchronized byte @Nullable [] answer(String question) {
    List<byte[]> known = answers.get(question);
    if (known == null) {
      return null;
    }
    int next = given.merge(question, 1, Integer::sum) - 1;
    return known.get(Math.min(next, known.size() - 1));
  }

  /** Returns everything as text. */
  synchronized String text() {
    StringBuilder text = new StringBuilder();
    answers.forEach(
        (question, known) ->
            known.forEach(
                answer -> {
                  append(text.append(QUESTION), question.getBytes(StandardCharsets.UTF_8));
                  append(text.append('\n').append(ANSWER), answer);
                  text.append('\n');
                }));
    return text.toString();
  }

  private static void append(StringBuilder text, byte[] content) {
    for (byte one : content) {
      if (one >= ' ' && one <= '~' && one != ESCAPE) {
        text.append((char) one);
      } else {
        HEX.toHexDigits(text.append(ESCAPE), one);
      }
    }
  }

  private static byte[] bytes(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int at = 0; at < text.length(); at++) {
      if (text.charAt(at) == ESCAPE) {
        bytes.write(HexFormat.fromHexDigits(text, at + 1, at + 3));
        at += 2;
      } else {
        bytes.write(text.charAt(at));
      }
    }
    return bytes.toByteArray();
  }
}
