package io.millrace.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.command.TestProgram.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people type by mistake. */
final class PipelineArgumentsTest {
  @TempDir Path temp;
  private TestProgram program = new TestProgram(Path.of(""));

  @BeforeEach
  void begin() {
    program = new TestProgram(temp);
  }

  @Test
  void aLoneSourceIsNotRepeatedForItMayHoldAPassword() {
    Result result = refused("sync", "postgresql://me:hunter22@localhost/shop");
    assertThat(result.err()).contains("name a destination").doesNotContain("hunter22");
    Result three = refused("sync", "a.yaml", "b.yaml", "postgresql://me:hunter22@localhost/shop");
    assertThat(three.err()).contains("no pipeline file").doesNotContain("hunter22");
  }

  @Test
  void aLoneFileOfDataIsNoPipeline() {
    program.file("orders.csv", "id\n1\n");
    assertThat(refused("sync", "orders.csv").err()).contains("\"orders.csv\" is no pipeline file");
  }

  @Test
  void twoPipelinesOfOneNameAreRefused() {
    program.pipeline("one.yaml", "name: shop").pipeline("two.yaml", "name: shop");
    assertThat(refused("sync", "one.yaml", "two.yaml").err()).contains("same name, shop");
  }

  @Test
  void whatTheCatalogSaysIsNotSaidByFlags() {
    Result result =
        refused(
            "sync",
            "--source=source-fake",
            "--source-config=s.json",
            "--destination=destination-fake",
            "--destination-config=d.json",
            "--catalog=c.json",
            "--stream=orders");
    assertThat(result.err()).contains("s.json: there is no such file");
    program.file("s.json", "{\"host\": \"fake\", \"password\": \"open sesame\"}");
    Result flags =
        refused(
            "sync",
            "--source=source-fake",
            "--source-config=s.json",
            "--destination=destination-fake",
            "--destination-config=d.json",
            "--catalog=c.json",
            "--stream=orders");
    assertThat(flags.err()).contains("do not go with --catalog");
  }

  @Test
  void anAliasToItselfIsRefused() {
    program.file("loop.yaml", "name: loop\nsource: {connector: source-fake, config: &c {x: *c}}\n");
    assertThat(refused("plan", "loop.yaml").err()).contains("an alias (*name)");
  }

  @Test
  void valuesOfOptionsAreNamed() {
    assertThat(refused("sync", "a.yaml", "--output", "xml").err())
        .contains("--output takes text or json, not \"xml\"");
    assertThat(refused("sync", "a.yaml", "--retries", "many").err())
        .contains("--retries takes a whole number, not \"many\"");
    assertThat(refused("sync", "a.yaml", "--retries", "-1").err()).contains("from 0 to 1000");
    assertThat(refused("sync", "a.yaml", "--mode=a", "--mode=b").err()).contains("said twice");
    assertThat(refused("connectors", "show").err()).contains("NAME is missing");
  }

  private Result refused(String... arguments) {
    Result result = program.run(arguments);
    assertThat(result.code()).as(result.err()).isEqualTo(2);
    assertThat(result.err().lines().count()).isLessThanOrEqualTo(4);
    return result;
  }
}
