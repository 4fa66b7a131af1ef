package io.millrace.server;

import io.millrace.server.command.CommandLineProgram;
import io.millrace.server.command.Surroundings;

/** The entry point of the program, and the only place that ends the process. */
public final class Main {
  /** Names a folder for the launcher's training run, in which no command is read. */
  private static final String TRAINING = "millrace.training";

  /** Set where that run is for {@code up}, too, whose classes no other command should load. */
  private static final String TRAINING_UP = "millrace.training.up";

  private Main() {}

  /** Runs the command that the arguments name and ends the process with its exit code. */
  public static void main(String[] args) {
    String folder = System.getProperty(TRAINING);
    if (folder != null) {
      // Begun by -jar as a real run is: the flags in the jar's manifest hold only then.
      boolean good = Training.run(folder);
      good &= !Boolean.getBoolean(TRAINING_UP) || Training.server(folder);
      System.exit(good ? 0 : 1);
    }
    FirstUses.begin(args);
    int code = new CommandLineProgram(Surroundings.ofThisProcess()).run(args);
    ProcessEnd.quickly(code);
    System.exit(code);
  }
}
