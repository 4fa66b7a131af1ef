package io.millrace.server.catalog;

import io.millrace.server.actor.ActorId;
import io.millrace.server.http.Access;
import io.millrace.server.http.ApiException;
import io.millrace.server.http.Caller;
import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what sources offer to those who do not wait: where a look takes long, or the source is away,
 * what was found last answers, however old and of whatever configuration. The look goes on
 * meanwhile, and what it finds answers the next question. Thread-safe.
 */
final class PromptLooks {
  private static final Logger LOG = LoggerFactory.getLogger(PromptLooks.class);

  /** How long a look is waited for where there is another answer; clients give up after 5 s. */
  private static final Duration WAIT_MAX = Duration.ofSeconds(3);

  private final Catalogs catalogs;
  private final Map<Asked, FutureTask<Catalog>> underWay = new ConcurrentHashMap<>();

  PromptLooks(Catalogs catalogs) {
    this.catalogs = catalogs;
  }

  /** A look at a source; of one configuration there is one at a time. */
  private record Asked(ActorId source, String configHash) {}

  /**
   * Returns a catalog of a source. Not to be called in a transaction.
   *
   * @throws ApiException 404 when there is no such source
   * @throws ConnectorException when the source fails and nothing was found before; also when it
   *     says that its configuration is wrong
   */
  Catalog find(Caller caller, ActorId source) throws InterruptedException {
    if (!caller.may(Access.EDIT)) {
      return catalogs.find(caller, source, true).catalog();
    }
    Optional<Catalog> last = catalogs.newest(source);
    FutureTask<Catalog> look = look(source);
    return last.isEmpty() ? result(look) : promptly(look, last.get());
  }

  private Catalog promptly(FutureTask<Catalog> look, Catalog last) throws InterruptedException {
    try {
      look.get(WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS);
      return result(look);
    } catch (TimeoutException e) {
      return last;
    } catch (ExecutionException e) {
      return isAway(e.getCause()) ? last : result(look);
    }
  }

  private static boolean isAway(@Nullable Throwable failure) {
    return switch (failure) {
      case ConfigException ignored -> false;
      case ConnectorException ignored -> true;
      case null, default -> false;
    };
  }

  private FutureTask<Catalog> look(ActorId source) {
    Asked asked = new Asked(source, catalogs.configHash(source));
    FutureTask<Catalog> mine = new FutureTask<>(() -> catalogs.discover(source, true));
    FutureTask<Catalog> other = underWay.putIfAbsent(asked, mine);
    if (other != null) {
      return other;
    }
    Thread.ofVirtual().name("catalog-look").start(() -> run(asked, mine));
    return mine;
  }

  private void run(Asked asked, FutureTask<Catalog> look) {
    try {
      look.run();
    } finally {
      underWay.remove(asked);
    }
    if (look.state() == FutureTask.State.FAILED) {
      LOG.atInfo()
          .addKeyValue("source", asked.source())
          .addKeyValue("reason", reason(look.exceptionNow()))
          .log("catalog_look_failed");
    }
  }

  private static String reason(Throwable failure) {
    return failure instanceof ConnectorException known
        ? known.code()
        : failure.getClass().getSimpleName();
  }

  private static Catalog result(FutureTask<Catalog> look) throws InterruptedException {
    try {
      return look.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException known -> throw known;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }
}
