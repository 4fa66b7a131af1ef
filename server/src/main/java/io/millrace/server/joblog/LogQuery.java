package io.millrace.server.joblog;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is looked for in the logs.
 *
 * @param text what a line contains, in small letters; empty for every line
 * @param level the least important level
 * @param connection whose jobs, or null for all
 * @param job one job, or null for all
 * @param from lines not before, or null
 * @param until lines before, or null
 * @param max the most lines
 */
public record LogQuery(
    String text,
    LogLine.Level level,
    @Nullable UUID connection,
    @Nullable Long job,
    @Nullable Instant from,
    @Nullable Instant until,
    int max) {}
