package io.millrace.server.connection;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.actor.Actor;
import io.millrace.server.http.ApiException;
import io.millrace.server.http.Fault;
import io.millrace.server.store.Rows;
import io.millrace.spi.StreamName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/**
 * Finds streams of several connections that land in one table: an overwrite of one replaces the
 * rows of the others. Stateless.
 */
public final class SharedTargets {
  /** So many are found and told; who has more need not know each. */
  private static final int FOUND_MAX = 100;

  /** So many are told in a sentence each. */
  public static final int TOLD_MAX = 10;

  /**
   * A stream that lands where one of another connection lands.
   *
   * @param stream its name at the source
   * @param target where it lands, for people
   * @param other the other connection
   * @param otherName its name
   * @param otherStream the name of its stream
   * @param replaces one of the two replaces the rows of the other
   */
  record Found(
      StreamName stream,
      String target,
      ConnectionId other,
      String otherName,
      StreamName otherStream,
      boolean replaces) {}

  private record Other(
      ConnectionId id, String name, LandingRule rule, StreamName stream, ObjectNode config) {}

  /** Returns the streams of an active connection that land where those of other active ones do. */
  List<Found> of(
      Handle tx, Connection connection, List<ConnectionStream> streams, Actor destination) {
    if (connection.status() != ConnectionStatus.ACTIVE) {
      return List.of();
    }
    String standard = destination.configuration().path("schema").asText("");
    Map<LandingRule.Target, ConnectionStream> own = new HashMap<>();
    for (ConnectionStream stream : streams) {
      if (stream.selected()) {
        own.put(LandingRule.of(connection).target(stream.name(), standard), stream);
      }
    }
    List<Found> found = new ArrayList<>();
    for (String prefix : own.isEmpty() ? List.<String>of() : prefixes(tx, connection)) {
      for (Other other : others(tx, connection, prefix, names(own.keySet(), prefix))) {
        ConnectionStream stream = own.get(other.rule().target(other.stream(), standard));
        if (stream != null && found.size() < FOUND_MAX) {
          found.add(found(stream, other, standard));
        }
      }
    }
    return found;
  }

  /** Returns a sentence for each, and one for the rest. */
  static List<String> sentences(List<Found> found) {
    List<String> sentences =
        new ArrayList<>(found.stream().limit(TOLD_MAX).map(SharedTargets::sentence).toList());
    if (found.size() > TOLD_MAX) {
      sentences.add(rest(found.size() - TOLD_MAX));
    }
    return sentences;
  }

  /** Returns what is told of so many further streams. */
  public static String rest(int streams) {
    return "So do " + streams + " more streams, at least.";
  }

  static ApiException refusal(Connection connection, List<Found> found) {
    List<Map<String, Object>> streams = new ArrayList<>();
    for (Found one : found) {
      Map<String, Object> stream = new LinkedHashMap<>();
      stream.put("connectionIds", List.of(connection.id().toString(), one.other().toString()));
      stream.put("streamName", one.stream().name());
      if (one.stream().namespace() != null) {
        stream.put("streamNamespace", one.stream().namespace());
      }
      streams.add(stream);
    }
    return ApiException.typed(
        Fault.BAD_REQUEST,
        "error:connection-conflicting-destination-stream",
        String.join(" ", sentences(found)),
        Map.of("streams", streams));
  }

  private static String sentence(Found one) {
    return sentence(one.stream(), one.target(), one.otherName(), one.otherStream(), one.replaces());
  }

  /**
   * Returns what people are told of two streams that land in one table.
   *
   * @param stream the one
   * @param target where both land, for people
   * @param otherConnection the name of the connection of the other
   * @param other the other
   * @param replaces one of the two replaces the rows of the other
   */
  public static String sentence(
      StreamName stream,
      String target,
      String otherConnection,
      StreamName other,
      boolean replaces) {
    return "The stream "
        + stream.display()
        + " lands in "
        + target
        + ", as "
        + other.display()
        + " of the connection \""
        + otherConnection
        + "\" does"
        + (replaces
            ? ": each sync that overwrites removes the rows of the other"
            : ": both write into one table, and clearing one clears the other")
        + ". Give one of the two a prefix or a namespace of its own.";
  }

  private static Found found(ConnectionStream stream, Other other, String standard) {
    return new Found(
        stream.name(),
        other.rule().target(other.stream(), standard).display(),
        other.id(),
        other.name(),
        other.stream(),
        overwrites(stream.config()) || overwrites(other.config()));
  }

  private static boolean overwrites(ObjectNode config) {
    return config.path("destinationSyncMode").asText().startsWith("overwrite");
  }

  /** The names that streams of another prefix have where they land in one of these targets. */
  private static Set<String> names(Set<LandingRule.Target> targets, String prefix) {
    Set<String> names = new TreeSet<>();
    for (LandingRule.Target target : targets) {
      if (target.name().startsWith(prefix) && target.name().length() > prefix.length()) {
        names.add(target.name().substring(prefix.length()));
      }
    }
    return names;
  }

  private static List<String> prefixes(Handle tx, Connection connection) {
    return tx.createQuery(
            "SELECT DISTINCT prefix FROM connection WHERE destination_id = :destination"
                + " AND status = 'active' AND id <> :id")
        .bind("destination", connection.destination().toString())
        .bind("id", connection.id().toString())
        .mapTo(String.class)
        .list();
  }

  private static List<Other> others(
      Handle tx, Connection connection, String prefix, Set<String> names) {
    List<Other> others = new ArrayList<>();
    List<String> all = List.copyOf(names);
    for (int from = 0; from < all.size(); from += FOUND_MAX) {
      others.addAll(
          some(tx, connection, prefix, all.subList(from, Math.min(from + FOUND_MAX, all.size()))));
    }
    return others;
  }

  private static List<Other> some(
      Handle tx, Connection connection, String prefix, List<String> names) {
    return tx.createQuery(
            "SELECT c.id, c.name, c.namespace_definition, c.namespace_format, c.prefix,"
                + " s.namespace, s.name AS stream, s.config FROM connection_stream s"
                + " JOIN connection c ON c.id = s.connection_id WHERE s.name IN (<names>)"
                + " AND s.selected = 1 AND c.destination_id = :destination AND c.prefix = :prefix"
                + " AND c.status = 'active' AND c.id <> :id ORDER BY s.name, c.name, c.id"
                + " LIMIT :limit")
        .bindList("names", names)
        .bind("destination", connection.destination().toString())
        .bind("prefix", prefix)
        .bind("id", connection.id().toString())
        .bind("limit", FOUND_MAX * names.size())
        .map(
            (row, context) -> {
              String namespace = row.getString("namespace");
              return new Other(
                  ConnectionId.of(row.getString("id")),
                  row.getString("name"),
                  new LandingRule(
                      row.getString("namespace_definition"),
                      row.getString("namespace_format"),
                      row.getString("prefix")),
                  new StreamName(namespace.isEmpty() ? null : namespace, row.getString("stream")),
                  Rows.object(row, "config"));
            })
        .list();
  }
}
