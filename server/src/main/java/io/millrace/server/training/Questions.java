package io.millrace.server.training;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a client of PostgreSQL asks over one connection: everything up to where it waits for
 * an answer. A question is known by its database and SQL, without what differs from run to run. Not
 * thread-safe.
 */
final class Questions {
  private static final int ENCRYPTION_BY_TLS = 80_877_103;
  private static final int ENCRYPTION_BY_GSS = 80_877_104;
  private static final int MESSAGE_BYTES_MAX = 1 << 26;

  /** Ids, digests, snapshots and moments. */
  private static final Pattern CHANGING = Pattern.compile("[0-9a-f]*[0-9][0-9a-f]*");

  private final DataInputStream in;
  private final Map<String, String> statements = new HashMap<>();
  private String database = "";
  private String last = "";
  private byte[] sent = {};

  Questions(InputStream in) {
    this.in = new DataInputStream(in);
  }

  /** Reads the first one, and declines encryption before it. */
  String first(OutputStream toClient) throws IOException {
    while (true) {
      byte[] body = body();
      int code = new DataInputStream(new ByteArrayInputStream(body)).readInt();
      if (code != ENCRYPTION_BY_TLS && code != ENCRYPTION_BY_GSS) {
        database = parameter(body, "database");
        sent = framed(body);
        return database + " begins";
      }
      toClient.write('N');
      toClient.flush();
    }
  }

  /** Reads the next one; null after the last. */
  @Nullable String next() throws IOException {
    StringBuilder key = new StringBuilder(database);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (true) {
      int type = in.read();
      if (type < 0 || type == 'X') {
        return null;
      }
      byte[] body = body();
      bytes.write(type);
      bytes.write(framed(body));
      switch (type) {
        case 'Q' -> key.append(" Q ").append(sql(text(body, 0)));
        case 'P' -> parsed(body);
        case 'B' -> key.append(" B ").append(bound(body));
        case 'D', 'E' -> key.append(' ').append((char) type);
        case 'c', 'f' -> key.append(' ').append((char) type).append(" of").append(last);
        default -> {
          // What is copied, and what only asks for haste, makes no difference.
        }
      }
      if (type == 'Q' || type == 'S' || type == 'c' || type == 'f') {
        last = key.substring(database.length());
        sent = bytes.toByteArray();
        return key.toString();
      }
    }
  }

  /** Returns the bytes of the one that was read last. */
  byte[] sent() {
    return sent;
  }

  private void parsed(byte[] body) {
    String name = text(body, 0);
    statements.put(name, sql(text(body, name.length() + 1)));
  }

  private String bound(byte[] body) {
    String statement = text(body, text(body, 0).length() + 1);
    return statements.getOrDefault(statement, "");
  }

  private static String sql(String text) {
    return CHANGING.matcher(text).replaceAll("#");
  }

  private byte[] body() throws IOException {
    int length = in.readInt() - Integer.BYTES;
    if (length < 0 || length > MESSAGE_BYTES_MAX) {
      throw new IOException("A message of " + length + " bytes.");
    }
    return in.readNBytes(length);
  }

  private static byte[] framed(byte[] body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(body.length + Integer.BYTES);
    out.write(body);
    return bytes.toByteArray();
  }

  private static String parameter(byte[] body, String name) {
    int at = Integer.BYTES;
    while (at < body.length && body[at] != 0) {
      String key = text(body, at);
      String value = text(body, at + key.length() + 1);
      if (key.equals(name)) {
        return value;
      }
      at += key.length() + value.length() + 2;
    }
    return "";
  }

  /** Returns the text up to the next zero, one character a byte. */
  private static String text(byte[] body, int from) {
    int end = from;
    while (end < body.length && body[end] != 0) {
      end++;
    }
    return new String(body, from, end - from, StandardCharsets.ISO_8859_1);
  }
}
