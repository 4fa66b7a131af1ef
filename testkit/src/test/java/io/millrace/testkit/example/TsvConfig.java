package io.millrace.testkit.example;

import io.millrace.spi.config.Field;

/**
 * The configuration of {@code source-tsv}.
 *
 * @param folder where the files are
 */
public record TsvConfig(
    @Field(
            title = "Folder",
            help = "A folder whose .tsv files are the streams.",
            examples = "/data/exports")
        String folder) {}
