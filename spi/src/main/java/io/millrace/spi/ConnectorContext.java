package io.millrace.spi;

import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Everything of the outside that a connector may touch beside its own system.
 *
 * @param allocator where every Arrow buffer comes from; it throws when the budget is spent
 * @param clock the only source of time
 * @param tempDirectory an existing folder for temporary files of this connector alone; the engine
 *     removes it
 * @param notices takes warnings for the user, from any thread
 * @param tuning the bounds to keep
 */
public record ConnectorContext(
    BufferAllocator allocator,
    Clock clock,
    Path tempDirectory,
    Consumer<Notice> notices,
    Tuning tuning) {}
