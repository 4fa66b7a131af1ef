package io.millrace.connectors.postgres.destination;

import io.millrace.connectors.postgres.destination.publish.KeyIndex;
import io.millrace.connectors.postgres.destination.publish.Locks;
import io.millrace.connectors.postgres.destination.publish.Published;
import io.millrace.connectors.postgres.destination.publish.Replacement;
import io.millrace.connectors.postgres.destination.table.Evolution;
import io.millrace.connectors.postgres.destination.table.ExistingTable;
import io.millrace.connectors.postgres.destination.table.Sql;
import io.millrace.connectors.postgres.destination.table.TableDesign;
import io.millrace.connectors.postgres.destination.table.TableName;
import io.millrace.connectors.postgres.destination.table.TargetColumn;
import io.millrace.connectors.postgres.destination.table.TypeFinder;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Prepares the target for a load, in one transaction: clears what earlier syncs left, takes the
 * stream's lock, makes or evolves tables, and refuses what cannot work before a row is read.
 */
final class Opening {
  private final Target target;
  private final Ledger ledger;
  private final String holder;
  private final boolean numbersUnlimited;
  private final Set<String> notices = new LinkedHashSet<>();

  Opening(Target target, Ledger ledger, String holder, boolean numbersUnlimited) {
    this.target = target;
    this.ledger = ledger;
    this.holder = holder;
    this.numbersUnlimited = numbersUnlimited;
  }

  /**
   * What a load begins with.
   *
   * @param design the columns with the types they have in the table that is written to
   * @param stage the staging table that an earlier attempt has made, or null
   * @param published the sync is published already
   * @param notices sentences for the user
   */
  record Opened(
      TableDesign design, @Nullable TableName stage, boolean published, Set<String> notices) {}

  Opened run(Connection jdbc) throws SQLException {
    notices.clear();
    // Losing this to a crash of the server loses nothing: rows that follow it are flushed after it.
    Sql.execute(jdbc, "SET LOCAL synchronous_commit = off");
    Locks.bound(jdbc);
    Schemas.ensure(jdbc, target.table().schema());
    ledger.create(jdbc);
    ledger.lock(jdbc, holder);
    clear(jdbc);
    TableDesign wanted = design(jdbc);
    boolean published = ledger.receipt(jdbc) != null;
    String stage = ledger.stage(jdbc);
    if (published) {
      return new Opened(wanted, null, true, notices);
    }
    TableDesign design = prepareTarget(jdbc, wanted);
    if (stage == null) {
      return new Opened(design, null, false, notices);
    }
    TableName name = target.table().sibling(stage);
    TableDesign staged = evolveStage(jdbc, name, design);
    return staged == null
        ? new Opened(design, null, false, notices)
        : new Opened(staged, name, false, notices);
  }

  /** Returns the columns wanted of the target. */
  TableDesign design(Connection jdbc) throws SQLException {
    TableDesign design =
        TableDesign.of(
            target.plan().schema(), new TypeFinder(jdbc), numbersUnlimited, notices::add);
    int sequence = target.plan().writeMode().dedups() ? 1 : 0;
    design.requireRoom(sequence, target.table().display());
    return design;
  }

  private void clear(Connection jdbc) throws SQLException {
    for (String stale : ledger.staleStages(jdbc)) {
      if (Target.isStage(stale)) {
        Sql.execute(jdbc, "DROP TABLE IF EXISTS " + target.table().sibling(stale).quoted());
      }
    }
    ledger.forgetOthers(jdbc);
  }

  private TableDesign prepareTarget(Connection jdbc, TableDesign wanted) throws SQLException {
    requireOrder(jdbc, wanted);
    return switch (target.plan().writeMode()) {
      case APPEND -> evolveOrCreate(jdbc, wanted);
      case APPEND_DEDUP -> evolveForMerge(jdbc, wanted);
      case OVERWRITE, OVERWRITE_DEDUP -> {
        Replacement way = Replacement.decide(jdbc, target.table(), wanted);
        String notice = Replacement.notice(way, target.table());
        if (notice != null) {
          notices.add(notice);
        }
        yield wanted;
      }
    };
  }

  private void requireOrder(Connection jdbc, TableDesign wanted) throws SQLException {
    if (!target.plan().writeMode().dedups()) {
      return;
    }
    for (String field : target.plan().primaryKey()) {
      KeyIndex.requireOrder(jdbc, wanted.ofField(field), "key");
    }
    TargetColumn cursor = target.cursor(wanted);
    if (cursor != null) {
      KeyIndex.requireOrder(jdbc, cursor, "cursor");
    }
  }

  private TableDesign evolveOrCreate(Connection jdbc, TableDesign wanted) throws SQLException {
    ExistingTable existing = existing(jdbc);
    if (existing == null) {
      Sql.execute(
          jdbc, "CREATE TABLE " + target.table().quoted() + " (" + wanted.definitionList() + ")");
      return wanted;
    }
    return evolve(jdbc, existing, wanted);
  }

  private TableDesign evolveForMerge(Connection jdbc, TableDesign wanted) throws SQLException {
    ExistingTable existing = existing(jdbc);
    if (existing == null) {
      return wanted;
    }
    Published.requireIdentity(jdbc, target.table());
    TableDesign design = evolve(jdbc, existing, wanted);
    KeyIndex.ensure(jdbc, target.table(), target.merge(design).keyNames());
    return design;
  }

  private @Nullable ExistingTable existing(Connection jdbc) throws SQLException {
    TableName table = target.table();
    ExistingTable existing = ExistingTable.read(jdbc, table.schema(), table.name());
    if (existing != null) {
      Replacement.requireTable(existing, table);
    }
    return existing;
  }

  private TableDesign evolve(Connection jdbc, ExistingTable existing, TableDesign wanted)
      throws SQLException {
    String display = target.table().display();
    Evolution evolution = Evolution.between(existing, wanted, display);
    if (!evolution.actions().isEmpty()) {
      Evolving.run(jdbc, evolution, target.table());
      notices.addAll(evolution.notices());
    }
    return evolution.design();
  }

  private @Nullable TableDesign evolveStage(Connection jdbc, TableName stage, TableDesign design)
      throws SQLException {
    ExistingTable existing = ExistingTable.read(jdbc, stage.schema(), stage.name());
    if (existing == null) {
      // Somebody dropped it by hand: the sync begins again.
      ledger.forget(jdbc);
      return null;
    }
    Evolution evolution = Evolution.between(existing, design, target.table().display());
    if (!evolution.actions().isEmpty()) {
      Sql.execute(jdbc, evolution.statement(stage.quoted()));
    }
    StageDefaults.of(target, evolution.design()).set(jdbc, stage);
    return evolution.design();
  }
}
