package io.millrace.connectors.files.destination;

import io.millrace.spi.ConfigException;
import io.millrace.spi.UriQuery;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads one-line forms of folders and buckets into configuration values. */
final class FileUris {
  static final String FILE = "file";
  static final String S3 = "s3";

  private static final Map<String, String> FORMATS =
      Map.of("parquet", "Parquet", "jsonl", "JSONL", "csv", "CSV");
  private static final List<String> FORMAT_FIELDS =
      List.of(
          "compression_codec",
          "block_size_mb",
          "page_size_kb",
          "dictionary_page_size_kb",
          "dictionary_encoding",
          "flattening",
          "compression");
  private static final String FORMAT_TYPE = "format_type";
  private static final Map<String, String> SHORT = Map.of("format", FORMAT_TYPE);
  private static final Map<String, String> S3_SHORT =
      Map.of(
          "format",
          FORMAT_TYPE,
          "endpoint",
          "s3_endpoint",
          "region",
          "s3_bucket_region",
          "path_format",
          "s3_path_format");

  private FileUris() {}

  /** Reads {@code file:lake?format=csv}, {@code file:///data/lake} or a plain path. */
  static Map<String, Object> localConfig(String uri) {
    String rest = uri.startsWith(FILE + ":") ? uri.substring(FILE.length() + 1) : uri;
    int mark = rest.indexOf('?');
    String path = mark < 0 ? rest : rest.substring(0, mark);
    if (path.startsWith("///")) {
      path = path.substring(2);
    }
    if (path.isEmpty()) {
      throw new ConfigException(
          "uri", "The URI names no folder. Write it as file:lake or file:///data/lake.");
    }
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("destination_path", uri.equals(rest) ? path : UriQuery.decode(path));
    parameters(config, mark < 0 ? "" : rest.substring(mark + 1), SHORT);
    return config;
  }

  /** Reads {@code s3://bucket/prefix?endpoint=http://localhost:9000}. */
  static Map<String, Object> s3Config(String uri) {
    String rest = uri.replaceFirst("^s3:/*", "");
    int mark = rest.indexOf('?');
    String path = mark < 0 ? rest : rest.substring(0, mark);
    int slash = path.indexOf('/');
    String bucket = slash < 0 ? path : path.substring(0, slash);
    if (bucket.isEmpty()) {
      throw new ConfigException(
          "uri", "The URI names no bucket. Write it as s3://bucket/folder?region=eu-central-1.");
    }
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("s3_bucket_name", UriQuery.decode(bucket));
    config.put("s3_bucket_path", slash < 0 ? "" : UriQuery.decode(path.substring(slash + 1)));
    parameters(config, mark < 0 ? "" : rest.substring(mark + 1), S3_SHORT);
    return config;
  }

  private static void parameters(
      Map<String, Object> config, String query, Map<String, String> shortNames) {
    Map<String, Object> format = new LinkedHashMap<>();
    UriQuery.fields(UriQuery.parameters(query), shortNames, Set.of())
        .forEach(
            (field, value) -> {
              boolean ofFormat = field.equals(FORMAT_TYPE) || FORMAT_FIELDS.contains(field);
              (ofFormat ? format : config).put(field, value);
            });
    if (!format.isEmpty()) {
      String type = (String) format.getOrDefault(FORMAT_TYPE, "Parquet");
      format.put(FORMAT_TYPE, FORMATS.getOrDefault(type.toLowerCase(Locale.ROOT), type));
      config.put("format", format);
    }
  }
}
