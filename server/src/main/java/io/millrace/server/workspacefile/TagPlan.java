package io.millrace.server.workspacefile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.http.Body;
import io.millrace.server.json.Documents;
import io.millrace.server.tag.TagRules;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the tags that must be made; the color of one that there is stays as it is. */
final class TagPlan {
  private static final String COLOR = "1f5fbf";

  private TagPlan() {}

  /**
   * Adds the steps of a file's tags, and what is wrong with them.
   *
   * @param entries the file's tags by name
   * @param known the names of the workspace's tags
   */
  static void add(
      Map<String, ObjectNode> entries, Set<String> known, List<Step> steps, Problems problems)
      throws InterruptedException {
    int count = known.size();
    for (Map.Entry<String, ObjectNode> one : entries.entrySet()) {
      String name = one.getKey();
      String color = one.getValue().path("color").asText(COLOR);
      problems.look("tag " + name, () -> check(name, color));
      if (!known.contains(name)) {
        count++;
        steps.add(new Step.AddTag(name, color));
      }
    }
    if (count > known.size()) {
      int after = count;
      problems.look("tags", () -> TagRules.checkCount(after));
    }
  }

  private static void check(String name, String color) {
    Body body = Body.of(Documents.empty().put("name", name).put("color", color));
    body.text("name");
    body.text("color");
    body.check();
    TagRules.check(name, color);
  }
}
