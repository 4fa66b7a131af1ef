package io.millrace.connectors.duckdb;

import io.millrace.spi.MetadataColumns;
import io.millrace.spi.config.Field;

/** The configuration of {@code destination-duckdb}. */
public record DuckDbConfig(
    @Field(
            title = "Database file",
            help =
                "The DuckDB file to write to; it is made when it does not exist. A relative path"
                    + " counts from the pipeline file's folder.",
            examples = {"shop.duckdb", "/data/shop.duckdb"})
        String destinationPath,
    @Field(
            title = "Schema",
            help = "The database schema for streams whose namespace is the destination's.",
            orElse = "main",
            examples = {"main"})
        String schema,
    @Field(
            title = "Metadata columns",
            help = "Which columns are added to those of the source.",
            orElse = "full")
        MetadataColumns metadataColumns,
    @Field(
            title = "Memory limit (MB)",
            help = "The memory DuckDB may use; beyond it, sorts and merges spill to disk.",
            orElse = "256",
            min = 64,
            max = 1_048_576,
            advanced = true)
        int memoryLimitMb) {}
