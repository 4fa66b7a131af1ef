package io.millrace.engine.simulation;

import io.millrace.engine.Cancellation;
import io.millrace.testkit.fake.Fault;
import io.millrace.testkit.fake.FaultPlan;
import io.millrace.testkit.fake.SimulatedCrash;
import io.millrace.testkit.fake.Step;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong in one process, drawn from the seed. Every step of the fakes and of the store
 * asks it; it lets the world look at itself each time.
 */
final class Chaos implements FaultPlan.Chooser {
  private static final int STEPS_TYPICAL = 120;
  private static final int YIELDS_MAX = 5;
  private static final int YIELDS_UNTIL_CANCEL = 300;
  private static final Set<Step> CANNOT_FAIL =
      EnumSet.of(Step.ADVANCE, Step.CHECKPOINT, Step.OPENED, Step.DISCARDED);
  private static final Set<Step> CANNOT_STALL = EnumSet.of(Step.ADVANCE, Step.CHECKPOINT);
  private static final Set<Step> MAY_BE_UNKNOWN =
      EnumSet.of(Step.COMMIT, Step.COMMITTED, Step.FINISH, Step.FINISHED, Step.DISCARDED);

  private final Random random;
  private final Nature nature;
  private final World world;
  private final Trace trace;
  private final Cancellation cancellation = new Cancellation();
  private final FaultPlan plan = FaultPlan.of(this);
  private final int dieAt;
  private int steps;

  Chaos(Random random, Nature nature, World world, Trace trace) {
    this.random = random;
    this.nature = nature;
    this.world = world;
    this.trace = trace;
    boolean dies = nature == Nature.DIES || (nature == Nature.WILD && random.nextInt(3) == 0);
    this.dieAt = dies ? 1 + random.nextInt(STEPS_TYPICAL) : Integer.MAX_VALUE;
  }

  FaultPlan plan() {
    return plan;
  }

  Cancellation cancellation() {
    return cancellation;
  }

  Nature nature() {
    return nature;
  }

  @Override
  public @Nullable Fault choose(Step step, int call) {
    synchronized (random) {
      Fault fault = fault(step);
      trace.add(step + " " + call + (fault == null ? "" : " " + name(fault)));
      world.observe();
      return fault;
    }
  }

  /** Passes a step of the engine's memory, at which a process can die. */
  void storeStep(String what) {
    boolean dies;
    synchronized (random) {
      dies = ++steps == dieAt;
      trace.add("store: " + what + (dies ? " DIES" : ""));
    }
    if (dies) {
      plan.crash(Step.ADVANCE);
    }
    if (plan.crashed()) {
      throw new SimulatedCrash(Step.ADVANCE);
    }
  }

  private @Nullable Fault fault(Step step) {
    if (++steps == dieAt) {
      return new Fault.Crash();
    }
    @Nullable Fault drawn =
        switch (nature) {
          case CALM, DIES, FULL -> null;
          case FLAKY -> flaky(step, 25);
          case HANGS -> hanging(step, 60);
          case BROKEN -> broken(step, 60);
          case WILD -> wild(step);
        };
    return drawn != null ? drawn : disturbance();
  }

  private @Nullable Fault wild(Step step) {
    return switch (random.nextInt(3)) {
      case 0 -> flaky(step, 40);
      case 1 -> hanging(step, 200);
      default -> broken(step, 200);
    };
  }

  private @Nullable Fault flaky(Step step, int oneIn) {
    if (random.nextInt(oneIn) != 0) {
      return null;
    }
    if (MAY_BE_UNKNOWN.contains(step)) {
      return Fault.outcomeUnknown();
    }
    return CANNOT_FAIL.contains(step) ? null : Fault.transientFailure();
  }

  private @Nullable Fault broken(Step step, int oneIn) {
    if (random.nextInt(oneIn) != 0 || CANNOT_FAIL.contains(step)) {
      return null;
    }
    return random.nextBoolean() ? Fault.configFailure() : Fault.systemFailure();
  }

  private @Nullable Fault hanging(Step step, int oneIn) {
    if (random.nextInt(oneIn) != 0) {
      return null;
    }
    if (CANNOT_STALL.contains(step) || random.nextBoolean()) {
      return new Fault.Run(cancellation::request);
    }
    Thread.ofVirtual().name("impatient").start(this::cancelInAWhile);
    return new Fault.Stall();
  }

  private void cancelInAWhile() {
    Turns.giveWay(YIELDS_UNTIL_CANCEL);
    cancellation.request();
  }

  /** Lets time pass, others go first, or the source change: nothing that may fail a sync. */
  private @Nullable Fault disturbance() {
    int drawn = random.nextInt(100);
    if (drawn < 20) {
      int yields = 1 + random.nextInt(YIELDS_MAX);
      return new Fault.Run(() -> Turns.giveWay(yields));
    }
    if (drawn < 30) {
      Duration time = Duration.ofSeconds(random.nextInt(12));
      return new Fault.Run(() -> world.clock().advance(time));
    }
    if (drawn < 32 && world.changesWhileRunning()) {
      long seed = random.nextLong();
      return new Fault.Run(() -> world.change(new Random(seed)));
    }
    return null;
  }

  private static String name(Fault fault) {
    return switch (fault) {
      case Fault.Fail(var cause) -> "FAILS " + cause.get().getMessage();
      case Fault.Crash() -> "DIES";
      case Fault.Stall() -> "STALLS";
      case Fault.Run(Runnable ignored) -> "(disturbed)";
      case Fault.Repeat() -> "repeats";
    };
  }
}
