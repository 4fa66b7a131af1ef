package io.millrace.connectors.files.source.excel;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.jspecify.annotations.Nullable;

/**
 * What a cell holds, as text: a number as the workbook writes it, {@code true} or {@code false}, a
 * number shown as a date as an ISO date or timestamp. A formula counts as its last result.
 */
final class CellText {
  private static final BigDecimal DAY_MILLIS = BigDecimal.valueOf(86_400_000);

  /** The day behind 9999-12-31. */
  private static final BigDecimal SERIAL_END = BigDecimal.valueOf(2_958_466);

  /** Workbooks count a day that never was, 1900-02-29, as the 60th. */
  private static final int FALSE_LEAP_DAY = 60;

  private static final LocalDateTime ORIGIN_1900 = LocalDateTime.of(1899, 12, 30, 0, 0);
  private static final LocalDateTime ORIGIN_1904 = LocalDateTime.of(1904, 1, 1, 0, 0);

  private final boolean from1904;

  /**
   * @param from1904 the workbook counts days from 1904
   */
  CellText(boolean from1904) {
    this.from1904 = from1904;
  }

  static boolean isEmpty(@Nullable Cell cell) {
    return cell == null
        || cell.getType() == CellType.EMPTY
        || (cell.getType() != CellType.STRING && cell.getValue() == null);
  }

  /** Tells whether the cell holds text, which is never taken for a number. */
  boolean isText(Cell cell) {
    return switch (cell.getType()) {
      case STRING, ERROR -> true;
      case FORMULA -> cell.getValue() instanceof String;
      case NUMBER, BOOLEAN, EMPTY -> false;
    };
  }

  /** Returns the text of a cell that is not empty. */
  String of(Cell cell) {
    Object value = cell.getValue();
    if (value instanceof BigDecimal number) {
      return number(cell, number);
    }
    return value == null ? "" : value.toString();
  }

  private String number(Cell cell, BigDecimal number) {
    DateFormat format = DateFormat.of(cell.getDataFormatId(), cell.getDataFormatString());
    boolean inRange = number.signum() >= 0 && number.compareTo(SERIAL_END) < 0;
    if (format == DateFormat.NONE || !inRange) {
      return plain(number);
    }
    BigDecimal millis = number.multiply(DAY_MILLIS);
    long rounded = millis.setScale(0, java.math.RoundingMode.HALF_EVEN).longValueExact();
    if (format == DateFormat.TIME && number.compareTo(BigDecimal.ONE) < 0) {
      return iso(LocalTime.MIDNIGHT.plus(rounded, ChronoUnit.MILLIS));
    }
    int day = number.intValue();
    if (!from1904 && day == FALSE_LEAP_DAY) {
      return plain(number);
    }
    boolean early = !from1904 && day < FALSE_LEAP_DAY;
    LocalDateTime origin = from1904 ? ORIGIN_1904 : ORIGIN_1900.plusDays(early ? 1 : 0);
    LocalDateTime moment = origin.plus(rounded, ChronoUnit.MILLIS);
    return moment.toLocalTime().equals(LocalTime.MIDNIGHT)
        ? moment.toLocalDate().toString()
        : moment.toLocalDate() + "T" + iso(moment.toLocalTime());
  }

  /** Seconds are always there, so that a column of times looks alike. */
  private static String iso(LocalTime time) {
    return time.getSecond() == 0 && time.getNano() == 0 ? time + ":00" : time.toString();
  }

  /** Huge and tiny numbers keep their exponent. */
  private static String plain(BigDecimal number) {
    String text = number.toString();
    return text.indexOf('E') < 0 ? text : text.replace("E+", "E");
  }
}
