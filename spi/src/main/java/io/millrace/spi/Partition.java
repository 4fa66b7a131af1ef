package io.millrace.spi;

/**
 * A piece of one stream that one reader reads; the unit of parallelism and of resumption. The
 * engine stores it and never looks inside the token.
 *
 * @param id unique within the stream's plan and stable over resumption, at most 100 characters of
 *     {@code [A-Za-z0-9._-]}
 * @param version the format of the token, chosen by the source
 * @param token JSON text that tells the source what to read, without secrets
 * @param description what will be read, for people: a statement, a file
 * @param estimatedRows a guess of the number of rows, or -1
 * @param estimatedBytes a guess of the size in bytes, or -1
 */
public record Partition(
    String id,
    int version,
    String token,
    String description,
    long estimatedRows,
    long estimatedBytes) {}
