package io.millrace.connectors.files.source;

import io.millrace.connectors.files.source.fetch.Content;
import io.millrace.connectors.files.source.fetch.FileErrors;
import io.millrace.connectors.files.source.fetch.FileStorage;
import io.millrace.connectors.files.source.fetch.FileVersion;
import io.millrace.connectors.files.source.fetch.Glob;
import io.millrace.connectors.files.source.fetch.Spool;
import io.millrace.connectors.files.source.table.TableColumn;
import io.millrace.connectors.files.source.table.TableFormat;
import io.millrace.connectors.files.source.table.TableShape;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.ConnectorContext;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.StreamName;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/** The configured files: where they are, how they are read, and what was found out about them. */
final class FileSet implements AutoCloseable {
  private final FileConfig config;
  private final ConnectorContext context;
  private final FileStorage storage;
  private final Spool spool;
  private final Content content;
  private final String pattern;
  private final String streamName;
  private @Nullable Formats formats;
  private @Nullable Inspected inspected;

  /** What was found out, and about which files. */
  private record Inspected(List<FileVersion> files, TableShape shape) {}

  FileSet(FileConfig config, ConnectorContext context) {
    Location location = Location.of(config);
    this.config = config;
    this.context = context;
    this.pattern =
        location.kind() == Location.Kind.LOCAL
            ? context.resolve(location.path()).toString().replace('\\', '/')
            : location.path();
    this.streamName = Location.streamName(config, location, pattern);
    this.storage = Storages.open(location, pattern, context);
    this.spool = new Spool(storage, context.tempDirectory());
    this.content = new Content(storage, spool);
    if (config.format().isPresent() || FileFormat.isTold(name())) {
      formats = Formats.of(config, name(), content, spool, context);
    }
  }

  String streamName() {
    return streamName;
  }

  FileStorage storage() {
    return storage;
  }

  /** Returns every file; never none. */
  List<FileVersion> list() throws InterruptedException {
    List<FileVersion> found = storage.list();
    if (found.isEmpty()) {
      throw FileErrors.noMatch(config.url());
    }
    return found;
  }

  /** Returns every file, or none. */
  List<FileVersion> listIfAny() throws InterruptedException {
    try {
      return storage.list();
    } catch (ConfigException e) {
      if (e.code().equals(FileErrors.MISSING)) {
        return List.of();
      }
      throw e;
    }
  }

  /** Finds the columns that files share, once for the same files. */
  synchronized TableShape inspect(List<FileVersion> files) throws InterruptedException {
    if (inspected != null && inspected.files.equals(files)) {
      return inspected.shape;
    }
    Formats chosen = formats(files.getFirst());
    TableShape found = chosen.format().inspect(files);
    TableShape shape =
        new TableShape(chosen.overrides().apply(found.columns()), found.estimatedRows());
    inspected = new Inspected(List.copyOf(files), shape);
    return shape;
  }

  /** Returns how a file is read. */
  synchronized TableFormat format(FileVersion file) throws InterruptedException {
    return formats(file).format();
  }

  private Formats formats(FileVersion file) throws InterruptedException {
    if (formats == null) {
      boolean bare = FileFormat.isBareArchive(file.name());
      String name = bare ? content.innerName(file) : file.name();
      formats = Formats.of(config, name, content, spool, context);
    }
    return formats;
  }

  /** Returns the fields of the chosen columns, in their order. */
  List<Field> columns(ConfiguredStream stream, TableShape shape) {
    Map<String, LogicalType> types = new LinkedHashMap<>();
    for (TableColumn column : shape.columns()) {
      types.put(column.name(), column.type());
    }
    List<Field> fields = new ArrayList<>(stream.columns().size());
    for (String name : stream.columns()) {
      LogicalType type = types.get(name);
      if (type == null) {
        throw new ConfigException(
            "column_missing",
            "The files have no column \""
                + ConnectorException.outside(name)
                + "\". They have "
                + ConnectorException.outside(String.join(", ", types.keySet()))
                + ".");
      }
      fields.add(Fields.of(name, type));
    }
    return fields;
  }

  void requireName(StreamName name) {
    if (name.namespace() != null || !name.name().equals(streamName)) {
      throw new ConfigException(
          "stream_missing",
          "There is no stream \""
              + ConnectorException.outside(name.display())
              + "\". The files make one stream, \""
              + streamName
              + "\".");
    }
  }

  /** Returns what a file is called in messages: its path behind the pattern's fixed folders. */
  String label(FileVersion file) {
    if (!Glob.hasWildcards(pattern)) {
      return file.name();
    }
    String fixed = new Glob(pattern).literalPrefix();
    String folder = fixed.substring(0, fixed.lastIndexOf('/') + 1);
    return file.path().startsWith(folder) ? file.path().substring(folder.length()) : file.name();
  }

  private String name() {
    return new FileVersion(pattern, -1, -1, "").name();
  }

  @Override
  public void close() {
    spool.close();
    storage.close();
  }
}
