package io.millrace.connectors.files.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.ConfigException;
import io.millrace.spi.config.Secret;
import io.millrace.testkit.servers.FolderBlindS3Server;
import io.millrace.testkit.servers.S3Server;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What both stores promise. */
class ObjectStoreTest {
  private static final StagingArea AREA =
      new StagingArea("orders/_millrace/c1/staging/", "orders/", "-c1-");

  abstract static class Contract {
    @TempDir Path folder = Path.of("");
    ObjectStore store = new LocalStore(folder);

    abstract ObjectStore open();

    @BeforeEach
    void openStore() {
      store = open();
    }

    @AfterEach
    void closeStore() {
      store.close();
    }

    List<String> keys(String prefix) throws InterruptedException {
      List<String> keys = new ArrayList<>();
      store.list(prefix, object -> keys.add(object.key()));
      return keys.stream().filter(key -> !key.contains("_millrace")).sorted().toList();
    }

    StagedObject stage(String key, byte[] content) throws Exception {
      try (StagingStream stream = store.stage(AREA, key)) {
        stream.write(content);
        return stream.seal();
      }
    }

    @Test
    void smallObjectsAreReplacedInPlace() throws Exception {
      store.put("a/b.json", "one".getBytes(UTF_8));
      store.put("a/b.json", "two".getBytes(UTF_8));

      assertThat(store.read("a/b.json")).asString(UTF_8).isEqualTo("two");
      assertThat(store.read("a/none.json")).isNull();
      assertThat(keys("a/")).containsExactly("a/b.json");
      try (InputStream in = store.open("a/b.json", 1)) {
        assertThat(in.readAllBytes()).asString(UTF_8).isEqualTo("wo");
      }
    }

    @Test
    void aCreatedObjectIsNotReplaced() throws Exception {
      assertThat(store.create("a/_millrace/b.json", "one".getBytes(UTF_8))).isTrue();
      assertThat(store.create("a/_millrace/b.json", "two".getBytes(UTF_8))).isFalse();
      assertThat(store.create("a/_millrace/b.json", "one".getBytes(UTF_8))).as("again").isTrue();

      assertThat(store.read("a/_millrace/b.json")).asString(UTF_8).isEqualTo("one");
      List<String> all = new ArrayList<>();
      store.list("a/", object -> all.add(object.key()));
      assertThat(all).containsExactly("a/_millrace/b.json");
    }

    @Test
    void ofManyThatCreateAtOnceOneSucceeds() throws Exception {
      AtomicInteger created = new AtomicInteger();
      List<Integer> all = IntStream.range(0, 16).boxed().toList();
      Parallel.forEach(
          all,
          number -> {
            if (store.create("a/_millrace/b.json", ("number " + number).getBytes(UTF_8))) {
              created.incrementAndGet();
            }
          });
      assertThat(created).hasValue(1);
    }

    @Test
    void deletingTwiceIsNoError() throws Exception {
      store.put("a/b.json", "one".getBytes(UTF_8));
      store.delete(List.of("a/b.json", "a/c.json"));
      store.delete(List.of("a/b.json"));
      assertThat(keys("")).isEmpty();
    }

    @Test
    void stagedObjectsAppearOnlyWhenPublished() throws Exception {
      byte[] content = new byte[2 * S3StagingStream.PART_BYTES + 17];
      new Random(7).nextBytes(content);
      StagedObject staged = stage("orders/p-c1-1.bin", content);
      assertThat(staged.size()).isEqualTo(content.length);
      assertThat(keys("")).isEmpty();

      assertThat(store.publish(staged)).isTrue();
      assertThat(store.publish(staged)).as("again").isTrue();
      assertThat(keys("orders/")).containsExactly("orders/p-c1-1.bin");
      try (InputStream in = store.open("orders/p-c1-1.bin", 0)) {
        assertThat(in.readAllBytes()).isEqualTo(content);
      }
      store.discard(staged);
      assertThat(keys("orders/")).as("a discard drops nothing published").hasSize(1);
    }

    @Test
    void anObjectWithoutBytesIsAnObject() throws Exception {
      StagedObject staged = stage("orders/p-c1-1.bin", new byte[0]);
      assertThat(store.publish(staged)).isTrue();
      assertThat(store.read("orders/p-c1-1.bin")).isEmpty();
    }

    @Test
    void droppedObjectsAreReportedAsLost() throws Exception {
      StagedObject staged = stage("orders/p-c1-1.bin", new byte[] {1});
      store.discard(staged);
      store.discard(staged);
      assertThat(store.publish(staged)).isFalse();
    }

