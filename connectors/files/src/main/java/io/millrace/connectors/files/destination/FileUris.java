package io.millrace.connectors.files.destination;

import io.millrace.spi.ConfigException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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
  private static final Map<String, String> S3_SHORT =
      Map.of(
          "endpoint", "s3_endpoint", "region", "s3_bucket_region", "path_format", "s3_path_format");

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
    config.put("destination_path", uri.equals(rest) ? path : decode(path));
    parameters(config, mark < 0 ? "" : rest.substring(mark + 1), Map.of());
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
    config.put("s3_bucket_name", decode(bucket));
    config.put("s3_bucket_path", slash < 0 ? "" : decode(path.substring(slash + 1)));
    parameters(config, mark < 0 ? "" : rest.substring(mark + 1), S3_SHORT);
    return config;
  }

  private static void parameters(
      Map<String, Object> config, String query, Map<String, String> shortNames) {
    Map<String, Object> format = new LinkedHashMap<>();
    for (String pair : query.split("&")) {
      int equals = pair.indexOf('=');
      String key = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      if (key.equals("format") || key.equals("format_type")) {
        format.put("format_type", FORMATS.getOrDefault(value.toLowerCase(Locale.ROOT), value));
      } else if (FORMAT_FIELDS.contains(key)) {
        format.put(key, value);
      } else if (!key.isEmpty()) {
        config.put(shortNames.getOrDefault(key, key), value);
      }
    }
    if (!format.isEmpty()) {
      format.putIfAbsent("format_type", "Parquet");
      config.put("format", format);
    }
  }

  private static String decode(String text) {
    try {
      // A plus is a plus in a path; URLDecoder would make it a blank.
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(
          "uri", "The URI has a % that no two hexadecimal digits follow; write it as %25.");
    }
  }
}
