package io.millrace.server.up;

import io.millrace.server.http.Routes;
import io.millrace.server.joblog.JobLogs;
import io.millrace.server.joblog.ship.JobConnections;
import io.millrace.server.joblog.ship.LogShipper;
import io.millrace.server.joblog.ship.ShippedEnds;
import io.millrace.server.joblog.ship.ShippingSettings;
import io.millrace.server.metrics.Metrics;
import io.millrace.server.notification.Notifications;
import io.millrace.server.retention.DiskWatch;
import io.millrace.server.retention.FailureRecordings;
import io.millrace.server.retention.FlightRecorder;
import io.millrace.server.retention.RecordingEndpoints;
import io.millrace.server.retention.Retention;
import io.millrace.server.retention.RetentionSettings;
import io.millrace.server.workspace.Installations;
import io.millrace.server.workspace.WorkspaceStore;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What keeps a server within its bounds and says what it did: retention, the watch on the disk, the
 * flight recorder, and the sending of logs. Opened after the store, closed after the workers.
 */
final class Upkeep implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

  private final ServerSettings settings;
  private final Core core;
  private final JobLogs logs;
  private final Retention retention;
  private final DiskWatch disk;
  private final FlightRecorder recorder;
  private final Optional<LogShipper> shipper;
  private volatile @Nullable Notifications notifications;

  Upkeep(ServerSettings settings, RetentionSettings bounds, Core core, JobLogs logs) {
    this.settings = settings;
    this.logs = logs;
    DataDirectory data = settings.data();
    Retention.Folders folders =
        new Retention.Folders(data.quarantine(), data.temporary(), data.backups());
    this.retention =
        new Retention(core.database, core.clock, bounds, folders, logs, core.running::ids);
    this.disk = new DiskWatch(DiskWatch.Meter.of(data.root()), bounds.disk(), this::diskChanged);
    this.core = core;
    this.recorder = new FlightRecorder(bounds.recordings(), logs, core.clock);
    this.shipper =
        ShippingSettings.of(settings.environment())
            .map(
                where ->
                    new LogShipper(where, logs, sender(core), new JobConnections(core.database)));
    core.jobListeners.add(new FailureRecordings(recorder));
    shipper.ifPresent(one -> core.jobListeners.add(new ShippedEnds(one)));
  }

  private static String sender(Core core) {
    return core.database.read(tx -> new Installations().read(tx)).workspace().toString();
  }

  DiskWatch disk() {
    return disk;
  }

  void with(Metrics metrics) {
    for (Retention.Kind kind : Retention.Kind.BYTES) {
      String name = kind.name().toLowerCase(Locale.ROOT).replace('_', '.');
      metrics.gauge(
          "millrace.kept." + name + ".bytes",
          "Bytes on disk at the last round of retention",
          () -> retention.bytes(kind));
    }
    metrics.gauge("millrace.disk.free.bytes", "Bytes free for data", disk::freeBytes);
    metrics.gauge(
        "millrace.disk.short",
        "1 while new jobs wait for room on the disk",
        () -> disk.problem().isPresent() ? 1 : 0);
    shipper.ifPresent(
        one -> {
          metrics.count("millrace.log.lines.shipped", "Log lines shipped", one::shipped);
          metrics.count("millrace.log.lines.dropped", "Log lines not shipped", one::dropped);
          metrics.gauge("millrace.log.lines.queued", "Log lines that wait", one::queued);
        });
  }

  /** Tells people from now on when jobs begin to wait for room on the disk, and no longer do. */
  void alert(Notifications people) {
    notifications = people;
  }

  private void diskChanged(boolean open) {
    core.bell.ring();
    @Nullable Notifications people = notifications;
    if (people == null) {
      return;
    }
    String title = open ? "The disk has room again" : "The disk is short of room";
    String sentence = disk.problem().orElse("New jobs begin again.");
    try {
      core.database
          .read(new WorkspaceStore()::list)
          .forEach(workspace -> people.alert(workspace, title, sentence));
    } catch (RuntimeException e) {
      LOG.atWarn().setCause(e).log("disk_alert_not_sent");
    }
  }

  void addTo(Routes routes) {
    new RecordingEndpoints(logs).addTo(routes);
  }

  /** Begins; the recorder on a thread of its own, since a start need not wait for it. */
  void start() {
    disk.start();
    retention.start();
    Thread.ofVirtual()
        .name("flight-recorder")
        .start(() -> recorder.start(settings.data().temporary()));
  }

  @Override
  public void close() {
    retention.close();
    disk.close();
    recorder.close();
    shipper.ifPresent(LogShipper::close);
  }
}
