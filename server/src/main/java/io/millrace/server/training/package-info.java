/**
 * A PostgreSQL that is none, for the training run of Java's ahead-of-time cache: it answers from a
 * recorded conversation, so that the classes, lambdas and call sites of a real sync are known to
 * the cache without a server.
 *
 * <p>Begin with {@link io.millrace.server.training.RecordedPostgres}. Nothing that a run outside of
 * the training needs belongs here, and no knowledge of SQL: what was not recorded is refused.
 */
@NullMarked
package io.millrace.server.training;

import org.jspecify.annotations.NullMarked;
