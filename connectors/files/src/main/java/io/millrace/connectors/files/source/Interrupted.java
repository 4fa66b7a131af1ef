package io.millrace.connectors.files.source;

import io.millrace.connectors.files.source.FileTokens.Planned;
import io.millrace.connectors.files.source.fetch.FileVersion;
import io.millrace.connectors.files.source.table.Piece;
import io.millrace.connectors.files.source.table.Position;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.Partition;
import io.millrace.spi.PartitionProgress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An interrupted read beside the files as they are now. */
final class Interrupted {
  private final List<PartitionProgress> progress;
  private final List<Planned> planned;
  private final Map<String, FileVersion> now;

  /** The paths of files of which rows are durable. */
  private final Set<String> begun;

  private Interrupted(
      List<PartitionProgress> progress,
      List<Planned> planned,
      Map<String, FileVersion> now,
      Set<String> begun) {
    this.progress = progress;
    this.planned = planned;
    this.now = now;
    this.begun = begun;
  }

  static Interrupted of(List<PartitionProgress> progress, List<FileVersion> found) {
    Map<String, FileVersion> now = new HashMap<>();
    found.forEach(file -> now.put(file.path(), file));
    List<Planned> planned = new ArrayList<>(progress.size());
    Set<String> begun = new HashSet<>();
    for (PartitionProgress one : progress) {
      Planned plan = FileTokens.planned(one.partition());
      planned.add(plan);
      if (one.done() || one.checkpoint() != null) {
        begun.add(plan.piece().file().path());
      }
    }
    return new Interrupted(progress, planned, now, begun);
  }

  /** Returns why the read cannot go on as planned, or null when it can. */
  @Nullable String changed() {
    for (int i = 0; i < planned.size(); i++) {
      FileVersion file = planned.get(i).piece().file();
      FileVersion current = now.get(file.path());
      if (!progress.get(i).done() && (current == null || !current.sameContent(file))) {
        return quoted(file) + (current == null ? " is gone." : " changed since the read began.");
      }
    }
    return null;
  }

  /**
   * Returns the partitions to go on with, for rows that are visible already: a file that changed
   * before any of its rows was durable is read as it is now.
   *
   * @throws ConfigException when rows of an older content are durable
   */
  List<Partition> rest(Function<FileVersion, String> label) {
    List<Partition> partitions = new ArrayList<>(planned.size());
    for (int i = 0; i < planned.size(); i++) {
      Planned plan = planned.get(i);
      FileVersion file = plan.piece().file();
      FileVersion current = now.get(file.path());
      Partition partition = progress.get(i).partition();
      if (progress.get(i).done() || (current != null && current.sameContent(file))) {
        partitions.add(partition);
      } else if (begun.contains(file.path()) || current == null) {
        throw lost(file, current);
      } else {
        partitions.add(renewed(partition, plan, current, label));
      }
    }
    return partitions;
  }

  /** The first partition of the file takes all of it, and nothing is left for the others. */
  private static Partition renewed(
      Partition partition, Planned plan, FileVersion current, Function<FileVersion, String> label) {
    long end = plan.ordinal() == 0 ? Piece.TO_THE_END : 0;
    Piece piece = new Piece(current, Position.START, end, plan.piece().detail());
    Planned renewed = new Planned(piece, plan.ordinal(), plan.types(), plan.complete());
    Partition made = FileTokens.partition(renewed, label.apply(current), -1, -1);
    return new Partition(partition.id(), made.version(), made.token(), made.description(), -1, -1);
  }

  private static ConfigException lost(FileVersion file, @Nullable FileVersion current) {
    return new ConfigException(
        "file_changed",
        quoted(file)
            + (current == null ? " is gone" : " changed")
            + " since an interrupted sync began to append its rows, so the rest of them cannot be"
            + " had. Put the old file back, or reset the stream's state to read every file again.");
  }

  private static String quoted(FileVersion file) {
    return "\"" + ConnectorException.outside(file.path()) + "\"";
  }
}
