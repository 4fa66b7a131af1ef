package io.millrace.server.importer;

import io.millrace.server.connector.Side;
import io.millrace.server.workspacefile.WorkspaceApi;

/**
 * Copies sources, destinations, connections and their state from an Airbyte's workspace into one of
 * this program's. Connections arrive switched off, so that nothing runs twice; what exists under
 * the same name is left alone, so that a second run goes on where the first stopped.
 */
public final class AirbyteImport {
  private final OldWorkspace from;
  private final WorkspaceApi to;
  private final ImportReport report = new ImportReport();

  /** Copies from one workspace into another. */
  public AirbyteImport(OldWorkspace from, WorkspaceApi to) {
    this.from = from;
    this.to = to;
  }

  /**
   * Copies everything that can be.
   *
   * @throws io.millrace.spi.ConnectorException when a server cannot be reached or refuses to be
   *     read; what was made until then stands in the report
   */
  public void run() throws InterruptedException {
    ActorImport actors = new ActorImport(from, to, report);
    for (Side side : Side.values()) {
      actors.run(side);
    }
    new ConnectionImport(from, to, actors.ids(), report).run();
  }

  /** Returns what has been done so far. */
  public ImportReport report() {
    return report;
  }
}
