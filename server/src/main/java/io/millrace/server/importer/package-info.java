/**
 * Takes a workspace over from a running Airbyte, through its API.
 *
 * <p>Begin with {@link io.millrace.server.importer.AirbyteImport}.
 */
@NullMarked
package io.millrace.server.importer;

import org.jspecify.annotations.NullMarked;
