package io.millrace.connectors.files.source.csv;

import io.millrace.testkit.arrow.Row;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Writes texts full of what breaks readers, and knows what must be read from them: rows, the line
 * each begins in, and the malformed ones.
 */
final class UglyCsv {
  private static final String[] PIECES = {
    "a",
    "0",
    "",
    " ",
    "'",
    "ü",
    "日本",
    "😀",
    "\\",
    "\t",
    "lorem ipsum",
    ",",
    ";",
    "\"",
    "\n",
    "\r\n",
    "\"\"",
    "\r",
    "x,y",
    "\"q\"",
    "NULL",
    "-1",
    "3.14",
    "é",
    "0123456789abcdef"
  };

  /**
   * A record that must be read.
   *
   * @param line the line it begins in
   * @param offset the byte it begins at
   * @param values null for an empty field without quotes
   */
  record Expected(long line, long offset, List<@Nullable String> values) {
    Row row() {
      return new Row(new ArrayList<@Nullable Object>(values));
    }
  }

  final int fields;
  final Dialect dialect;
  final List<Expected> rows = new ArrayList<>();
  final List<Long> malformedLines = new ArrayList<>();
  final List<Long> recordStarts = new ArrayList<>();

  private final SplittableRandom random;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private long line = 1;
  private final boolean regular;

  /**
   * @param regular no malformed records
   */
  UglyCsv(long seed, Dialect dialect, int fields, int records, boolean regular) {
    this.random = new SplittableRandom(seed);
    this.dialect = dialect;
    this.fields = fields;
    this.regular = regular;
    for (int i = 0; i < records; i++) {
      record(i == records - 1);
    }
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  private void record(boolean last) {
    int kind = random.nextInt(40);
    if (kind == 0 && fields > 1) {
      lineEnd(last);
    } else if (kind == 1 && !regular) {
      ragged(last);
    } else if (kind == 2 && !regular && dialect.quote() != Dialect.NONE) {
      broken(last);
    } else {
      row(last);
    }
  }

  private void row(boolean last) {
    List<@Nullable String> values = new ArrayList<>();
    long offset = out.size();
    long start = line;
    recordStarts.add(offset);
    for (int i = 0; i < fields; i++) {
      if (i > 0) {
        out.write(dialect.separator());
      }
      values.add(field());
    }
    boolean nothing = out.size() == offset;
    lineEnd(last && !nothing);
    rows.add(new Expected(start, offset, values));
  }

  private @Nullable String field() {
    StringBuilder text = new StringBuilder();
    int pieces = random.nextInt(20) == 0 ? random.nextInt(200) : random.nextInt(4);
    for (int i = 0; i < pieces; i++) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    String value = text.toString();
    boolean quotable = dialect.quote() != Dialect.NONE;
    boolean escapable = dialect.escape() != Dialect.NONE;
    if (quotable && (random.nextBoolean() || !plain(value))) {
      quoted(value);
      return value;
    }
    if (escapable && !plain(value)) {
      escaped(value);
      return value;
    }
    String kept = plain(value) ? value : value.replaceAll("[^a-z0-9]", "");
    write(kept);
    return kept.isEmpty() ? null : kept;
  }

  /** Tells whether a value means itself when it stands without quotes. */
  private boolean plain(String value) {
    boolean special =
        value.indexOf(dialect.separator()) >= 0
            || value.indexOf('\n') >= 0
            || value.indexOf('\r') >= 0
            || (dialect.escape() != Dialect.NONE && value.indexOf(dialect.escape()) >= 0);
    boolean opens = !value.isEmpty() && value.charAt(0) == dialect.quote();
    return !special && !opens;
  }

  private void quoted(String value) {
    String quote = String.valueOf((char) dialect.quote());
    String doubled = value;
    if (dialect.escape() != Dialect.NONE) {
      String escape = String.valueOf((char) dialect.escape());
      doubled = doubled.replace(escape, escape + escape);
      doubled =
          random.nextBoolean()
              ? doubled.replace(quote, escape + quote)
              : doubled.replace(quote, quote + quote);
    } else {
      doubled = doubled.replace(quote, quote + quote);
    }
    write(quote + doubled + quote);
    line += value.chars().filter(c -> c == dialect.newline()).count();
  }

  private void escaped(String value) {
    StringBuilder written = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean special =
          c == dialect.separator()
              || c == '\n'
              || c == '\r'
              || c == dialect.escape()
              || c == dialect.quote();
      written.append(special ? String.valueOf((char) dialect.escape()) : "").append(c);
    }
    write(written.toString());
    line += value.chars().filter(c -> c == dialect.newline()).count();
  }

  private void ragged(boolean last) {
    int count = random.nextBoolean() ? fields + 1 + random.nextInt(3) : fields - 1;
    if (count == 0) {
      count = 2;
    }
    malformedLines.add(line);
    recordStarts.add((long) out.size());
    for (int i = 0; i < count; i++) {
      write((i > 0 ? String.valueOf((char) dialect.separator()) : "") + "r" + i);
    }
    lineEnd(last);
  }

  private void broken(boolean last) {
    malformedLines.add(line);
    recordStarts.add((long) out.size());
    String quote = String.valueOf((char) dialect.quote());
    write(quote + "closed" + quote + "and more");
    for (int i = 1; i < fields; i++) {
      write((char) dialect.separator() + "z");
    }
    lineEnd(last);
  }

  private void lineEnd(boolean mayLack) {
    if (mayLack && random.nextBoolean()) {
      return;
    }
    if (dialect.newline() == '\n' && random.nextInt(4) == 0) {
      out.write('\r');
    }
    out.write(dialect.newline());
    line++;
  }

  private void write(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
