package io.millrace.server.connection;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.server.actor.ResourceFields;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;

/**
 * What a job may use, as far as somebody has a wish: the API's {@code ResourceRequirements}, whose
 * quantities are written as Kubernetes writes them.
 *
 * @param memoryAtLeast bytes without which the job does not begin
 * @param memoryAtMost bytes that its batches take at most
 * @param processors how many processors it keeps busy at most, rounded up
 */
public record Resources(
    OptionalLong memoryAtLeast, OptionalLong memoryAtMost, OptionalInt processors) {
  /** The name of the member of a connection's details. */
  public static final String MEMBER = "resourceRequirements";

  /** No wish. */
  public static final Resources NONE =
      new Resources(OptionalLong.empty(), OptionalLong.empty(), OptionalInt.empty());

  /** The least bytes of a job: fewer do not hold one reader's batches. */
  public static final long MEMORY_MIN = 16L << 20;

  private static final Map<String, BigDecimal> UNITS =
      Map.ofEntries(
          Map.entry("m", new BigDecimal("0.001")),
          Map.entry("k", BigDecimal.TEN.pow(3)),
          Map.entry("K", BigDecimal.TEN.pow(3)),
          Map.entry("M", BigDecimal.TEN.pow(6)),
          Map.entry("G", BigDecimal.TEN.pow(9)),
          Map.entry("T", BigDecimal.TEN.pow(12)),
          Map.entry("P", BigDecimal.TEN.pow(15)),
          Map.entry("Ki", BigDecimal.valueOf(1L << 10)),
          Map.entry("Mi", BigDecimal.valueOf(1L << 20)),
          Map.entry("Gi", BigDecimal.valueOf(1L << 30)),
          Map.entry("Ti", BigDecimal.valueOf(1L << 40)),
          Map.entry("Pi", BigDecimal.valueOf(1L << 50)));

  /** Reads {@code ResourceRequirements}; what is no quantity is no wish. */
  public static Resources of(JsonNode requirements) {
    OptionalLong least = rounded(requirements.path("memory_request"));
    OptionalLong most = rounded(requirements.path("memory_limit"));
    JsonNode processors =
        requirements.hasNonNull("cpu_limit")
            ? requirements.path("cpu_limit")
            : requirements.path("cpu_request");
    OptionalLong busy = rounded(processors);
    return new Resources(
        least,
        most,
        busy.isEmpty()
            ? OptionalInt.empty()
            : OptionalInt.of((int) Math.clamp(busy.getAsLong(), 1L, (long) Integer.MAX_VALUE)));
  }

  /**
   * Reads {@code ScopedResourceRequirements}.
   *
   * @param jobTypes the names of the job's type there; what is said of one of them comes before
   *     what is said of all
   */
  public static Resources ofScoped(JsonNode allocation, Collection<String> jobTypes) {
    Resources general = of(allocation.path("default"));
    for (JsonNode one : allocation.path("jobSpecific")) {
      if (jobTypes.contains(one.path("jobType").asText())) {
        return of(one.path("resourceRequirements")).or(general);
      }
    }
    return general;
  }

  /** Returns these wishes, with those of another where these say nothing. */
  public Resources or(Resources other) {
    return new Resources(
        memoryAtLeast.isPresent() ? memoryAtLeast : other.memoryAtLeast,
        memoryAtMost.isPresent() ? memoryAtMost : other.memoryAtMost,
        processors.isPresent() ? processors : other.processors);
  }

  private static OptionalLong rounded(JsonNode quantity) {
    Matcher parts = ResourceFields.QUANTITY.matcher(quantity.asText(""));
    if (!parts.matches()) {
      return OptionalLong.empty();
    }
    BigDecimal unit =
        parts.group(2) == null
            ? BigDecimal.ONE
            : UNITS.getOrDefault(parts.group(2), BigDecimal.ONE);
    BigDecimal value = new BigDecimal(parts.group(1)).multiply(unit);
    return OptionalLong.of(
        value
            .setScale(0, RoundingMode.CEILING)
            .min(BigDecimal.valueOf(Long.MAX_VALUE))
            .longValue());
  }
}
