/**
 * Tests of the recorded PostgreSQL, and what records it. Begin with {@link
 * io.millrace.server.training.RecordedPostgresTest}. Tests of the training run as a whole stay
 * beside it.
 */
@NullMarked
package io.millrace.server.training;

import org.jspecify.annotations.NullMarked;
