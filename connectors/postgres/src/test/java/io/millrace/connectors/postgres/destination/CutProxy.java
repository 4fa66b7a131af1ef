package io.millrace.connectors.postgres.destination;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands between a destination and its server, and cuts every connection when a word has passed on
 * its way to the server, so that nobody hears the answer.
 */
final class CutProxy implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final ServerSocket listener;
  private final int serverPort;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile String word = "";
  private volatile boolean passWord = true;

  CutProxy(int serverPort) throws IOException {
    this.serverPort = serverPort;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /**
   * Cuts at the next occurrence of a word.
   *
   * @param pass the word still reaches the server
   */
  void cutAt(String nextWord, boolean pass) {
    passWord = pass;
    word = nextWord;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        sockets.add(client);
        sockets.add(server);
        Thread.ofVirtual().start(() -> pump(client, server, true));
        Thread.ofVirtual().start(() -> pump(server, client, false));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void pump(Socket from, Socket to, boolean up) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int length = in.read(buffer); length > 0; length = in.read(buffer)) {
        boolean found =
            up
                && !word.isEmpty()
                && new String(buffer, 0, length, StandardCharsets.ISO_8859_1).contains(word);
        if (found) {
          word = "";
          from.close();
          if (!passWord) {
            return;
          }
        }
        out.write(buffer, 0, length);
        out.flush();
        if (found) {
          to.shutdownOutput();
          in.readAllBytes();
        }
      }
    } catch (IOException cut) {
      // That is what it is for.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
