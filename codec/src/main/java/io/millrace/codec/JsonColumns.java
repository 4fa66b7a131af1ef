package io.millrace.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.spi.type.Fields;
import io.millrace.spi.type.LogicalType;
import java.io.IOException;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;

/** Chooses how a vector is filled from JSON. */
final class JsonColumns {
  private JsonColumns() {}

  static JsonColumn of(FieldVector vector) {
    return switch (Fields.typeOf(vector.getField())) {
      case LogicalType.Bool() -> bool((BitVector) vector);
      case LogicalType.Int(int bits) -> new JsonWholeColumn(vector, bits);
      case LogicalType.Real(int bits) ->
          bits == 32 ? real32((Float4Vector) vector) : real64((Float8Vector) vector);
      case LogicalType.Decimal ignored -> decimal((DecimalVector) vector);
      case LogicalType.Date() -> date((DateDayVector) vector);
      case LogicalType.Time() -> time((TimeMicroVector) vector);
      case LogicalType.Timestamp() -> timestamp((TimeStampVector) vector, false);
      case LogicalType.TimestampTz() -> timestamp((TimeStampVector) vector, true);
      case LogicalType.Text() -> text((VarCharVector) vector);
      case LogicalType.Binary() -> JsonBytes.binary((VarBinaryVector) vector);
      case LogicalType.Json() -> json((VarCharVector) vector);
      case LogicalType.Uuid() -> JsonBytes.uuid((FixedSizeBinaryVector) vector);
      case LogicalType.ListOf ignored -> JsonNested.list((ListVector) vector);
      case LogicalType.Struct ignored -> JsonNested.struct((StructVector) vector);
      case LogicalType.Vector ignored -> JsonNested.vector((FixedSizeListVector) vector);
    };
  }

  private static JsonColumn bool(BitVector vector) {
    return new JsonColumn(vector) {
      @Override
      void read(JsonParser parser, int index) throws IOException, MisfitException {
        switch (parser.currentToken()) {
          case VALUE_TRUE -> vector.setSafe(index, 1);
          case VALUE_FALSE -> vector.setSafe(index, 0);
          default -> throw misfit("true or false", parser);
        }
      }
    };
  }

  private static JsonColumn real64(Float8Vector vector) {
    return new JsonColumn(vector) {
      @Override
      void read(JsonParser parser, int index) throws IOException, MisfitException {
        vector.setSafe(index, parser.currentToken().isNumeric() ? number(parser) : named(parser));
      }

      private double number(JsonParser parser) throws IOException, MisfitException {
        double value = parser.getDoubleValue();
        char[] chars = parser.getTextCharacters();
        if (!JsonNumbers.same(value, chars, parser.getTextOffset(), parser.getTextLength())) {
          throw misfit("a number that 64-bit floating point can hold", parser);
        }
        return value == 0 && chars[parser.getTextOffset()] == '-' ? -0.0 : value;
      }
    };
  }

  private static JsonColumn real32(Float4Vector vector) {
    return new JsonColumn(vector) {
      @Override
      void read(JsonParser parser, int index) throws IOException, MisfitException {
        vector.setSafe(
            index, parser.currentToken().isNumeric() ? number(parser) : (float) named(parser));
      }

      private float number(JsonParser parser) throws IOException, MisfitException {
        float value = Float.parseFloat(parser.getText());
        char[] chars = parser.getTextCharacters();
        if (!JsonNumbers.same(value, chars, parser.getTextOffset(), parser.getTextLength())) {
          throw misfit("a number that 32-bit floating point can hold", parser);
        }
        return value;
      }
    };
  }

  /** The numbers for which JSON has only text. */
  private static double named(JsonParser parser) throws IOException, MisfitException {
    return switch (parser.getText()) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw JsonColumn.misfit("a number", parser);
    };
  }

  private static JsonColumn decimal(DecimalVector vector) {
    return new JsonColumn(vector) {
      @Override
      void read(JsonParser parser, int index) throws IOException, MisfitException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_STRING && parser.getText().equals("NaN")) {
          JsonNumbers.decimalNan(vector, index);
        } else if (token.isNumeric()
            || (token == JsonToken.VALUE_STRING && JsonText.isNumber(parser.getText()))) {
          JsonNumbers.decimal(
              vector,
              index,
              parser.getTextCharacters(),
              parser.getTextOffset(),
              parser.getTextLength());
        } else {
          throw misfit("a number", parser);
        }
      }
    };
  }

  private static JsonColumn date(DateDayVector vector) {
    MomentReader moments = new MomentReader();
    return new JsonColumn(vector) {
      @Override
      void read(JsonParser parser, int index) throws IOException, MisfitException {
        requireText(parser, "a date such as \"2025-10-16\"");
        vector.setSafe(
            index,
            moments.date(
                parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength()));
      }
    };
  }

  private static JsonColumn time(TimeMicroVector vector) {
    MomentReader moments = new MomentReader();
    return new JsonColumn(vector) {
      @Override
      void read(JsonParser parser, int index) throws IOException, MisfitException {
        requireText(parser, "a time of day such as \"12:00:00\"");
        vector.setSafe(
            index,
            moments.time(
                parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength()));
      }
    };
  }

  private static JsonColumn timestamp(TimeStampVector vector, boolean zoned) {
    MomentReader moments = new MomentReader();
    return new JsonColumn(vector) {
      @Override
      void read(JsonParser parser, int index) throws IOException, MisfitException {
        requireText(parser, "a timestamp such as \"2025-10-16T12:00:00" + (zoned ? "Z\"" : "\""));
        char[] chars = parser.getTextCharacters();
        int offset = parser.getTextOffset();
        int length = parser.getTextLength();
        vector.setSafe(
            index,
            zoned
                ? moments.timestampTz(chars, offset, length)
                : moments.timestamp(chars, offset, length));
      }
    };
  }

  /** Text as it is; other values as their JSON, numbers with the very digits they have there. */
  private static JsonColumn text(VarCharVector vector) {
    ByteSink scratch = new ByteSink(0);
    return new JsonColumn(vector) {
      @Override
      void read(JsonParser parser, int index) throws IOException, MisfitException {
        scratch.clear();
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
          Utf8.put(
              scratch, parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        } else {
          JsonCopy.value(parser, scratch);
        }
        vector.setSafe(index, scratch.array(), 0, scratch.size());
      }
    };
  }

  private static JsonColumn json(VarCharVector vector) {
    ByteSink scratch = new ByteSink(0);
    return new JsonColumn(vector) {
      @Override
      void read(JsonParser parser, int index) throws IOException, MisfitException {
        scratch.clear();
        JsonCopy.value(parser, scratch);
        vector.setSafe(index, scratch.array(), 0, scratch.size());
      }
    };
  }

  static void requireText(JsonParser parser, String expected) throws IOException, MisfitException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw JsonColumn.misfit(expected, parser);
    }
  }
}
