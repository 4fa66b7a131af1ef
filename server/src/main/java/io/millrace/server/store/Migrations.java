package io.millrace.server.store;

import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.SystemException;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreMigrationType;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the tables to this program's version, with a copy of the old ones kept before. */
final class Migrations {
  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

  private Migrations() {}

  /**
   * Migrates a store.
   *
   * @throws ConfigException when a newer program has used it, or it is none and cannot become one
   * @throws StoreAwayException when the store went away meanwhile
   * @throws SystemException when a migration or the check after it fails; the old store is as it
   *     was, or lies beside as a copy
   */
  static void run(DataSource source, Dialect dialect, DatabaseUrl url) {
    if (dialect == Dialect.POSTGRES) {
      RefusedStore.look(source, url, RefusedStore.VERSION_MIN);
    }
    Flyway flyway = configured(source, dialect).load();
    try {
      MigrationInfoService before = flyway.info();
      refuseNewer(before);
      boolean upgrade = before.current() != null && before.pending().length > 0;
      if (upgrade) {
        LOG.atInfo()
            .addKeyValue("from", before.current().getVersion())
            .addKeyValue("steps", before.pending().length)
            .log("store_upgrade");
      }
      if (upgrade) {
        keep(source, url, before.current());
      }
      if (flyway.migrate().migrationsExecuted > 0 && dialect == Dialect.SQLITE) {
        check(source);
      }
    } catch (FlywayException e) {
      DamagedStore.of(e, url)
          .ifPresent(
              damaged -> {
                throw damaged;
              });
      if (Patience.away(e)) {
        throw new StoreAwayException(e);
      }
      RefusedStore.of(e, url)
          .ifPresent(
              refused -> {
                throw refused;
              });
      throw new SystemException(
          "store_migration",
          "The metadata store could not be brought to this version: "
              + ConnectorException.outside(String.valueOf(e.getMessage()))
              + back(url),
          e.toString(),
          e);
    }
  }

  private static void keep(DataSource source, DatabaseUrl url, MigrationInfo current) {
    switch (url) {
      case DatabaseUrl.Sqlite sqlite -> StoreBackup.before(source, sqlite.file(), current);
      case DatabaseUrl.Postgres ignored ->
          LOG.atWarn()
              .addKeyValue("version", current.getVersion())
              .addKeyValue("way_back", "a pg_dump from before (millrace backup shows how)")
              .log("store_upgrade_without_copy");
    }
  }

  private static String back(DatabaseUrl url) {
    return switch (url) {
      case DatabaseUrl.Sqlite ignored ->
          " A copy of the store from before is kept: millrace restore shows it.";
      case DatabaseUrl.Postgres ignored ->
          " PostgreSQL has undone every step of it: the version before starts with the store as it"
              + " is.";
    };
  }

  static FluentConfiguration configured(DataSource source, Dialect dialect) {
    return Flyway.configure()
        .dataSource(source)
        .locations("classpath:db/migration")
        .placeholders(dialect.placeholders())
        .table("schema_history")
        // All steps or none: the program before refuses a store that some of them have changed.
        .group(true)
        .validateMigrationNaming(true);
  }

  private static void refuseNewer(MigrationInfoService info) {
    for (MigrationInfo one : info.all()) {
      if (one.getState().isApplied()
          && !one.getState().isResolved()
          && one.getType() == CoreMigrationType.SQL) {
        throw new ConfigException(
            "store_newer",
            "The metadata store was made by a newer Millrace (its version is "
                + one.getVersion()
                + "). Start that version, or go back to a copy from before: millrace restore shows"
                + " which there are.");
      }
    }
  }

  private static void check(DataSource source) {
    Jdbi.create(source)
        .useHandle(
            handle -> {
              List<String> found =
                  handle.createQuery("PRAGMA integrity_check(10)").mapTo(String.class).list();
              int orphans = handle.createQuery("PRAGMA foreign_key_check").mapToMap().list().size();
              if (!found.equals(List.of("ok")) || orphans > 0) {
                throw new SystemException(
                    "store_check",
                    "The metadata store is damaged after the upgrade. Put the copy from before back"
                        + " (millrace restore shows it) and start the version before.",
                    found + ", " + orphans + " orphaned rows",
                    null);
              }
            });
  }
}
