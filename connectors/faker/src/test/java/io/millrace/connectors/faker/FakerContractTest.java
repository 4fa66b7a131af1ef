package io.millrace.connectors.faker;

import io.millrace.spi.SourceDefinition;
import io.millrace.spi.StreamName;
import io.millrace.spi.Tuning;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.contract.InvalidConfig;
import io.millrace.testkit.contract.source.SourceCapability;
import io.millrace.testkit.contract.source.SourceContract;
import io.millrace.testkit.contract.source.SourceFixture;
import io.millrace.testkit.contract.source.SourceProbe;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The contract of sources, with each table as the given stream, in one range and in several. */
class FakerContractTest {
  private static final int COUNT = 750;

  @Nested
  class UsersInRanges extends Contract {
    UsersInRanges() {
      super("users", 1);
    }
  }

  @Nested
  class Users extends Contract {
    Users() {
      super("users", 20);
    }
  }

  @Nested
  class PurchasesInRanges extends Contract {
    PurchasesInRanges() {
      super("purchases", 1);
    }
  }

  abstract static class Contract implements SourceContract {
    private final FakerFixture fixture;

    Contract(String table, int recordsPerSlice) {
      fixture = new FakerFixture(table, recordsPerSlice);
    }

    @Override
    public SourceFixture fixture() {
      return fixture;
    }

    /** There is no system that could refuse: what reads well works, at its bounds too. */
    @Override
    @Test
    public void checkNamesEachMistake(SourceProbe probe) throws InterruptedException {
      for (long count : new long[] {0, 1, FakerConfig.ROWS_MAX}) {
        probe.open(Map.of("count", count)).check();
      }
    }
  }

  private record FakerFixture(String table, int recordsPerSlice) implements SourceFixture {
    @Override
    public SourceDefinition<?> definition() {
      return new FakerDefinition();
    }

    @Override
    public Map<String, Object> config() {
      return Map.of(
          "count", COUNT, "seed", 7, "always_updated", false, "records_per_slice", recordsPerSlice);
    }

    @Override
    public List<InvalidConfig> invalidConfigs() {
      return List.of();
    }

    @Override
    public Set<SourceCapability> capabilities() {
      return EnumSet.of(SourceCapability.INCREMENTAL);
    }

    @Override
    public Tuning tuning() {
      return new Tuning(1L << 20, 100, 4, 0);
    }

    @Override
    public StreamName createStream(
        String name, Schema schema, List<String> primaryKey, List<Row> rows) {
      throw new UnsupportedOperationException("The streams of source-faker are given.");
    }

    @Override
    public StreamName givenStream() {
      return new StreamName(null, table);
    }
  }
}
