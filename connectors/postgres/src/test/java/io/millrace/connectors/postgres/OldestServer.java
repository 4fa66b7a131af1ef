package io.millrace.connectors.postgres;

import io.millrace.testkit.servers.PostgresServer;
import java.nio.file.Path;

/** A server of the oldest version that is supported, one for all tests; the build fetches it. */
public final class OldestServer {
  private static final PostgresServer SERVER =
      PostgresServer.builder().binaries(Path.of("target", "servers", "oldest.jar")).start();

  private OldestServer() {}

  /** Returns the server; it ends with the JVM. */
  public static PostgresServer get() {
    return SERVER;
  }
}
