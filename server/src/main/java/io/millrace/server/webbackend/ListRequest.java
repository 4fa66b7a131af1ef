package io.millrace.server.webbackend;

import io.millrace.server.http.Body;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which connections a list shows, and in which order.
 *
 * @param workspace of this workspace
 * @param sources whose sources are these; empty for all
 * @param destinations whose destinations are these; empty for all
 * @param cursor after this connection; null for the first page
 * @param sort by what
 * @param filters which of them
 * @param pageSize at most so many
 */
record ListRequest(
    UUID workspace,
    List<UUID> sources,
    List<UUID> destinations,
    @Nullable UUID cursor,
    Sort sort,
    Filters filters,
    int pageSize) {
  private static final int PAGE_SIZE = 20;
  private static final int PAGE_SIZE_MAX = 1000;

  /** The orders, by the API's names. */
  enum Sort {
    CONNECTIONNAME_ASC("lower(c.name)", true),
    CONNECTIONNAME_DESC("lower(c.name)", false),
    SOURCENAME_ASC("lower(s.name)", true),
    SOURCENAME_DESC("lower(s.name)", false),
    DESTINATIONNAME_ASC("lower(d.name)", true),
    DESTINATIONNAME_DESC("lower(d.name)", false),
    LASTSYNC_ASC("coalesce(j.created_at, 0)", true),
    LASTSYNC_DESC("coalesce(j.created_at, 0)", false);

    private final String expression;
    private final boolean ascending;

    Sort(String expression, boolean ascending) {
      this.expression = expression;
      this.ascending = ascending;
    }

    String expression() {
      return expression;
    }

    boolean ascending() {
      return ascending;
    }

    private static Sort read(Body body) {
      String text = body.textOrNull("sortKey");
      if (text == null) {
        return CONNECTIONNAME_ASC;
      }
      for (Sort sort : values()) {
        if (sort.name().equals(text.toUpperCase(Locale.ROOT))) {
          return sort;
        }
      }
      body.wrong(
          "sortKey", "connectionName, sourceName, destinationName or lastSync, and _asc or _desc");
      return CONNECTIONNAME_ASC;
    }
  }

  /** Whether a connection is switched on. */
  enum State {
    ACTIVE,
    INACTIVE
  }

  /**
   * What narrows a list; empty or null for anything.
   *
   * @param search what its own, its source's or its destination's name contains
   * @param onDemand whether it is marked for capacity on demand
   */
  record Filters(
      List<UUID> sourceDefinitions,
      List<UUID> destinationDefinitions,
      List<ConnectionHealth> statuses,
      List<State> states,
      List<UUID> tags,
      @Nullable String search,
      @Nullable Boolean onDemand) {
    static final Filters NONE =
        new Filters(List.of(), List.of(), List.of(), List.of(), List.of(), null, null);

    private static Filters read(Body body) {
      return new Filters(
          body.ids("sourceDefinitionIds"),
          body.ids("destinationDefinitionIds"),
          choices(body, "statuses", ConnectionHealth.values()),
          choices(body, "states", State.values()),
          body.ids("tagIds"),
          body.textOrNull("searchTerm"),
          body.flagOrNull("onDemandEnabled"));
    }

    private static <E extends Enum<E>> List<E> choices(Body body, String name, E[] all) {
      List<E> chosen = new ArrayList<>();
      for (String text : body.texts(name)) {
        int before = chosen.size();
        for (E one : all) {
          if (one.name().equals(text.toUpperCase(Locale.ROOT))) {
            chosen.add(one);
          }
        }
        if (chosen.size() == before) {
          body.wrong(name, "a list of " + List.of(all).toString().toLowerCase(Locale.ROOT));
        }
      }
      return chosen;
    }
  }

  /** Reads a request; what is wrong is remembered in the body. */
  static ListRequest read(Body body) {
    Body filters = body.objectOrNull("filters");
    return new ListRequest(
        body.id("workspaceId"),
        body.ids("sourceId"),
        body.ids("destinationId"),
        body.idOrNull("cursor"),
        Sort.read(body),
        filters == null ? Filters.NONE : Filters.read(filters),
        body.number("pageSize", PAGE_SIZE, 1, PAGE_SIZE_MAX));
  }
}
