package io.millrace.connectors.files.destination;

import io.millrace.connectors.files.format.OutputFormat;
import io.millrace.spi.MetadataColumns;
import io.millrace.spi.config.Field;
import io.millrace.spi.config.Secret;
import java.util.Optional;

/** The configuration of {@code destination-s3}, with Airbyte's names. */
public record S3Config(
    @Field(
            title = "S3 key ID",
            help = "The access key's id. Without it the credentials of the environment are used.")
        Optional<Secret> accessKeyId,
    @Field(title = "S3 access key", help = "The secret of the access key.")
        Optional<Secret> secretAccessKey,
    @Field(title = "S3 bucket name", help = "The bucket.", examples = "lake") String s3BucketName,
    @Field(
            title = "S3 bucket path",
            help = "The folder within the bucket. It may have the variables of the path format.",
            orElse = "",
            examples = "raw/shop")
        String s3BucketPath,
    @Field(
            title = "S3 bucket region",
            help = "The bucket's region; empty: the environment's.",
            orElse = "",
            examples = "eu-central-1")
        String s3BucketRegion,
    @Field(title = "Output format", help = "How rows become files.", orElse = "Parquet")
        OutputFormat format,
    @Field(
            title = "Endpoint",
            help =
                "The URL of a server other than Amazon's. It is then addressed with the bucket in"
                    + " the path.",
            orElse = "",
            examples = "http://localhost:9000")
        String s3Endpoint,
    @Field(
            title = "S3 path format",
            help =
                "The folder of each stream below the bucket path. Variables: ${NAMESPACE},"
                    + " ${STREAM_NAME}, ${YEAR}, ${MONTH}, ${DAY}, ${HOUR}, ${MINUTE}, ${SECOND},"
                    + " ${MILLISECOND}, ${EPOCH}, ${UUID}.",
            orElse = "${NAMESPACE}/${STREAM_NAME}/",
            examples = {"${NAMESPACE}/${STREAM_NAME}/date=${YEAR}-${MONTH}-${DAY}/"})
        String s3PathFormat,
    @Field(
            title = "File name pattern",
            help =
                "How file names begin. Variables: {date}, {date:yyyy_MM}, {timestamp},"
                    + " {part_number}, {sync_id}. A mark that makes each name unique follows.",
            orElse = FileNames.DEFAULT_PATTERN,
            examples = {"{date}_{part_number}"})
        String fileNamePattern,
    @Field(
            title = "Metadata columns",
            help = "Which columns are added to those of the source.",
            orElse = "full")
        MetadataColumns metadataColumns,
    @Field(
            title = "File size (MB)",
            help = "The size at which an object ends and the next one begins.",
            orElse = "200",
            min = 1,
            max = 4096,
            advanced = true)
        int fileSizeMb,
    @Field(
            title = "Part size (MB)",
            help =
                "The size of the parts in which an object is sent. Each object that is being written"
                    + " holds two of them in memory.",
            orElse = "8",
            min = 5,
            max = 16,
            advanced = true)
        int partSizeMb) {}
