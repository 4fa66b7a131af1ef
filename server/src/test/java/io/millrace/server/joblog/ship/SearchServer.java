package io.millrace.server.joblog.ship;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link SearchNode} in a process of its own. */
final class SearchServer implements AutoCloseable {
  private final Process process;
  private final URI url;

  private SearchServer(Process process, URI url) {
    this.process = process;
    this.url = url;
  }

  static SearchServer start(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("config"));
    Path log = folder.resolve("node.log");
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx384m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-cp",
                    System.getProperty("java.class.path"),
                    SearchNode.class.getName(),
                    folder.toString()))
            .redirectError(log.toFile())
            .start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(SearchNode.READY)) {
        return new SearchServer(
            process, URI.create("http://" + line.substring(SearchNode.READY.length())));
      }
    }
    throw new IOException("OpenSearch did not start: " + Files.readString(log));
  }

  URI url() {
    return url;
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    process.onExit().completeOnTimeout(process, 20, TimeUnit.SECONDS).join();
    process.destroyForcibly().onExit().join();
  }
}
