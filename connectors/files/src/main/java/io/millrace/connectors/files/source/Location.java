package io.millrace.connectors.files.source;

import io.millrace.connectors.files.source.fetch.Glob;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a configuration's files are.
 *
 * @param kind the kind of storage
 * @param path the path or pattern within it: as given for local files, the whole URL on the web,
 *     {@code bucket/key} for S3, a path for SFTP
 * @param provider what is needed to get there; of the kind's own class
 */
record Location(Kind kind, String path, Provider provider) {
  /** A kind of storage. */
  enum Kind {
    LOCAL,
    HTTPS,
    S3,
    SFTP
  }

  private static final List<String> OTHER_SCHEMES =
      List.of(
          "gs", "gcs", "az", "azure", "abfs", "abfss", "wasb", "ssh", "scp", "ftp", "ftps", "hdfs");

  /**
   * Returns where the files of a configuration are.
   *
   * @throws ConfigException when URL and provider contradict each other
   */
  static Location of(FileConfig config) {
    String url = config.url().strip();
    Optional<Provider> given = config.provider();
    int colon = url.indexOf(':');
    boolean hasScheme = colon > 1 && url.substring(0, colon).matches("[A-Za-z][A-Za-z0-9+.-]*");
    String scheme = hasScheme ? url.substring(0, colon).toLowerCase(Locale.ROOT) : "";
    String rest = hasScheme ? url.substring(colon + 1) : url;
    String bare = rest.startsWith("//") ? rest.substring(2) : rest;
    if (OTHER_SCHEMES.contains(scheme)) {
      throw new ConfigException(
          "scheme_unsupported",
          "url begins with "
              + scheme
              + ":, which is not supported. Use a local path, https://, s3:// or sftp://.");
    }
    return switch (scheme) {
      case "http", "https" -> new Location(Kind.HTTPS, url, web(given, url));
      case "s3", "s3a", "s3n" -> new Location(Kind.S3, bare, s3(given, url));
      case "sftp" -> SftpUrl.location(bare, given, url);
      case "file" -> new Location(Kind.LOCAL, localPath(rest), local(given, url));
      default -> byProvider(url, given.orElse(new Provider.Local()));
    };
  }

  /** Returns the name of the stream of these files. */
  static String streamName(FileConfig config, Location location, String absolutePath) {
    if (config.datasetName().isPresent()) {
      return config.datasetName().get();
    }
    String path = location.kind == Kind.HTTPS ? webPath(absolutePath) : absolutePath;
    String part =
        location.kind != Kind.HTTPS && Glob.hasWildcards(path)
            ? new Glob(path).lastFixedPart()
            : path.substring(path.lastIndexOf('/') + 1);
    int dot = part.indexOf('.', 1);
    String name = dot < 0 ? part : part.substring(0, dot);
    if (name.isEmpty()) {
      throw new ConfigException(
          "dataset_name_missing",
          "The url "
              + "\""
              + ConnectorException.outside(config.url())
              + "\" gives the stream no name. Set dataset_name.");
    }
    return name;
  }

  private static String webPath(String url) {
    String path = url.replaceFirst("^[a-zA-Z]+://[^/?#]*", "").replaceFirst("[?#].*$", "");
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static Location byProvider(String url, Provider provider) {
    return switch (provider) {
      case Provider.Local local -> new Location(Kind.LOCAL, url, local);
      case Provider.Https https -> new Location(Kind.HTTPS, "https://" + url, https);
      case Provider.S3 s3 -> new Location(Kind.S3, url, s3);
      case Provider.Sftp sftp -> new Location(Kind.SFTP, url, sftp);
    };
  }

  private static String localPath(String rest) {
    return rest.startsWith("//") ? rest.replaceFirst("^//(localhost)?(?=/)", "") : rest;
  }

  private static Provider local(Optional<Provider> given, String url) {
    return switch (given.orElse(new Provider.Local())) {
      case Provider.Local local -> local;
      case Provider other -> throw contradiction(other, url);
    };
  }

  private static Provider web(Optional<Provider> given, String url) {
    return switch (given.orElse(new Provider.Https(false, Optional.empty()))) {
      case Provider.Https https -> https;
      case Provider other -> throw contradiction(other, url);
    };
  }

  private static Provider s3(Optional<Provider> given, String url) {
    Provider absent =
        new Provider.S3(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    return switch (given.orElse(absent)) {
      case Provider.S3 s3 -> s3;
      case Provider other -> throw contradiction(other, url);
    };
  }

  static ConfigException contradiction(Provider provider, String url) {
    String storage = provider.getClass().getSimpleName();
    return new ConfigException(
        "provider_contradiction",
        "The provider is "
            + storage
            + ", and the url \""
            + ConnectorException.outside(withoutUser(url))
            + "\" says otherwise. Leave the provider out, or correct one of them.");
  }

  /** A URL may hold a password, which no message shows. */
  static String withoutUser(String url) {
    return url.replaceFirst("//[^/@]*@", "//");
  }
}
