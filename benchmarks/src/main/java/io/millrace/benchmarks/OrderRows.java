package io.millrace.benchmarks;

import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.arrow.vector.types.pojo.Schema;

/** Rows like those of the whole-process benchmarks, as messages of PostgreSQL's binary COPY. */
final class OrderRows {
  static final Schema SCHEMA =
      new Schema(
          List.of(
              Fields.of("id", new LogicalType.Int(64)),
              Fields.of("customer_id", new LogicalType.Int(32)),
              Fields.of("product_id", new LogicalType.Int(32)),
              Fields.of("quantity", new LogicalType.Int(32)),
              Fields.of("price", new LogicalType.Decimal(15, 2)),
              Fields.of("total", new LogicalType.Decimal(15, 2)),
              Fields.of("status", new LogicalType.Text()),
              Fields.of("note", new LogicalType.Text()),
              Fields.of("email", new LogicalType.Text()),
              Fields.of("ordered_on", new LogicalType.Date()),
              Fields.of("created_at", new LogicalType.TimestampTz()),
              Fields.of("updated_at", new LogicalType.TimestampTz())));

  private static final byte[] HEADER = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', -1, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };
  private static final int BASE = 10_000;
  private static final long SEED = 20_261_121;

  private OrderRows() {}

  /** Returns one message for each row; the first begins with the header. */
  static byte[][] messages(int rows) {
    Random random = new Random(SEED);
    byte[][] messages = new byte[rows][];
    for (int i = 0; i < rows; i++) {
      messages[i] = message(i, random);
    }
    return messages;
  }

  private static byte[] message(int row, Random random) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      if (row == 0) {
        out.write(HEADER);
      }
      out.writeShort(SCHEMA.getFields().size());
      putLong(out, row);
      putInt(out, random.nextInt(100_003));
      putInt(out, random.nextInt(5_003));
      putInt(out, 1 + random.nextInt(20));
      putHundredths(out, random.nextInt(1_000_000));
      putHundredths(out, random.nextInt(100_000_000));
      putText(out, row % 3 == 0 ? "delivered" : "new");
      byte[] noise = new byte[32];
      random.nextBytes(noise);
      putText(out, "note " + HexFormat.of().formatHex(noise));
      putText(out, String.format(Locale.ROOT, "user%d@example.org", random.nextInt(250_007)));
      putInt(out, 5_000 + row % 4_000);
      putLong(out, 500_000_000_000_000L + row * 1_500_000L);
      putLong(out, 600_000_000_000_000L + row * 250_000L);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private static void putInt(DataOutputStream out, int value) throws IOException {
    out.writeInt(Integer.BYTES);
    out.writeInt(value);
  }

  private static void putLong(DataOutputStream out, long value) throws IOException {
    out.writeInt(Long.BYTES);
    out.writeLong(value);
  }

  private static void putText(DataOutputStream out, String text) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(utf8.length);
    out.write(utf8);
  }

  /**
   * A {@code numeric(15,2)} below a hundred million: two digits to the base 10,000, and a third.
   */
  private static void putHundredths(DataOutputStream out, int hundredths) throws IOException {
    int whole = hundredths / 100;
    out.writeInt(4 * Short.BYTES + 3 * Short.BYTES);
    out.writeShort(3);
    out.writeShort(1);
    out.writeShort(0);
    out.writeShort(2);
    out.writeShort(whole / BASE);
    out.writeShort(whole % BASE);
    out.writeShort(hundredths % 100 * 100);
  }
}
