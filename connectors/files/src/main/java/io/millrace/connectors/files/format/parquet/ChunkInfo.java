package io.millrace.connectors.files.format.parquet;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the footer tells of a column chunk.
 *
 * @param type the physical type
 * @param path the names from the root to the leaf
 * @param values the number of values, nulls included
 * @param nulls the number of nulls
 * @param dictionaryOffset where the dictionary page is in the file, or -1
 * @param dataOffset where the first data page is
 * @param compressedBytes the bytes it takes, page headers included
 * @param uncompressedBytes the bytes it would take uncompressed
 * @param min the least value, or null where none is known
 * @param max the greatest value, or null where none is known
 */
@SuppressWarnings("ArrayRecordComponent")
record ChunkInfo(
    PhysicalType.Kind type,
    List<String> path,
    long values,
    long nulls,
    long dictionaryOffset,
    long dataOffset,
    long compressedBytes,
    long uncompressedBytes,
    byte @Nullable [] min,
    byte @Nullable [] max) {}
