package io.millrace.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testkit.servers.S3Server;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects have the size that was asked for, and are no more than that makes necessary. */
final class FileSizesTest {
  private static final int ROWS = 120_000;
  private static final long MB = 1 << 20;

  /** A batch is added whole. */
  private static final long BATCH_BYTES_MAX = 6 * MB;

  @TempDir Path folder;

  @Test
  void objectsEndAtTheirSizeAndNotBefore() throws Exception {
    String database = Shop.server().newDatabase();
    Shop.server()
        .execute(
            database,
            "CREATE TABLE wide AS SELECT i AS id, repeat(md5(i::text), 16) AS v"
                + " FROM generate_series(1, "
                + ROWS
                + ") i",
            "ANALYZE wide");
    try (S3Server server = S3Server.start(Files.createDirectory(folder.resolve("objects")))) {
      server.createBucket("lake");
      Run run =
          new Program(folder)
              .run(
                  "sync",
                  "postgresql://postgres@localhost:" + Shop.port() + "/" + database,
                  "s3://lake?format=jsonl&file_size_mb=10&part_size_mb=5&region=us-east-1&endpoint="
                      + URLEncoder.encode(server.endpoint(), StandardCharsets.UTF_8)
                      + "&access_key_id="
                      + S3Server.ACCESS_KEY_ID
                      + "&secret_access_key="
                      + S3Server.SECRET_ACCESS_KEY,
                  "--stream",
                  "public.wide",
                  "--output",
                  "json");
      assertThat(run.code()).as(run.toString()).isZero();
      List<Long> sizes = sizes(folder.resolve("objects/lake/wide"));
      long all = sizes.stream().mapToLong(Long::longValue).sum();
      assertThat(sizes).allMatch(size -> size < 10 * MB + BATCH_BYTES_MAX);
      // Each partition of 16 MB or more has one object, its last, that may be smaller.
      long partitions = Math.ceilDiv(tableBytes(database), 16 * MB);
      assertThat((long) sizes.size()).isLessThanOrEqualTo(all / (10 * MB) + partitions);
    }
  }

  private static long tableBytes(String database) {
    return Shop.count(database, "SELECT pg_table_size('wide')");
  }

  private static List<Long> sizes(Path objects) throws IOException {
    try (Stream<Path> files = Files.list(objects)) {
      return files
          .filter(file -> file.toString().endsWith(".jsonl"))
          .map(file -> file.toFile().length())
          .toList();
    }
  }
}
