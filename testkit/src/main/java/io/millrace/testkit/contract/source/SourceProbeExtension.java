package io.millrace.testkit.contract.source;

import io.millrace.testkit.contract.ProbeExtension;

/** Gives tests of a {@link SourceSuite} their {@link SourceProbe}. */
public final class SourceProbeExtension extends ProbeExtension<SourceProbe> {
  /** Made by JUnit. */
  public SourceProbeExtension() {
    super(SourceProbe.class);
  }

  @Override
  protected SourceProbe open(Object testInstance) {
    return new SourceProbe(((SourceSuite) testInstance).fixture());
  }
}
