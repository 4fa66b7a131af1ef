package io.millrace.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.FieldVector;

/** Whole numbers, also where JSON writes them as {@code 5.0} or as text. */
final class JsonWholeColumn extends JsonColumn {
  private final BaseIntVector vector;
  private final int bits;

  JsonWholeColumn(FieldVector vector, int bits) {
    super(vector);
    this.vector = (BaseIntVector) vector;
    this.bits = bits;
  }

  @Override
  void read(JsonParser parser, int index) throws IOException, MisfitException {
    long value = value(parser);
    int unused = Long.SIZE - bits;
    if (value << unused >> unused != value) {
      throw misfit("a whole number of " + bits + " bits", parser);
    }
    vector.setWithPossibleTruncate(index, value);
  }

  private long value(JsonParser parser) throws IOException, MisfitException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NUMBER_INT
        && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      return parser.getLongValue();
    }
    if (token.isNumeric()
        || (token == JsonToken.VALUE_STRING && JsonText.isNumber(parser.getText()))) {
      return JsonNumbers.whole(parser.getText(), bits);
    }
    throw misfit("a whole number", parser);
  }
}
