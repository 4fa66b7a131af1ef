package io.millrace.connectors.files.source.fetch;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream from a spooled file, which gives the file back when it is closed. */
final class LeasedInput extends FilterInputStream {
  private final Spool.Lease lease;

  LeasedInput(InputStream input, Spool.Lease lease) {
    super(input);
    this.lease = lease;
  }

  @Override
  public void close() throws IOException {
    try (lease) {
      super.close();
    }
  }
}
