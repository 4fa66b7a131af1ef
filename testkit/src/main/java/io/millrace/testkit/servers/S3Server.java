package io.millrace.testkit.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * An S3 server on a free port of this machine, whose buckets are folders. It checks signatures and
 * knows multipart uploads.
 */
public final class S3Server implements AutoCloseable {
  /** The only access key the server knows. */
  public static final String ACCESS_KEY_ID = "millrace-test";

  /** The secret of {@link #ACCESS_KEY_ID}. */
  public static final String SECRET_ACCESS_KEY = "millrace-test-secret";

  private final Path folder;
  private final S3Proxy proxy;

  private S3Server(Path folder, S3Proxy proxy) {
    this.folder = folder;
    this.proxy = proxy;
  }

  /**
   * Starts a server.
   *
   * @param folder an existing folder, which keeps the buckets
   */
  public static S3Server start(Path folder) {
    return start(
        folder,
        builder().awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY_ID, SECRET_ACCESS_KEY));
  }

  /** Starts a server that takes every signature. */
  static S3Server startOpen(Path folder) {
    return start(folder, builder());
  }

  private static S3Proxy.Builder builder() {
    return S3Proxy.builder().endpoint(URI.create("http://127.0.0.1:0"));
  }

  private static S3Server start(Path folder, S3Proxy.Builder builder) {
    S3Proxy proxy = builder.blobStore(new FilesystemNio2BlobStore(folder.toString())).build();
    run(proxy::start);
    return new S3Server(folder, proxy);
  }

  /** Returns the server's URL. */
  public String endpoint() {
    return "http://127.0.0.1:" + proxy.getPort();
  }

  /** Makes an empty bucket. */
  public S3Server createBucket(String name) {
    try {
      Files.createDirectory(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Stops the server; the buckets stay. */
  @Override
  public void close() {
    run(proxy::stop);
  }

  private interface Step {
    void run() throws Exception;
  }

  private static void run(Step step) {
    try {
      step.run();
    } catch (Exception e) {
      throw new IllegalStateException("The S3 server does not obey.", e);
    }
  }
}
