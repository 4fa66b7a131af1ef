package io.millrace.engine.run;

import io.millrace.engine.Failure;
import io.millrace.engine.Failure.Origin;
import io.millrace.engine.Failure.Stage;
import org.jspecify.annotations.Nullable;

/** Carries a sorted failure, with where it happened, up to the stream that decides about it. */
final class StageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  private StageException(Failure failure) {
    super(failure.message(), failure.cause());
    this.failure = failure;
  }

  Failure failure() {
    return failure;
  }

  /** A call into a connector. */
  interface Call<T extends @Nullable Object> {
    T run() throws InterruptedException;
  }

  /** Makes a call; whatever it throws leaves as a StageException, but an interrupt as it is. */
  static <T extends @Nullable Object> T at(Origin origin, Stage stage, Call<T> call)
      throws InterruptedException {
    try {
      return call.run();
    } catch (StageException e) {
      throw e;
    } catch (RuntimeException | OutOfMemoryError e) {
      throw new StageException(Failure.of(e, origin, stage));
    }
  }
}
