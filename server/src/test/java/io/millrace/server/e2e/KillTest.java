package io.millrace.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A sync that is killed at random moments and started again carries every row exactly once, in
 * every mode, to every destination; the content is compared.
 *
 * <p>{@code -Dmillrace.kills=20} kills each pair of destination and mode so often; {@code
 * -Dmillrace.kill.rows} sets the size of the table, {@code -Dmillrace.kill.seed} the moments and
 * {@code -Dmillrace.kill.only=DUCKDB} the destination.
 */
@EnabledOnOs({OS.LINUX, OS.MAC})
final class KillTest {
  private static final int KILLS = Integer.getInteger("millrace.kills", 1);
  private static final int ROWS = Integer.getInteger("millrace.kill.rows", 60_000);
  private static final long SEED = Long.getLong("millrace.kill.seed", System.nanoTime());

  private static final String ONLY = System.getProperty("millrace.kill.only", "");

  /** After so many kills a sync is let through, so that the next one meets rows of the last. */
  private static final int KILLS_IN_A_ROW_MAX = 5;

  private static final int GENERATIONS_MIN = 2;
  private static final int KILLED = 137;
  private static final long SPAN_MILLIS_FIRST = 3000;

  @TempDir Path folder;
  private final Random random = new Random(SEED);
  private long spanMillis = SPAN_MILLIS_FIRST;
  private int killed;

  static Stream<Arguments> pairs() {
    return Arrays.stream(KillTarget.Kind.values())
        .filter(kind -> ONLY.isEmpty() || kind.name().equals(ONLY))
        .flatMap(
            kind ->
                Arrays.stream(KillMode.values())
                    .filter(mode -> kind.merges() || !mode.merges())
                    .map(mode -> Arguments.of(kind, mode)));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void everyRowIsThereOnce(KillTarget.Kind kind, KillMode mode) throws Exception {
    try (KillTarget target = KillTarget.open(kind, folder)) {
      KillSource source = new KillSource(ROWS);
      KillLedger ledger = new KillLedger(mode);
      for (int generation = 0; killed < KILLS || generation < GENERATIONS_MIN; generation++) {
        source.change(generation);
        carry(command(source, target, mode));
        ledger.ended(source, generation);
        assertThat(target.rows().equals(ledger.rows()))
            .as(() -> "%s %s, seed %d: %s".formatted(kind, mode, SEED, ledger.against(target)))
            .isTrue();
      }
    }
  }

  /** Runs a sync until it says that it has ended, killing it on the way. */
  private void carry(String... command) throws InterruptedException {
    Program program = new Program(folder);
    for (int kills = 0; ; ) {
      boolean kill = killed < KILLS && kills < KILLS_IN_A_ROW_MAX;
      long begin = System.nanoTime();
      Program.Running running = program.start(command);
      if (kill && !running.process().waitFor(moment(), TimeUnit.MILLISECONDS)) {
        running.process().destroyForcibly();
      }
      Run run = running.end();
      if (run.code() == KILLED && !run.out().contains("\"summary\"")) {
        killed++;
        kills++;
        continue;
      }
      assertThat(run.out()).as("seed %d: %s", SEED, run).contains("\"status\":\"succeeded\"");
      if (run.code() == 0) {
        spanMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
      }
      return;
    }
  }

  private long moment() {
    return spanMillis / 5 + random.nextLong(spanMillis);
  }

  private static String[] command(KillSource source, KillTarget target, KillMode mode) {
    return new String[] {
      "sync",
      source.uri(),
      target.uri(),
      "--stream",
      "public." + KillSource.TABLE,
      "--mode",
      mode.text(),
      "--cursor",
      "updated_at",
      "--key",
      "id",
      "--metadata-columns",
      target.metadataColumns(mode),
      "--output",
      "json"
    };
  }
}
