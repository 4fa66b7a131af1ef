package io.millrace.server.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.engine.StreamMemory;
import io.millrace.spi.StreamName;
import io.millrace.spi.SystemException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The files of a pipeline's streams and the versions of their states. Safe for several threads that
 * each save their own stream.
 */
final class StreamFiles {
  static final String SUFFIX = ".json";
  private static final String NUMBER = "state_number";

  private final StateFolder folder;
  private final Clock clock;

  StreamFiles(StateFolder folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
  }

  @Nullable StreamMemory read(StreamName name) {
    return read(folder.stream(name));
  }

  /** Reads every stream's file; in the order of the streams' names. */
  List<StreamMemory> readAll() {
    List<StreamMemory> all = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.streams(), "*" + SUFFIX)) {
      for (Path file : files) {
        StreamMemory memory = read(file);
        if (memory != null) {
          all.add(memory);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (IOException e) {
      throw new SystemException(
          "state_io", "The folder " + folder.streams() + " cannot be read.", String.valueOf(e), e);
    }
    all.sort(Comparator.comparing(StreamMemory::name));
    return all;
  }

  /** Writes a stream's file. A state that differs from the last one becomes a version first. */
  void write(StreamMemory memory) {
    Path file = folder.stream(memory.name());
    @Nullable ObjectNode before = StateFiles.read(file);
    long number = before == null ? 0 : before.path(NUMBER).asLong();
    ObjectNode json = StreamCodec.encode(memory);
    boolean changed =
        before == null
            ? memory.state() != null
            : !Objects.equals(before.get("state"), json.get("state"));
    if (changed) {
      number++;
      new StreamHistory(folder.history(memory.name()))
          .add(new StreamHistory.Version(number, clock.instant(), memory.state()));
    }
    json.put(NUMBER, number);
    StateFiles.write(file, json);
  }

  private static @Nullable StreamMemory read(Path file) {
    @Nullable ObjectNode json = StateFiles.read(file);
    if (json == null) {
      return null;
    }
    try {
      return StreamCodec.decode(json);
    } catch (IllegalArgumentException e) {
      throw StateFiles.unreadable(file, String.valueOf(e.getMessage()), e);
    }
  }
}
