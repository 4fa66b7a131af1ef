package io.millrace.connectors.files.store;

import java.util.Arrays;
import java.util.List;

/**
 * What completes a multipart upload: its id and the tags of its parts, in order. Tags hold no space
 * or quote once their quotes are removed.
 */
record UploadToken(String uploadId, List<String> tags) {
  UploadToken {
    tags = List.copyOf(tags);
  }

  String encode() {
    return uploadId + " " + String.join(" ", tags);
  }

  static UploadToken parse(String text) {
    String[] words = text.split(" ");
    if (words.length < 2) {
      throw S3Store.unreadable(text);
    }
    return new UploadToken(words[0], Arrays.asList(words).subList(1, words.length));
  }
}
