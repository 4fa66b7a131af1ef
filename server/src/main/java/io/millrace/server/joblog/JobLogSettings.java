package io.millrace.server.joblog;

/**
 * The bounds of jobs' logs.
 *
 * @param attemptBytesMax an attempt's log takes so many bytes; then only warnings, up to twice that
 * @param segmentBytes a segment is compressed at so many bytes
 * @param totalBytesMax all logs together on disk; the oldest jobs' go first
 * @param jobsSearchedMax a search looks at so many jobs, the newest first
 * @param linesFoundMax a search and an answer carry so many lines
 */
public record JobLogSettings(
    long attemptBytesMax,
    long segmentBytes,
    long totalBytesMax,
    int jobsSearchedMax,
    int linesFoundMax) {
  /** The defaults. */
  public static final JobLogSettings DEFAULT =
      new JobLogSettings(16L << 20, 1L << 20, 1L << 30, 1_000, 2_000);
}
