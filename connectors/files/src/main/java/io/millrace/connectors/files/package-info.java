/**
 * Connectors for tables in files and object stores.
 *
 * <p>Begin with {@link io.millrace.connectors.files.FilesPlugin}, which offers them. Each connector
 * is a package of its own below; nothing but the offer belongs here.
 */
@NullMarked
package io.millrace.connectors.files;

import org.jspecify.annotations.NullMarked;
