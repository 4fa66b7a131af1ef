package io.millrace.testkit.contract.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.ConfiguredStream;
import io.millrace.spi.Partition;
import io.millrace.spi.PartitionProgress;
import io.millrace.spi.RejectedRow;
import io.millrace.spi.Resumption;
import io.millrace.spi.Source;
import io.millrace.spi.StreamPlan;
import io.millrace.spi.StreamState;
import io.millrace.testkit.arrow.Row;
import io.millrace.testkit.contract.JsonText;
import io.millrace.testkit.contract.Sentences;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream as the engine does, without writing it anywhere: what a checkpoint covers counts
 * as durable, and is all that is left after an interruption. Checks the calling contract on the
 * way. Used by one thread.
 */
public final class Reading implements AutoCloseable {
  private static final String ID_FORM = "[A-Za-z0-9._-]{1,100}";

  private final SourceProbe probe;
  private final ConfiguredStream stream;
  private final @Nullable StreamState before;
  private final Source source;
  private final StreamPlan plan;
  private final List<Piece> pieces = new ArrayList<>();
  private boolean restarted;
  private int turn;

  private Reading(
      SourceProbe probe,
      Source source,
      ConfiguredStream stream,
      @Nullable StreamState before,
      StreamPlan plan) {
    this.probe = probe;
    this.source = source;
    this.stream = stream;
    this.before = before;
    this.plan = plan;
    checkPlan();
  }

  static Reading begin(
      SourceProbe probe, Source source, ConfiguredStream stream, @Nullable StreamState before)
      throws InterruptedException {
    Reading reading = new Reading(probe, source, stream, before, source.plan(stream, before));
    for (Partition partition : reading.plan.partitions()) {
      reading.pieces.add(new Piece(probe, partition));
    }
    return reading;
  }

  /**
   * Ends this reading as a crash would, and goes on with another source from what is durable. Keeps
   * nothing when the source answers that the stream begins again.
   */
  public Reading resume(Source fresh) throws InterruptedException {
    close();
    Resumption answer = fresh.resume(stream, before, progress());
    Reading next = new Reading(probe, fresh, stream, before, answer.plan());
    next.restarted = answer instanceof Resumption.Restart;
    if (next.restarted) {
      assertThat(stream.mode().writeMode().staged())
          .as("a read begins again only for staged write modes, not for %s", stream.mode())
          .isTrue();
    } else {
      Set<String> kept = new HashSet<>();
      answer.partitions().forEach(partition -> kept.add(partition.id()));
      assertThat(kept)
          .as("a resumed plan keeps every partition")
          .containsAll(pieces.stream().map(piece -> piece.partition().id()).toList());
    }
    for (Partition partition : answer.partitions()) {
      next.pieces.add(next.restarted ? new Piece(probe, partition) : inherit(partition));
    }
    return probe.bench().keep(next);
  }

  private Piece inherit(Partition partition) {
    return pieces.stream()
        .filter(piece -> piece.partition().id().equals(partition.id()))
        .findFirst()
        .map(piece -> piece.inheritedBy(partition))
        .orElseGet(() -> new Piece(probe, partition));
  }

  /** Tells whether the source answered the resumption with a new beginning. */
  public boolean restarted() {
    return restarted;
  }

  /** Returns the plan being read. */
  public StreamPlan plan() {
    return plan;
  }

  /** Reads one batch, partition after partition; false when everything is read. */
  public boolean step() throws InterruptedException {
    for (Piece piece : pieces) {
      if (!piece.done()) {
        piece.step(source, stream, plan.schema());
        return true;
      }
    }
    return false;
  }

  /** Reads one batch, of another partition each time; false when everything is read. */
  public boolean stepAround() throws InterruptedException {
    for (int i = 0; i < pieces.size(); i++) {
      Piece piece = pieces.get(turn++ % pieces.size());
      if (!piece.done()) {
        piece.step(source, stream, plan.schema());
        return true;
      }
    }
    return false;
  }

  /** Reads everything that is left, partition after partition. */
  public void toEnd() throws InterruptedException {
    boolean more = true;
    while (more) {
      more = step();
    }
  }

  /** Returns the number of batches read by this reading. */
  public int batches() {
    return pieces.stream().mapToInt(Piece::batches).sum();
  }

  /** Returns every row read so far, inherited ones included. */
  public List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    pieces.forEach(piece -> rows.addAll(piece.rows()));
    return rows;
  }

  /** Returns every row that could not be carried. */
  public List<RejectedRow> rejected() {
    List<RejectedRow> rejected = new ArrayList<>();
    pieces.forEach(piece -> rejected.addAll(piece.rejected()));
    return rejected;
  }

  /** Returns what is durable of every partition. */
  public List<PartitionProgress> progress() {
    return pieces.stream().map(Piece::progress).toList();
  }

  /** Returns the state of the next sync; everything must be read. */
  public StreamState advance() {
    StreamState state = source.advance(stream, before, progress());
    checkToken("state", state.token());
    return state;
  }

  /** Closes every reader. What no checkpoint covers is forgotten by {@link #resume}. */
  @Override
  public void close() {
    pieces.forEach(Piece::close);
  }

  private void checkPlan() {
    assertThat(SourceProbe.names(plan.schema()))
        .as("the fields of the plan's schema are the chosen columns in their order")
        .isEqualTo(stream.columns());
    Set<String> ids = new HashSet<>();
    for (Partition partition : plan.partitions()) {
      assertThat(partition.id()).as("a partition's id").matches(ID_FORM);
      assertThat(ids.add(partition.id())).as("%s is unique", partition.id()).isTrue();
      assertThat(partition.description()).as("a partition's description").isNotBlank();
      assertThat(partition.estimatedRows()).as("estimated rows").isGreaterThanOrEqualTo(-1);
      assertThat(partition.estimatedBytes()).as("estimated bytes").isGreaterThanOrEqualTo(-1);
      checkToken("partition", partition.token());
    }
  }

  private void checkToken(String what, String token) {
    checkToken(probe, what, token);
  }

  static void checkToken(SourceProbe probe, String what, String token) {
    try {
      JsonText.parse(token);
    } catch (IllegalArgumentException e) {
      throw new AssertionError("The token of a " + what + " must be JSON text: " + token, e);
    }
    Sentences.assertHidden("the token of a " + what, token, probe.fixture().secrets());
  }
}
