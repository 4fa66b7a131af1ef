/**
 * Makes ready what an attempt of a job syncs: configurations opened, sides checked, schema changes
 * dealt with.
 *
 * <p>Begin with {@link io.millrace.server.job.prepare.AttemptPreparation}. How the attempt runs is
 * {@code job.run}.
 */
@NullMarked
package io.millrace.server.job.prepare;

import org.jspecify.annotations.NullMarked;
