package io.millrace.spi;

import java.util.Map;

/**
 * Where a stream lands.
 *
 * @param fullName the table's full name or the folder, as a user would type it
 * @param renamedColumns the columns whose name at the destination differs from the field's: field
 *     to column
 */
public record TargetDescription(String fullName, Map<String, String> renamedColumns) {
  public TargetDescription {
    renamedColumns = Map.copyOf(renamedColumns);
  }
}
