package io.millrace.server.up;

import io.millrace.server.connector.ConnectorRegistry;
import io.millrace.server.http.Gatekeeper;
import io.millrace.server.http.HttpServer;
import io.millrace.server.http.Routes;
import io.millrace.server.log.LogFile;
import io.millrace.server.output.KnownSecrets;
import io.millrace.server.state.ProcessLock;
import io.millrace.server.store.Database;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running server: every part, put together by hand, opened in order and closed in reverse. */
public final class Server implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final ServerSettings settings;
  private List<Integer> ports = List.of();

  private Server(ServerSettings settings) {
    this.settings = settings;
  }

  /**
   * Starts a server; returns when it answers.
   *
   * @throws io.millrace.spi.ConnectorException when its folder, store or port cannot be had;
   *     nothing is left open
   */
  public static Server start(ServerSettings settings, ConnectorRegistry registry, Clock clock) {
    Server server = new Server(settings);
    try {
      server.open(registry, clock);
      return server;
    } catch (RuntimeException | Error e) {
      server.close();
      throw e;
    }
  }

  /** Returns the ports it listens on, the first for people. */
  public List<Integer> ports() {
    return ports;
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      AutoCloseable part = parts.pop();
      try {
        part.close();
      } catch (Exception e) {
        LOG.atError()
            .addKeyValue("part", part.getClass().getSimpleName())
            .setCause(e)
            .log("close_failed");
      }
    }
  }

  private void open(ConnectorRegistry registry, Clock clock) {
    ProcessLock lock = settings.data().lock();
    parts.push(lock);
    KnownSecrets secrets = new KnownSecrets();
    parts.push(LogFile.open(settings.data().logs(), "server", secrets::mask));
    Database database = Database.open(settings.database());
    parts.push(database);
    Routes routes = new Routes();
    HttpServer http = HttpServer.start(settings.http(), Gatekeeper.OPEN, routes);
    parts.push(http);
    ports = http.ports();
    LOG.atInfo()
        .addKeyValue("started_at", clock.instant())
        .addKeyValue("ports", ports)
        .addKeyValue("connectors", registry.all().size())
        .log("server_started");
  }
}
