/**
 * What every file format is to the source: something that has columns, can be cut into pieces, and
 * is read piece by piece.
 *
 * <p>Begin with {@link io.millrace.connectors.files.source.table.TableFormat}. Formats implement it
 * in packages of their own; streams, tokens and states are the source's business.
 */
@NullMarked
package io.millrace.connectors.files.source.table;

import org.jspecify.annotations.NullMarked;
