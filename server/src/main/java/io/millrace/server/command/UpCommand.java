package io.millrace.server.command;

import io.millrace.server.auth.PasswordFile;
import io.millrace.server.environment.Variables;
import io.millrace.server.http.HttpSettings;
import io.millrace.server.http.TrustedProxies;
import io.millrace.server.output.Console;
import io.millrace.server.up.Server;
import io.millrace.server.up.ServerSettings;
import io.millrace.spi.ConfigException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace up}. */
@Command(
    name = "up",
    description = {
      "Starts the server: the API, the scheduler and the jobs, in this process, until Ctrl-C.",
      ""
    },
    footerHeading = "Examples:%n",
    footer = {
      "  millrace up",
      "  millrace up --port 9000 --data /srv/millrace --no-open",
      "  millrace up --database postgresql://millrace:secret@localhost/millrace",
      "  MILLRACE_PASSWORD=... millrace up --host 0.0.0.0 --tls-cert cert.pem --tls-key key.pem",
      "",
      "Every option is also a variable: --api-port is MILLRACE_API_PORT, and --no-open is",
      "MILLRACE_NO_OPEN=true. An empty variable counts as none.",
      ""
    },
    synopsisHeading = "Usage: ")
final class UpCommand implements Callable<Integer> {
  private static final int PORT_MAX = 65_535;

  private final Surroundings surroundings;

  @Option(names = "--host", paramLabel = "ADDRESS", description = "Listens here (127.0.0.1).")
  private @Nullable String host;

  @Option(names = "--port", paramLabel = "NUMBER", description = "Port of everything (8000).")
  private @Nullable String port;

  @Option(
      names = "--api-port",
      paramLabel = "NUMBER",
      description = "A second port, where older clients look for the API (8001).")
  private @Nullable String apiPort;

  @Mixin private DataArguments data = new DataArguments();

  @Option(names = "--tls-cert", paramLabel = "FILE", description = "PEM certificate chain.")
  private @Nullable String tlsCert;

  @Option(names = "--tls-key", paramLabel = "FILE", description = "PEM key (PKCS #8).")
  private @Nullable String tlsKey;

  @Option(
      names = "--public-url",
      paramLabel = "URL",
      description = "How the world reaches the server, for links in messages.")
  private @Nullable String publicUrl;

  @Option(
      names = "--trusted-proxy",
      paramLabel = "ADDRESSES",
      description = "Proxies whose X-Forwarded-For is believed, such as 127.0.0.1,10.0.0.0/8.")
  private @Nullable String trustedProxy;

  @Option(names = "--no-open", description = "Opens no browser.")
  private boolean noOpen;

  UpCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    CountDownLatch stopped = new CountDownLatch(1);
    ServerSettings settings = settings();
    boolean opens = !noOpen && !variables().flag(variable("no_open"), false);
    try (Server server = Server.start(settings, surroundings.registry(), surroundings.clock())) {
      Signals.onFirst(stopped::countDown);
      Console console = surroundings.console();
      String url = url(settings, server.ports().getFirst());
      console.line("Millrace runs at " + url + ". Ctrl-C ends it.");
      console.line("Data: " + settings.data().root());
      if (opens && console.terminal()) {
        Browser.open(url);
      }
      warnings(server, settings);
      new SampleLook(surroundings, server, stopped).show();
      stopped.await();
      console.line("Stopping; jobs that run go on at the next start.");
    }
    return ExitCode.OK;
  }

  private void warnings(Server server, ServerSettings settings) {
    Console console = surroundings.console();
    server
        .generatedPassword()
        .ifPresent(password -> console.line(login(server, settings, password)));
    server.warnings().forEach(console::errorLine);
  }

  /** A terminal forgets what it showed; what a service prints is kept. */
  private String login(Server server, ServerSettings settings, String password) {
    String user = server.userName();
    Path file = PasswordFile.in(settings.data().root()).path();
    return surroundings.console().terminal()
        ? "Login: "
            + user
            + ", password "
            + password
            + " (until it is changed, also in "
            + file
            + ")"
        : "Login: " + user + ", password in " + file + " until it is changed";
  }

  private ServerSettings settings() {
    HttpSettings http =
        new HttpSettings(
            host(),
            ports(),
            publicUrl(),
            tls(),
            TrustedProxies.parse(said("trusted_proxy", trustedProxy, "")));
    return new ServerSettings(
        data.directory(surroundings),
        data.database(surroundings),
        http,
        surroundings.environment());
  }

  private String host() {
    String text = said("host", host, "127.0.0.1").strip();
    if (text.isEmpty()) {
      throw new ConfigException(
          "arguments", "--host is empty; expected an address, such as 127.0.0.1 or 0.0.0.0.");
    }
    return text;
  }

  private List<Integer> ports() {
    int first = port("port", port, 8000);
    int second = port("api_port", apiPort, 8001);
    if (first == second && first != 0) {
      throw new ConfigException(
          "arguments", "--port and --api-port are both " + first + "; choose two different ones.");
    }
    return List.of(first, second);
  }

  private HttpSettings.@Nullable Tls tls() {
    String cert = said("tls_cert", tlsCert, "");
    String key = said("tls_key", tlsKey, "");
    if (cert.isEmpty() != key.isEmpty()) {
      throw new ConfigException("arguments", "--tls-cert and --tls-key belong together.");
    }
    return cert.isEmpty()
        ? null
        : new HttpSettings.Tls(
            surroundings.currentDirectory().resolve(cert),
            surroundings.currentDirectory().resolve(key));
  }

  private @Nullable URI publicUrl() {
    String text = said("public_url", publicUrl, "");
    if (text.isEmpty()) {
      return null;
    }
    try {
      URI uri = URI.create(text);
      if (uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new ConfigException(
        "arguments", "--public-url is \"" + text + "\"; expected http:// or https:// and a host.");
  }

  private int port(String name, @Nullable String option, int fallback) {
    String text = said(name, option, String.valueOf(fallback));
    try {
      int number = Integer.parseInt(text);
      if (number >= 0 && number <= PORT_MAX) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new ConfigException(
        "arguments",
        "--" + name.replace('_', '-') + " is \"" + text + "\"; expected a number from 0 to 65535.");
  }

  private String said(String name, @Nullable String option, String fallback) {
    if (option != null) {
      return option;
    }
    String text = variables().text(variable(name));
    return text.isEmpty() ? fallback : text;
  }

  private Variables variables() {
    return new Variables(surroundings.environment());
  }

  private static String variable(String name) {
    return "MILLRACE_" + name.toUpperCase(Locale.ROOT);
  }

  private static String url(ServerSettings settings, int port) {
    URI known = settings.http().publicUrl();
    if (known != null) {
      return known.toString();
    }
    String scheme = settings.http().tls() == null ? "http" : "https";
    String host = settings.http().host();
    boolean any = host.equals("0.0.0.0") || host.equals("::") || host.equals("127.0.0.1");
    String name = any ? "localhost" : host.contains(":") ? "[" + host + "]" : host;
    return scheme + "://" + name + ":" + port;
  }
}
