package io.millrace.testkit.contract.encoded;

import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.Destination;
import io.millrace.spi.EncodedSource;
import io.millrace.spi.TargetName;
import java.util.List;

/**
 * A source and a destination that speak one encoding, over real systems where there are any.
 *
 * @param source reads the stream
 * @param destination writes it; its loaders are {@link io.millrace.spi.EncodedLoader}
 * @param stream a stream of several partitions, with every type that has an encoding, its edges and
 *     its nulls
 * @param reader reads what landed
 */
public record EncodedRowsFixture(
    EncodedSource source, Destination destination, ConfiguredStream stream, Reader reader)
    implements AutoCloseable {
  /** Reads a target past the connector. */
  @FunctionalInterface
  public interface Reader {
    /** Returns the rows as exact text, in any order. */
    List<String> read(TargetName target) throws Exception;
  }

  @Override
  public void close() {
    source.close();
    destination.close();
  }
}
