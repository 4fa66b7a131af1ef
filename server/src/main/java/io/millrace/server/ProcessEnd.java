package io.millrace.server;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import jdk.jfr.FlightRecorder;

/**
 * Ends the process without the third of a second for which Java waits, at every end, for threads in
 * native code: the one that polls the sockets of virtual threads is always there.
 *
 * <p>Whoever calls it has closed and flushed everything. Nothing is called back at such an end, so
 * where Flight Recorder has something to write, the end is Java's own.
 */
final class ProcessEnd {
  private static final String EXIT = "_exit";

  private ProcessEnd() {}

  /** Ends the process with this exit code; returns only where that is Java's to do. */
  static void quickly(int code) {
    try {
      if (ProcessEnd.class.getModule().isNativeAccessEnabled() && !FlightRecorder.isInitialized()) {
        Optional<MethodHandle> exit = exit();
        if (exit.isPresent()) {
          exit.get().invokeExact(code);
        }
      }
    } catch (Throwable unable) {
      // Java's own end does the same, only later.
    }
  }

  /** Returns the system's own way to end a process, where Java can find it. */
  @SuppressWarnings("restricted") // The jar says that it calls native code.
  static Optional<MethodHandle> exit() {
    Linker linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find(EXIT)
        .map(at -> linker.downcallHandle(at, FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT)));
  }
}
