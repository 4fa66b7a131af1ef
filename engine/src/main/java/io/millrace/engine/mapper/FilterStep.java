package io.millrace.engine.mapper;

import io.millrace.codec.ByteSink;
import io.millrace.codec.Cells;
import io.millrace.codec.TextForm;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Keeps the rows that meet a condition. */
final class FilterStep implements Step {
  private static final int TEXT_BYTES_GUESS = 64;

  private final Test test;

  FilterStep(Condition condition, List<String> fields) {
    this.test = test(condition, fields);
  }

  /** A condition at work. */
  private sealed interface Test {
    /** Tells which rows of a frame meet it. */
    BitSet rows(Frame frame);
  }

  private static final class Equal implements Test {
    private final int column;
    private final byte[] wanted;
    private final ByteSink value = new ByteSink(TEXT_BYTES_GUESS);

    Equal(int column, byte[] wanted) {
      this.column = column;
      this.wanted = wanted;
    }

    @Override
    public BitSet rows(Frame frame) {
      Cells cells = TextForm.cells(frame.vector(column));
      BitSet met = new BitSet(frame.rows());
      for (int row = 0; row < frame.rows(); row++) {
        if (!cells.isNull(row)) {
          value.clear();
          cells.write(row, value);
          if (Arrays.equals(value.array(), 0, value.size(), wanted, 0, wanted.length)) {
            met.set(row);
          }
        }
      }
      return met;
    }
  }

  private record Not(List<Test> tests) implements Test {
    @Override
    public BitSet rows(Frame frame) {
      BitSet met = new BitSet(frame.rows());
      tests.forEach(one -> met.or(one.rows(frame)));
      met.flip(0, frame.rows());
      return met;
    }
  }

  @Override
  public void apply(Frame frame) {
    frame.keep(test.rows(frame));
  }

  private static Test test(Condition condition, List<String> fields) {
    return switch (condition) {
      case Condition.Equal(String field, String value) ->
          new Equal(fields.indexOf(field), value.getBytes(StandardCharsets.UTF_8));
      case Condition.Not(List<Condition> conditions) ->
          new Not(conditions.stream().map(one -> test(one, fields)).toList());
    };
  }
}
