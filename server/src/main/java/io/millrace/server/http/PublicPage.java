package io.millrace.server.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * One page of a list of the public API, as {@code limit} and {@code offset} of the query ask.
 *
 * @param limit how many entries a page has
 * @param offset how many entries come before it
 */
public record PublicPage(int limit, int offset) {
  private static final int LIMIT_DEFAULT = 20;
  private static final int LIMIT_MAX = 100;

  /** Reads the page that a query asks for; what is wrong is remembered in it. */
  public static PublicPage of(Query query) {
    return new PublicPage(
        query.number("limit", LIMIT_DEFAULT, 1, LIMIT_MAX),
        query.number("offset", 0, 0, Integer.MAX_VALUE - LIMIT_MAX));
  }

  /** Returns how many entries to fetch: a page, and one to know whether another page follows. */
  public int fetch() {
    return limit + 1;
  }

  /** Returns the entries of this page and one more, out of all. */
  public <T> List<T> cut(List<T> all) {
    return all.stream().skip(offset).limit(fetch()).toList();
  }

  /**
   * Answers with the page; {@code next} is empty on the last one.
   *
   * @param fetched at most {@link #fetch} entries from the offset on
   */
  public Answer answer(Call call, List<?> fetched) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("previous", offset == 0 ? "" : link(call, Math.max(0, offset - limit)));
    body.put("next", fetched.size() > limit ? link(call, offset + limit) : "");
    body.put("data", fetched.stream().limit(limit).toList());
    return Answer.ok(body);
  }

  private String link(Call call, int newOffset) {
    String[] parts = call.pathAndQuery().split("\\?", 2);
    StringJoiner query = new StringJoiner("&");
    if (parts.length == 2) {
      for (String part : parts[1].split("&", -1)) {
        if (!part.startsWith("limit=") && !part.startsWith("offset=") && !part.isEmpty()) {
          query.add(part);
        }
      }
    }
    query.add("limit=" + limit).add("offset=" + newOffset);
    return call.origin() + parts[0] + "?" + query;
  }
}
