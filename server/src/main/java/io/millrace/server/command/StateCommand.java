package io.millrace.server.command;

import io.millrace.engine.ConnectionMemory;
import io.millrace.engine.StreamMemory;
import io.millrace.protocol.StateTokens;
import io.millrace.server.output.Console;
import io.millrace.server.output.Humans;
import io.millrace.server.output.TextTable;
import io.millrace.server.state.FileSyncStore;
import io.millrace.server.state.StateEditor;
import io.millrace.server.state.StateFolder;
import io.millrace.server.state.StreamHistory;
import io.millrace.spi.ConfigException;
import io.millrace.spi.StreamState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code millrace state}: where the next syncs begin. */
@Command(
    name = "state",
    description = {"Shows, edits and resets where the next syncs of a pipeline begin.", ""},
    footerHeading = "Examples:%n",
    footer = {
      "  millrace state show pipeline.yaml",
      "  millrace state show pipeline.yaml --stream public.orders --history",
      "  millrace state edit pipeline.yaml --stream public.orders",
      "  millrace state edit pipeline.yaml --stream public.orders --set state.json",
      "  millrace state edit pipeline.yaml --stream public.orders --restore 12",
      "  millrace state reset pipeline.yaml --stream 'public.*'",
      ""
    },
    synopsisHeading = "Usage: ",
    commandListHeading = "%nCommands:%n")
final class StateCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  @Spec private @Nullable CommandSpec spec;

  StateCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    if (spec != null) {
      spec.commandLine().usage(surroundings.console().err());
    }
    return ExitCode.USAGE;
  }

  @Command(name = "show", description = "Shows the state of a pipeline's streams.")
  int show(
      @Mixin StateArguments arguments,
      @Option(
              names = "--stream",
              paramLabel = "PATTERN",
              description = "Only these streams; repeatable.")
          @Nullable List<String> patterns,
      @Option(names = "--history", description = "Every kept version of each state.")
          boolean history,
      @Option(names = "--json", description = "A JSON object per stream and line.") boolean json) {
    StateFolder folder = arguments.folder(surroundings);
    Console console = surroundings.console();
    try (FileSyncStore store = FileSyncStore.reading(folder, surroundings.clock())) {
      List<StreamMemory> streams =
          StateArguments.select(store.streams(), patterns == null ? List.of() : patterns);
      if (json) {
        streams.forEach(memory -> console.line(StateEditor.line(memory)));
      } else if (history) {
        streams.forEach(memory -> history(store, memory));
      } else {
        table(store.connection(), folder, streams);
      }
    }
    return ExitCode.OK;
  }

  @Command(name = "edit", description = "Changes where the next sync of one stream begins.")
  int edit(
      @Mixin StateArguments arguments,
      @Option(names = "--stream", paramLabel = "NAME", required = true, description = "The stream.")
          String stream,
      @Option(
              names = "--set",
              paramLabel = "FILE",
              description =
                  "The new state as JSON, from a file or - for stdin; else $EDITOR opens.")
          @Nullable String file,
      @Option(
              names = "--restore",
              paramLabel = "VERSION",
              description = "A version of \"state show --history\".")
          @Nullable Long version) {
    StateFolder folder = arguments.folder(surroundings);
    try (FileSyncStore store = FileSyncStore.open(folder, surroundings.clock())) {
      List<StreamMemory> found = StateArguments.select(store.streams(), List.of(stream));
      if (found.size() > 1) {
        throw new ConfigException(
            "stream_ambiguous",
            stream + " names " + found.size() + " streams; edit one at a time.");
      }
      StateEditor editor = new StateEditor(store, found.getFirst());
      if (version != null) {
        editor.restore(version);
      } else {
        editor.set(
            file == null
                ? new TextEditor(surroundings).edit(editor.text())
                : TextEditor.read(surroundings, file));
      }
      surroundings.console().line(stream + ": the next sync begins at " + editor.text().strip());
    }
    return ExitCode.OK;
  }

  @Command(
      name = "reset",
      description = "Forgets where syncs stopped: the next one reads everything. Tables stay.")
  int reset(
      @Mixin StateArguments arguments,
      @Option(
              names = "--stream",
              paramLabel = "PATTERN",
              description = "Only these streams; repeatable.")
          @Nullable List<String> patterns) {
    StateFolder folder = arguments.folder(surroundings);
    try (FileSyncStore store = FileSyncStore.open(folder, surroundings.clock())) {
      List<StreamMemory> streams =
          StateArguments.select(store.streams(), patterns == null ? List.of() : patterns);
      boolean givenUp = StateEditor.reset(store, streams);
      Console console = surroundings.console();
      console.line(
          Humans.plural(streams.size(), "stream")
              + " reset; \"millrace state edit --restore\" brings an older state back.");
      if (givenUp) {
        console.line("The interrupted sync is given up; the next one is a new sync.");
      }
    }
    return ExitCode.OK;
  }

  private void table(ConnectionMemory connection, StateFolder folder, List<StreamMemory> streams) {
    Console console = surroundings.console();
    console.line(
        folder.pipeline()
            + ": last sync "
            + connection.lastSyncId()
            + (connection.open() ? ", interrupted: the next sync goes on with it" : ""));
    console.line("");
    TextTable table =
        new TextTable(List.of("STREAM", "TARGET", "GENERATION", "READING", "NEXT SYNC BEGINS AT"))
            .right(2);
    for (StreamMemory memory : streams) {
      table.row(
          List.of(
              memory.name().display(),
              memory.target().display(),
              Long.toString(memory.generationId()),
              reading(memory),
              memory.state() == null ? "(the beginning)" : memory.state().token()));
    }
    table.lines(console.terminal() ? console.columns() : 200).forEach(console::line);
  }

  private static String reading(StreamMemory memory) {
    if (memory.open() == null) {
      return "";
    }
    return (memory.open().finished() == null ? "interrupted in sync " : "done in sync ")
        + memory.open().syncId();
  }

  private void history(FileSyncStore store, StreamMemory memory) {
    Console console = surroundings.console();
    console.line(memory.name().display());
    TextTable table = new TextTable(List.of("VERSION", "SAVED", "STATE")).right(0);
    List<StreamHistory.Version> versions = new ArrayList<>(store.history(memory.name()));
    for (StreamHistory.Version version : versions.reversed()) {
      table.row(
          List.of(
              Long.toString(version.number()),
              version.savedAt().toString(),
              text(version.state())));
    }
    table.lines(console.terminal() ? console.columns() : 200).forEach(console::line);
  }

  private static String text(@Nullable StreamState state) {
    return state == null ? "(the beginning)" : StateTokens.of(state).toString();
  }
}
