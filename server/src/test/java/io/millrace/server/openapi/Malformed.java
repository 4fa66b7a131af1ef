package io.millrace.server.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.json.Documents;
import io.millrace.server.openapi.Operations.Operation;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Makes requests of the document that are wrong in one way each, so that none may do anything. */
final class Malformed {
  /**
   * A request.
   *
   * @param kind in which way it is wrong
   * @param what the call
   * @param wire its bytes, each as the character of the same number
   */
  record Request(String kind, String what, String wire) {}

  /** A way to be wrong; empty where a call cannot be wrong that way. */
  private interface Way {
    byte @Nullable [] of(Operation operation);
  }

  private record Named(String name, Way way) {}

  private static final List<String> METHODS =
      List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW", "CONNECT");

  private static final String JSON = "application/json";

  private final Operations operations;
  private final Random random;
  private final SampleJson samples;
  private final List<Operation> all;
  private final List<Named> ways;

  Malformed(Operations operations, Random random, List<String> ids) {
    this.operations = operations;
    this.random = random;
    this.samples = new SampleJson(operations, random, ids);
    // A log that is followed has no end, and that is right.
    this.all = operations.all().stream().filter(one -> !one.path().endsWith("/tail")).toList();
    WrongJson wrong = new WrongJson(random);
    this.ways =
        List.of(
            new Named("wrong type", one -> required(one, (o, f) -> o.set(f, wrong.type(o.get(f))))),
            new Named("missing field", one -> required(one, (o, f) -> o.remove(f))),
            new Named("null field", one -> required(one, ObjectNode::putNull)),
            new Named("huge value", one -> required(one, (o, f) -> o.set(f, wrong.huge(o.get(f))))),
            new Named("odd text", one -> required(one, (o, f) -> o.set(f, wrong.odd(o.get(f))))),
            new Named("extra fields", this::extraFields),
            new Named("unknown ids", this::unknownIds),
            new Named("no JSON", one -> body(one, wrong.broken(text(one)))),
            new Named("no object", one -> body(one, wrong.noObject())),
            new Named("deep nesting", one -> body(one, wrong.deep())),
            new Named("bad UTF-8", one -> body(one, wrong.badUtf8(text(one)))),
            new Named("duplicate keys", one -> body(one, wrong.twice(text(one)))),
            new Named("content type", this::contentType),
            new Named("chunked", one -> chunked(one, wrong.broken(text(one)))),
            new Named("bad chunks", this::badChunks),
            new Named("cut body", this::cut),
            new Named("lying length", this::lying),
            new Named("method", this::method),
            new Named("path", this::path),
            new Named("query", this::query),
            new Named("headers", this::headers));
  }

  Request next() {
    while (true) {
      Operation operation = all.get(random.nextInt(all.size()));
      Named way = ways.get(random.nextInt(ways.size()));
      byte[] bytes = way.way.of(operation);
      if (bytes != null) {
        String wire = new String(bytes, StandardCharsets.ISO_8859_1);
        return new Request(way.name, operation.method() + " " + operation.path(), wire);
      }
    }
  }

  /** Returns a request with nothing wrong in it, which may be about what is there. */
  Request wellFormed() {
    Operation operation = all.get(random.nextInt(all.size()));
    byte[] body = schema(operation).isMissingNode() ? new byte[0] : bytes(text(operation));
    byte[] wire = request(operation.method(), pathOf(operation, true), JSON, body);
    return new Request(
        "well-formed",
        operation.method() + " " + operation.path(),
        new String(wire, StandardCharsets.ISO_8859_1));
  }

  /** A change of one field of a body. */
  private interface Change {
    void of(ObjectNode body, String field);
  }

  private byte @Nullable [] required(Operation operation, Change change) {
    List<String> required = SampleJson.required(schema(operation));
    if (required.isEmpty()) {
      return null;
    }
    ObjectNode body = (ObjectNode) samples.of(schema(operation), true);
    change.of(body, required.get(random.nextInt(required.size())));
    return body(operation, bytes(body.toString()));
  }

  private byte @Nullable [] extraFields(Operation operation) {
    ObjectNode body = Documents.empty();
    for (int i = random.nextInt(1, 50); i > 0; i--) {
      body.put("x" + random.nextInt(), random.nextInt());
    }
    return SampleJson.required(schema(operation)).isEmpty()
        ? null
        : body(operation, bytes(body.toString()));
  }

  private byte @Nullable [] unknownIds(Operation operation) {
    JsonNode schema = schema(operation);
    boolean named =
        operation.path().contains("{")
            || SampleJson.required(schema).stream()
                .anyMatch(
                    one ->
                        schema.path("properties").path(one).path("format").asText().equals("uuid"));
    if (!named) {
      return null;
    }
    byte[] body =
        schema.isMissingNode() ? new byte[0] : bytes(samples.of(schema, false).toString());
    return request(operation.method(), pathOf(operation, false), JSON, body);
  }

  private byte @Nullable [] contentType(Operation operation) {
    if (schema(operation).isMissingNode()) {
      return null;
    }
    String type =
        pick("text/plain", "multipart/form-data; boundary=x", "application/xml", "", "x", "*/*");
    return request(operation.method(), pathOf(operation, true), type, bytes(text(operation)));
  }

