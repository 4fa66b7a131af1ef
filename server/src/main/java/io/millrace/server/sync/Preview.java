package io.millrace.server.sync;

import io.millrace.engine.EngineSettings;
import io.millrace.engine.Pause;
import io.millrace.engine.SyncEngine;
import io.millrace.engine.SyncPreview;
import io.millrace.server.pipeline.Pipeline;
import io.millrace.server.state.FileSyncStore;
import io.millrace.server.state.StateFolder;
import io.millrace.spi.SystemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/** Asks what a sync would do, without a lock, a log or any other trace. */
public final class Preview {
  private Preview() {}

  /**
   * Returns what a sync of the pipeline would do now.
   *
   * @throws io.millrace.spi.ConnectorException as {@link SyncEngine#plan} does
   */
  public static SyncPreview of(Pipeline pipeline, StateFolder folder, Clock clock) {
    Path temporary;
    try {
      temporary = Files.createTempDirectory("millrace-plan-");
    } catch (IOException e) {
      throw new SystemException(
          "temporary_folder", "No temporary folder can be made.", e.toString(), e);
    }
    try (FileSyncStore store = FileSyncStore.reading(folder, clock)) {
      return new SyncEngine(EngineSettings.DEFAULT, clock, Pause.REAL, temporary)
          .plan(pipeline.spec(), store);
    } finally {
      TemporaryFiles.clear(temporary);
    }
  }
}
