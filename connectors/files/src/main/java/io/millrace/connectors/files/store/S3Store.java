package io.millrace.connectors.files.store;

import io.millrace.spi.ConfigException;
import io.millrace.spi.ConnectorException;
import io.millrace.spi.SystemException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A prefix of a bucket. An object is staged as a multipart upload that is not yet completed, so
 * nothing is copied and nothing is visible before {@link #publish}.
 */
public final class S3Store implements ObjectStore {
  private static final int NOT_FOUND = 404;
  private static final int CONDITION_FAILED = 412;
  private static final int NOT_IMPLEMENTED = 501;

  private final S3Client client;
  private final S3Errors errors;
  private final String bucket;
  private final String root;
  private final int partBytes;
  private final boolean amazon;

  /** Makes a store that sends parts of the usual size. */
  public S3Store(S3Settings settings, String prefix) {
    this(settings, prefix, S3StagingStream.PART_BYTES);
  }

  /**
   * Makes a store; nothing is sent yet.
   *
   * @param prefix the folder within the bucket; empty for the bucket itself
   * @param partBytes the size of the parts in which objects are sent; servers want 5 MiB or more
   */
  public S3Store(S3Settings settings, String prefix, int partBytes) {
    this.partBytes = partBytes;
    this.client = S3Clients.open(settings);
    this.errors = new S3Errors(settings);
    this.amazon = settings.endpoint().isEmpty();
    this.bucket = settings.bucket();
    String trimmed = prefix.replaceAll("^/+|/+$", "");
    this.root = trimmed.isEmpty() ? "" : trimmed + "/";
  }

  @Override
  public String display(String key) {
    return "s3://" + bucket + "/" + root + key;
  }

  @Override
  public void list(String prefix, Consumer<StoredObject> found) throws InterruptedException {
    String token = null;
    do {
      ListObjectsV2Response page = page(prefix, token);
      for (S3Object object : page.contents()) {
        String key = object.key().substring(root.length());
        if (!key.isEmpty() && !key.endsWith("/")) {
          found.accept(new StoredObject(key, object.size(), object.lastModified()));
        }
      }
      token = Boolean.TRUE.equals(page.isTruncated()) ? page.nextContinuationToken() : null;
    } while (token != null);
  }

  private ListObjectsV2Response page(String prefix, @Nullable String token)
      throws InterruptedException {
    return call(
        "list " + display(prefix),
        () ->
            client.listObjectsV2(
                request -> request.bucket(bucket).prefix(root + prefix).continuationToken(token)));
  }

  @Override
  public InputStream open(String key, long offset) throws InterruptedException {
    return call(
        "read " + display(key),
        () -> {
          try {
            return client.getObject(
                request ->
                    request
                        .bucket(bucket)
                        .key(root + key)
                        .range(offset == 0 ? null : "bytes=" + offset + "-"));
          } catch (NoSuchKeyException e) {
            throw new ConfigException(
                "file_missing", "There is no object " + display(key) + ". Correct its name.");
          }
        });
  }

  @Override
  public byte @Nullable [] read(String key) throws InterruptedException {
    return call(
        "read " + display(key),
        () -> {
          try {
            return client
                .getObjectAsBytes(request -> request.bucket(bucket).key(root + key))
                .asByteArrayUnsafe();
          } catch (NoSuchKeyException e) {
            return null;
          }
        });
  }

  @Override
  public void put(String key, byte[] content) throws InterruptedException {
    call(
        "write " + display(key),
        () ->
            client.putObject(
                request -> request.bucket(bucket).key(root + key), RequestBody.fromBytes(content)));
  }

  @Override
  public boolean create(String key, byte[] content) throws InterruptedException {
    // Not every server knows the condition; what is there already is seen on each.
    byte[] there = read(key);
    if (there == null && !call("write " + display(key), () -> createIfNew(key, content))) {
      there = read(key);
      return Arrays.equals(there, content);
    }
    return there == null || Arrays.equals(there, content);
  }

  private boolean createIfNew(String key, byte[] content) {
    try {
      client.putObject(
          request -> request.bucket(bucket).key(root + key).ifNoneMatch("*"),
          RequestBody.fromBytes(content));
      return true;
    } catch (S3Exception e) {
      if (e.statusCode() == CONDITION_FAILED) {
        return false;
      }
      if (e.statusCode() != NOT_IMPLEMENTED) {
        throw e;
      }
      client.putObject(
          request -> request.bucket(bucket).key(root + key), RequestBody.fromBytes(content));
      return true;
    }
  }

  @Override
  public void delete(Collection<String> keys) throws InterruptedException {
    // One request per object: not every server knows the bulk form.
    Parallel.forEach(keys, this::deleteOne);
  }

  private void deleteOne(String key) {
    sorted(
        "delete " + display(key),
        () -> client.deleteObject(request -> request.bucket(bucket).key(root + key)));
  }

  @Override
  public StagingStream stage(StagingArea area, String key) throws InterruptedException {
    if (!area.owns(key)) {
      throw new IllegalArgumentException(key + " does not belong to " + area);
    }
    String uploadId =
        call(
                "begin " + display(key),
                () -> client.createMultipartUpload(r -> r.bucket(bucket).key(root + key)))
            .uploadId();
    return new S3StagingStream(this, key, uploadId, partBytes);
  }

  /** Sends one part and returns its tag. */
  String sendPart(String key, String uploadId, int number, byte[] content, int length) {
    return sorted(
            "write " + display(key),
            () ->
                client.uploadPart(
                    request ->
                        request
                            .bucket(bucket)
                            .key(root + key)
                            .uploadId(uploadId)
                            .partNumber(number)
                            .contentLength((long) length),
                    RequestBody.fromContentProvider(
                        () -> new java.io.ByteArrayInputStream(content, 0, length),
                        length,
                        "application/octet-stream")))
        .eTag();
  }

  @Override
  public boolean publish(StagedObject staged) throws InterruptedException {
    UploadToken token = UploadToken.parse(staged.token());
    return call(
        "publish " + display(staged.key()),
        () -> {
          try {
            client.completeMultipartUpload(
                request ->
                    request
                        .bucket(bucket)
                        .key(root + staged.key())
                        .uploadId(token.uploadId())
                        .multipartUpload(upload -> upload.parts(parts(token))));
            return true;
          } catch (S3Exception e) {
            if (!uploadGone(e)) {
              throw e;
            }
            return published(staged);
          }
        });
  }

  private static List<CompletedPart> parts(UploadToken token) {
    List<CompletedPart> parts = new ArrayList<>();
    for (String tag : token.tags()) {
      parts.add(CompletedPart.builder().partNumber(parts.size() + 1).eTag(tag).build());
    }
    return parts;
  }

  private boolean published(StagedObject staged) {
    try {
      HeadObjectResponse head =
          client.headObject(request -> request.bucket(bucket).key(root + staged.key()));
      return head.contentLength() == staged.size();
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public void discard(StagedObject staged) throws InterruptedException {
    abort(staged.key(), UploadToken.parse(staged.token()).uploadId());
  }

  /** Drops an upload; one that is gone already is no error. */
  void abort(String key, String uploadId) throws InterruptedException {
    call(
        "clean up " + display(key),
        () -> {
          try {
            client.abortMultipartUpload(
                request -> request.bucket(bucket).key(root + key).uploadId(uploadId));
          } catch (S3Exception e) {
            if (!uploadGone(e)) {
              throw e;
            }
          }
          return true;
        });
  }

  private static boolean uploadGone(S3Exception failure) {
    return failure instanceof NoSuchUploadException
        || (failure.awsErrorDetails() != null
            && "NoSuchUpload".equals(failure.awsErrorDetails().errorCode()));
  }

  @Override
  public Set<String> sweep(StagingArea area, Collection<StagedObject> keep)
      throws InterruptedException {
    Map<S3Uploads.Open, String> tokens = new HashMap<>();
    for (StagedObject staged : keep) {
      String uploadId = UploadToken.parse(staged.token()).uploadId();
      tokens.put(new S3Uploads.Open(staged.key(), uploadId), staged.token());
    }
    S3Uploads uploads = new S3Uploads(this, client, bucket, root);
    List<S3Uploads.Open> listed = uploads.below(area);
    Set<String> kept = ConcurrentHashMap.newKeySet();
    // MinIO lists the uploads of one object or of the whole bucket, but never of a folder.
    Set<S3Uploads.Open> seen = Set.copyOf(listed);
    Parallel.forEach(
        tokens.entrySet(),
        entry -> {
          if (seen.contains(entry.getKey()) || uploads.isOpen(area, entry.getKey())) {
            kept.add(entry.getValue());
          }
        });
    List<S3Uploads.Open> all = amazon || !listed.isEmpty() ? listed : uploads.inBucket(area);
    Parallel.forEach(
        all.stream().filter(open -> !tokens.containsKey(open)).toList(),
        open -> abort(open.key(), open.uploadId()));
    return kept;
  }

  @Override
  public void close() {
    client.close();
  }

  /** Runs a call so that an interrupt ends it, and sorts its failure. */
  <T extends @Nullable Object> T call(String doing, Supplier<T> work) throws InterruptedException {
    return Interruptible.call(() -> sorted(doing, work));
  }

  private <T extends @Nullable Object> T sorted(String doing, Supplier<T> work) {
    try {
      return work.get();
    } catch (SdkException e) {
      throw errors.sort(doing, e);
    }
  }

  /** Tells of an upload that cannot be what this program staged. */
  static ConnectorException unreadable(String token) {
    return new SystemException(
        "staged_unreadable",
        "A record of an unpublished object has a form this version does not know.",
        "token: " + token,
        null);
  }
}
