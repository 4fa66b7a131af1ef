package io.millrace.server.catalog;

import io.millrace.server.actor.ConnectorCalls;
import io.millrace.server.connector.ConnectorRuntime;
import io.millrace.server.connector.Endpoint;
import io.millrace.server.store.Rows;
import io.millrace.spi.ConfigException;
import io.millrace.spi.Source;
import io.millrace.spi.StreamDescriptor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Asks sources for their streams. Thread-safe. */
final class Discovery {
  /** The most characters of all streams of a source together, which are held at once. */
  private static final long CHARS_MAX = 128L << 20;

  private final ConnectorCalls calls;
  private final Clock clock;

  Discovery(ConnectorCalls calls, Clock clock) {
    this.calls = calls;
    this.clock = clock;
  }

  /**
   * Returns every stream of a source. Connects to it; not to be called in a transaction.
   *
   * @throws io.millrace.spi.ConnectorException when the source fails, takes too long, or has more
   *     streams than can be held
   */
  List<FoundStream> run(Endpoint endpoint) throws InterruptedException {
    return calls.run(
        "The discovery of streams", ConnectorCalls.DISCOVER_MAX, () -> discover(endpoint));
  }

  private List<FoundStream> discover(Endpoint endpoint) throws InterruptedException {
    try (ConnectorRuntime runtime = new ConnectorRuntime(clock, notice -> {});
        Source source = endpoint.source().apply(runtime.context())) {
      Collected collected = new Collected();
      source.discover(collected::add);
      return collected.streams;
    }
  }

  /** Returns what the streams hash to. */
  static String hash(List<FoundStream> streams) {
    MessageDigest digest = sha256();
    for (FoundStream one : streams) {
      digest.update(one.json().getBytes(StandardCharsets.UTF_8));
      digest.update((byte) '\n');
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Returns what a text hashes to. */
  static String hash(String text) {
    return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Collected {
    private final List<FoundStream> streams = new ArrayList<>();
    private long chars;

    void add(StreamDescriptor found) {
      String json = Rows.text(AirbyteStreams.of(found));
      chars += json.length();
      if (chars > CHARS_MAX) {
        throw new ConfigException(
            "catalog_too_large",
            "The source has more streams than can be held ("
                + streams.size()
                + " fit); choose fewer schemas.");
      }
      streams.add(new FoundStream(found.name(), json));
    }
  }
}
