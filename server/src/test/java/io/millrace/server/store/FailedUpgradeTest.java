package io.millrace.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.millrace.spi.SystemException;
import java.nio.file.Path;
import java.util.Objects;
import javax.sql.DataSource;
import org.flywaydb.core.api.MigrationVersion;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteDataSource;

/** An upgrade of several steps, a later one of which fails. */
@EachStore
final class FailedUpgradeTest {
  private static final String OLD = "5";

  private final Dialect dialect;
  private final DatabaseUrl url;

  FailedUpgradeTest(Dialect dialect, @TempDir Path stores) {
    this.dialect = dialect;
    this.url = TestStore.url(dialect, stores);
  }

  @Test
  void leavesTheStoreToTheProgramBefore() {
    DataSource source = source();
    Migrations.configured(source, dialect)
        .target(MigrationVersion.fromVersion(OLD))
        .load()
        .migrate();
    // The second step of the upgrade finds its table there already.
    Jdbi.create(source).useHandle(tx -> tx.execute("CREATE TABLE notification (id TEXT)"));
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger logger = (Logger) LoggerFactory.getLogger(Migrations.class);
    log.start();
    logger.addAppender(log);
    try {
      assertThatThrownBy(() -> Database.open(url).close())
          .isInstanceOf(SystemException.class)
          .hasMessageContaining("could not be brought to this version");
    } finally {
      logger.detachAppender(log);
    }
    assertThat(
            Objects.requireNonNull(Migrations.configured(source, dialect).load().info().current())
                .getVersion())
        .isEqualTo(MigrationVersion.fromVersion(OLD));
    assertThat(log.list.stream().map(ILoggingEvent::getMessage))
        .contains("store_upgrade")
        .filteredOn("store_upgrade_without_copy"::equals)
        .hasSize(dialect == Dialect.POSTGRES ? 1 : 0);
  }

  private DataSource source() {
    return switch (url) {
      case DatabaseUrl.Sqlite sqlite -> {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + sqlite.file());
        yield source;
      }
      case DatabaseUrl.Postgres postgres -> {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(postgres.jdbcUrl());
        source.setUser(postgres.user());
        yield source;
      }
    };
  }
}
