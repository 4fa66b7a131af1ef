package io.millrace.testkit.contract.destination;

import io.millrace.testkit.contract.ProbeExtension;

/** Gives tests of a {@link DestinationSuite} their {@link DestinationProbe}. */
public final class DestinationProbeExtension extends ProbeExtension<DestinationProbe> {
  /** Made by JUnit. */
  public DestinationProbeExtension() {
    super(DestinationProbe.class);
  }

  @Override
  protected DestinationProbe open(Object testInstance) {
    return new DestinationProbe(((DestinationSuite) testInstance).fixture());
  }
}
