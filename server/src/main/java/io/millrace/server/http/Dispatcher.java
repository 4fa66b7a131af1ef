package io.millrace.server.http;

import io.javalin.http.Context;
import io.millrace.server.json.Documents;
import io.millrace.server.store.Patience;
import io.millrace.server.store.StoreAwayException;
import io.millrace.spi.ConnectorException;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a request through guard, gatekeeper and action to its answer. Thread-safe. */
final class Dispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private static final String ROUTED = "millrace.routed";

  private final RequestGuard guard;
  private final Gatekeeper gatekeeper;
  private final TrustedProxies proxies;
  private final boolean tls;
  private final Bodies bodies = new Bodies();

  Dispatcher(RequestGuard guard, Gatekeeper gatekeeper, HttpSettings settings) {
    this.guard = guard;
    this.gatekeeper = gatekeeper;
    this.proxies = settings.proxies();
    this.tls = settings.tls() != null;
  }

  void handle(Context context, Routes.Route route) {
    Patience.hurry(() -> answer(context, route));
  }

  private void answer(Context context, Routes.Route route) {
    context.attribute(ROUTED, true);
    try (Bodies.Share share = bodies.new Share()) {
      if (tls && !context.req().isSecure()) {
        refusePlain(context, route);
        return;
      }
      Call call = new Call(context, route, proxies, share);
      guard.check(route.method(), context.header("Host"), context.header("Origin"));
      RequestGuard.checkType(
          context.contentType(), hasBody(context), route.path().endsWith("/token"));
      Caller caller = caller(call, route.access());
      refuseUnlessAllowed(caller, route.access());
      call.admitted(caller);
      send(context, route.action().answer(call));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail(context, route.api(), new ApiException(Fault.UNAVAILABLE, "The server is stopping."));
    } catch (ApiException e) {
      fail(context, route.api(), e);
    } catch (ConnectorException e) {
      fail(context, route.api(), ErrorBodies.of(e));
    } catch (StoreAwayException e) {
      LOG.atWarn().addKeyValue("path", route.path()).setCause(e).log("store_away");
      fail(
          context,
          route.api(),
          new ApiException(Fault.UNAVAILABLE, String.valueOf(e.getMessage())));
    } catch (RuntimeException | Error e) {
      unexpected(context, route, e);
    }
  }

  /** Errors too: one request that nests too deeply or asks for too much is not the server's end. */
  private static void unexpected(Context context, Routes.Route route, Throwable e) {
    UUID id = UUID.randomUUID();
    LOG.atError()
        .addKeyValue("path", route.path())
        .addKeyValue("error_id", id)
        .setCause(e)
        .log("request_failed");
    ApiException error =
        new ApiException(
            Fault.UNEXPECTED,
            "Something unexpected went wrong; the server's log says what under error_id "
                + id
                + ", and nothing was changed by this request's last step.");
    fail(context, route.api(), error, id);
  }

  /** Ends a connection whose answer has begun and has no end: the client must not take it. */
  private static void cut(Context context) {
    ServletContextRequest.getServletContextRequest(context.req())
        .getConnectionMetaData()
        .getConnection()
        .getEndPoint()
        .close();
  }

  /** Leads a browser to where TLS is spoken; a program should not get used to the way. */
  private static void refusePlain(Context context, Routes.Route route) {
    String accept = context.header("Accept");
    if (route.method() == Method.GET && accept != null && accept.contains("text/html")) {
      context.status(308).header("Location", "https://" + context.host() + context.path());
      return;
    }
    throw new ApiException(
        Fault.BAD_REQUEST,
        "This port speaks TLS: use https://. A password or token in this request went in the clear;"
            + " choose another.");
  }

  /** Answers a path that no route has. */
  static void unknown(Context context) {
    if (context.attribute(ROUTED) == null) {
      context.status(404).contentType("text/plain").result("Object not found.");
    }
  }

  static void refuseUnlessAllowed(Caller caller, Access needed) {
    if (caller.may(needed)) {
      return;
    }
    if (caller.equals(Caller.ANONYMOUS)) {
      throw new ApiException(
              Fault.UNAUTHORIZED, "Say who you are: with a token, an API key or a login.")
          .withHeader("WWW-Authenticate", "Bearer");
    }
    String refusal = caller.refusal();
    throw new ApiException(
        Fault.FORBIDDEN,
        refusal == null ? "Your role does not allow this; it needs " + needed + "." : refusal);
  }

  /** Nobody is asked where everybody may: a token that has run out keeps nobody from health. */
  private Caller caller(Call call, Access needed) {
    return needed == Access.OPEN ? Caller.ANONYMOUS : gatekeeper.admit(call);
  }

  private static boolean hasBody(Context context) {
    return context.req().getContentLengthLong() > 0 || context.header("Transfer-Encoding") != null;
  }

  private static void send(Context context, Answer answer) throws InterruptedException {
    switch (answer) {
      case Answer.Json json -> json(context, json.status(), json.body());
      case Answer.Empty empty -> {
        empty.headers().forEach(context::header);
        context.status(empty.status());
      }
      case Answer.Text text ->
          context.status(text.status()).contentType(text.contentType()).result(text.text());
      case Answer.Stream stream -> {
        begin(context, stream.contentType(), stream.headers());
        write(context, () -> stream.writer().write(context.outputStream()));
      }
      case Answer.Live live -> {
        begin(context, live.contentType(), live.headers());
        write(
            context,
            () -> {
              // Not the context's own stream: that one compresses, and cannot be flushed.
              context.res().flushBuffer();
              live.writer().write(context.res().getOutputStream());
            });
      }
    }
  }

  private static void begin(Context context, String contentType, Map<String, String> headers) {
    context.status(200).contentType(contentType);
    headers.forEach(context::header);
  }

  /** Writes a body while it is made. */
  @FunctionalInterface
  private interface Writing {
    void run() throws IOException, InterruptedException;
  }

  private static void write(Context context, Writing writing) throws InterruptedException {
    try {
      writing.run();
    } catch (IOException e) {
      // Mostly the client has gone; if not, it must not take what it has for the whole.
      LOG.atDebug().addKeyValue("path", context.path()).setCause(e).log("answer_not_completed");
      cut(context);
    }
  }

  private static void fail(Context context, Api api, ApiException error) {
    UUID id = UUID.randomUUID();
    if (error.fault() == Fault.UNEXPECTED) {
      LOG.atWarn()
          .addKeyValue("path", context.path())
          .addKeyValue("error_id", id)
          .setCause(error)
          .log("request_failed");
    }
    fail(context, api, error, id);
  }

  private static void fail(Context context, Api api, ApiException error, UUID id) {
    if (context.res().isCommitted()) {
      cut(context);
      return;
    }
    error.headers().forEach(context::header);
    json(context, error.fault().status(), ErrorBodies.of(api, error, id));
  }

  private static void json(Context context, int status, Object body) {
    try {
      byte[] bytes = Documents.MAPPER.writeValueAsBytes(body);
      context.status(status).contentType("application/json").result(bytes);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
