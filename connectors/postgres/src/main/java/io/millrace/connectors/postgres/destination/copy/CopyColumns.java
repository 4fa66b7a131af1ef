package io.millrace.connectors.postgres.destination.copy;

import io.millrace.connectors.postgres.destination.table.TargetColumn;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What a COPY carries of a table's columns, and where a batch has it.
 *
 * @param all the columns that the stream fills, in the order of its fields
 * @param kept how many of the first columns come as encoded rows, which a batch has in one vector;
 *     0 when each column is a vector
 * @param leftOut names of fields that the table fills by itself
 */
public record CopyColumns(List<TargetColumn> all, int kept, Set<String> leftOut) {
  public CopyColumns {
    all = List.copyOf(all);
    leftOut = Set.copyOf(leftOut);
  }

  /** Returns the columns that a COPY names, in order. */
  public List<TargetColumn> named() {
    return all.stream().filter(column -> !leftOut.contains(column.field())).toList();
  }

  /** Returns the places in {@link #all} of the columns that are written value by value. */
  int[] written() {
    return IntStream.range(kept, all.size())
        .filter(place -> !leftOut.contains(all.get(place).field()))
        .toArray();
  }

  /** Returns the place of a column's vector in a batch. */
  int vector(int place) {
    return kept == 0 ? place : place - kept + 1;
  }

  /** Returns the number of vectors of a batch. */
  int vectors() {
    return kept == 0 ? all.size() : all.size() - kept + 1;
  }
}
