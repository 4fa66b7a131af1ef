/**
 * An Airbyte that can be taken over, as far as its API is concerned.
 *
 * <p>Begin with {@link io.millrace.server.importer.FakeAirbyte}. Its answers have the shapes of
 * Airbyte's documents and are written out: nothing of this program's own serializers may be used.
 */
@NullMarked
package io.millrace.server.importer;

import org.jspecify.annotations.NullMarked;
