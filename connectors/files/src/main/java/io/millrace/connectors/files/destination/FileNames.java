package io.millrace.connectors.files.destination;

import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names files: by a pattern of the user's, then by a mark that tells our files, and those of one
 * pipeline and stream, from all others, then by what makes each name unlike any before it.
 */
final class FileNames {
  /** The pattern that is used unless the user gives one. */
  static final String DEFAULT_PATTERN = "{part_number}";

  private static final Pattern VARIABLE = Pattern.compile("\\{([a-z_]+)(?::([^}]*))?}");
  private static final String DATE_FORMAT = "yyyy_MM_dd";
  private static final String MARK = "-mr";
  private static final int UNIQUE_CHARS = 8;
  private static final Pattern OURS =
      Pattern.compile(".*-mr[0-9a-f]{8}-[0-9a-f]{8}\\.(parquet|(jsonl|csv)(\\.gz)?)");
  private static final Pattern DATA = Pattern.compile(".*\\.(parquet|(jsonl|csv)(\\.gz)?)");

  private final String pattern;

  /**
   * Reads a pattern.
   *
   * @throws ConfigException when it has an unknown variable
   */
  FileNames(String pattern) {
    this.pattern = pattern.isBlank() ? DEFAULT_PATTERN : pattern;
    render(this.pattern, new Facts("0", 0, Instant.EPOCH));
  }

  /**
   * What a name may tell.
   *
   * @param part the file's number within its sync
   * @param syncId the sync
   * @param now when the file is begun
   */
  record Facts(String part, long syncId, Instant now) {}

  /** Returns the mark of a pipeline's stream. */
  static String mark(String connectionId, String stream) {
    return MARK + SafeNames.hash(connectionId + "\n" + stream) + "-";
  }

  /** Returns a name that no file has. */
  String name(Facts facts, String mark, String extension) {
    String unique = UUID.randomUUID().toString().substring(0, UNIQUE_CHARS);
    return SafeNames.part(render(pattern, facts)) + mark + unique + extension;
  }

  /** Returns the name of the file that a stream without rows has; the same for one sync. */
  static String nameOfEmpty(long syncId, String mark, String extension) {
    return "empty" + mark + SafeNames.hash(Long.toString(syncId)) + extension;
  }

  private static String render(String pattern, Facts facts) {
    return VARIABLE
        .matcher(pattern)
        .replaceAll(match -> Matcher.quoteReplacement(value(match, facts)))
        .replaceAll("^[_.]+", "");
  }

  private static String value(MatchResult match, Facts facts) {
    String format = match.group(2);
    return switch (match.group(1)) {
      case "date" -> time(format == null ? DATE_FORMAT : format, facts.now());
      case "timestamp" ->
          format == null ? Long.toString(facts.now().toEpochMilli()) : time(format, facts.now());
      case "part_number" -> facts.part();
      case "sync_id" -> Long.toString(facts.syncId());
      case "format_extension" -> "";
      default ->
          throw new ConfigException(
              "name_variable",
              "file_name_pattern has the unknown variable "
                  + ConnectorException.outside(match.group())
                  + ". Known are {date}, {date:yyyy_MM}, {timestamp}, {part_number}, {sync_id} and"
                  + " {format_extension}.");
    };
  }

  private static String time(String format, Instant now) {
    try {
      return DateTimeFormatter.ofPattern(format, Locale.ROOT).format(now.atZone(ZoneOffset.UTC));
    } catch (IllegalArgumentException e) {
      throw new ConfigException(
          "name_variable",
          "file_name_pattern has a date format that cannot be read: "
              + ConnectorException.outside(format)
              + ". Write it as yyyy_MM_dd.",
          String.valueOf(e.getMessage()),
          e);
    }
  }

  /** Tells whether a key below a stream's folder is one that readers count as data. */
  static boolean isData(String key) {
    for (String part : key.split("/")) {
      if (part.startsWith("_") || part.startsWith(".")) {
        return false;
      }
    }
    return DATA.matcher(key).matches();
  }

  /** Tells whether a file's name is one that we gave, with this mark. */
  static boolean isMarked(String key, String mark) {
    String name = key.substring(key.lastIndexOf('/') + 1);
    return OURS.matcher(name).matches() && name.contains(mark);
  }
}
