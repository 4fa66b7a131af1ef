package io.millrace.server.http;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where and how the server listens.
 *
 * @param host the address to bind
 * @param ports the ports, the first for people; 0 for a free one
 * @param publicUrl how the world reaches it, or null
 * @param tls its certificate, or null for plain HTTP
 */
public record HttpSettings(
    String host, List<Integer> ports, @Nullable URI publicUrl, @Nullable Tls tls) {
  /** The most bytes of a request's body: a catalog of 20,000 streams fits. */
  public static final long BODY_BYTES_MAX = 64L << 20;

  /** The most bytes of a request's line and headers. */
  static final int HEADER_BYTES_MAX = 16 << 10;

  /** A connection without traffic is closed after so long, in milliseconds. */
  static final long IDLE_MILLIS_MAX = 60_000;

  /** Requests that run have so long to end when the server stops, in milliseconds. */
  static final long STOP_MILLIS_MAX = 5_000;

  public HttpSettings {
    ports = List.copyOf(ports);
  }

  /** A PEM certificate chain and its PKCS #8 key. */
  public record Tls(Path certificates, Path key) {}
}
