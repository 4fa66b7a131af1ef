package io.millrace.server.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The arrows between the parts, and calls that belong to one place. */
final class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("/millrace-testkit"))
          .withImportOption(location -> !location.contains("/testkit/"))
          .importPackages("io.millrace");

  private static final Set<String> TIME =
      Set.of(
          Instant.class.getName(),
          LocalDate.class.getName(),
          LocalDateTime.class.getName(),
          OffsetDateTime.class.getName(),
          ZonedDateTime.class.getName());

  @Test
  void theContractKnowsNobody() {
    check(
        classes()
            .that()
            .resideInAPackage("io.millrace.spi..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                "io.millrace.spi..",
                "java..",
                "org.apache.arrow..",
                "org.jspecify..",
                "org.slf4j.."));
  }

  @Test
  void theCodecKnowsTheContractAlone() {
    check(onlyOurs("io.millrace.codec..", "io.millrace.codec..", "io.millrace.spi.."));
  }

  @Test
  void theEngineKnowsNoConnector() {
    check(
        onlyOurs(
            "io.millrace.engine..",
            "io.millrace.engine..",
            "io.millrace.codec..",
            "io.millrace.spi.."));
  }

  @Test
  void connectorsKnowTheContractAndTheCodec() {
    check(
        onlyOurs(
            "io.millrace.connectors..",
            "io.millrace.connectors..",
            "io.millrace.codec..",
            "io.millrace.spi.."));
  }

  @Test
  void connectorsDoNotKnowEachOther() {
    check(
        slices()
            .matching("io.millrace.connectors.(*)..")
            .namingSlices("connector $1")
            .should()
            .notDependOnEachOther());
  }

  /** The protocol shapes batches as the engine does; how a sync runs is nothing to it. */
  @Test
  void theProtocolKnowsTheContract() {
    check(
        onlyOurs(
            "io.millrace.protocol..",
            "io.millrace.protocol..",
            "io.millrace.codec..",
            "io.millrace.engine.shape..",
            "io.millrace.spi.."));
  }

  @Test
  void nobodyKnowsTheServer() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages("io.millrace.server..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.millrace.server.."));
  }

  @Test
  void featuresOfTheServerFormNoCircle() {
    check(slices().matching("io.millrace.server.(*)..").should().beFreeOfCycles());
  }

  @Test
  void onlyMainEndsTheProcess() {
    check(
        noClasses()
            .that()
            .doNotHaveFullyQualifiedName("io.millrace.server.Main")
            .should()
            .callMethod(System.class, "exit", int.class));
  }

  @Test
  void onlyTheConsoleKnowsStdout() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("io.millrace.server.output..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err"));
  }

  @Test
  void loggingIsSlf4j() {
    check(
        noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "java.util.logging..", "org.apache.log4j..", "org.apache.commons.logging.."));
  }

  @Test
  void timeComesFromAClock() {
    check(
        noClasses()
            .should()
            .callMethodWhere(
                new DescribedPredicate<JavaMethodCall>("now() without a clock") {
                  @Override
                  public boolean test(JavaMethodCall call) {
                    return call.getTarget().getName().equals("now")
                        && TIME.contains(call.getTargetOwner().getName())
                        && call.getTarget().getRawParameterTypes().isEmpty();
                  }
                })
            .orShould()
            .callMethod(System.class, "currentTimeMillis"));
  }

  /** A thread that carries no keys logs lines that nobody finds in the job's log. */
  @Test
  void threadsOfASyncAreMadeInOnePlace() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage("io.millrace.engine..", "io.millrace.connectors..")
            .should()
            .callMethod(Thread.class, "ofVirtual")
            .orShould()
            .callMethod(Thread.class, "ofPlatform")
            .orShould()
            .callMethod(Thread.class, "startVirtualThread", Runnable.class)
            .orShould()
            .callConstructor(Thread.class, Runnable.class));
  }

  @Test
  void classesAreFinalSealedOrMeantToBeExtended() {
    check(
        classes()
            .that(
                new DescribedPredicate<JavaClass>("are public top-level classes of a part") {
                  @Override
                  public boolean test(JavaClass one) {
                    return one.isTopLevelClass()
                        && !one.isInterface()
                        && !one.isRecord()
                        && !one.isEnum()
                        && !one.getModifiers()
                            .contains(com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT);
                  }
                })
            .should()
            .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL));
  }

  private static ArchRule onlyOurs(String part, String... allowed) {
    return noClasses()
        .that()
        .resideInAPackage(part)
        .should()
        .dependOnClassesThat(
            com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage("io.millrace..")
                .and(
                    com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages(
                        allowed)));
  }

  private static void check(ArchRule rule) {
    rule.check(CLASSES);
  }
}
