package io.millrace.connectors.files.source.fetch;

import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One file on a web server. A version is what the server says of it: an ETag, or the time of its
 * last change.
 */
public final class HttpStorage implements FileStorage {
  private static final int PARTIAL = 206;
  private static final int RANGE_WRONG = 416;

  private final URI uri;
  private final HttpExchange exchange;

  /**
   * @param url begins with {@code https:} or {@code http:}
   * @throws ConfigException when it is no such URL
   */
  public HttpStorage(String url, HttpTrust trust, boolean browserAgent) {
    this.uri = HttpExchange.parse(url);
    this.exchange = new HttpExchange(uri, trust, browserAgent);
  }

  @Override
  public List<FileVersion> list() throws InterruptedException {
    HttpResponse<InputStream> head = exchange.send("HEAD", Map.of());
    if (head.statusCode() < 300) {
      return List.of(version(head.headers()));
    }
    // Some servers answer HEAD with a refusal; the first byte tells as much.
    HttpResponse<InputStream> first = exchange.send("GET", Map.of("Range", "bytes=0-0"));
    quietClose(first.body());
    if (first.statusCode() == RANGE_WRONG) {
      return List.of(version(first.headers()));
    }
    exchange.requireSuccess(first);
    return List.of(version(first.headers()));
  }

  @Override
  public InputStream open(FileVersion file, long offset) throws IOException, InterruptedException {
    return new RetryingInput(at -> from(file, at), offset);
  }

  private InputStream from(FileVersion file, long offset) throws IOException, InterruptedException {
    if (file.size() >= 0 && offset >= file.size()) {
      return InputStream.nullInputStream();
    }
    Map<String, String> headers = offset == 0 ? Map.of() : Map.of("Range", "bytes=" + offset + "-");
    HttpResponse<InputStream> answer = exchange.send("GET", headers);
    boolean taken = false;
    try {
      exchange.requireSuccess(answer);
      if (file.canTell() && !version(answer.headers()).sameContent(file)) {
        throw FileErrors.changed(file.path());
      }
      if (offset > 0 && answer.statusCode() != PARTIAL) {
        Content.skip(answer.body(), offset);
      }
      taken = true;
      return answer.body();
    } finally {
      if (!taken) {
        quietClose(answer.body());
      }
    }
  }

  @Override
  public void verify(FileVersion file) {}

  @Override
  public @Nullable Path localPath(FileVersion file) {
    return null;
  }

  @Override
  public void close() {
    exchange.close();
  }

  private FileVersion version(HttpHeaders headers) {
    long modified = headers.firstValue("Last-Modified").map(HttpStorage::micros).orElse(-1L);
    return new FileVersion(
        HttpExchange.display(uri), size(headers), modified, headers.firstValue("ETag").orElse(""));
  }

  /** A part names the whole behind a slash: {@code bytes 0-0/1234}. */
  private static long size(HttpHeaders headers) {
    String range = headers.firstValue("Content-Range").orElse("");
    String length =
        range.isEmpty()
            ? headers.firstValue("Content-Length").orElse("")
            : range.substring(range.lastIndexOf('/') + 1);
    return length.matches("\\d{1,18}") ? Long.parseLong(length) : -1;
  }

  private static long micros(String date) {
    try {
      Instant at = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
      return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    } catch (DateTimeException e) {
      return -1;
    }
  }

  private static void quietClose(InputStream body) {
    try {
      body.close();
    } catch (IOException e) {
      // Nothing of it is wanted.
    }
  }

  static ConfigException refused(String url, int status) {
    return new ConfigException(
        "http_refused",
        FileErrors.quoted(url)
            + " may not be read: the server answered "
            + status
            + ". Give a URL with the right to read it, or user:password@ before the host.",
        ConnectorException.outside(url) + ": " + status,
        null);
  }
}
