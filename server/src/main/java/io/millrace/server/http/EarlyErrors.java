package io.millrace.server.http;

import io.millrace.server.json.Documents;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests that are refused before a route is looked for, because what they are written in
 * is no HTTP that is read here. Which API they were meant for is not known then, so the answer has
 * the fields of both.
 */
final class EarlyErrors extends ErrorHandler {
  /** Cookies and proxies that write much are the usual reason. */
  private static final String TOO_LARGE =
      "The headers of the request are too large; the most is "
          + (HttpSettings.HEADER_BYTES_MAX >> 10)
          + " KB.";

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int status,
      @Nullable String message,
      @Nullable Throwable cause,
      Callback callback)
      throws IOException {
    ApiException error = error(status);
    byte[] body = Documents.MAPPER.writeValueAsBytes(ErrorBodies.ofBoth(error, UUID.randomUUID()));
    response.setStatus(error.fault().status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.write(true, ByteBuffer.wrap(body), callback);
  }

  private static ApiException error(int status) {
    if (status == Fault.HEADERS_TOO_LARGE.status()) {
      return new ApiException(Fault.HEADERS_TOO_LARGE, TOO_LARGE);
    }
    return status < Fault.UNEXPECTED.status()
        ? new ApiException(
            Fault.BAD_REQUEST,
            "The request is not written in a way that is read here; expected HTTP/1.1 with a path"
                + " without %00, %2F, \\ or .. in it.")
        : new ApiException(
            Fault.UNEXPECTED, "Something unexpected went wrong before the request was read.");
  }
}
