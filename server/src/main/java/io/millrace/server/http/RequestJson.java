package io.millrace.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import java.io.IOException;

/** Reads the JSON of requests. */
final class RequestJson {
  private RequestJson() {}

  static ObjectNode object(byte[] bytes) {
    JsonNode json;
    try {
      json = Documents.MAPPER.readTree(bytes);
    } catch (JsonProcessingException e) {
      String where =
          e.getLocation() == null
              ? ""
              : " at line "
                  + e.getLocation().getLineNr()
                  + ", column "
                  + e.getLocation().getColumnNr();
      throw new ApiException(
          Fault.UNPROCESSABLE,
          "The body is not JSON that can be read (wrong"
              + where
              + "); expected one JSON object"
              + " with at most "
              + Documents.DEPTH_MAX
              + " levels and no key twice.");
    } catch (ArithmeticException | NumberFormatException e) {
      throw new ApiException(
          Fault.UNPROCESSABLE, "The body has a number that is too large to be read.");
    } catch (IOException e) {
      throw new ApiException(Fault.BAD_REQUEST, "The body could not be read to its end.");
    }
    if (json instanceof ObjectNode object) {
      Mistakes mistakes = new Mistakes();
      new WholeTexts(mistakes).look("", object);
      mistakes.check();
      return object;
    }
    throw new ApiException(Fault.UNPROCESSABLE, "The body is no JSON object; expected one.");
  }
}
