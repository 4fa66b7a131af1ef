package io.millrace.server.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a request, gathered so that one answer names it all.
 *
 * <p>Belongs to the request's thread.
 */
public final class Mistakes {
  private final List<Mistake> all = new ArrayList<>();

  /** The answers that have a form of their own; those of plain mistakes are made at the end. */
  private final List<ApiException> refusals = new ArrayList<>();

  private boolean plain;

  /** Adds a mistake that is answered with 422. */
  public void add(Mistake mistake) {
    all.add(mistake);
    plain = true;
  }

  /**
   * Adds a mistake that has an answer of its own as long as nothing else is wrong.
   *
   * @param alone that answer, such as a 400 of a type that clients know
   */
  public void add(Mistake mistake, ApiException alone) {
    add(List.of(mistake), alone);
  }

  /** Like the other, for mistakes that have one answer together. */
  public void add(List<Mistake> mistakes, ApiException alone) {
    all.addAll(mistakes);
    refusals.add(alone.with(mistakes));
  }

  /** Adds those mistakes that are about other fields than the ones that are named already. */
  public void addOthers(Mistakes others) {
    List<String> named = all.stream().map(Mistake::path).toList();
    List<Mistake> added =
        others.all.stream()
            .filter(
                one ->
                    named.stream()
                        .noneMatch(path -> within(path, one.path()) || within(one.path(), path)))
            .toList();
    all.addAll(added);
    plain |= others.plain && !added.isEmpty();
    refusals.addAll(added.isEmpty() ? List.of() : others.refusals);
  }

  /** Tells whether a field is another one, or stands within it. */
  private static boolean within(String path, String other) {
    return path.startsWith(other)
        && (path.length() == other.length() || ".[".indexOf(path.charAt(other.length())) >= 0);
  }

  /** Tells whether nothing is wrong. */
  public boolean isEmpty() {
    return all.isEmpty();
  }

  /**
   * Ends the gathering.
   *
   * @throws ApiException that names every mistake: the answer of the only one where it has one;
   *     otherwise of the fault and the type that all have, or 422
   */
  public void check() {
    if (all.isEmpty()) {
      return;
    }
    if (plain) {
      throw ApiException.invalid(all);
    }
    ApiException first = refusals.getFirst();
    if (refusals.size() == 1) {
      throw first;
    }
    if (refusals.stream().anyMatch(one -> one.fault() != first.fault())) {
      throw ApiException.invalid(all);
    }
    boolean sameType = refusals.stream().allMatch(one -> Objects.equals(one.type(), first.type()));
    @Nullable String type = sameType ? first.type() : null;
    throw ApiException.refused(first.fault(), type, all);
  }
}
