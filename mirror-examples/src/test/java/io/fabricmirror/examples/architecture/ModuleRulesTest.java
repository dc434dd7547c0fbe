package io.fabricmirror.examples.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which module may use what. The reasons are in CONTRIBUTING.md. */
@AnalyzeClasses(packages = Modules.ROOT, importOptions = ImportOption.DoNotIncludeTests.class)
class ModuleRulesTest {
    @ArchTest
    static final ArchRule api_dependencies_areTheJdkOnly = classes()
            .that(Modules.areIn(Modules.API))
            .should()
            .onlyDependOnClassesThat(Modules.areIn(Modules.API)
                    .or(resideInAnyPackage("java..", "javax..", "org.jspecify.annotations", "")))
            .because("mirror-api needs nothing but the JDK; put a port into io.fabricmirror.spi and what needs a"
                    + " library behind it into mirror-core");

    @ArchTest
    static final ArchRule testkit_dependencies_areNotCoreNorClient = noClasses()
            .that()
            .resideInAPackage("io.fabricmirror.testkit..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.fabricmirror.core..", "io.fabricmirror.fabric..", "io.fabricmirror.examples..")
            .because("a local Azure that shares code with what it tests agrees with its mistakes; write the payload"
                    + " as literal JSON after the published specification")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule client_dependencies_areNotOurs = noClasses()
            .that()
            .resideInAPackage("io.fabricmirror.fabric..")
            .should()
            .dependOnClassesThat(describe(
                    "are in another module of ours",
                    type -> Modules.isOurs(type) && !Modules.moduleOf(type).equals("mirror-fabric-client")))
            .because("the Fabric client is useful alone; adapt it to the ports in mirror-core")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule core_dependencies_areNotTestkitNorExamples = noClasses()
            .that()
            .resideInAPackage("io.fabricmirror.core..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.fabricmirror.testkit..", "io.fabricmirror.examples..")
            .because("mirror-core is what users ship; the testkit belongs to its tests")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule internal_packages_areUsedByTheirModuleOnly = classes()
            .should(useNoInternalsOfOthers())
            .because("what a sibling needs is api or spi; export it there or do without");

    @ArchTest
    static void packages_ofAllModules_areInOneModuleOnly(JavaClasses all) {
        Map<String, Set<String>> modules = new TreeMap<>();
        for (JavaClass type : all) {
            String place = type.getSource().orElseThrow().getUri().toString();
            String root = place.substring(0, place.length() - (type.getName().length() + ".class".length()));
            modules.computeIfAbsent(type.getPackageName(), name -> new TreeSet<>())
                    .add(root);
        }
        modules.values().removeIf(places -> places.size() == 1);

        assertThat(modules)
                .as("packages found in two modules; give each module's packages its own prefix")
                .isEmpty();
    }

    private static ArchCondition<JavaClass> useNoInternalsOfOthers() {
        return new ArchCondition<>("use no internal package of another module") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getDirectDependenciesFromSelf().stream()
                        .filter(use -> Modules.isInternal(use.getTargetClass()))
                        .filter(use -> !Modules.moduleOf(use.getTargetClass()).equals(Modules.moduleOf(type)))
                        .forEach(use -> events.add(SimpleConditionEvent.violated(type, use.getDescription())));
            }
        };
    }
}
