package io.millrace.server.command;

import io.millrace.server.store.DatabaseUrl;
import io.millrace.server.up.RestoredStore;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The commands that copy a store in PostgreSQL and put it back, ready to be pasted. */
final class PostgresCopy {
  private static final String FILE = "millrace.dump";

  /** What PostgreSQL's own programs know of Java's parameters, by the name that they have there. */
  private static final Map<String, String> PARAMETERS =
      Map.of(
          "user", "user",
          "sslmode", "sslmode",
          "sslrootcert", "sslrootcert",
          "sslcert", "sslcert",
          "gssEncMode", "gssencmode",
          "channelBinding", "channel_binding",
          "options", "options");

  private static final String SCHEMA = "currentSchema";

  private final String url;
  private final @Nullable String schema;

  /** Makes the commands for a database. Its password is in none of them. */
  PostgresCopy(DatabaseUrl.Postgres postgres) {
    String[] parts = postgres.jdbcUrl().substring("jdbc:postgresql://".length()).split("\\?", 2);
    String user = postgres.user() == null ? "" : encoded(postgres.user()) + "@";
    List<String> kept = new ArrayList<>();
    String schema = null;
    for (String parameter : parts.length < 2 ? new String[0] : parts[1].split("&")) {
      String[] pair = parameter.split("=", 2);
      String name = PARAMETERS.get(pair[0]);
      if (pair[0].equals(SCHEMA) && pair.length == 2) {
        schema = URLDecoder.decode(pair[1], StandardCharsets.UTF_8);
      } else if (name != null && pair.length == 2) {
        kept.add(name + "=" + pair[1]);
      }
    }
    this.schema = schema;
    this.url =
        "postgresql://" + user + parts[0] + (kept.isEmpty() ? "" : "?" + String.join("&", kept));
  }

  /** Returns what copies it. */
  String dump() {
    String part = schema == null ? "" : " --schema=" + quoted('"' + schema + '"');
    return "pg_dump --format=custom --file=" + FILE + part + " " + quoted(url);
  }

  /** Returns what puts the copy back. */
  String restore() {
    return "pg_restore --clean --if-exists --single-transaction --dbname="
        + quoted(url)
        + " "
        + FILE;
  }

  /** Returns what must follow: destinations know the numbers of what came after the copy. */
  String skip() {
    List<String> statements = new ArrayList<>();
    if (schema != null) {
      statements.add("SET search_path = \"" + schema.replace("\"", "\"\"") + "\"");
    }
    statements.addAll(RestoredStore.postgres());
    StringBuilder command = new StringBuilder("psql --single-transaction " + quoted(url));
    statements.forEach(one -> command.append(" -c ").append(quoted(one)));
    return command.toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