  private byte @Nullable [] chunked(Operation operation, byte[] content) {
    if (schema(operation).isMissingNode()) {
      return null;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(bytes(head(operation) + "Transfer-Encoding: chunked\r\n\r\n"));
    for (int at = 0; at < content.length; ) {
      int size = Math.min(content.length - at, random.nextInt(1, 4_000));
      out.writeBytes(bytes(Integer.toHexString(size) + "\r\n"));
      out.write(content, at, size);
      out.writeBytes(bytes("\r\n"));
      at += size;
    }
    out.writeBytes(bytes("0\r\n\r\n"));
    return out.toByteArray();
  }

  private byte @Nullable [] badChunks(Operation operation) {
    String chunks = pick("zz\r\nabc", "ffffffffffffffff\r\n{}", "5\r\n{}", "-1\r\n", "2\r\n{}0");
    return schema(operation).isMissingNode()
        ? null
        : bytes(head(operation) + "Transfer-Encoding: chunked\r\n\r\n" + chunks);
  }

  private byte @Nullable [] cut(Operation operation) {
    String text = text(operation);
    return schema(operation).isMissingNode()
        ? null
        : bytes(
            head(operation)
                + ("Content-Length: " + (text.length() + 1 + random.nextInt(1000)) + "\r\n\r\n")
                + text.substring(0, random.nextInt(text.length())));
  }

  private byte @Nullable [] lying(Operation operation) {
    String length = pick("-1", "99999999999", "70000000", "x", "", "1, 2", "0x10");
    return schema(operation).isMissingNode()
        ? null
        : bytes(head(operation) + "Content-Length: " + length + "\r\n\r\n{");
  }

  private byte @Nullable [] method(Operation operation) {
    List<String> known = operations.methods(operation.path());
    List<String> wrong = METHODS.stream().filter(one -> !known.contains(one)).toList();
    String method = wrong.get(random.nextInt(wrong.size()));
    return request(method, pathOf(operation, true), JSON, bytes("{}"));
  }

  private byte @Nullable [] path(Operation operation) {
    String path = operation.path();
    String hostile =
        pick(
            "..",
            "../../../../etc/passwd",
            "%2e%2e%2f%2e%2e%2f",
            "..%5c..%5c",
            "%00",
            "%ff%fe",
            "%",
            "-1",
            "0x1",
            "99999999999999999999",
            "1e9",
            "'OR'1'='1",
            "x".repeat(7_000),
            "\t",
            "😀",
            "null",
            "%252e%252e");
    String wrong =
        path.contains("{")
            ? path.replaceAll("\\{\\w+}", java.util.regex.Matcher.quoteReplacement(hostile))
            : path + "/" + hostile;
    // Some of these lead to another call, so what is sent names nothing that is there.
    JsonNode schema = schema(operation);
    String body = schema.isMissingNode() ? "{}" : samples.of(schema, false).toString();
    return request(operation.method(), wrong, JSON, bytes(body));
  }

  private byte @Nullable [] query(Operation operation) {
    if (!operation.method().equals("GET")) {
      return null;
    }
    List<String> names = new ArrayList<>(List.of("x", "limit", "offset", "workspaceIds"));
    operation.node().path("parameters").forEach(one -> names.add(one.path("name").asText()));
    StringBuilder query = new StringBuilder("?");
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      query.append(names.get(random.nextInt(names.size()))).append('=');
      query.append(
          pick(
              "abc",
              "-1",
              "99999999999",
              "%",
              "%00",
              "%ff",
              "1e3",
              "a,b,,c",
              "'",
              "&&=&",
              "x".repeat(5_000),
              "createdAt%7CUP",
              "%F0%9F%98%80",
              "2026-13-45T99:00:00Z"));
      query.append('&');
    }
    return request("GET", pathOf(operation, true) + query, JSON, new byte[0]);
  }

  private byte @Nullable [] headers(Operation operation) {
    String header =
        pick(
            "Host: evil.example",
            "Host:",
            "Origin: http://evil.example",
            "Origin: null",
            "X-A: " + "y".repeat(20_000),
            "Bad Header: 1",
            ": none",
            "Expect: 7-up",
            "Upgrade: h2c");
    boolean writes = !operation.method().equals("GET");
    return header.startsWith("Upgrade") && writes
        ? null
        : bytes(
            operation.method()
                + (" " + pathOf(operation, false) + " HTTP/1.1\r\n" + header + "\r\n")
                + (header.startsWith("Host") ? "" : "Host: localhost\r\n")
                + "Connection: close\r\nContent-Type: application/json\r\nContent-Length: 1\r\n\r\n{");
  }

  private String text(Operation operation) {
    return schema(operation).isMissingNode()
        ? "{}"
        : samples.of(schema(operation), true).toString();
  }

  private JsonNode schema(Operation operation) {
    return operations.resolved(operation.requestSchema());
  }

  private byte @Nullable [] body(Operation operation, byte[] content) {
    return schema(operation).isMissingNode()
        ? null
        : request(operation.method(), pathOf(operation, true), JSON, content);
  }

  private String pathOf(Operation operation, boolean known) {
    String path = operation.path();
    while (path.contains("{")) {
      String name = path.substring(path.indexOf('{') + 1, path.indexOf('}'));
      boolean number = name.equals("jobId") || name.equals("attempt");
      String value = number ? String.valueOf(random.nextInt(1_000, 99_999)) : samples.id(known);
      path = path.replace("{" + name + "}", value);
    }
    return path;
  }

  private String head(Operation operation) {
    return head(operation.method(), pathOf(operation, true), JSON);
  }

  private static String head(String method, String path, String type) {
    return String.format(
        Locale.ROOT,
        "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: %s\r\n",
        method,
        path,
        type);
  }

  private static byte[] request(String method, String path, String type, byte[] body) {
    byte[] head = bytes(head(method, path, type) + "Content-Length: " + body.length + "\r\n\r\n");
    byte[] whole = Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, whole, head.length, body.length);
    return whole;
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
