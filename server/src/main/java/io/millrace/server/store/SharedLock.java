package io.millrace.server.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server's share in the lock of a store: looked after, and taken again when it is lost. */
final class SharedLock implements StoreLock {
  private static final Logger LOG = LoggerFactory.getLogger(SharedLock.class);

  /** How often is looked whether the connection lives; so long a loss may go unnoticed. */
  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

  /** How long the keeper has to end; what it waits for is bounded, too. */
  private static final Duration ENDING_MAX = Duration.ofSeconds(15);

  private final DatabaseUrl.Postgres url;
  private final Duration lookEvery;
  private final Thread keeper;
  private volatile boolean closed;
  private volatile @Nullable LockSession session;

  private SharedLock(DatabaseUrl.Postgres url, LockSession session, Duration lookEvery) {
    this.url = url;
    this.session = session;
    this.lookEvery = lookEvery;
    this.keeper = Thread.ofVirtual().name("store-lock").unstarted(this::keep);
  }

  static SharedLock take(DatabaseUrl.Postgres url) {
    return take(url, LOOK_EVERY);
  }

  static SharedLock take(DatabaseUrl.Postgres url, Duration lookEvery) {
    LockSession first =
        LockSession.first(
            url,
            LockSession.Kind.SHARED,
            "The secrets in the metadata store %s are being given a new key: start the server when"
                + " that is done.");
    tellOthers(first);
    SharedLock lock = new SharedLock(url, first, lookEvery);
    lock.keeper.start();
    return lock;
  }

  /** Two servers on one store may be meant, or a copied setting. */
  private static void tellOthers(LockSession session) {
    try {
      int others = session.others();
      if (others > 0) {
        LOG.atWarn().addKeyValue("other_servers", others).log("store_shared");
      }
    } catch (SQLException e) {
      LOG.atWarn().setCause(e).log("store_lock_unclear");
    }
  }

  @Override
  public void close() {
    closed = true;
    keeper.interrupt();
    try {
      keeper.join(ENDING_MAX);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    release();
  }

  private void keep() {
    while (!closed) {
      try {
        Thread.sleep(lookEvery);
        look();
      } catch (InterruptedException e) {
        return;
      } catch (SQLException e) {
        lost(e);
      }
    }
  }

  private void look() throws SQLException {
    LockSession held = session;
    if (held != null && held.alive()) {
      return;
    }
    if (held != null) {
      lost(null);
    }
    Optional<LockSession> again = LockSession.take(url, LockSession.Kind.SHARED);
    session = again.orElse(null);
    if (again.isPresent()) {
      LOG.atInfo().log("store_lock_taken_again");
    } else {
      LOG.atError().log("store_lock_refused");
    }
  }

  /** Said once a loss: while the store is away, everything else says so, too. */
  private void lost(@Nullable SQLException cause) {
    if (session != null && !closed) {
      LOG.atWarn().setCause(cause).log("store_lock_lost");
    }
    release();
  }

  private void release() {
    LockSession held = session;
    session = null;
    if (held != null) {
      held.close();
    }
  }
}
