package io.millrace.server.notification;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import java.util.List;

/** Writes a message as Slack reads it, with the facts for programs under {@code data}. */
final class SlackBody {
  private static final int TEXT_CHARS_MAX = 2_500;

  private SlackBody() {}

  /** Returns the body; {@code plain} for hosts that take the text alone. */
  static ObjectNode of(Message message, boolean plain, String before) {
    ObjectNode body = Documents.empty().put("text", before + text(message));
    if (plain) {
      return body;
    }
    ArrayNode blocks = body.putArray("blocks");
    section(blocks, before + message.trigger().title() + ": " + message.connection().link());
    fields(blocks, message);
    JobFacts job = message.job();
    if (job != null) {
      if (job.failure() != null) {
        section(
            blocks,
            "*Failure reason:*\n["
                + Named.escape(job.failure().type())
                + "] "
                + Named.escape(cut(job.failure().message())));
      }
      section(blocks, "*Sync Summary:*\n" + summary(job));
      body.set("data", data(message, job));
    }
    message.details().forEach(detail -> section(blocks, Named.escape(cut(detail))));
    blocks.addObject().put("type", "divider");
    return body;
  }

  /** Returns the body of a message about the whole server. */
  static ObjectNode of(String title, String sentence, boolean plain) {
    ObjectNode body = Documents.empty().put("text", title + ": " + sentence);
    if (!plain) {
      section(body.putArray("blocks"), "*" + Named.escape(title) + "*\n" + Named.escape(sentence));
    }
    return body;
  }

  /** Returns the message in plain lines. */
  static String text(Message message) {
    StringBuilder text = new StringBuilder();
    text.append(message.trigger().title()).append(": ").append(message.connection().name());
    text.append("\nSource: ").append(message.source().name());
    text.append("\nDestination: ").append(message.destination().name());
    JobFacts job = message.job();
    if (job != null) {
      text.append("\nJob: ").append(job.jobId());
      text.append("\nDuration: ").append(JobFacts.duration(job.duration()));
      if (job.failure() != null) {
        text.append("\nFailure: [").append(job.failure().type()).append("] ");
        text.append(cut(job.failure().message()));
      }
      text.append('\n').append(summary(job));
    }
    message.details().forEach(detail -> text.append('\n').append(cut(detail)));
    if (message.connection().url() != null) {
      text.append('\n').append(message.connection().url());
    }
    return text.toString();
  }

  private static String summary(JobFacts job) {
    return job.recordsEmitted()
        + " record(s) extracted / "
        + job.recordsCommitted()
        + " record(s) loaded\n"
        + JobFacts.bytes(job.bytesEmitted())
        + " extracted / "
        + JobFacts.bytes(job.bytesCommitted())
        + " loaded";
  }

  private static ObjectNode data(Message message, JobFacts job) {
    ObjectNode data = Documents.empty();
    data.set("workspace", message.workspace().json());
    data.set("connection", message.connection().json());
    data.set("source", message.source().json());
    data.set("destination", message.destination().json());
    job.addTo(data);
    return data;
  }

  private static void section(ArrayNode blocks, String text) {
    ObjectNode block = blocks.addObject().put("type", "section");
    block.putObject("text").put("type", "mrkdwn").put("text", text);
  }

  private static void fields(ArrayNode blocks, Message message) {
    ArrayNode fields = blocks.addObject().put("type", "section").putArray("fields");
    List.of(
            "*Source:*\n" + message.source().link(),
            "*Destination:*\n" + message.destination().link())
        .forEach(text -> fields.addObject().put("type", "mrkdwn").put("text", text));
    JobFacts job = message.job();
    if (job != null) {
      String text = "*Duration:*\n" + JobFacts.duration(job.duration());
      fields.addObject().put("type", "mrkdwn").put("text", text);
    }
  }

  private static String cut(String text) {
    return text.length() <= TEXT_CHARS_MAX ? text : text.substring(0, TEXT_CHARS_MAX) + "…";
  }
}
