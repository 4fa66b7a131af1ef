package io.millrace.connectors.files.source;

import io.millrace.spi.ConfigException;
import io.millrace.spi.UriForm;
import io.millrace.spi.UriQuery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads one-line forms: a path, a pattern or a URL, with fields as query parameters behind it.
 *
 * <p>In a path {@code ?} is also a wildcard, and a web address has a query of its own. So a query
 * parameter counts as a field only where its name is one: everything else stays in the URL.
 */
final class FileUri {
  static final UriForm FORM =
      new UriForm(
          List.of("file", "https", "http", "s3", "sftp"),
          "data/orders-*.csv?dataset_name=orders",
          FileUri::config);

  private static final Set<String> FIELDS =
      Set.of("dataset_name", "format", "reader_options", "inference");
  private static final Map<String, Set<String>> PROVIDER_FIELDS =
      Map.of(
          "S3",
          Set.of(
              "endpoint",
              "s3_endpoint",
              "region",
              "s3_bucket_region",
              "aws_access_key_id",
              "aws_secret_access_key",
              "access_key_id",
              "secret_access_key"),
          "SFTP",
          Set.of("user", "password", "private_key", "passphrase", "host_key_fingerprint"),
          "HTTPS",
          Set.of("user_agent", "ca_certificate"),
          "local",
          Set.of());
  private static final Set<String> READER_OPTIONS =
      Set.of(
          "sep",
          "delimiter",
          "quotechar",
          "escapechar",
          "encoding",
          "header",
          "names",
          "skiprows",
          "na_values",
          "dtype",
          "sheet_name");

  private FileUri() {}

  private static Map<String, Object> config(String uri) {
    String storage = storage(uri);
    int query = queryStart(uri, storage);
    StringBuilder url = new StringBuilder(query < 0 ? uri : uri.substring(0, query));
    List<UriQuery.Parameter> said = new ArrayList<>();
    char joint = '?';
    for (String raw : query < 0 ? new String[0] : uri.substring(query + 1).split("&")) {
      if (storage.equals("HTTPS")
          && !ofWebAddress(raw.substring(0, Math.max(0, raw.indexOf('='))))) {
        url.append(joint).append(raw);
        joint = '&';
      } else {
        said.addAll(UriQuery.parameters(raw));
      }
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    Map<String, Object> provider = new LinkedHashMap<>();
    Map<String, Object> options = new LinkedHashMap<>();
    UriQuery.fields(said, Map.of(), Set.of())
        .forEach(
            (field, value) -> {
              boolean ofProvider = providerFields(storage).contains(field);
              boolean option = READER_OPTIONS.contains(field);
              (ofProvider ? provider : option ? options : fields).put(field, value);
            });
    fields.put("url", url.toString());
    putOptions(fields, options);
    if (!provider.isEmpty()) {
      provider.put("storage", storage);
      if (storage.equals("SFTP") && !SftpUrl.user(url.toString()).isEmpty()) {
        provider.putIfAbsent("user", SftpUrl.user(url.toString()));
      }
      fields.put("provider", provider);
    }
    return fields;
  }

  /** Tells whether a parameter behind a web address is ours: everything else is the address's. */
  private static boolean ofWebAddress(String key) {
    return FIELDS.contains(key) || providerFields("HTTPS").contains(key);
  }

  private static void putOptions(Map<String, Object> fields, Map<String, Object> options) {
    if (options.isEmpty()) {
      return;
    }
    if (fields.containsKey("reader_options")) {
      throw new ConfigException(
          "uri_invalid",
          "The query has reader_options and " + options.keySet() + " beside it: say all in one.");
    }
    options.computeIfPresent("header", (key, value) -> number((String) value));
    options.computeIfPresent("skiprows", (key, value) -> number((String) value));
    fields.put("reader_options", options);
  }

  private static Object number(String text) {
    return text.matches("\\d{1,9}") ? Integer.valueOf(text) : text;
  }

  private static Set<String> providerFields(String storage) {
    return PROVIDER_FIELDS.getOrDefault(storage, Set.of());
  }

  private static String storage(String uri) {
    String scheme = uri.replaceFirst(":.*$", "").toLowerCase(Locale.ROOT);
    return switch (scheme) {
      case "http", "https" -> "HTTPS";
      case "s3", "s3a", "s3n" -> "S3";
      case "sftp" -> "SFTP";
      default -> "local";
    };
  }

  /** In a path, a query begins only where a known name and {@code =} follow. */
  private static int queryStart(String uri, String storage) {
    if (storage.equals("HTTPS")) {
      return uri.indexOf('?');
    }
    for (int at = uri.indexOf('?'); at >= 0; at = uri.indexOf('?', at + 1)) {
      int equals = uri.indexOf('=', at);
      String key = equals < 0 ? "" : uri.substring(at + 1, equals);
      if (key.matches("[a-z][a-z0-9_]*")) {
        return at;
      }
    }
    return -1;
  }
}
