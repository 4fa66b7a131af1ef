package io.millrace.connectors.files.source.parquet;

import io.millrace.connectors.files.source.fetch.FileVersion;
import io.millrace.connectors.files.source.fetch.Spool;
import io.millrace.connectors.files.source.infer.SampleFiles;
import io.millrace.connectors.files.source.infer.Thoroughness;
import java.util.List;

/** Chooses the files whose footers are looked at: all of a thousand local ones. */
final class ParquetSample {
  private static final int LOCAL_FILES_MAX = 1_000;

  private ParquetSample() {}

  static List<FileVersion> of(List<FileVersion> files, Thoroughness thoroughness, Spool spool) {
    boolean all =
        thoroughness == Thoroughness.FULL
            || (files.size() <= LOCAL_FILES_MAX && files.stream().allMatch(spool::isLocal));
    return all ? files : SampleFiles.spread(files);
  }
}
