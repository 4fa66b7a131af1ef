package io.millrace.server.notification;

import io.millrace.server.actor.ActorId;
import io.millrace.server.actor.ActorStore;
import io.millrace.server.connection.Connection;
import io.millrace.server.connector.Side;
import io.millrace.server.job.EndedJob;
import io.millrace.server.job.FailureReason;
import io.millrace.server.job.JobEnding;
import io.millrace.server.job.JobStatus;
import io.millrace.server.job.JobTransitions.Ending;
import io.millrace.server.job.JobType;
import io.millrace.server.workspace.Workspace;
import io.millrace.server.workspace.WorkspaceStore;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Tells people of jobs that ended and connections that were switched off. */
public final class JobNotices implements JobEnding {
  private final Notifications notifications;
  private final @Nullable URI publicUrl;
  private final WorkspaceStore workspaces = new WorkspaceStore();
  private final ActorStore actors = new ActorStore();

  /**
   * Makes it.
   *
   * @param publicUrl how the world reaches the server, for links; null for none
   */
  public JobNotices(Notifications notifications, @Nullable URI publicUrl) {
    this.notifications = notifications;
    this.publicUrl = publicUrl;
  }

  @Override
  public void ending(Handle tx, Ending ending) {
    ended(tx, ending.ended());
    if (ending.disabled()) {
      disabled(tx, ending.ended().connection());
    }
    if (ending.warned()) {
      disableWarning(tx, ending.ended().connection());
    }
  }

  private void ended(Handle tx, EndedJob ended) {
    boolean success = ended.job().status() == JobStatus.SUCCEEDED;
    boolean silent = success && ended.job().type() != JobType.SYNC;
    if (silent || ended.job().status() == JobStatus.CANCELLED) {
      return;
    }
    tell(
        tx,
        success ? Trigger.SYNC_SUCCESS : Trigger.SYNC_FAILURE,
        ended.connection(),
        facts(ended, success),
        List.of(),
        success ? 1 : ended.failuresInARow());
  }

  private void disabled(Handle tx, Connection connection) {
    tell(
        tx,
        Trigger.SYNC_DISABLED,
        connection,
        null,
        List.of("It kept failing and was switched off; mend the cause and switch it on again."),
        1);
  }

  private void disableWarning(Handle tx, Connection connection) {
    tell(
        tx,
        Trigger.SYNC_DISABLED_WARNING,
        connection,
        null,
        List.of("It keeps failing and will be switched off unless a sync succeeds."),
        1);
  }

  /**
   * Tells of something about a connection, once the transaction is committed.
   *
   * @param failuresInARow as {@link Notifications#tell} takes it
   */
  public void tell(
      Handle tx,
      Trigger trigger,
      Connection connection,
      @Nullable JobFacts facts,
      List<String> details,
      int failuresInARow) {
    Optional<Workspace> workspace = workspaces.find(tx, connection.workspace());
    if (workspace.isPresent()) {
      Message message = message(tx, trigger, workspace.get(), connection, facts, details);
      notifications.tell(tx, workspace.get(), message, failuresInARow);
    }
  }

  private Message message(
      Handle tx,
      Trigger trigger,
      Workspace workspace,
      Connection connection,
      @Nullable JobFacts facts,
      List<String> details) {
    String base = "workspaces/" + workspace.id();
    return new Message(
        trigger,
        new Named(workspace.id().toString(), workspace.name(), url(base)),
        new Named(
            connection.id().toString(),
            connection.name(),
            url(base + "/connections/" + connection.id())),
        actor(tx, Side.SOURCE, connection.source(), base),
        actor(tx, Side.DESTINATION, connection.destination(), base),
        facts,
        details);
  }

  private Named actor(Handle tx, Side side, ActorId id, String base) {
    String name = actors.find(tx, side, id).map(one -> one.name()).orElse("(deleted)");
    return new Named(id.toString(), name, url(base + "/" + side.label() + "s/" + id));
  }

  private @Nullable String url(String path) {
    return publicUrl == null ? null : publicUrl.toString().replaceAll("/+$", "") + "/" + path;
  }

  private static JobFacts facts(EndedJob ended, boolean success) {
    FailureReason failure = ended.failure();
    return new JobFacts(
        ended.job().id(),
        success,
        Objects.requireNonNullElse(ended.job().startedAt(), ended.job().createdAt()),
        ended.endedAt(),
        ended.total().recordsEmitted(),
        ended.total().bytesEmitted(),
        ended.total().recordsCommitted(),
        ended.total().bytesCommitted(),
        ended.total().recordsFilteredOut(),
        failure == null
            ? null
            : new JobFacts.Failure(
                failure.message(),
                failure.json().path("failureType").asText(),
                failure.json().path("failureOrigin").asText()));
  }
}
