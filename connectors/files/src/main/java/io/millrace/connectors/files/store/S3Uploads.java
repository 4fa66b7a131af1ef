package io.millrace.connectors.files.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/** Lists the uploads of a staging area that are not completed. */
final class S3Uploads {
  /** An upload, with the object's key below the store's root. */
  record Open(String key, String uploadId) {}

  private final S3Client client;
  private final String bucket;

  S3Uploads(S3Client client, String bucket) {
    this.client = client;
    this.bucket = bucket;
  }

  List<Open> list(S3Store store, String root, StagingArea area) throws InterruptedException {
    List<Open> found = new ArrayList<>();
    @Nullable ListMultipartUploadsResponse page = null;
    do {
      page = page(store, root + area.keyPrefix(), page);
      for (MultipartUpload upload : page.uploads()) {
        String key = upload.key().startsWith(root) ? upload.key().substring(root.length()) : "";
        if (area.owns(key)) {
          found.add(new Open(key, upload.uploadId()));
        }
      }
    } while (Boolean.TRUE.equals(page.isTruncated()));
    return found;
  }

  private ListMultipartUploadsResponse page(
      S3Store store, String prefix, @Nullable ListMultipartUploadsResponse last)
      throws InterruptedException {
    return store.call(
        "list the unfinished uploads of " + bucket,
        () ->
            client.listMultipartUploads(
                request -> {
                  request.bucket(bucket).prefix(prefix);
                  if (last != null) {
                    request
                        .keyMarker(last.nextKeyMarker())
                        .uploadIdMarker(last.nextUploadIdMarker());
                  }
                }));
  }

  /** Returns the token among {@code keep} that names the upload, or null. */
  static @Nullable String tokenOf(String uploadId, Set<String> keep) {
    for (String token : keep) {
      if (UploadToken.parse(token).uploadId().equals(uploadId)) {
        return token;
      }
    }
    return null;
  }
}
