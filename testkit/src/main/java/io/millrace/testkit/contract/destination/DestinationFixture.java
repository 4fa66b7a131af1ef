package io.millrace.testkit.contract.destination;

import io.millrace.spi.DestinationDefinition;
import io.millrace.spi.TargetName;
import io.millrace.spi.Tuning;
import io.millrace.testkit.contract.InvalidConfig;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Everything the suites need to know of a destination and of the real system under it. Targets live
 * side by side; the suites give each a name of its own. Methods may throw whatever the system's
 * client throws.
 */
public interface DestinationFixture {
  /** Returns the connector. */
  DestinationDefinition<?> definition();

  /** Returns a configuration that works, with the typed layout. */
  Map<String, Object> config();

  /** Returns configurations that read well and cannot work, one for each kind of mistake. */
  List<InvalidConfig> invalidConfigs();

  /** Returns the secret texts of all these configurations. */
  default List<String> secrets() {
    return List.of();
  }

  /** Returns what the destination can do. */
  default Set<DestinationCapability> capabilities() {
    return EnumSet.allOf(DestinationCapability.class);
  }

  /** Returns the bounds the destination is opened with. */
  default Tuning tuning() {
    return Tuning.DEFAULT;
  }

  /**
   * Reads a target as any reader of the system would, past the connector.
   *
   * @param target what identify returned
   * @param written the schema last written, for a system that keeps no types of its own (CSV)
   * @return what is there; {@link PublishedTable#BUSY} when the system refuses readers for the
   *     moment; null when there is no such target
   */
  @Nullable PublishedTable read(TargetName target, Schema written) throws Exception;

  /**
   * Makes every write, commit and finish of a target wait until the result is closed, as a lock
   * does. Needs {@link DestinationCapability#BLOCK}.
   */
  default AutoCloseable block(TargetName target) throws Exception {
    throw new UnsupportedOperationException("block");
  }

  /** Returns the beginnings of names of threads that the system's client keeps for good. */
  default List<String> lastingThreads() {
    return List.of();
  }
}
