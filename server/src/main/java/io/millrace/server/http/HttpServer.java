package io.millrace.server.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.HandlerType;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.DetectorConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/** The HTTP server: every port of it serves every route. */
public final class HttpServer implements AutoCloseable {
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");

  private final Javalin javalin;
  private final List<ServerConnector> connectors;

  private HttpServer(Javalin javalin, List<ServerConnector> connectors) {
    this.javalin = javalin;
    this.connectors = connectors;
  }

  /**
   * Starts to listen.
   *
   * @throws ConfigException when a port is taken, the address is not this machine's, or the
   *     certificate cannot be used
   */
  public static HttpServer start(HttpSettings settings, Gatekeeper gatekeeper, Routes routes) {
    RequestGuard guard = new RequestGuard(settings.publicUrl(), !isLoopback(settings.host()));
    Dispatcher dispatcher = new Dispatcher(guard, gatekeeper, settings);
    List<ServerConnector> connectors = new ArrayList<>();
    SslContextFactory.Server tls = settings.tls() == null ? null : TlsFiles.read(settings.tls());
    Javalin javalin =
        Javalin.create(
            config -> {
              configure(config);
              for (int port : settings.ports()) {
                config.jetty.addConnector(
                    (server, http) -> {
                      ServerConnector connector = new ServerConnector(server, speaks(tls));
                      connector.setHost(settings.host());
                      connector.setPort(port);
                      connector.setIdleTimeout(HttpSettings.IDLE_MILLIS_MAX);
                      connectors.add(connector);
                      return connector;
                    });
              }
              for (Routes.Route route : routes.all()) {
                config.routes.addHttpHandler(
                    HandlerType.findOrCreate(route.method().name()),
                    route.path(),
                    context -> dispatcher.handle(context, route));
              }
              config.routes.error(404, Dispatcher::unknown);
            });
    try {
      javalin.start();
    } catch (RuntimeException e) {
      javalin.stop();
      throw refused(settings, e);
    }
    return new HttpServer(javalin, connectors);
  }

  /** Says what people should know of how it listens although nothing is refused. */
  public static Optional<String> warning(HttpSettings settings, Instant now) {
    return Optional.ofNullable(settings.tls()).flatMap(tls -> TlsFiles.warning(tls, now));
  }

  /** Tells whether an address is reached from this machine alone. */
  public static boolean isLoopback(String host) {
    return LOOPBACK.contains(host);
  }

  /** Returns the ports it listens on, in the order of the settings. */
  public List<Integer> ports() {
    return connectors.stream().map(ServerConnector::getLocalPort).toList();
  }

  @Override
  public void close() {
    javalin.stop();
  }

  private static void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.generateEtags = false;
    config.router.ignoreTrailingSlashes = true;
    config.concurrency.useVirtualThreads = true;
    config.jetty.modifyServer(
        server -> {
          server.setStopTimeout(HttpSettings.STOP_MILLIS_MAX);
          server.setErrorHandler(new EarlyErrors());
          NetworkConnectionLimit limit =
              new NetworkConnectionLimit(HttpSettings.CONNECTIONS_MAX, server);
          limit.setEndPointIdleTimeout(HttpSettings.FULL_IDLE_MILLIS_MAX);
          server.addBean(limit);
        });
  }

  private static ConnectionFactory[] speaks(SslContextFactory.@Nullable Server tls) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(HttpSettings.HEADER_BYTES_MAX);
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    if (tls == null) {
      return new ConnectionFactory[] {plain};
    }
    // Which host names are ours is the guard's question; the certificate may carry others.
    http.addCustomizer(new SecureRequestCustomizer(false));
    SslConnectionFactory secure = new SslConnectionFactory(tls, HttpVersion.HTTP_1_1.asString());
    // Who comes without TLS is told so, in plain HTTP.
    return new ConnectionFactory[] {new DetectorConnectionFactory(secure), plain};
  }

  private static ConfigException refused(HttpSettings settings, RuntimeException e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String reason = ConnectorException.outside(String.valueOf(cause.getMessage()));
    return new ConfigException(
        "listen",
        "The server cannot listen on "
            + settings.host()
            + ", ports "
            + String.join(", ", settings.ports().stream().map(String::valueOf).toList())
            + (cause instanceof UnresolvedAddressException ? "" : " (" + reason + ")")
            + ". "
            + advice(cause, reason),
        e.toString(),
        e);
  }

  private static String advice(Throwable cause, String reason) {
    if (cause instanceof UnresolvedAddressException || reason.startsWith("Cannot assign")) {
      return "--host must be an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all.";
    }
    return reason.startsWith("Permission")
        ? "Ports below 1024 may need an administrator; --port and --api-port choose others."
        : "Is another one running? --port and --api-port choose others.";
  }
}
