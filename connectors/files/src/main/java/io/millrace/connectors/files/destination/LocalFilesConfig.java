package io.millrace.connectors.files.destination;

import io.millrace.connectors.files.format.OutputFormat;
import io.millrace.spi.MetadataColumns;
import io.millrace.spi.config.Field;

/** The configuration of {@code destination-local-files}. */
public record LocalFilesConfig(
    @Field(
            title = "Folder",
            help =
                "Where the files go; it is made when it does not exist. A relative path counts from"
                    + " the pipeline file's folder.",
            examples = {"lake", "/data/lake"})
        String destinationPath,
    @Field(
            title = "Path format",
            help =
                "The folder of each stream below it. Variables: ${NAMESPACE}, ${STREAM_NAME},"
                    + " ${YEAR}, ${MONTH}, ${DAY}, ${HOUR}, ${MINUTE}, ${SECOND}, ${MILLISECOND},"
                    + " ${EPOCH}, ${UUID}.",
            orElse = "${NAMESPACE}/${STREAM_NAME}/",
            examples = {"${NAMESPACE}/${STREAM_NAME}/date=${YEAR}-${MONTH}-${DAY}/"})
        String pathFormat,
    @Field(title = "Output format", help = "How rows become files.", orElse = "Parquet")
        OutputFormat format,
    @Field(
            title = "Metadata columns",
            help = "Which columns are added to those of the source.",
            orElse = "full")
        MetadataColumns metadataColumns,
    @Field(
            title = "File name pattern",
            help =
                "How file names begin. Variables: {date}, {date:yyyy_MM}, {timestamp},"
                    + " {part_number}, {sync_id}. A mark that makes each name unique follows.",
            orElse = FileNames.DEFAULT_PATTERN,
            examples = {"{date}_{part_number}"},
            advanced = true)
        String fileNamePattern,
    @Field(
            title = "File size (MB)",
            help = "The size at which a file ends and the next one begins.",
            orElse = "200",
            min = 1,
            max = 4096,
            advanced = true)
        int fileSizeMb) {}
