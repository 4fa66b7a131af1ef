package io.millrace.server.training;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Speaks PostgreSQL's protocol on this machine's loopback and gives recorded answers. What nobody
 * recorded is refused with an error, and a client that says nothing for {@value #SILENCE_MS_MAX} ms
 * is left.
 */
public final class RecordedPostgres implements AutoCloseable {
  private static final int SILENCE_MS_MAX = 10_000;
  private static final int WAITING_MAX = 50;
  private static final byte[] READY = {'Z', 0, 0, 0, 5, 'I'};

  private final Recording recording;
  private final ServerSocket listener;
  private final ChosenId id = new ChosenId();
  private final List<String> refused = new CopyOnWriteArrayList<>();

  private RecordedPostgres(Recording recording) throws IOException {
    this.recording = recording;
    this.listener = new ServerSocket(0, WAITING_MAX, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("recorded-postgres").start(this::accept);
  }

  /** Starts it on a free port, with the recording that the program brings along. */
  public static RecordedPostgres start() throws IOException {
    return start(Recording.ofTheProgram());
  }

  /** Starts it on a free port. */
  static RecordedPostgres start(Recording recording) throws IOException {
    return new RecordedPostgres(recording);
  }

  /** Returns where it listens. */
  public int port() {
    return listener.getLocalPort();
  }

  /** Returns the questions that had no answer. */
  List<String> refused() {
    return List.copyOf(refused);
  }

  /** Takes no more connections; those that are open end with their clients. */
  @Override
  public void close() throws IOException {
    listener.close();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Thread.ofVirtual().name("recorded-postgres-client").start(() -> serve(client));
      }
    } catch (IOException closed) {
      // The training is over.
    }
  }

  private void serve(Socket client) {
    try (client) {
      client.setSoTimeout(SILENCE_MS_MAX);
      client.setTcpNoDelay(true);
      OutputStream out = client.getOutputStream();
      Questions questions = new Questions(new BufferedInputStream(client.getInputStream()));
      for (String asked = questions.first(out); asked != null; asked = questions.next()) {
        id.hear(questions.sent());
        out.write(answer(asked));
        out.flush();
      }
    } catch (IOException gone) {
      // The client has ended as it wanted, or it will see that nobody answers.
    }
  }

  private byte[] answer(String question) {
    byte[] known = recording.answer(question);
    if (known != null) {
      return id.shown(known);
    }
    refused.add(question);
    byte[] fields = "SERROR\0VERROR\0C0A000\0Mnot recorded\0\0".getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream error = new ByteArrayOutputStream();
    error.write('E');
    error.writeBytes(ByteBuffer.allocate(4).putInt(fields.length + Integer.BYTES).array());
    error.writeBytes(fields);
    error.writeBytes(READY);
    return error.toByteArray();
  }
}
