package io.millrace.server.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Finds the log lines of attempts. */
public interface AttemptLogs {
  /** Nothing is logged. */
  AttemptLogs NONE =
      new AttemptLogs() {
        @Override
        public List<String> lines(long job, int attempt) {
          return List.of();
        }

        @Override
        public List<ObjectNode> events(long job, int attempt) {
          return List.of();
        }
      };

  /** Returns the lines as text, oldest first, within a bound; later calls only ever add lines. */
  List<String> lines(long job, int attempt);

  /** Returns the same lines as the API's {@code LogEvent}s. */
  List<ObjectNode> events(long job, int attempt);
}
