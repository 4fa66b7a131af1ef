package io.millrace.connectors.postgres.connect;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import javax.net.SocketFactory;
import jdk.net.ExtendedSocketOptions;

/**
 * Makes the sockets of pgjdbc, which instantiates it by name. They are sockets of channels, so that
 * an interrupt ends a wait on any kind of thread, and a dead peer is noticed within two minutes.
 */
public final class PgSocketFactory extends SocketFactory {
  private static final int KEEP_IDLE_SECONDS = 60;
  private static final int KEEP_INTERVAL_SECONDS = 10;
  private static final int KEEP_PROBES = 6;

  private final int tunnelPort;

  /**
   * @param tunnelPort the local port of a tunnel through which every socket goes whatever host it
   *     is for, or {@code 0}
   */
  public PgSocketFactory(String tunnelPort) {
    this.tunnelPort = Integer.parseInt(tunnelPort);
  }

  @Override
  public Socket createSocket() throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
      keepAlive(channel);
      if (tunnelPort != 0) {
        channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), tunnelPort));
      }
      return channel.socket();
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
