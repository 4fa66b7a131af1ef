package io.millrace.connectors.postgres.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.ConfigException;
import io.millrace.spi.SqlTarget;
import io.millrace.testkit.arrow.AllocatorExtension;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Statements of somebody else's: one each, in one transaction. */
@ExtendWith(AllocatorExtension.class)
final class ForeignStatementsTest {
  @Test
  void severalInOneAreRefused(BufferAllocator allocator) throws Exception {
    try (Rig rig = new Rig(allocator, Map.of())) {
      for (String several :
          List.of(
              "select 1; select 2",
              "create table made (x int); create table made2 (x int);",
              "/* a ; b */ select ';'; commit")) {
        assertThatThrownBy(() -> run(rig, "create table first (x int)", several))
            .as(several)
            .isInstanceOf(ConfigException.class)
            .hasMessageContaining("Statement 2 is 2 statements");
      }
      assertThat(tables(rig)).isEmpty();
    }
  }

  @Test
  void noneBeginsOrEndsATransaction(BufferAllocator allocator) throws Exception {
    try (Rig rig = new Rig(allocator, Map.of())) {
      for (String control :
          List.of(
              "commit",
              " /* so /* it */ is */ COMMIT;",
              "-- now\nEnd",
              "rollback and chain",
              "commit and chain",
              "abort",
              "begin",
              "start transaction",
              "prepare transaction 'x'")) {
        assertThatThrownBy(
                () -> run(rig, "create table first (x int)", control, "create table act (x int)"))
            .as(control)
            .isInstanceOf(ConfigException.class)
            .hasMessageContaining("Statement 2 begins or ends a transaction");
      }
      rig.execute("CREATE PROCEDURE ends() LANGUAGE plpgsql AS $$ BEGIN COMMIT; END $$");
      for (String hidden : List.of("do $$ begin commit; end $$", "call ends()")) {
        assertThatThrownBy(() -> run(rig, "create table first (x int)", hidden))
            .as(hidden)
            .isInstanceOf(ConfigException.class)
            .hasMessageContaining("run statement 2");
      }
      assertThat(tables(rig)).isEmpty();
    }
  }

  @Test
  void oneIsOneWhateverSemicolonsItHas(BufferAllocator allocator) throws Exception {
    try (Rig rig = new Rig(allocator, Map.of())) {
      run(
          rig,
          "create table made (x text); -- that is all; really",
          "insert into made values (';'), ($$;$$), (e'\\';')",
          "do $$ begin perform 1; perform 2; end $$;",
          "create function two() returns int language sql begin atomic select 1; select 2; end",
          "prepare p as select 1",
          "savepoint here",
          "release savepoint here",
          "");
      assertThat(rig.query("SELECT count(*) FROM made")).containsExactly("3");
    }
  }

  private static void run(Rig rig, String... statements) throws InterruptedException {
    ((SqlTarget) rig.destination).run(List.of(statements));
  }

  private static List<String> tables(Rig rig) {
    return rig.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'");
  }
}
