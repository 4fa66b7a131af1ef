package io.millrace.server.tag;

import io.millrace.server.http.ApiException;
import io.millrace.server.http.Fault;
import java.util.Map;
import java.util.regex.Pattern;

/** What a tag may be, for the service and for those who want to know before they ask a server. */
public final class TagRules {
  private static final int NAME_CHARS_MAX = 30;
  private static final int PER_WORKSPACE_MAX = 100;
  private static final Pattern COLOR = Pattern.compile("[0-9a-fA-F]{6}");

  private TagRules() {}

  /**
   * Sees that a tag may be so.
   *
   * @throws ApiException when the name is too long or the color is none
   */
  public static void check(String name, String color) {
    if (name.length() > NAME_CHARS_MAX) {
      throw problem(
          "error:tag-name-too-long",
          "A tag's name has at most " + NAME_CHARS_MAX + " characters, not " + name.length() + ".");
    }
    if (!COLOR.matcher(color).matches()) {
      throw problem(
          "error:tag-invalid-hex-color",
          "The color of a tag is six hex digits, such as FF8800, without #.");
    }
  }

  /**
   * Sees that a workspace may have so many tags.
   *
   * @param count those that it has and those to be made
   * @throws ApiException when it may not
   */
  public static void checkCount(int count) {
    if (count > PER_WORKSPACE_MAX) {
      throw problem(
          "error:tag-limit-for-workspace-reached",
          "A workspace has at most "
              + PER_WORKSPACE_MAX
              + " tags; this one would have "
              + count
              + ".");
    }
  }

  private static ApiException problem(String type, String sentence) {
    return ApiException.typed(Fault.BAD_REQUEST, type, sentence, Map.of());
  }
}
