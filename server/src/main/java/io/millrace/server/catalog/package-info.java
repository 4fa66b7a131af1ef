/**
 * What sources offer: discovered, kept one row a stream, and shown by both APIs.
 *
 * <p>Begin with {@link io.millrace.server.catalog.Catalogs}. Which of the streams are synced, and
 * how, belongs to {@code connection}.
 */
@NullMarked
package io.millrace.server.catalog;

import org.jspecify.annotations.NullMarked;
