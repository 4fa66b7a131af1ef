package io.millrace.connectors.postgres.destination;

import io.millrace.connectors.postgres.destination.publish.Merge;
import io.millrace.connectors.postgres.destination.table.ColumnNames;
import io.millrace.connectors.postgres.destination.table.Names;
import io.millrace.connectors.postgres.destination.table.TableDesign;
import io.millrace.connectors.postgres.destination.table.TableName;
import io.millrace.connectors.postgres.destination.table.TargetColumn;
import io.millrace.spi.LoadPlan;
import io.millrace.spi.TargetDescription;
import io.millrace.spi.WriteMode;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/**
 * The names that one stream's load uses.
 *
 * @param plan what is loaded
 * @param table the target
 * @param stage the staging table that a staged mode would make now
 */
record Target(LoadPlan plan, TableName table, TableName stage) {
  private static final String LOGGED_STAGE = Names.RESERVED_PREFIX + "_s_";
  private static final String UNLOGGED_STAGE = Names.RESERVED_PREFIX + "_u_";

  static Target of(LoadPlan plan, String defaultSchema, boolean unloggedStaging) {
    String namespace = plan.target().namespace();
    TableName table =
        new TableName(namespace == null ? defaultSchema : namespace, plan.target().name());
    String whose =
        Names.longHash(plan.connectionId() + "\0" + plan.stream().display() + "\0" + table);
    // Only a merge leaves the staging table behind; any other makes it the target.
    boolean unlogged = unloggedStaging && plan.writeMode() == WriteMode.APPEND_DEDUP;
    String prefix = unlogged ? UNLOGGED_STAGE : LOGGED_STAGE;
    return new Target(plan, table, table.sibling(prefix + whose + "_" + plan.syncId()));
  }

  /** Tells whether a table is one of ours that holds unpublished rows. */
  static boolean isStage(String name) {
    return name.startsWith(LOGGED_STAGE) || name.startsWith(UNLOGGED_STAGE);
  }

  /** Tells whether a staging table is emptied by a crash of the server. */
  static boolean isUnlogged(String stage) {
    return stage.startsWith(UNLOGGED_STAGE);
  }

  TargetDescription description() {
    List<String> fields = plan.schema().getFields().stream().map(Field::getName).toList();
    return new TargetDescription(
        table.display(), ColumnNames.renamed(fields, ColumnNames.of(fields)));
  }

  Merge merge(TableDesign design) {
    List<TargetColumn> key = plan.primaryKey().stream().map(design::ofField).toList();
    return new Merge(design, key, cursor(design));
  }

  @Nullable TargetColumn cursor(TableDesign design) {
    String field = plan.cursorField();
    return field == null ? null : design.ofField(field);
  }
}
