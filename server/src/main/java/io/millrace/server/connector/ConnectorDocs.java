package io.millrace.server.connector;

import io.millrace.spi.ConnectorDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The pages of {@code docs/connectors}, which are built into the program. */
final class ConnectorDocs {
  private ConnectorDocs() {}

  /** Returns a connector's page as Markdown; its summary where it has no page. */
  static String of(ConnectorDefinition<?> connector) {
    String name = "docs/" + connector.info().name() + ".md";
    try (InputStream page = ConnectorDocs.class.getResourceAsStream(name)) {
      return page == null
          ? "# " + connector.info().title() + "\n\n" + connector.info().summary() + "\n"
          : new String(page.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
