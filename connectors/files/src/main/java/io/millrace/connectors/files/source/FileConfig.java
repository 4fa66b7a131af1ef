package io.millrace.connectors.files.source;

import io.millrace.connectors.files.source.infer.Thoroughness;
import io.millrace.spi.config.Choice;
import io.millrace.spi.config.Field;
import io.millrace.spi.config.JsonText;
import java.util.Optional;

/** How files are reached and read. Field names are those of Airbyte's source-file. */
public record FileConfig(
    @Field(
            title = "URL",
            help =
                "A path or pattern (data/*.csv; ** stands for any folders), or a URL: https://,"
                    + " s3://bucket/key, sftp://host/path. All files that match make one stream.",
            examples = {"data/orders.csv", "s3://bucket/exports/*.parquet"})
        String url,
    @Field(
            title = "Dataset name",
            help =
                "The stream's name. Left out, it is the file's name up to its first dot; for a"
                    + " pattern, the last part of it without wildcards.",
            pattern = ".+",
            examples = "orders")
        Optional<String> datasetName,
    @Field(
            title = "File format",
            help = "Left out, the file's name tells it. Compression is recognised by content.")
        Optional<FileFormat> format,
    @Field(
            title = "Reader options",
            help =
                "How the file is written, as JSON: sep, quotechar, escapechar, encoding, header,"
                    + " names, skiprows, na_values, dtype, sheet_name and others.",
            examples = "{\"sep\": \";\", \"encoding\": \"windows-1252\"}")
        Optional<JsonText> readerOptions,
    @Field(
            title = "Storage provider",
            help = "Where the file is, with what is needed to get it. Left out, the URL tells it.")
        Optional<Provider> provider,
    @Field(
            title = "Type inference",
            help = "How much of the files is looked at before the columns' types are chosen.",
            orElse = "sampled",
            advanced = true)
        Inference inference) {

  /** How much is looked at. */
  public enum Inference {
    @Choice(
        value = "sampled",
        title = "Sampled",
        help =
            "Local files of up to 1 GiB together in full, else a sample spread over the files. A"
                + " later value that does not fit goes to quarantine with its row.")
    SAMPLED(Thoroughness.SAMPLED),
    @Choice(
        value = "full",
        title = "Full",
        help = "Every row of every file, so that every value fits; the files are read twice.")
    FULL(Thoroughness.FULL);

    private final Thoroughness thoroughness;

    Inference(Thoroughness thoroughness) {
      this.thoroughness = thoroughness;
    }

    Thoroughness thoroughness() {
      return thoroughness;
    }
  }
}
