package io.millrace.connectors.files.destination;

import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.TargetName;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A folder's path with variables, such as {@code
 * ${NAMESPACE}/${STREAM_NAME}/date=${YEAR}-${MONTH}}. Times are in UTC.
 */
final class PathFormat {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");
  private static final String NAMESPACE = "NAMESPACE";
  private static final String STREAM_NAME = "STREAM_NAME";
  private static final Set<String> MOVING =
      Set.of("YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND", "MILLISECOND", "EPOCH", "UUID");

  /** Stands before the mark of a name; a name from outside cannot have it. */
  private static final String MARK = "/";

  private final List<String> parts;
  private final int rootParts;

  private PathFormat(List<String> parts, int rootParts) {
    this.parts = List.copyOf(parts);
    this.rootParts = rootParts;
  }

  /**
   * Reads a path.
   *
   * @param field the configuration field it comes from
   * @throws ConfigException when it has an unknown variable or would lead out of its folder
   */
  static PathFormat of(String field, String text) {
    List<String> parts = new ArrayList<>();
    int rootParts = -1;
    for (String part : text.split("/")) {
      if (part.isBlank() || part.equals(".")) {
        continue;
      }
      boolean moving = checkPart(field, part);
      if (moving && rootParts < 0) {
        rootParts = parts.size();
      }
      if (rootParts >= 0 && (part.startsWith("_") || part.startsWith("."))) {
        throw new ConfigException(
            "path_hidden",
            field
                + ": readers take the folder \""
                + ConnectorException.outside(part)
                + "\" for a hidden one. Begin it with a letter or digit.");
      }
      parts.add(part);
    }
    return new PathFormat(parts, rootParts < 0 ? parts.size() : rootParts);
  }

  private static boolean checkPart(String field, String part) {
    if (part.equals("..")) {
      throw new ConfigException("path_outside", field + " must not lead upwards by \"..\".");
    }
    boolean moving = false;
    Matcher matcher = VARIABLE.matcher(part);
    while (matcher.find()) {
      String name = matcher.group(1);
      moving |= MOVING.contains(name);
      if (!MOVING.contains(name) && !name.equals(NAMESPACE) && !name.equals(STREAM_NAME)) {
        throw new ConfigException(
            "path_variable",
            field
                + " has the unknown variable ${"
                + ConnectorException.outside(name)
                + "}. Known are ${NAMESPACE}, ${STREAM_NAME}, ${YEAR}, ${MONTH}, ${DAY}, ${HOUR},"
                + " ${MINUTE}, ${SECOND}, ${MILLISECOND}, ${EPOCH} and ${UUID}.");
      }
    }
    return moving;
  }

  /**
   * Returns the part of the folder that stays the same from sync to sync, ending with {@code /};
   * empty for the store's own root.
   */
  String root(TargetName target) {
    String root = fill(parts.subList(0, rootParts), name -> named(name, target));
    String mark = mark(target);
    if (mark.isEmpty()) {
      return root;
    }
    return (root.isEmpty() ? "" : root.substring(0, root.length() - 1) + "_") + mark + "/";
  }

  /**
   * Returns the name by which a target of this folder is told apart from others: by {@code
   * ${STREAM_NAME}} where the path has it, otherwise by the end of its root.
   */
  String distinguished(String name, String mark) {
    return named() ? name + "_" + mark : name + MARK + mark;
  }

  /** Returns a target's name with whatever is not fit for a path replaced. Idempotent. */
  String safeName(String name) {
    int mark = markAt(name);
    return SafeNames.part(name.substring(0, mark)) + name.substring(mark);
  }

  private String mark(TargetName target) {
    int mark = markAt(target.name());
    return mark < target.name().length() ? target.name().substring(mark + 1) : "";
  }

  /** Returns where the mark of a distinguished name begins, or the name's length. */
  private int markAt(String name) {
    int mark = named() ? -1 : name.lastIndexOf(MARK);
    return mark < 0 || !name.substring(mark + 1).matches("[0-9A-Za-z]+") ? name.length() : mark;
  }

  private boolean named() {
    return parts.stream().anyMatch(part -> part.contains("${" + STREAM_NAME + "}"));
  }

  /** Tells whether no other stream can have the same root or lie below it. */
  boolean rootIsOwn() {
    String root = String.join("/", parts.subList(0, rootParts));
    String rest = String.join("/", parts.subList(rootParts, parts.size()));
    return root.contains("${STREAM_NAME}")
        && !rest.contains("${STREAM_NAME}")
        && !rest.contains("${NAMESPACE}");
  }

  /** Returns the leading parts without any variable, ending with {@code /}, or empty. */
  String fixedRoot() {
    StringBuilder fixed = new StringBuilder();
    for (String part : parts) {
      if (part.contains("${")) {
        break;
      }
      fixed.append(part).append('/');
    }
    return fixed.toString();
  }

  /** Returns the folder for files written now, ending with {@code /}, or empty. */
  String folder(TargetName target, Instant now) {
    ZonedDateTime time = now.atZone(ZoneOffset.UTC);
    return root(target)
        + fill(
            parts.subList(rootParts, parts.size()),
            name -> MOVING.contains(name) ? moving(name, time) : named(name, target));
  }

  /**
   * Returns the folder with its moving variables as they are written. Streams that have the same
   * one share their folder.
   */
  String pattern(TargetName target) {
    return root(target)
        + fill(
            parts.subList(rootParts, parts.size()),
            name -> MOVING.contains(name) ? "${" + name + "}" : named(name, target));
  }

  private static String fill(List<String> parts, UnaryOperator<String> valueOf) {
    StringBuilder folder = new StringBuilder();
    for (String part : parts) {
      String filled =
          VARIABLE
              .matcher(part)
              .replaceAll(match -> Matcher.quoteReplacement(valueOf.apply(match.group(1))));
      if (!filled.isBlank()) {
        folder.append(filled.matches("\\.+") ? "_".repeat(filled.length()) : filled).append('/');
      }
    }
    return folder.toString();
  }

  private static String named(String variable, TargetName target) {
    if (variable.equals(STREAM_NAME)) {
      return SafeNames.part(target.name());
    }
    String namespace = target.namespace();
    return namespace == null || namespace.isEmpty() ? "" : SafeNames.part(namespace);
  }

  private static String moving(String variable, ZonedDateTime time) {
    return switch (variable) {
      case "YEAR" -> digits(4, time.getYear());
      case "MONTH" -> digits(2, time.getMonthValue());
      case "DAY" -> digits(2, time.getDayOfMonth());
      case "HOUR" -> digits(2, time.getHour());
      case "MINUTE" -> digits(2, time.getMinute());
      case "SECOND" -> digits(2, time.getSecond());
      case "MILLISECOND" -> digits(3, time.getNano() / 1_000_000);
      case "EPOCH" -> Long.toString(time.toInstant().toEpochMilli());
      default -> UUID.randomUUID().toString();
    };
  }

  private static String digits(int count, int number) {
    return String.format(Locale.ROOT, "%0" + count + "d", number);
  }
}
