package io.millrace.testkit.contract;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each contract test a probe of its own, and closes it afterwards, which fails a test that
 * leaks.
 *
 * @param <P> the probe
 */
public abstract class ProbeExtension<P extends AutoCloseable>
    implements ParameterResolver, AfterEachCallback {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(ProbeExtension.class);

  private final Class<P> type;

  /** Makes the extension for one class of probes. */
  protected ProbeExtension(Class<P> type) {
    this.type = type;
  }

  /** Makes the probe for a test of this instance. */
  protected abstract P open(Object testInstance);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == type;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    P probe = open(context.getRequiredTestInstance());
    context.getStore(NAMESPACE).put(type, probe);
    return probe;
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    @Nullable P probe = context.getStore(NAMESPACE).remove(type, type);
    if (probe != null) {
      probe.close();
    }
  }
}
