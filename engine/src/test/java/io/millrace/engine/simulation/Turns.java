package io.millrace.engine.simulation;

/** Lets other threads go first. With one carrier this is exact: each gets its turn. */
final class Turns {
  private Turns() {}

  @SuppressWarnings("ThreadPriorityCheck")
  static void giveWay(int times) {
    for (int i = 0; i < times; i++) {
      Thread.yield();
    }
  }
}
