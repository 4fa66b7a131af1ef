package io.millrace.engine.mapper;

/** One mapper at work on the batches of one partition. Used by one thread. */
@FunctionalInterface
interface Step {
  /** Changes the frame. On failure the frame still owns all of its vectors. */
  void apply(Frame frame);
}
