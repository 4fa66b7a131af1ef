package io.millrace.testkit.contract.encoded;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.BatchWriter;
import io.millrace.spi.Checkpoint;
import io.millrace.spi.Commit;
import io.millrace.spi.EncodedLoader;
import io.millrace.spi.LoadPlan;
import io.millrace.spi.Partition;
import io.millrace.spi.PartitionReader;
import io.millrace.spi.RecordBatch;
import io.millrace.spi.RowEncoding;
import io.millrace.spi.StreamPlan;
import io.millrace.spi.Tally;
import io.millrace.spi.TargetName;
import io.millrace.spi.WriteMode;
import io.millrace.spi.WriteReceipt;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/** Rows land the same, decoded or encoded. */
public interface EncodedRowsSuite {
  /** Returns a fixture of its own for each test, which closes it. */
  EncodedRowsFixture encodedRows() throws Exception;

  /** The whole stream, once each way. */
  @Test
  default void encodedRowsLandAsDecodedOnesDo() throws Exception {
    try (EncodedRowsFixture fixture = encodedRows()) {
      List<String> decoded = load(fixture, "decoded", WriteMode.OVERWRITE, ordinal -> false);
      assertThat(decoded).as("rows of the stream").isNotEmpty();
      for (WriteMode mode : List.of(WriteMode.OVERWRITE, WriteMode.APPEND)) {
        assertSame(
            "rows that landed encoded, by " + mode,
            load(fixture, "encoded_" + mode, mode, ordinal -> true),
            decoded);
      }
    }
  }

  /** One load of which every second partition passes encoded. */
  @Test
  default void encodedAndDecodedPartitionsMeetInOneLoad() throws Exception {
    try (EncodedRowsFixture fixture = encodedRows()) {
      List<String> decoded = load(fixture, "decoded", WriteMode.OVERWRITE, ordinal -> false);
      assertSame(
          "rows of a load that passed both ways",
          load(fixture, "mixed", WriteMode.OVERWRITE, ordinal -> ordinal % 2 == 0),
          decoded);
    }
  }

  /** Rows whose types are not exactly the target's are not taken. */
  @Test
  default void anotherEncodingIsNotTaken() throws Exception {
    try (EncodedRowsFixture fixture = encodedRows()) {
      LoadPlan plan =
          plan(
              fixture, fixture.source().plan(fixture.stream(), null), "other", WriteMode.OVERWRITE);
      RowEncoding encoding = encoding(fixture);
      try (EncodedLoader loader = (EncodedLoader) fixture.destination().open(plan)) {
        assertThat(loader.takes(encoding)).as("takes its own encoding").isTrue();
        assertThat(loader.takes(new RowEncoding("other/1", encoding.columns())))
            .as("takes another format")
            .isFalse();
        List<String> swapped = encoding.columns().reversed();
        assertThat(swapped).as("types of the stream").isNotEqualTo(encoding.columns());
        assertThat(loader.takes(new RowEncoding(encoding.format(), swapped)))
            .as("takes other types")
            .isFalse();
      }
    }
  }

  private static void assertSame(String what, List<String> rows, List<String> decoded) {
    List<String> more = new ArrayList<>(rows);
    decoded.forEach(more::remove);
    List<String> fewer = new ArrayList<>(decoded);
    rows.forEach(fewer::remove);
    assertThat(List.of(more, fewer))
        .as("%s: those that no decoded row equals, and the decoded rows that are missing", what)
        .isEqualTo(List.of(List.of(), List.of()));
  }

  private static List<String> load(
      EncodedRowsFixture fixture, String table, WriteMode mode, IntPredicate encoded)
      throws Exception {
    StreamPlan read = fixture.source().plan(fixture.stream(), null);
    assertThat(read.partitions()).as("partitions of the stream").hasSizeGreaterThan(1);
    LoadPlan plan = plan(fixture, read, table, mode);
    try (EncodedLoader loader = (EncodedLoader) fixture.destination().open(plan)) {
      assertThat(loader.takes(encoding(fixture))).as("takes the source's encoding").isTrue();
      for (int ordinal = 0; ordinal < read.partitions().size(); ordinal++) {
        carry(fixture, loader, read.partitions().get(ordinal), ordinal, encoded.test(ordinal));
      }
      loader.finish();
    }
    return fixture.reader().read(plan.target());
  }

  private static LoadPlan plan(
      EncodedRowsFixture fixture, StreamPlan read, String table, WriteMode mode) {
    TargetName target = fixture.destination().identify(TargetName.wanted(null, table));
    return new LoadPlan(
        "encoded " + table,
        1,
        1,
        fixture.stream().name(),
        target,
        read.schema(),
        mode,
        List.of(),
        null);
  }

  private static RowEncoding encoding(EncodedRowsFixture fixture) {
    return Objects.requireNonNull(
        fixture.source().encoding(fixture.stream()), "the encoding of the fixture's stream");
  }

  private static void carry(
      EncodedRowsFixture fixture,
      EncodedLoader loader,
      Partition partition,
      int ordinal,
      boolean encoded)
      throws InterruptedException {
    try (PartitionReader reader =
            encoded
                ? fixture.source().readEncoded(fixture.stream(), partition, null)
                : fixture.source().read(fixture.stream(), partition, null);
        BatchWriter writer =
            encoded
                ? loader.encodedWriter(encoding(fixture), partition.id(), ordinal)
                : loader.writer(partition.id(), ordinal)) {
      long rows = 0;
      for (RecordBatch batch = reader.next(); batch != null; batch = reader.next()) {
        try (RecordBatch lent = batch) {
          assertThat(lent.rejected()).as("rows that the source rejected").isEmpty();
          WriteReceipt receipt = writer.write(lent);
          assertThat(receipt.rejected()).as("rows that the destination rejected").isEmpty();
          rows += receipt.rowsTaken();
        }
      }
      Checkpoint end = reader.checkpoint();
      Commit commit = new Commit(partition.id(), 1, end, true, new Tally(rows, rows, 0, 0, 0));
      assertThat(writer.commit(commit)).as("rows that became durable").isEqualTo(rows);
    }
  }
}
