package io.millrace.server.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.StageTimes;
import io.millrace.engine.StreamProgress;
import io.millrace.engine.StreamStatus;
import io.millrace.spi.StreamName;
import io.millrace.spi.Tally;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProgressViewTest {
  private static final String ESCAPES = "\033\\[[0-9]*m";

  @ParameterizedTest
  @ValueSource(ints = {40, 60, 80, 100, 130, 200})
  void everyLineFitsInColourAndWithout(int columns) {
    List<String> plain = lines(columns, false);
    List<String> coloured = lines(columns, true);
    assertThat(coloured.stream().map(line -> line.replaceAll(ESCAPES, "")).toList())
        .isEqualTo(plain);
    assertThat(plain)
        .allSatisfy(line -> assertThat(TextWidth.of(line)).isLessThanOrEqualTo(columns));
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 130})
  void aLineSaysHowMuchIsDone(int columns) {
    assertThat(lines(columns, false).getFirst())
        .contains("public.orders")
        .contains("40 %")
        .contains("400,000 rows");
  }

  @ParameterizedTest
  @ValueSource(ints = 150)
  void aWideLineSaysHowFastHowLongAndWhereTheTimeGoes(int columns) {
    assertThat(lines(columns, false).getFirst())
        .contains("rows/s")
        .contains("left")
        .contains("read 50% map 10% write 30% commit 10%");
  }

  private static List<String> lines(int columns, boolean colour) {
    ProgressView view = new ProgressView(columns, colour);
    view.lines(List.of(orders(0)), Duration.ZERO);
    return view.lines(List.of(orders(400_000)), Duration.ofSeconds(4));
  }

  private static StreamProgress orders(long rows) {
    return new StreamProgress(
        new StreamName("public", "orders"),
        StreamStatus.RUNNING,
        new Tally(rows, rows, 0, 0, rows * 80),
        Tally.ZERO,
        0,
        1_000_000,
        80_000_000,
        3,
        1,
        new StageTimes(50, 10, 30, 5, 5),
        Map.of());
  }
}
