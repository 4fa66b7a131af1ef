package io.millrace.connectors.files.store;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/** Finds the uploads of a staging area that are not completed. */
final class S3Uploads {
  /** So many pages, of up to 1,000 uploads each, are asked for to find one's own in a bucket. */
  private static final int BUCKET_PAGES_MAX = 20;

  /** An upload, with the object's key below the store's root. */
  record Open(String key, String uploadId) {}

  private final S3Store store;
  private final S3Client client;
  private final String bucket;
  private final String root;

  S3Uploads(S3Store store, S3Client client, String bucket, String root) {
    this.store = store;
    this.client = client;
    this.bucket = bucket;
    this.root = root;
  }

  /** Returns the uploads that the server lists for the area's folder. */
  List<Open> below(StagingArea area) throws InterruptedException {
    return list(area, root + area.keyPrefix(), Integer.MAX_VALUE);
  }

  /**
   * Returns the area's uploads among the first of the whole bucket, for servers that list none by
   * folder. A server may still name uploads that are gone.
   */
  List<Open> inBucket(StagingArea area) throws InterruptedException {
    return list(area, "", BUCKET_PAGES_MAX);
  }

  /** Tells whether an object's upload is still open. */
  boolean isOpen(StagingArea area, Open upload) throws InterruptedException {
    return list(area, root + upload.key(), Integer.MAX_VALUE).contains(upload);
  }

  private List<Open> list(StagingArea area, String prefix, int pagesMax)
      throws InterruptedException {
    List<Open> found = new ArrayList<>();
    @Nullable ListMultipartUploadsResponse page = null;
    int pages = 0;
    do {
      page = page(prefix, page);
      pages++;
      for (MultipartUpload upload : page.uploads()) {
        String key = upload.key().startsWith(root) ? upload.key().substring(root.length()) : "";
        if (area.owns(key)) {
          found.add(new Open(key, upload.uploadId()));
        }
      }
    } while (Boolean.TRUE.equals(page.isTruncated()) && pages < pagesMax);
    return found;
  }

  private ListMultipartUploadsResponse page(
      String prefix, @Nullable ListMultipartUploadsResponse last) throws InterruptedException {
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
}
