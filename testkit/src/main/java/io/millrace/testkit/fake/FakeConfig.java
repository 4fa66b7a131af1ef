package io.millrace.testkit.fake;

import io.millrace.spi.config.Field;
import io.millrace.spi.config.Secret;

/**
 * The configuration of fakes opened through their definitions.
 *
 * @param host {@value #HOST}; {@code down} refuses every call for a while, any other is unknown
 * @param password {@value #PASSWORD}
 */
public record FakeConfig(
    @Field(title = "Host", help = "Where the fake lives.", examples = "fake") String host,
    @Field(title = "Password", help = "What the fake wants to hear.") Secret password) {
  /** The only host there is. */
  public static final String HOST = "fake";

  /** The only right password. */
  public static final String PASSWORD = "open sesame";

  /** Returns what goes wrong with this configuration. */
  FaultPlan faults(FaultPlan whenRight) {
    if (host.equals("down")) {
      return FaultPlan.of((step, call) -> Fault.transientFailure());
    }
    if (!host.equals(HOST)) {
      return FaultPlan.of((step, call) -> Fault.wrongHost(host));
    }
    return password.value().equals(PASSWORD)
        ? whenRight
        : FaultPlan.of((step, call) -> Fault.wrongPassword());
  }
}
