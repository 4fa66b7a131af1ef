package io.millrace.connectors.postgres.connect;

import io.millrace.connectors.postgres.wire.WireSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.SocketFactory;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/**
 * Makes the sockets of pgjdbc, which instantiates it by name. They are sockets of channels, so that
 * an interrupt ends a wait on any kind of thread, and a dead peer is noticed within two minutes.
 */
public final class PgSocketFactory extends SocketFactory {
  private static final int KEEP_IDLE_SECONDS = 60;
  private static final int KEEP_INTERVAL_SECONDS = 10;
  private static final int KEEP_PROBES = 6;

  /** The newest socket of each connection that is being made; its key is part of the argument. */
  private static final Map<String, AtomicReference<@Nullable WireSocket>> MAKING =
      new ConcurrentHashMap<>();

  private static final AtomicLong KEYS = new AtomicLong();
  private static final char SEPARATOR = '/';

  private final int tunnelPort;
  private final String key;

  /**
   * @param argument the local port of a tunnel through which every socket goes whatever host it is
   *     for, or {@code 0}; then a {@code /} and the key of a {@link Making}
   */
  public PgSocketFactory(String argument) {
    int separator = argument.indexOf(SEPARATOR);
    this.tunnelPort = Integer.parseInt(argument.substring(0, separator));
    this.key = argument.substring(separator + 1);
  }

  /** A connection that is being made: pgjdbc does not tell which socket it uses in the end. */
  static final class Making implements AutoCloseable {
    private final String key = Long.toString(KEYS.incrementAndGet());
    private final AtomicReference<@Nullable WireSocket> socket = new AtomicReference<>();

    Making() {
      MAKING.put(key, socket);
    }

    /** Returns what to give pgjdbc as the factory's argument. */
    String argument(int tunnelPort) {
      return tunnelPort + Character.toString(SEPARATOR) + key;
    }

    /** Returns the socket of the connection that pgjdbc has made. */
    WireSocket socket() {
      return Objects.requireNonNull(socket.get(), "socket");
    }

    @Override
    public void close() {
      MAKING.remove(key);
    }
  }

  @Override
  public Socket createSocket() throws IOException {
    WireSocket socket = open();
    @Nullable AtomicReference<@Nullable WireSocket> making = MAKING.get(key);
    if (making != null) {
      making.set(socket);
    }
    return socket;
  }

  private WireSocket open() throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
      keepAlive(channel);
      if (tunnelPort != 0) {
        channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), tunnelPort));
      }
      return new WireSocket(channel);
    } catch (IOException | RuntimeException failure) {
      channel.close();
      throw failure;
    }
  }

  private static void keepAlive(SocketChannel channel) throws IOException {
    if (channel.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
      channel.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, KEEP_IDLE_SECONDS);
      channel.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, KEEP_INTERVAL_SECONDS);
      channel.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, KEEP_PROBES);
    }
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
      throws IOException {
    return connected(new InetSocketAddress(address, port));
  }

  private Socket connected(InetSocketAddress address) throws IOException {
    Socket socket = createSocket();
    if (!socket.isConnected()) {
      socket.connect(address);
    }
    return socket;
  }
}
