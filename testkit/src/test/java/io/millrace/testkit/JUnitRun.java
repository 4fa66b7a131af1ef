package io.millrace.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * What became of a test class that was run inside a test.
 *
 * @param passed the display names of the tests that passed
 * @param failures the failed ones, with their causes
 */
public record JUnitRun(List<String> passed, Map<String, Throwable> failures) {
  private static final ThreadLocal<Boolean> ACTIVE = ThreadLocal.withInitial(() -> false);

  /** Tells whether the calling test runs inside another; one that must fail asks this first. */
  public static boolean active() {
    return ACTIVE.get();
  }

  /** Runs every test of a class on this thread. */
  public static JUnitRun of(Class<?> testClass) {
    return run(testClass, name -> true);
  }

  /** Runs the test of a class that has this method name, with each of its parameters. */
  public static JUnitRun of(Class<?> testClass, String method) {
    return run(testClass, method::equals);
  }

  private static JUnitRun run(Class<?> testClass, Predicate<String> methods) {
    List<String> passed = new CopyOnWriteArrayList<>();
    Map<String, Throwable> failures = new LinkedHashMap<>();
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(DiscoverySelectors.selectClass(testClass))
            .filters(only(methods))
            .build();
    ACTIVE.set(true);
    try {
      LauncherFactory.create().execute(request, new Recorder(passed, failures));
    } finally {
      ACTIVE.remove();
    }
    return new JUnitRun(passed, failures);
  }

  private static PostDiscoveryFilter only(Predicate<String> methods) {
    return descriptor ->
        FilterResult.includedIf(
            descriptor
                .getSource()
                .filter(MethodSource.class::isInstance)
                .map(MethodSource.class::cast)
                .map(source -> methods.test(source.getMethodName()))
                .orElse(true));
  }

  /** Returns why a test failed. */
  public Throwable failure(String test) {
    return Objects.requireNonNull(failures.get(test), () -> test + " did not fail");
  }

  private record Recorder(List<String> passed, Map<String, Throwable> failures)
      implements TestExecutionListener {
    @Override
    public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
      if (result.getThrowable().isPresent()
          && result.getStatus() == TestExecutionResult.Status.FAILED) {
        failures.put(identifier.getDisplayName(), result.getThrowable().get());
      } else if (identifier.isTest()
          && result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
        passed.add(identifier.getDisplayName());
      }
    }
  }
}
