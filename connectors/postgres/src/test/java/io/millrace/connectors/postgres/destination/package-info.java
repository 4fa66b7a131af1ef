/**
 * destination-postgres on real servers: every promise of a load, with kills at every step, and what
 * happens to the things that hang on a target.
 *
 * <p>Begin with {@link io.millrace.connectors.postgres.destination.Rig}.
 */
@NullMarked
package io.millrace.connectors.postgres.destination;

import org.jspecify.annotations.NullMarked;
