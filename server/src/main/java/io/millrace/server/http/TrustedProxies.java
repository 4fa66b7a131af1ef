package io.millrace.server.http;

import io.millrace.spi.ConfigException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The proxies whose word about their callers is taken. Everybody can write an {@code
 * X-Forwarded-For}, so that of others is not read.
 */
public final class TrustedProxies {
  /** Takes nobody's word. */
  public static final TrustedProxies NONE = new TrustedProxies(List.of());

  /** More hops than a request goes through. */
  private static final int HOPS_MAX = 20;

  private final List<Network> networks;

  private TrustedProxies(List<Network> networks) {
    this.networks = List.copyOf(networks);
  }

  private record Network(InetAddress address, int bits) {
    boolean has(InetAddress other) {
      byte[] mine = address.getAddress();
      byte[] its = other.getAddress();
      if (mine.length != its.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % Byte.SIZE);
        if ((mine[bit / Byte.SIZE] & mask) != (its[bit / Byte.SIZE] & mask)) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * Reads addresses and networks with commas between them, such as {@code 127.0.0.1,10.0.0.0/8}.
   *
   * @throws ConfigException when one is neither
   */
  public static TrustedProxies parse(String text) {
    List<Network> networks = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      if (!part.isBlank()) {
        networks.add(network(part.strip()));
      }
    }
    return new TrustedProxies(networks);
  }

  /** Tells whether an address is one of them. */
  boolean has(String address) {
    return literal(address).filter(this::has).isPresent();
  }

  /**
   * Returns who made a request: the last address of the way it came that is no trusted proxy.
   *
   * @param peer who connected
   * @param forwardedFor the values of {@code X-Forwarded-For} in their order
   */
  String client(String peer, List<String> forwardedFor) {
    String client = peer;
    List<String> hops = List.of(String.join(",", forwardedFor).split(",", -1));
    int first = Math.max(0, hops.size() - HOPS_MAX);
    for (int i = hops.size() - 1; i >= first && has(client); i--) {
      Optional<InetAddress> hop = literal(withoutPort(hops.get(i).strip()));
      if (hop.isEmpty()) {
        return client;
      }
      client = hop.get().getHostAddress();
    }
    return client;
  }

  private boolean has(InetAddress address) {
    return networks.stream().anyMatch(network -> network.has(address));
  }

  private static Network network(String text) {
    int slash = text.indexOf('/');
    InetAddress address =
        literal(slash < 0 ? text : text.substring(0, slash)).orElseThrow(() -> wrong(text));
    int most = address.getAddress().length * Byte.SIZE;
    if (slash < 0) {
      return new Network(address, most);
    }
    long bits = Scalars.whole(text.substring(slash + 1)).orElseThrow(() -> wrong(text));
    if (bits < 0 || bits > most) {
      throw wrong(text);
    }
    return new Network(address, (int) bits);
  }

  private static String withoutPort(String hop) {
    int bracket = hop.indexOf(']');
    if (hop.startsWith("[") && bracket > 0) {
      return hop.substring(1, bracket);
    }
    int colon = hop.indexOf(':');
    return colon >= 0 && colon == hop.lastIndexOf(':') ? hop.substring(0, colon) : hop;
  }

  private static Optional<InetAddress> literal(String text) {
    String bare =
        text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    try {
      return Optional.of(InetAddress.ofLiteral(bare));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static ConfigException wrong(String text) {
    return new ConfigException(
        "arguments",
        "--trusted-proxy has \""
            + text
            + "\"; expected addresses or networks with commas between them, such as"
            + " 127.0.0.1,10.0.0.0/8.");
  }
}
