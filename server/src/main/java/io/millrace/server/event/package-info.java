/**
 * The timeline of a connection: what happened to it, for people.
 *
 * <p>Begin with {@link io.millrace.server.event.Timeline}, to which features tell what happened.
 * Connections stand here by their UUIDs, so that every feature may tell the timeline; who changed
 * which configuration in detail belongs to the audit trail.
 */
@NullMarked
package io.millrace.server.event;

import org.jspecify.annotations.NullMarked;
