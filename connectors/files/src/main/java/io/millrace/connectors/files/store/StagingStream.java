package io.millrace.connectors.files.store;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Takes the bytes of an object that stays invisible until it is published. Used by one thread. It
 * holds a bounded part of the bytes in memory.
 */
public abstract class StagingStream extends OutputStream {
  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  /** Returns the number of bytes taken so far. */
  public abstract long size();

  /**
   * Makes the bytes durable and ends the stream. Called once, after the last byte.
   *
   * @throws io.millrace.spi.ConnectorException when the store refuses
   */
  public abstract StagedObject seal() throws InterruptedException;

  /** Drops the bytes, unless {@link #seal} has returned. May be called twice; never throws. */
  @Override
  public abstract void close();
}
