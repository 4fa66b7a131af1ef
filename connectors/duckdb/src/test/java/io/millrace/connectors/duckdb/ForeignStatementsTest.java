package io.millrace.connectors.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.ConfigException;
import io.millrace.spi.Destination;
import io.millrace.spi.SqlTarget;
import io.millrace.testkit.arrow.AllocatorExtension;
import java.nio.file.Path;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Statements of somebody else's: one each, in one transaction. */
@ExtendWith(AllocatorExtension.class)
final class ForeignStatementsTest {
  @TempDir private Path folder;

  @Test
  void severalInOneAreRefused(BufferAllocator allocator) throws Exception {
    Bench bench = new Bench(allocator, folder, "shop.duckdb");
    for (String several :
        List.of(
            "create table made (x int); create table made2 (x int);",
            "/* a ; b */ select ';'; commit",
            "select e'\\';'; select 1",
            "select $t$ ; $t$; select $1$; select 2")) {
      assertThatThrownBy(() -> run(bench, "create table first (x int)", several))
          .as(several)
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("Statement 2 is several statements");
    }
    run(bench);
    assertThat(bench.query("SHOW TABLES")).isEmpty();
  }

  @Test
  void noneBeginsOrEndsATransaction(BufferAllocator allocator) throws Exception {
    Bench bench = new Bench(allocator, folder, "shop.duckdb");
    for (String control :
        List.of(
            "commit",
            " /* so /* it */ is */ COMMIT;",
            "-- now\nEnd",
            "rollback",
            "abort",
            "begin",
            "start transaction")) {
      assertThatThrownBy(
              () -> run(bench, "create table first (x int)", control, "create table act (x int)"))
          .as(control)
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("Statement 2 begins or ends a transaction");
    }
    run(bench);
    assertThat(bench.query("SHOW TABLES")).isEmpty();
  }

  @Test
  void oneIsOneWhateverSemicolonsItHas(BufferAllocator allocator) throws Exception {
    Bench bench = new Bench(allocator, folder, "shop.duckdb");
    run(
        bench,
        "create table made (x text); -- that is all; really",
        "insert into made values (';'), ($$;$$), (e'\\';'), ('it''s;'), ($t$;$$;$t$)",
        "create table \"odd;name$$\" (\"a\"\";\" int);;");
    assertThat(bench.query("SELECT x FROM made")).contains(";", "';", "it's;", ";$$;").hasSize(5);
    assertThat(bench.query("SHOW TABLES")).containsExactly("made", "odd;name$$");
  }

  private static void run(Bench bench, String... statements) throws Exception {
    try (Destination destination = bench.destination()) {
      ((SqlTarget) destination).run(List.of(statements));
    }
  }
}