    @Test
    void sweepDropsLeftoversOfItsAreaAlone() throws Exception {
      StagedObject keep = stage("orders/p-c1-1.bin", new byte[] {1});
      StagedObject drop = stage("orders/p-c1-2.bin", new byte[] {2});
      StagedObject foreign;
      StagingArea other = new StagingArea("orders/_millrace/c2/staging/", "orders/", "-c2-");
      try (StagingStream stream = store.stage(other, "orders/p-c2-1.bin")) {
        stream.write(3);
        foreign = stream.seal();
      }
      try (StagingStream unfinished = store.stage(AREA, "orders/p-c1-3.bin")) {
        unfinished.write(4);

        StagedObject gone = new StagedObject("orders/p-c1-4.bin", "gone tag", 1);
        assertThat(store.sweep(AREA, Set.of(keep, gone))).containsExactly(keep.token());
        assertThat(store.publish(keep)).isTrue();
        assertThat(store.publish(drop)).isFalse();
        assertThat(store.publish(foreign)).isTrue();
      }
    }
  }

  @Nested
  class Local extends Contract {
    @Override
    ObjectStore open() {
      return new LocalStore(folder.resolve("new"));
    }

    @Test
    void aKeyMayNotLeadOut() {
      assertThatThrownBy(() -> store.read("../x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFileInThePlaceOfAFolderIsASentence() throws Exception {
      Files.writeString(folder.resolve("new"), "file");
      assertThatThrownBy(() -> store.put("a", new byte[0]))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining(folder.toString());
    }
  }

  @Nested
  class S3ThatListsNoFolders extends Contract {
    private @Nullable FolderBlindS3Server server;

    @Override
    ObjectStore open() {
      server = FolderBlindS3Server.start(folder).createBucket("lake");
      return new S3Store(
          new S3Settings(
              "lake",
              Optional.empty(),
              Optional.of(server.endpoint()),
              Optional.of(new Secret("any")),
              Optional.of(new Secret("any"))),
          "/some/prefix/");
    }

    @AfterEach
    void stop() {
      if (server != null) {
        server.close();
      }
    }
  }

  @Nested
  class S3 extends Contract {
    private @Nullable S3Server server;

    @Override
    ObjectStore open() {
      server = S3Server.start(folder).createBucket("lake");
      return store("lake", S3Server.SECRET_ACCESS_KEY);
    }

    @Test
    void objectsAreSentInPartsOfTheSizeAskedFor() throws Exception {
      int partBytes = 5 << 20;
      byte[] content = new byte[2 * partBytes + 17];
      try (S3Store small = store("lake", S3Server.SECRET_ACCESS_KEY, partBytes);
          StagingStream stream = small.stage(AREA, "orders/p-c1-1.bin")) {
        stream.write(content);
        StagedObject staged = stream.seal();
        assertThat(UploadToken.parse(staged.token()).tags()).hasSize(3);
        assertThat(small.publish(staged)).isTrue();
      }
      assertThat(store.read("orders/p-c1-1.bin")).isEqualTo(content);
    }

    private S3Store store(String bucket, String secret) {
      return store(bucket, secret, S3StagingStream.PART_BYTES);
    }

    private S3Store store(String bucket, String secret, int partBytes) {
      assertThat(server).isNotNull();
      return new S3Store(
          new S3Settings(
              bucket,
              Optional.of("eu-central-1"),
              Optional.of(server.endpoint()),
              Optional.of(new Secret(S3Server.ACCESS_KEY_ID)),
              Optional.of(new Secret(secret))),
          "/some/prefix/",
          partBytes);
    }

    @AfterEach
    void stop() {
      if (server != null) {
        server.close();
      }
    }

    @Test
    void namesAreShownAsAUserTypesThem() {
      assertThat(store.display("a/b")).isEqualTo("s3://lake/some/prefix/a/b");
    }

    @Test
    void aWrongSecretIsAConfigError() {
      try (S3Store wrong = store("lake", "nonsense")) {
        assertThatThrownBy(() -> wrong.put("a", new byte[] {1}))
            .isInstanceOf(ConfigException.class)
            .hasMessageContaining("access_key_id");
      }
    }

    @Test
    void aMissingBucketIsAConfigError() {
      try (S3Store wrong = store("absent", S3Server.SECRET_ACCESS_KEY)) {
        assertThatThrownBy(() -> wrong.put("a", new byte[] {1}))
            .isInstanceOf(ConfigException.class)
            .hasMessageContaining("no bucket \"absent\"");
      }
    }
  }
}
