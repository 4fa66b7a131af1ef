package io.millrace.connectors.postgres.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.codec.ByteSink;
import io.millrace.codec.Cells;
import io.millrace.codec.TextForm;
import io.millrace.connectors.postgres.Micros;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import io.millrace.testkit.arrow.AllocatorExtension;
import io.millrace.testkit.servers.PostgresServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The text form of values is what PostgreSQL itself writes; asked of a real server. */
@ExtendWith(AllocatorExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TextRuleTest {
  private static final int ROWS = 3_000;
  private static final long MICROS_PER_DAY = 86_400_000_000L;

  /** 4714-11-24 BC and the last day of 294276: the bounds of PostgreSQL's timestamps. */
  private static final long MICROS_MIN = -2_440_588L * MICROS_PER_DAY;

  private static final long MICROS_BOUND = Long.MAX_VALUE - 946_684_800_000_000L;

  private final Random random = new Random(5);
  private final Connection connection;

  TextRuleTest() {
    PostgresServer server = PostgresServer.shared();
    connection = server.connect(server.newDatabase());
  }

  @BeforeAll
  void setUp() throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("SET TIME ZONE 'UTC'");
      statement.execute("SET datestyle = 'ISO'");
    }
  }

  @AfterAll
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void writesFloatsAsTheServerDoes(BufferAllocator allocator) throws SQLException {
    List<String> doubles =
        texts(
            allocator,
            new LogicalType.Real(64),
            (vector, i) -> ((Float8Vector) vector).setSafe(i, aDouble(i)));
    assertSame("float8", doubles);
    List<String> floats =
        texts(
            allocator,
            new LogicalType.Real(32),
            (vector, i) -> ((Float4Vector) vector).setSafe(i, (float) aFloat(i)));
    assertSame("float4", floats);
  }

  @Test
  void writesDaysAndTimesAsTheServerDoes(BufferAllocator allocator) throws SQLException {
    List<String> days =
        texts(
            allocator,
            new LogicalType.Date(),
            (vector, i) ->
                ((DateDayVector) vector).setSafe(i, random.nextInt(5_000_000) - 2_440_588));
    assertSame("date", days);
    List<String> times =
        texts(
            allocator,
            new LogicalType.Time(),
            (vector, i) ->
                ((TimeMicroVector) vector)
                    .setSafe(
                        i, i == 0 ? MICROS_PER_DAY : rounded(random.nextLong(MICROS_PER_DAY))));
    assertSame("time", times);
  }

  @Test
  void writesMomentsAsTheServerDoes(BufferAllocator allocator) throws SQLException {
    List<String> local =
        texts(
            allocator,
            new LogicalType.Timestamp(),
            (vector, i) -> ((TimeStampMicroVector) vector).setSafe(i, moment()));
    assertSame("timestamp", local);
    List<Long> micros = new ArrayList<>();
    List<String> instants =
        texts(
            allocator,
            new LogicalType.TimestampTz(),
            (vector, i) -> {
              micros.add(moment());
              ((TimeStampMicroTZVector) vector).setSafe(i, micros.get(i));
            });
    assertSame("timestamptz", instants);
    List<String> seconds = ask("SELECT " + Micros.of("t::timestamptz") + "::text", instants);
    assertThat(seconds).isEqualTo(micros.stream().map(String::valueOf).toList());
  }

  @Test
  void writesBytesAsTheServerDoes(BufferAllocator allocator) throws SQLException {
    List<String> bytes =
        texts(
            allocator,
            new LogicalType.Binary(),
            (vector, i) -> {
              byte[] value = new byte[random.nextInt(20)];
              random.nextBytes(value);
              ((VarBinaryVector) vector).setSafe(i, value);
            });
    assertSame("bytea", bytes);
  }

  private double aDouble(int i) {
    return switch (i % 4) {
      case 0 -> Double.longBitsToDouble(random.nextLong());
      case 1 -> random.nextInt(1_000_000) / 100.0;
      case 2 -> random.nextLong() * (double) (1L << random.nextInt(20));
      default -> random.nextInt(300) * Double.MIN_VALUE * (random.nextBoolean() ? 1 : -1);
    };
  }

  private double aFloat(int i) {
    return switch (i % 4) {
      case 0 -> Float.intBitsToFloat(random.nextInt());
      case 1 -> random.nextInt(1_000_000) / 100.0f;
      case 2 -> random.nextInt();
      default -> random.nextInt(300) * Float.MIN_VALUE;
    };
  }

  private long moment() {
    return rounded(random.nextLong(MICROS_MIN, MICROS_BOUND));
  }

  /** Cuts some of the fraction's digits. */
  private long rounded(long micros) {
    long unit = (long) Math.pow(10, random.nextInt(7));
    return micros - Math.floorMod(micros, unit);
  }

  private static List<String> texts(
      BufferAllocator allocator, LogicalType type, BiConsumer<FieldVector, Integer> fill) {
    try (FieldVector vector = Fields.of("v", type).createVector(allocator)) {
      vector.allocateNew();
      for (int i = 0; i < ROWS; i++) {
        fill.accept(vector, i);
      }
      vector.setValueCount(ROWS);
      Cells cells = TextForm.cells(vector);
      List<String> texts = new ArrayList<>();
      ByteSink sink = new ByteSink(0);
      for (int i = 0; i < ROWS; i++) {
        sink.clear();
        cells.write(i, sink);
        texts.add(sink.toString());
      }
      return texts;
    }
  }

  /** What the server makes of the text, and writes itself, is the same text. */
  private void assertSame(String type, List<String> texts) throws SQLException {
    List<String> answers = ask("SELECT t::" + type + "::text", texts);
    List<String> different = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      if (!texts.get(i).equals(answers.get(i))) {
        different.add(texts.get(i) + " is " + answers.get(i));
      }
    }
    assertThat(different).as(type).isEmpty();
  }

  private List<String> ask(String select, List<String> texts) throws SQLException {
    String sql = select + " FROM unnest(?::text[]) WITH ORDINALITY AS all_of (t, n) ORDER BY n";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, connection.createArrayOf("text", texts.toArray()));
      List<String> answers = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          answers.add(rows.getString(1));
        }
      }
      return answers;
    }
  }
}
