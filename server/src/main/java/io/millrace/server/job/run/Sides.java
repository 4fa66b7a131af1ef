package io.millrace.server.job.run;

import io.millrace.engine.Failure;
import io.millrace.engine.SyncSpec;

/** Finds out which side failed where a sync could not begin. */
final class Sides {
  private volatile boolean openingDestination;

  /** Returns the spec, whose opening is watched. */
  SyncSpec watched(SyncSpec spec) {
    return new SyncSpec(
        spec.connectionId(),
        spec.source(),
        context -> {
          openingDestination = true;
          var opened = spec.destination().apply(context);
          openingDestination = false;
          return opened;
        },
        spec.streams(),
        spec.defaults(),
        spec.namespace(),
        spec.prefix(),
        spec.schemaChanges(),
        spec.replaced(),
        spec.emptying(),
        spec.job());
  }

  /** Returns the side; after a failure. Before rows move, what is not the destination is found. */
  Failure.Origin failed() {
    return openingDestination ? Failure.Origin.DESTINATION : Failure.Origin.SOURCE;
  }
}
