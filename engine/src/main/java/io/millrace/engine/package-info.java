/**
 * Runs a sync: resolves what was asked for, plans, reads, maps, writes, commits, publishes, retries
 * and proves.
 *
 * <p>Begin with {@link io.millrace.engine.SyncEngine}. It knows connectors only through the SPI and
 * keeps what must outlive a process in a {@link io.millrace.engine.SyncStore}. No HTTP, no
 * database, no connector and no text for terminals belongs here.
 */
@NullMarked
package io.millrace.engine;

import org.jspecify.annotations.NullMarked;
