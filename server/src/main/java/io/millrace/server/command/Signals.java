package io.millrace.server.command;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the system's wish that the process end (Ctrl-C, SIGTERM, a closed terminal): the first asks
 * politely, the second ends the process at once.
 *
 * <p>The JDK has no supported way to hear of signals without ending, so its old one is reached by
 * reflection; where it is missing, a wish ends the process as it always does.
 */
final class Signals {
  private static final Logger LOG = LoggerFactory.getLogger(Signals.class);
  private static final String[] NAMES = {"INT", "TERM", "HUP"};

  private Signals() {}

  /** Calls {@code stop} at the first wish. */
  static void onFirst(Runnable stop) {
    AtomicBoolean asked = new AtomicBoolean();
    Runnable heard =
        () -> {
          if (asked.compareAndSet(false, true)) {
            stop.run();
          } else {
            Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
          }
        };
    for (String name : NAMES) {
      handle(name, heard);
    }
  }

  private static void handle(String name, Runnable heard) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      InvocationHandler invoked =
          (proxy, method, arguments) ->
              switch (method.getName()) {
                case "handle" -> {
                  heard.run();
                  yield null;
                }
                case "hashCode" -> System.identityHashCode(proxy);
                case "equals" ->
                    arguments != null
                        && System.identityHashCode(proxy) == System.identityHashCode(arguments[0]);
                default -> "signal handler";
              };
      Object made =
          Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {handler}, invoked);
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), made);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      LOG.atDebug().setCause(e).addKeyValue("signal", name).log("signal_not_handled");
    }
  }
}
