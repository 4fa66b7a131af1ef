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
 * @param proxies those whose word about their callers is taken
 */
public record HttpSettings(
    String host,
    List<Integer> ports,
    @Nullable URI publicUrl,
    @Nullable Tls tls,
    TrustedProxies proxies) {
  /** The most bytes of a request's body: a catalog of 20,000 streams fits. */
  public static final long BODY_BYTES_MAX = 64L << 20;

  /** The most bytes of a body that anybody may send: a login, a form for a token. */
  static final long OPEN_BODY_BYTES_MAX = 16L << 10;

  /** The most bytes of all bodies at once, without the first 64 KB of each. */
  static final int BODIES_BYTES_MAX = 96 << 20;

  /** A large body waits so long for others to be done with. */
  static final int BODY_WAIT_SECONDS_MAX = 10;

  /** A body has so long to arrive. */
  static final int BODY_SECONDS_MAX = 120;

  /** The most connections at once; more wait until one of them ends. */
  static final int CONNECTIONS_MAX = 1_000;

  /** With that many, one without traffic is closed after so long, in milliseconds. */
  static final long FULL_IDLE_MILLIS_MAX = 2_000;

  /** The most bytes of a request's line and headers. */
  static final int HEADER_BYTES_MAX = 16 << 10;

  /** A connection without traffic is closed after so long, in milliseconds. */
  static final long IDLE_MILLIS_MAX = 60_000;

  /** Requests that run have so long to end when the server stops, in milliseconds. */
  static final long STOP_MILLIS_MAX = 5_000;

  public HttpSettings {
    ports = List.copyOf(ports);
  }

  /** Makes settings of a server that no proxy is known of. */
  public HttpSettings(
      String host, List<Integer> ports, @Nullable URI publicUrl, @Nullable Tls tls) {
    this(host, ports, publicUrl, tls, TrustedProxies.NONE);
  }

  /** A PEM certificate chain and its PKCS #8 key. */
  public record Tls(Path certificates, Path key) {}
}
