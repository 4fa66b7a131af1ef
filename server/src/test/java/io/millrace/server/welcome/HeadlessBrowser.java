package io.millrace.server.welcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Chromium of this machine that shows nothing. */
final class HeadlessBrowser {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final int SECONDS_MAX = 60;

  /** So long the page's own clock runs until it is read; it runs ahead of the wall's. */
  private static final int PAGE_MILLIS = 3_000;

  private final Path program;
  private final Path folder;

  private HeadlessBrowser(Path program, Path folder) {
    this.program = program;
    this.folder = folder;
  }

  /** Returns the one on the path that starts, if there is one. */
  static Optional<HeadlessBrowser> find(Path folder) throws IOException, InterruptedException {
    List<Path> found =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
            .flatMap(one -> NAMES.stream().map(name -> Path.of(one, name)))
            .filter(Files::isExecutable)
            .toList();
    for (Path program : found) {
      HeadlessBrowser browser = new HeadlessBrowser(program, folder);
      if (browser.page("data:text/html,<p>works</p>").contains("works")) {
        return Optional.of(browser);
      }
    }
    return Optional.empty();
  }

  /** Returns the page's elements as they are after its scripts have run. */
  String page(String url) throws IOException, InterruptedException {
    Path out = folder.resolve("page.html");
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--user-data-dir=" + folder.resolve("profile"),
                "--window-size=1400,1200",
                "--virtual-time-budget=" + PAGE_MILLIS,
                "--dump-dom",
                url)
            .redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertThat(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(out, StandardCharsets.UTF_8);
  }
}
