package io.millrace.testkit.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.ConnectorDefinition;
import io.millrace.spi.config.ConfigReader;
import io.millrace.spi.config.ConfigTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The page of a connector, {@code docs/connectors/<name>.md}: the options between two marks are
 * generated, what stands around them is written by people and kept.
 */
public final class ConnectorDocs {
  private static final String BEGIN =
      "<!-- generated from the connector's configuration record: do not edit -->\n";
  private static final String END = "<!-- end of the generated part -->\n";
  private static final String ROOT_MARK = "mvnw";

  private ConnectorDocs() {}

  /**
   * Fails unless the connector's page has the options that its configuration record declares, and
   * unless the examples on it are valid. With {@code -Dmillrace.golden.update=true} the generated
   * part is written anew, and a missing page is begun.
   */
  public static void check(ConnectorDefinition<?> connector) {
    assertThat(ConfigReader.problems(connector.configType(), ConfigTable.example(connector)))
        .as("the example of %s in a pipeline", connector.info().name())
        .isEmpty();
    String uri = connector.uriForm().example();
    assertThat(
            ConfigReader.problems(
                connector.configType(), connector.uriForm().toConfig().apply(uri)))
        .as("the example of %s as a URI: %s", connector.info().name(), uri)
        .isEmpty();
    Path page = root().resolve("docs/connectors/" + connector.info().name() + ".md");
    GoldenFile.check(page, withOptions(page, connector));
  }

  private static String withOptions(Path page, ConnectorDefinition<?> connector) {
    String old = Files.exists(page) ? read(page) : begun(connector);
    int begin = old.indexOf(BEGIN);
    int end = old.indexOf(END);
    assertThat(begin).as("%s needs the line %s", page, BEGIN.strip()).isNotNegative();
    assertThat(end).as("%s needs the line %s", page, END.strip()).isGreaterThan(begin);
    return old.substring(0, begin + BEGIN.length())
        + "\n"
        + ConfigTable.markdown(connector)
        + "\n"
        + old.substring(end);
  }

  private static String begun(ConnectorDefinition<?> connector) {
    return "# %s: `%s`\n\n%s\n\n%s%s"
        .formatted(
            connector.info().title(),
            connector.info().name(),
            connector.info().summary(),
            BEGIN,
            END);
  }

  private static String read(Path page) {
    try {
      return Files.readString(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The repository's folder, found from the module in which the test runs. */
  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve(ROOT_MARK))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new IllegalStateException("No folder with " + ROOT_MARK + " above the test.");
    }
    return folder;
  }
}
