package io.millrace.server.e2e;

import io.millrace.testkit.servers.S3Server;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A destination of a sync that is killed. */
final class KillTarget implements AutoCloseable {
  private static final String COLUMNS =
      "{id: 'BIGINT', v: 'VARCHAR', amount: 'DECIMAL(12,2)', updated_at: 'TIMESTAMPTZ'}";

  private final Kind kind;
  private final Path folder;
  private final String database = Shop.server().newDatabase();
  private final @Nullable S3Server objects;

  /** The destinations. */
  enum Kind {
    POSTGRES,
    DUCKDB,
    PARQUET,
    JSONL,
    CSV,
    S3_PARQUET,
    S3_JSONL,
    S3_CSV;

    /** Tells whether rows can be merged by their key. */
    boolean merges() {
      return this == POSTGRES || this == DUCKDB;
    }

    private boolean isObjectStore() {
      return this == S3_PARQUET || this == S3_JSONL || this == S3_CSV;
    }
  }

  private KillTarget(Kind kind, Path folder, @Nullable S3Server objects) {
    this.kind = kind;
    this.folder = folder;
    this.objects = objects;
  }

  static KillTarget open(Kind kind, Path folder) throws IOException {
    @Nullable S3Server objects = null;
    if (kind.isObjectStore()) {
      objects = S3Server.start(Files.createDirectory(folder.resolve("objects")));
      objects.createBucket("lake");
    }
    return new KillTarget(kind, folder, objects);
  }

  String uri() {
    return switch (kind) {
      case POSTGRES -> "postgresql://postgres@localhost:" + Shop.port() + "/" + database;
      case DUCKDB -> "duckdb:out.duckdb";
      case PARQUET -> "file:lake?format=Parquet";
      case JSONL -> "file:lake?format=JSONL";
      case CSV -> "file:lake?format=CSV";
      case S3_PARQUET -> s3("Parquet");
      case S3_JSONL -> s3("JSONL");
      case S3_CSV -> s3("CSV");
    };
  }

  private String s3(String format) {
    S3Server server = objects;
    if (server == null) {
      throw new IllegalStateException("no server");
    }
    return "s3://lake/shop?region=us-east-1&format=%s&endpoint=%s&access_key_id=%s&secret_access_key=%s"
        .formatted(
            format,
            URLEncoder.encode(server.endpoint(), StandardCharsets.UTF_8),
            S3Server.ACCESS_KEY_ID,
            S3Server.SECRET_ACCESS_KEY);
  }

  /** Files and appended rows are read as they are; merged ones need what they are merged by. */
  String metadataColumns(KillMode mode) {
    return mode.merges() ? "full" : "none";
  }

  /** Returns all rows as sorted lines. */
  List<String> rows() {
    try {
      return switch (kind) {
        case POSTGRES -> postgres();
        case DUCKDB -> duckDb("out.duckdb", KillSource.TABLE);
        case PARQUET, S3_PARQUET ->
            duckDb("", "read_parquet(%s, filename=true)".formatted(glob("parquet")));
        case JSONL, S3_JSONL ->
            duckDb(
                "", "read_json(%s, columns=%s, filename=true)".formatted(glob("jsonl"), COLUMNS));
        case CSV, S3_CSV ->
            duckDb(
                "",
                "read_csv(%s, columns=%s, header=true, filename=true)"
                    .formatted(glob("csv"), COLUMNS));
      };
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private String glob(String extension) {
    String root = objects == null ? "lake" : "objects/lake";
    return "'" + folder.resolve(root).resolve("**/*." + extension) + "'";
  }

  private List<String> postgres() throws SQLException {
    String line = KillSource.line("(extract(epoch FROM updated_at) * 1000000)::bigint");
    try (Connection connection = Shop.server().connect(database)) {
      return sorted(connection, "SELECT " + line + " FROM " + KillSource.TABLE);
    }
  }

  private List<String> duckDb(String file, String from) throws SQLException {
    String path = file.isEmpty() ? "" : folder.resolve(file).toString();
    String visible = file.isEmpty() ? " WHERE NOT regexp_matches(filename, 'lake/(.*/)?[_.]')" : "";
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + path)) {
      return sorted(
          connection,
          "SELECT " + KillSource.line("epoch_us(updated_at)") + " FROM " + from + visible);
    }
  }

  /** Returns the values of a query's only column, sorted. */
  static List<String> sorted(Connection connection, String sql) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        lines.add(rows.getString(1));
      }
    }
    lines.sort(null);
    return lines;
  }

  @Override
  public void close() {
    if (objects != null) {
      objects.close();
    }
  }
}
