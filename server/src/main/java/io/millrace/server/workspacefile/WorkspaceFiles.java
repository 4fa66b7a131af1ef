package io.millrace.server.workspacefile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Writes a workspace into a file and makes a workspace as a file says. */
public final class WorkspaceFiles {
  private final WorkspaceApi api;

  /** Works on a workspace of a server. */
  public WorkspaceFiles(WorkspaceApi api) {
    this.api = api;
  }

  /**
   * Returns the workspace as YAML. Secrets are masked; a file with masks changes no secret when it
   * is applied to the server that it came from.
   */
  public String export() throws InterruptedException {
    return WorkspaceYaml.write(WebhookMasks.mask(new WorkspaceExport(api).document()));
  }

  /**
   * Returns what applying a file would change; nothing is changed.
   *
   * @param prune what the file does not name is deleted
   * @throws io.millrace.spi.ConfigException when the file is wrong
   */
  public List<Step> plan(Path file, boolean prune) throws InterruptedException {
    ObjectNode wanted = WorkspaceYaml.read(file);
    return new WorkspacePlan(api, wanted, prune).steps();
  }

  /**
   * Makes the changes of a plan.
   *
   * @param done hears of each that is made
   * @param warning hears what the server says of a connection that it takes all the same
   */
  public void apply(List<Step> steps, Consumer<Step> done, Consumer<String> warning)
      throws InterruptedException {
    new WorkspaceApply(api, done, warning).run(steps);
  }
}
