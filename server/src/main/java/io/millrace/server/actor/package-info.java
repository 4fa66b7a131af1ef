/**
 * Sources and destinations as people configured them: stored, checked, discovered.
 *
 * <p>Begin with {@link io.millrace.server.actor.Actor}. What a connector is stands in {@code
 * connector}; which streams are synced, in {@code connection}.
 */
@NullMarked
package io.millrace.server.actor;

import org.jspecify.annotations.NullMarked;
