package io.millrace.connectors.postgres.destination;

import io.millrace.connectors.postgres.destination.publish.KeyIndex;
import io.millrace.connectors.postgres.destination.publish.Merge;
import io.millrace.connectors.postgres.destination.publish.Replacement;
import io.millrace.connectors.postgres.destination.table.Evolution;
import io.millrace.connectors.postgres.destination.table.ExistingTable;
import io.millrace.connectors.postgres.destination.table.TableDesign;
import io.millrace.connectors.postgres.destination.table.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statements that a load would run, in order. Looks at the catalog; changes nothing. */
final class Preview {
  private final Connection jdbc;
  private final Target target;
  private final TableDesign wanted;
  private final List<String> statements = new ArrayList<>();

  Preview(Connection jdbc, Target target, Opening opening) throws SQLException {
    this.jdbc = jdbc;
    this.target = target;
    this.wanted = opening.design(jdbc);
  }

  List<String> statements() throws SQLException {
    if (!Schemas.exists(jdbc, target.table().schema())) {
      statements.add(Schemas.creation(target.table().schema()));
    }
    statements.addAll(Ledger.definitions(target.table().schema()));
    TableName table = target.table();
    ExistingTable existing = ExistingTable.read(jdbc, table.schema(), table.name());
    switch (target.plan().writeMode()) {
      case APPEND -> append(existing);
      case OVERWRITE, OVERWRITE_DEDUP -> overwrite();
      case APPEND_DEDUP -> merge(existing);
    }
    return statements;
  }

  private void append(@Nullable ExistingTable existing) {
    TableDesign design = wanted;
    if (existing == null) {
      statements.add(
          "CREATE TABLE " + target.table().quoted() + " (" + wanted.definitionList() + ")");
    } else {
      design = evolve(existing);
    }
    copy(target.table(), design);
  }

  private void overwrite() throws SQLException {
    Replacement way = Replacement.decide(jdbc, target.table(), wanted);
    stage(wanted);
    copy(target.stage(), wanted);
    if (target.plan().writeMode().dedups()) {
      statements.add(target.merge(wanted).thinning(target.stage()));
    }
    statements.addAll(Replacement.preview(way, target.stage(), target.table()));
  }

  private void merge(@Nullable ExistingTable existing) throws SQLException {
    TableDesign design = existing == null ? wanted : evolve(existing);
    Merge merge = target.merge(design);
    if (existing != null && !KeyIndex.exists(jdbc, target.table(), merge.keyNames())) {
      statements.add(KeyIndex.creation(target.table(), target.table(), merge.keyNames()));
    }
    stage(design);
    copy(target.stage(), design);
    statements.add(merge.thinning(target.stage()));
    if (existing == null) {
      statements.add(KeyIndex.creation(target.stage(), target.table(), merge.keyNames()));
      statements.addAll(
          Replacement.preview(new Replacement.Create(), target.stage(), target.table()));
    } else {
      statements.add(merge.merging(target.stage(), target.table()));
      statements.add("DROP TABLE " + target.stage().quoted());
    }
  }

  private TableDesign evolve(ExistingTable existing) {
    Replacement.requireTable(existing, target.table());
    Evolution evolution = Evolution.between(existing, wanted, target.table().display());
    if (!evolution.actions().isEmpty()) {
      statements.add(evolution.statement(target.table().quoted()));
    }
    return evolution.design();
  }

  private void stage(TableDesign design) {
    statements.add(Stages.creation(target, design));
    StageDefaults defaults = StageDefaults.of(target, design);
    if (!defaults.isEmpty()) {
      statements.add(defaults.setting(target.stage()));
    }
  }

  private void copy(TableName into, TableDesign design) {
    statements.add(PostgresLoader.copyStatement(target, design, into.quoted()));
  }
}
