package io.millrace.connectors.postgres.wire;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyOut;

/** Reads a COPY from the socket as pgjdbc does: message by message, notices left out. */
final class Driver implements CopyOut {
  private final DataInputStream in;

  Driver(WireInput wire) {
    this.in = new DataInputStream(wire);
  }

  /** Reads one message, whatever it is; returns its type. */
  int skip() throws IOException {
    int type = in.readUnsignedByte();
    in.skipNBytes(in.readInt() - Integer.BYTES);
    return type;
  }

  @Override
  public byte @Nullable [] readFromCopy() throws SQLException {
    try {
      while (true) {
        int type = in.readUnsignedByte();
        byte[] content = in.readNBytes(in.readInt() - Integer.BYTES);
        switch (type) {
          case 'd' -> {
            return content;
          }
          case 'E' -> throw new SQLException(new String(content, StandardCharsets.UTF_8), "22012");
          case 'N', 'S', 'A', 'c', 'C' -> {
            // Nothing that the reader of the rows sees.
          }
          case 'Z' -> {
            return null;
          }
          default -> throw new SQLException("unexpected message " + type, "08P01");
        }
      }
    } catch (IOException failure) {
      throw new SQLException("broken", "08006", failure);
    }
  }

  @Override
  public byte @Nullable [] readFromCopy(boolean block) throws SQLException {
    return readFromCopy();
  }

  @Override
  public int getFieldCount() {
    return 0;
  }

  @Override
  public int getFormat() {
    return 1;
  }

  @Override
  public int getFieldFormat(int field) {
    return 1;
  }

  @Override
  public boolean isActive() {
    return true;
  }

  @Override
  public void cancelCopy() {}

  @Override
  public long getHandledRowCount() {
    return -1;
  }
}
