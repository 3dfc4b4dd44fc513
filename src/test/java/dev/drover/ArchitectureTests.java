package dev.drover;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.AnnotatedGenericBeanDefinition;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.SimpleBeanDefinitionRegistry;
import org.springframework.context.annotation.AnnotationBeanNameGenerator;
import org.springframework.stereotype.Component;

/** What Modulith can't say: floors, who may touch which library, and where time and chance come from. */
@AnalyzeClasses(packages = "dev.drover", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

    private static final Map<String, Integer> FLOORS = Map.ofEntries(
            Map.entry("kernel", 0), Map.entry("database", 0), Map.entry("eventlog", 0), Map.entry("outgoing", 0),
            Map.entry("web", 1), Map.entry("audience", 1), Map.entry("ruleset", 1), Map.entry("template", 1), Map.entry("engine", 1),
            Map.entry("consent", 2), Map.entry("experiment", 2), Map.entry("rfm", 2), Map.entry("tracking", 2), Map.entry("cart", 3),
            Map.entry("facts", 4), Map.entry("segment", 5), Map.entry("delivery", 6), Map.entry("journey", 7), Map.entry("trigger", 8), Map.entry("campaign", 9), Map.entry("calendar", 10), Map.entry("demo", 11), Map.entry("worker", 12));

    @ArchTest
    static void aPackageUsesFloorsBelowItOnly(JavaClasses classes) {
        Map<String, String> upward = new LinkedHashMap<>();
        for (JavaClass from : classes) {
            from.getDirectDependenciesFromSelf().forEach(dependency -> {
                String source = packageOf(from);
                String target = packageOf(dependency.getTargetClass());
                if (FLOORS.containsKey(source) && FLOORS.containsKey(target) && !source.equals(target)
                        && FLOORS.get(target) >= FLOORS.get(source) && FLOORS.get(source) > 0) {
                    upward.put(source + " → " + target, dependency.getDescription());
                }
            });
        }
        assertThat(upward).isEmpty();
    }

    @ArchTest
    static void everyPackageHasAFloor(JavaClasses classes) {
        assertThat(classes.stream().map(ArchitectureTests::packageOf).filter(name -> !name.isEmpty()).collect(Collectors.toSet()))
                .isEqualTo(FLOORS.keySet());
    }

    @ArchTest
    static final ArchRule camundaIsSpokenToBy = noClasses()
            .that().resideOutsideOfPackages("dev.drover.engine..", "dev.drover.journey..", "dev.drover.worker..")
            .should().dependOnClassesThat().resideInAPackage("io.camunda..");

    @ArchTest
    static final ArchRule droolsIsKnownTo = noClasses()
            .that().resideOutsideOfPackage("dev.drover.ruleset..")
            .should().dependOnClassesThat().resideInAnyPackage("org.drools..", "org.kie..");

    @ArchTest
    static final ArchRule handlebarsIsKnownTo = noClasses()
            .that().resideOutsideOfPackage("dev.drover.template..")
            .should().dependOnClassesThat().resideInAPackage("com.github.jknack..");

    @ArchTest
    static final ArchRule mailIsKnownTo = noClasses()
            .that().resideOutsideOfPackages("dev.drover.delivery.email..", "dev.drover.delivery.bounce..")
            .should().dependOnClassesThat().resideInAnyPackage("jakarta.mail..", "org.springframework.mail..", "org.eclipse.angus..");

    @ArchTest
    static final ArchRule sendGridIsKnownTo = noClasses()
            .that().resideOutsideOfPackage("dev.drover.delivery.email..")
            .should().dependOnClassesThat().resideInAnyPackage("com.sendgrid..", "org.apache.http..");

    @ArchTest
    static final ArchRule amazonIsKnownTo = noClasses()
            .that().resideOutsideOfPackage("dev.drover.delivery.email..")
            .should().dependOnClassesThat().resideInAPackage("software.amazon..");

    @ArchTest
    static final ArchRule twilioIsKnownTo = noClasses()
            .that().resideOutsideOfPackage("dev.drover.delivery.sms..")
            .should().dependOnClassesThat().resideInAnyPackage("com.twilio..");

    /** Twilio's library is built upon it; whatever else asks somebody by HTTP goes by {@code outgoing}. */
    @ArchTest
    static final ArchRule apacheClientIsKnownTo = noClasses()
            .that().resideOutsideOfPackages("dev.drover.outgoing..", "dev.drover.delivery.sms..")
            .should().dependOnClassesThat().resideInAPackage("org.apache.hc..");

    @ArchTest
    static final ArchRule googleIsKnownTo = noClasses()
            .that().resideOutsideOfPackage("dev.drover.delivery.push..")
            .should().dependOnClassesThat().resideInAnyPackage("com.google.firebase..", "com.google.auth..", "com.google.api..");

    /** The clock is the platform's, so that demo, tests and rehearsals can move it. The exporter runs inside the engine and takes its records' time. */
    @ArchTest
    static final ArchRule timeComesInThroughTheConstructor = noClasses()
            .that().resideOutsideOfPackage("dev.drover.kernel..")
            .should().callMethod(Instant.class, "now")
            .orShould().callMethod(LocalDate.class, "now")
            .orShould().callMethod(LocalDateTime.class, "now")
            .orShould().callMethod(ZonedDateTime.class, "now")
            .orShould().callMethod(OffsetDateTime.class, "now")
            .orShould().callMethod(Clock.class, "systemUTC")
            .orShould().callMethod(Clock.class, "systemDefaultZone")
            .orShould().callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule chanceComesInThroughTheConstructor = noClasses()
            .should().callConstructor(Random.class)
            .orShould().callMethod(Math.class, "random")
            .orShould().callMethod(UUID.class, "randomUUID");

    @ArchTest
    static final ArchRule fieldsAreNotInjected = noFields().should().beAnnotatedWith(Autowired.class);

    @ArchTest
    static final ArchRule nobodyPrints = noClasses()
            .should().accessField(System.class, "out").orShould().accessField(System.class, "err");

    @ArchTest
    static final ArchRule noRoomsForLeftovers = noClasses()
            .should().resideInAnyPackage("..util..", "..utils..", "..impl..", "..dto..", "..service..", "..helper..")
            .orShould(com.tngtech.archunit.lang.conditions.ArchConditions.be(
                    describe("named after nothing", type -> type.getSimpleName().matches(".*(Dto|DTO|Impl|Utils?|Helper)"))));

    @ArchTest
    static final ArchRule exporterStandsAlone = noClasses()
            .that().resideInAPackage("dev.drover.engine.history.exporter..")
            .should().dependOnClassesThat(resideInAnyPackage("org.springframework..", "tools.jackson..")
                    .and(describe("not its own", type -> !type.getPackageName().startsWith("dev.drover.engine.history.exporter"))))
            .allowEmptyShould(true);

    /** Two packages that know nothing of one another may like the same word; the container would say so only when everything starts. */
    @ArchTest
    static void noTwoBeansHaveOneName(JavaClasses classes) {
        var names = new AnnotationBeanNameGenerator();
        var registry = new SimpleBeanDefinitionRegistry();
        assertThat(classes.stream().filter(type -> type.isMetaAnnotatedWith(Component.class) && !type.isAnnotation())
                .collect(Collectors.groupingBy(type -> names.generateBeanName(new AnnotatedGenericBeanDefinition(type.reflect()), registry))).values())
                .hasSizeGreaterThan(200).allSatisfy(same -> assertThat(same).hasSize(1));
    }

    private static String packageOf(JavaClass type) {
        String name = type.getPackageName();
        return name.startsWith("dev.drover.") ? name.substring("dev.drover.".length()).split("\\.")[0] : "";
    }
}
