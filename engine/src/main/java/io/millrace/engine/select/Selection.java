package io.millrace.engine.select;

import io.millrace.spi.Notice;
import java.util.List;

/**
 * What a spec selects from a source.
 *
 * @param streams the streams, in the order of their names
 * @param notices what was left out, and what was chosen where the user said nothing
 */
public record Selection(List<SelectedStream> streams, List<Notice> notices) {
  public Selection {
    streams = List.copyOf(streams);
    notices = List.copyOf(notices);
  }
}
