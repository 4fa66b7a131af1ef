package io.millrace.testkit.fake;

import io.millrace.spi.ConfigException;
import io.millrace.spi.OutcomeUnknownException;
import io.millrace.spi.SystemException;
import io.millrace.spi.TransientException;
import java.util.function.Supplier;

/** What goes wrong at a {@link Step}. */
public sealed interface Fault {
  /** The call throws. */
  record Fail(Supplier<? extends RuntimeException> cause) implements Fault {}

  /** The process dies: this call and every later one on the plan throws {@link SimulatedCrash}. */
  record Crash() implements Fault {}

  /** The call blocks until it is interrupted or its object is closed. */
  record Stall() implements Fault {}

  /** Something else happens first, such as time passing or another writer committing. */
  record Run(Runnable action) implements Fault {}

  /** A reader hands out the batch it handed out last once more, against the contract. */
  record Repeat() implements Fault {}

  /** Returns a failure that may be cured by time, code {@code fake_transient}. */
  static Fault transientFailure() {
    return new Fail(
        () ->
            new TransientException(
                "fake_transient", "The fake is away; it may be back soon.", "", null));
  }

  /** Returns a failure the user must cure, code {@code fake_config}. */
  static Fault configFailure() {
    return new Fail(() -> new ConfigException("fake_config", "The fake is set up wrongly."));
  }

  /** Returns a failure nobody has sorted, code {@code fake_system}. */
  static Fault systemFailure() {
    return new Fail(() -> new SystemException("fake_system", "The fake is broken."));
  }

  /** Returns a failure that leaves open what happened, code {@code fake_unknown}. */
  static Fault outcomeUnknown() {
    return new Fail(
        () -> new OutcomeUnknownException("fake_unknown", "The fake did not answer in time."));
  }

  /** Returns the failure of a host that nobody knows, code {@code unknown_host}. */
  static Fault wrongHost(String host) {
    return new Fail(
        () ->
            new ConfigException(
                "unknown_host",
                "There is no host \"%s\"; set the field host to \"%s\"."
                    .formatted(host, FakeConfig.HOST)));
  }

  /** Returns the failure of a wrong password, code {@code auth}. */
  static Fault wrongPassword() {
    return new Fail(
        () -> new ConfigException("auth", "The fake refused the password; correct it."));
  }
}
