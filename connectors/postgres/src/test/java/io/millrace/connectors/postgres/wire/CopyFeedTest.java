package io.millrace.connectors.postgres.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The data of a COPY, cut at every place, with everything between that a server may send. */
final class CopyFeedTest {
  private static final List<String> ROWS = List.of("one", "", "three and more", "4");
  private static final String END = "COPY 4";

  @Test
  void everyCutGivesTheSameMessages() throws Exception {
    byte[] sent = ended(new ServerBytes().message('H', "\1\0\0").rows(ROWS));
    for (int cut = 0; cut <= sent.length; cut++) {
      assertThat(read(sent, cut, Integer.MAX_VALUE)).as("cut at %d", cut).isEqualTo(ROWS);
    }
    for (int most = 1; most <= 40; most++) {
      assertThat(read(sent, 0, most)).as("pieces of %d", most).isEqualTo(ROWS);
    }
  }

  @Test
  void noticesAndParametersBetweenTheRowsAreLeftToTheDriver() throws Exception {
    for (char type : new char[] {'N', 'S', 'A'}) {
      byte[] sent =
          ended(
              new ServerBytes()
                  .message('H', "\1\0\0")
                  .rows(ROWS.subList(0, 2))
                  .message(type, "something else")
                  .rows(ROWS.subList(2, 4)));
      for (int cut = 0; cut <= sent.length; cut++) {
        assertThat(read(sent, cut, Integer.MAX_VALUE)).as("cut at %d", cut).isEqualTo(ROWS);
      }
      assertThat(read(sent, 0, 1)).isEqualTo(ROWS);
    }
  }

  @Test
  void anErrorBetweenTheRowsIsTheDriversError() {
    byte[] sent =
        new ServerBytes().message('H', "\1\0\0").rows(ROWS).message('E', "division").bytes();
    for (int cut = 0; cut <= sent.length; cut++) {
      int at = cut;
      SQLException failure =
          catchThrowableOfType(SQLException.class, () -> read(sent, at, Integer.MAX_VALUE));
      assertThat(failure.getMessage()).isEqualTo("division");
      assertThat(failure.getSQLState()).isEqualTo("22012");
    }
  }

  @Test
  void aConnectionThatEndsAnywhereIsLost() {
    byte[] whole = new ServerBytes().message('H', "\1\0\0").rows(ROWS).bytes();
    int begun = 1 + Integer.BYTES + 3;
    for (int end = begun; end <= whole.length; end++) {
      byte[] sent = new byte[end];
      System.arraycopy(whole, 0, sent, 0, end);
      SQLException failure =
          catchThrowableOfType(SQLException.class, () -> read(sent, 0, Integer.MAX_VALUE));
      assertThat(failure.getSQLState()).as("ended after %d", end).isEqualTo("08006");
    }
  }

  @Test
  void messagesBeyondTheBlockComeWhole() throws Exception {
    List<String> rows =
        IntStream.of(5, CopyFeed.BLOCK_BYTES - 5, CopyFeed.BLOCK_BYTES, 3 * CopyFeed.BLOCK_BYTES, 7)
            .mapToObj(length -> Integer.toString(length % 10).repeat(length))
            .toList();
    byte[] sent = ended(new ServerBytes().message('H', "\1\0\0").rows(rows));
    for (int most : new int[] {1000, 8192, CopyFeed.BLOCK_BYTES, Integer.MAX_VALUE}) {
      assertThat(read(sent, 0, most)).isEqualTo(rows);
    }
  }

  @Test
  void aLengthThatCannotBeIsTheDriversToRefuse() {
    byte[] sent = new ServerBytes().message('H', "\1\0\0").rows(ROWS).bytes();
    sent[sent.length - 2] = 1;
    assertThat(catchThrowableOfType(Exception.class, () -> read(sent, 0, 9))).isNotNull();
  }

  @Test
  void theDriverHoldsNothingBehindTheMessageItWaitedFor() throws Exception {
    byte[] sent =
        new ServerBytes().message('R', "\0\0\0\0").message('H', "\1\0\0").rows(ROWS).bytes();
    for (int cut = 0; cut <= sent.length; cut++) {
      WireInput wire = new WireInput(ServerBytes.pieces(sent, cut, Integer.MAX_VALUE));
      assertThat(new Driver(wire).skip()).isEqualTo('R');
      wire.exact(true);
      byte[] greedy = new byte[8192];
      int at = 0;
      while (!wire.endsWith('H')) {
        at += wire.read(greedy, at, greedy.length - at);
      }
      assertThat(at).isEqualTo(1 + Integer.BYTES + 3);
    }
  }

  @Test
  void anEncryptedConnectionIsLeftToTheDriver() throws Exception {
    ServerFrames refused = new ServerFrames();
    byte[] plain = new ServerBytes().message('R', "\0\0\0\0").bytes();
    refused.pass(new byte[] {'N', 'N'}, 0, 2);
    refused.pass(plain, 0, plain.length);
    assertThat(refused.endsWith('R')).isTrue();
    ServerFrames accepted = new ServerFrames();
    accepted.pass(new byte[] {'S'}, 0, 1);
    accepted.pass(plain, 0, plain.length);
    assertThat(accepted.known()).isFalse();
  }

  private static byte[] ended(ServerBytes sent) {
    return sent.message('c', "").message('C', END).message('Z', "T").bytes();
  }

  /** Reads a COPY from behind its response to its end. */
  private static List<String> read(byte[] sent, int cut, int most)
      throws SQLException, IOException {
    WireInput wire = new WireInput(ServerBytes.pieces(sent, cut, most));
    wire.exact(true);
    Driver driver = new Driver(wire);
    assertThat(driver.skip()).isEqualTo('H');
    wire.exact(false);
    assertThat(wire.endsWith('H')).isTrue();
    CopyFeed feed = new CopyFeed(driver, wire);
    List<String> rows = new ArrayList<>();
    do {
      while (feed.next()) {
        int length = feed.to() - feed.from();
        rows.add(new String(feed.bytes(), feed.from(), length, StandardCharsets.UTF_8));
      }
    } while (feed.receive());
    return rows;
  }
}
