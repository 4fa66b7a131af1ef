package io.millrace.server.training;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Stands between clients and a real PostgreSQL, and writes down who said what. */
final class RecordingProxy implements AutoCloseable {
  private final Recording recording;
  private final int serverPort;
  private final ServerSocket listener;
  private final ChosenId id = new ChosenId();

  RecordingProxy(Recording recording, int serverPort) throws IOException {
    this.recording = recording;
    this.serverPort = serverPort;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Thread.ofVirtual().start(() -> record(client));
      }
    } catch (IOException closed) {
      // Everything is recorded.
    }
  }

  private void record(Socket client) {
    try (client;
        Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort)) {
      OutputStream toClient = client.getOutputStream();
      OutputStream toServer = server.getOutputStream();
      Questions questions = new Questions(new BufferedInputStream(client.getInputStream()));
      DataInputStream answers =
          new DataInputStream(new BufferedInputStream(server.getInputStream()));
      for (String asked = questions.first(toClient); asked != null; asked = questions.next()) {
        id.hear(questions.sent());
        toServer.write(questions.sent());
        byte[] answer = answer(answers);
        recording.add(asked, id.hidden(answer));
        toClient.write(answer);
      }
    } catch (IOException gone) {
      // One of them has ended the connection.
    }
  }

  /** Reads until the server waits: for a question, or for rows. */
  private static byte[] answer(DataInputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream answer = new DataOutputStream(bytes);
    int type;
    do {
      type = in.readUnsignedByte();
      int length = in.readInt();
      answer.write(type);
      answer.writeInt(length);
      answer.write(in.readNBytes(length - Integer.BYTES));
    } while (type != 'Z' && type != 'G');
    return bytes.toByteArray();
  }
}
