package io.millrace.testkit.fake;

import io.millrace.spi.TransientException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Says what goes wrong when; one plan is the life of one simulated process, shared by its source
 * and its destination. Thread-safe.
 */
public final class FaultPlan {
  /** Chooses the fault of a call, or null for none. Called once per call, under a lock. */
  @FunctionalInterface
  public interface Chooser {
    /**
     * Returns the fault of a call, or null when all is well.
     *
     * @param step the point reached
     * @param call how often the point was reached in this process, from 1
     */
    @Nullable Fault choose(Step step, int call);
  }

  private final Chooser chooser;
  private final Map<Step, Integer> calls = new EnumMap<>(Step.class);
  private final Map<Step, Map<Integer, Fault>> planned = new EnumMap<>(Step.class);
  private @Nullable Step crashedAt;

  private FaultPlan(Chooser chooser) {
    this.chooser = chooser;
  }

  /** Makes a plan in which nothing goes wrong until {@link #at} says so. */
  public static FaultPlan none() {
    return new FaultPlan((step, call) -> null);
  }

  /** Makes a plan that asks at every step. */
  public static FaultPlan of(Chooser chooser) {
    return new FaultPlan(chooser);
  }

  /** Plans a fault for the n-th time, from 1, that a step is reached. Returns this plan. */
  public synchronized FaultPlan at(Step step, int call, Fault fault) {
    planned.computeIfAbsent(step, _ -> new HashMap<>()).put(call, fault);
    return this;
  }

  /** Kills the process from outside: every later call throws {@link SimulatedCrash}. */
  public synchronized void crash(Step at) {
    if (crashedAt == null) {
      crashedAt = at;
    }
  }

  /** Tells whether the process is dead. */
  public synchronized boolean crashed() {
    return crashedAt != null;
  }

  /** Returns how often a step was reached. */
  public synchronized int calls(Step step) {
    return calls.getOrDefault(step, 0);
  }

  /**
   * Passes a step.
   *
   * @param closed ends a stall
   * @return whether the last batch is to be handed out again
   */
  boolean pass(Step step, CountDownLatch closed) throws InterruptedException {
    Fault fault = next(step);
    if (fault instanceof Fault.Stall) {
      closed.await();
      throw new TransientException("fake_closed", "The fake was closed while it worked.", "", null);
    }
    play(step, fault);
    return fault instanceof Fault.Repeat;
  }

  /** Passes a step that cannot block. */
  void pass(Step step) {
    play(step, next(step));
  }

  private void play(Step step, @Nullable Fault fault) {
    switch (fault) {
      case null -> {}
      case Fault.Fail(var cause) -> throw cause.get();
      case Fault.Crash() -> {
        crash(step);
        throw new SimulatedCrash(step);
      }
      case Fault.Run(Runnable action) -> action.run();
      case Fault.Repeat() -> {}
      case Fault.Stall() -> throw new IllegalStateException(step + " cannot stall");
    }
    checkAlive();
  }

  private synchronized @Nullable Fault next(Step step) {
    checkAlive();
    int call = calls.merge(step, 1, Integer::sum);
    Fault fault = planned.getOrDefault(step, Map.of()).get(call);
    return fault != null ? fault : chooser.choose(step, call);
  }

  private synchronized void checkAlive() {
    if (crashedAt != null) {
      throw new SimulatedCrash(crashedAt);
    }
  }
}
