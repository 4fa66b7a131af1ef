package io.millrace.testkit.contract.source;

import io.millrace.spi.SourceDefinition;
import io.millrace.spi.StreamName;
import io.millrace.spi.Tuning;
import io.millrace.spi.type.LogicalType;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.contract.InvalidConfig;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Everything the suites need to know of a source and of the real system under it. Streams made by
 * one fixture may live side by side; the suites give each a name of its own. Methods may throw
 * whatever the system's client throws. Optional ones are called only with their capability.
 */
public interface SourceFixture {
  /** Returns the connector. */
  SourceDefinition<?> definition();

  /** Returns a configuration that works and lets the source see every stream of this fixture. */
  Map<String, Object> config();

  /** Returns configurations that read well and cannot work, one for each kind of mistake. */
  List<InvalidConfig> invalidConfigs();

  /** Returns the secret texts of all these configurations. */
  default List<String> secrets() {
    return List.of();
  }

  /** Returns what the source can do. */
  default Set<SourceCapability> capabilities() {
    return EnumSet.allOf(SourceCapability.class);
  }

  /**
   * Returns the bounds the suites read with: small batches, so that small streams have many. A
   * source whose batches have a fixed size overrides it, and {@link #manyRows} with it.
   */
  default Tuning tuning() {
    return new Tuning(1L << 20, 100, 4, 0);
  }

  /** Returns how many rows make at least five batches. */
  default int manyRows() {
    return tuning().batchRowsMax() * 7 + 1;
  }

  /** Tells whether the system has a type for these values. */
  default boolean supports(LogicalType type) {
    return true;
  }

  /** Tells whether the system's type for these values can hold one of them. */
  default boolean holds(LogicalType type, Object value) {
    return true;
  }

  /**
   * Makes a stream with rows in the real system, in one transaction where it has them.
   *
   * @param name the name of the table or file; its namespace is the fixture's choice
   * @param schema the columns; every type is one that {@link #supports} takes
   * @param primaryKey names of columns; the system may ignore it
   * @return the name by which the source must find it
   */
  StreamName createStream(String name, Schema schema, List<String> primaryKey, List<Row> rows)
      throws Exception;

  /**
   * Returns the stream that is there without {@link SourceCapability#CREATE_STREAMS}, of {@link
   * #manyRows} rows or more.
   */
  default StreamName givenStream() {
    throw new UnsupportedOperationException("Without CREATE_STREAMS a fixture has a given stream.");
  }

  /** Adds rows in one transaction. Needs {@link SourceCapability#INSERT}. */
  default void insert(StreamName stream, List<Row> rows) throws Exception {
    throw new UnsupportedOperationException("insert");
  }

  /** Replaces the rows of the same primary key. Needs {@link SourceCapability#UPDATE}. */
  default void update(StreamName stream, List<Row> rows) throws Exception {
    throw new UnsupportedOperationException("update");
  }

  /**
   * Adds rows in a transaction that stays open until the result is closed, which commits it. Needs
   * {@link SourceCapability#OPEN_TRANSACTIONS}.
   */
  default AutoCloseable insertLate(StreamName stream, List<Row> rows) throws Exception {
    throw new UnsupportedOperationException("insertLate");
  }

  /**
   * Adds a column at the end that is null in every row. Needs {@link
   * SourceCapability#SCHEMA_CHANGE}.
   */
  default void addColumn(StreamName stream, Field column) throws Exception {
    throw new UnsupportedOperationException("addColumn");
  }

  /** Removes a column. Needs {@link SourceCapability#SCHEMA_CHANGE}. */
  default void dropColumn(StreamName stream, String column) throws Exception {
    throw new UnsupportedOperationException("dropColumn");
  }

  /**
   * Makes every read of a stream's rows wait until the result is closed, as a lock does. Needs
   * {@link SourceCapability#BLOCK}.
   */
  default AutoCloseable block(StreamName stream) throws Exception {
    throw new UnsupportedOperationException("block");
  }

  /**
   * Ends every connection the source has open to the system. Needs {@link
   * SourceCapability#CUT_CONNECTIONS}.
   */
  default void cutConnections() throws Exception {
    throw new UnsupportedOperationException("cutConnections");
  }

  /** Returns the beginnings of names of threads that the system's client keeps for good. */
  default List<String> lastingThreads() {
    return List.of();
  }
}
