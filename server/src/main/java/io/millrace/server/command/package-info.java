/**
 * The commands of the command line: arguments in, an exit code out.
 *
 * <p>Begin with {@link io.millrace.server.command.CommandLineProgram}. A command reads its
 * arguments, calls a feature and shows what came out; rules of a feature do not belong here.
 */
@NullMarked
package io.millrace.server.command;

import org.jspecify.annotations.NullMarked;
