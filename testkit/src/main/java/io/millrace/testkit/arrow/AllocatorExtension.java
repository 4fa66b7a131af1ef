package io.millrace.testkit.arrow;

import java.util.Objects;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test a root allocator of its own, and fails a test that leaves memory allocated in it.
 *
 * <p>Use it as {@code @ExtendWith(AllocatorExtension.class)} with a parameter of type {@link
 * BufferAllocator}, or as a {@code @RegisterExtension} field with {@link #allocator}. The check
 * comes after the test's own {@code @AfterEach} methods.
 */
public final class AllocatorExtension
    implements BeforeEachCallback, AfterEachCallback, ParameterResolver {
  /** The memory one test may hold, in bytes. */
  public static final long LIMIT_BYTES = 512L << 20;

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(AllocatorExtension.class);
  private static final int DETAILS_CHARS_MAX = 2_000;

  private volatile @Nullable BufferAllocator current;

  /** Returns the allocator of the test that runs; only for a field of the test's own instance. */
  public BufferAllocator allocator() {
    return Objects.requireNonNull(current, "No test runs.");
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    BufferAllocator allocator = new RootAllocator(LIMIT_BYTES);
    context.getStore(NAMESPACE).put(BufferAllocator.class, allocator);
    current = allocator;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    current = null;
    BufferAllocator allocator = of(context);
    String details = describe(allocator);
    try {
      allocator.close();
    } catch (IllegalStateException e) {
      throw new AssertionError(
          "The test \"%s\" of %s left Arrow memory allocated: %s"
              .formatted(context.getDisplayName(), context.getRequiredTestClass(), details),
          e);
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == BufferAllocator.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return of(context);
  }

  private static BufferAllocator of(ExtensionContext context) {
    return Objects.requireNonNull(
        context.getStore(NAMESPACE).get(BufferAllocator.class, BufferAllocator.class));
  }

  private static String describe(BufferAllocator allocator) {
    String details = allocator.toVerboseString();
    return details.length() <= DETAILS_CHARS_MAX
        ? details
        : details.substring(0, DETAILS_CHARS_MAX) + "...";
  }
}
