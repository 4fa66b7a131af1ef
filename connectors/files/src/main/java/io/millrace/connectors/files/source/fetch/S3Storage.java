package io.millrace.connectors.files.source.fetch;

import io.millrace.connectors.files.store.Interruptible;
import io.millrace.connectors.files.store.S3Clients;
import io.millrace.connectors.files.store.S3Errors;
import io.millrace.connectors.files.store.S3Settings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Objects of a bucket. A version is an object's ETag, which each request names. */
public final class S3Storage implements FileStorage {
  private static final int NOT_FOUND = 404;
  private static final int PRECONDITION_FAILED = 412;

  private final S3Client client;
  private final S3Errors errors;
  private final String bucket;
  private final Glob keys;

  /**
   * @param keys a key, or a pattern of keys
   */
  public S3Storage(S3Settings settings, String keys) {
    this.client = S3Clients.open(settings);
    this.errors = new S3Errors(settings);
    this.bucket = settings.bucket();
    this.keys = new Glob(keys);
  }

  @Override
  public List<FileVersion> list() throws InterruptedException {
    if (!Glob.hasWildcards(keys.toString())) {
      return List.of(head(keys.toString()));
    }
    List<FileVersion> found = new ArrayList<>();
    String token = null;
    do {
      ListObjectsV2Response page = page(token);
      for (S3Object object : page.contents()) {
        if (!object.key().endsWith("/") && keys.matches(object.key())) {
          found.add(version(object.key(), object.size(), object.lastModified(), object.eTag()));
        }
      }
      if (found.size() > GlobWalk.FILES_MAX) {
        throw GlobWalk.tooMany(display(keys.toString()));
      }
      token = Boolean.TRUE.equals(page.isTruncated()) ? page.nextContinuationToken() : null;
    } while (token != null);
    return found;
  }

  private ListObjectsV2Response page(@Nullable String token) throws InterruptedException {
    return call(
        "list " + display(keys.toString()),
        () ->
            client.listObjectsV2(
                request ->
                    request.bucket(bucket).prefix(keys.literalPrefix()).continuationToken(token)));
  }

  private FileVersion head(String key) throws InterruptedException {
    HeadObjectResponse head =
        call(
            "read " + display(key),
            () -> {
              try {
                return client.headObject(request -> request.bucket(bucket).key(key));
              } catch (S3Exception e) {
                if (e.statusCode() == NOT_FOUND) {
                  requireBucket();
                }
                throw e;
              }
            });
    return version(key, head.contentLength(), head.lastModified(), head.eTag());
  }

  /** The answer to a HEAD has no words: it is the same for a missing bucket and object. */
  private void requireBucket() {
    try {
      client.listObjectsV2(request -> request.bucket(bucket).maxKeys(1));
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_FOUND) {
        throw e;
      }
    }
  }

  @Override
  public InputStream open(FileVersion file, long offset) throws IOException, InterruptedException {
    return new RetryingInput(at -> part(file, at), offset);
  }

  private InputStream part(FileVersion file, long offset) throws InterruptedException {
    if (file.size() >= 0 && offset >= file.size()) {
      return InputStream.nullInputStream();
    }
    return call(
        "read " + display(file.path()),
        () -> {
          ResponseInputStream<GetObjectResponse> answer =
              client.getObject(
                  request ->
                      request
                          .bucket(bucket)
                          .key(file.path())
                          .ifMatch(file.tag().isEmpty() ? null : file.tag())
                          .range(offset == 0 ? null : "bytes=" + offset + "-"));
          // Not every server knows the condition above.
          if (!isVersion(answer.response(), offset, file)) {
            answer.abort();
            throw FileErrors.changed(display(file.path()));
          }
          return answer;
        });
  }

  private static boolean isVersion(GetObjectResponse answer, long offset, FileVersion file) {
    Long length = answer.contentLength();
    Long size = length == null ? null : offset + length;
    return version(file.path(), size, answer.lastModified(), answer.eTag()).sameContent(file);
  }

  private <T> T call(String doing, Supplier<T> request) throws InterruptedException {
    return Interruptible.call(
        () -> {
          try {
            return request.get();
          } catch (NoSuchKeyException e) {
            throw FileErrors.missing(doing.substring(doing.indexOf(' ') + 1));
          } catch (S3Exception e) {
            throw sorted(doing, e);
          } catch (SdkException e) {
            throw errors.sort(doing, e);
          }
        });
  }

  private RuntimeException sorted(String doing, S3Exception failure) {
    String path = doing.substring(doing.indexOf(' ') + 1);
    boolean noBucket =
        failure.awsErrorDetails() != null
            && "NoSuchBucket".equals(failure.awsErrorDetails().errorCode());
    return switch (failure.statusCode()) {
      case PRECONDITION_FAILED -> FileErrors.changed(path);
      case NOT_FOUND -> noBucket ? errors.sort(doing, failure) : FileErrors.missing(path);
      default -> errors.sort(doing, failure);
    };
  }

  @Override
  public void verify(FileVersion file) {}

  @Override
  public @Nullable Path localPath(FileVersion file) {
    return null;
  }

  @Override
  public void close() {
    client.close();
  }

  private String display(String key) {
    return "s3://" + bucket + "/" + key;
  }

  private static FileVersion version(
      String key, @Nullable Long size, @Nullable Instant modified, @Nullable String tag) {
    return new FileVersion(
        key,
        size == null ? -1 : size,
        modified == null ? -1 : ChronoUnit.MICROS.between(Instant.EPOCH, modified),
        tag == null ? "" : tag);
  }
}
