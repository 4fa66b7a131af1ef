/**
 * What a target table is called and made of: names within PostgreSQL's limits, the type of each
 * column, the table as it stands in the catalog, and the statements that make or change it.
 *
 * <p>Begin with {@link io.millrace.connectors.postgres.destination.table.TableDesign}. Rows,
 * transactions and what becomes of an old table do not belong here.
 */
@NullMarked
package io.millrace.connectors.postgres.destination.table;

import org.jspecify.annotations.NullMarked;
