package io.fabricmirror.examples.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What code may do only in its one place. */
@AnalyzeClasses(packages = Modules.ROOT, importOptions = ImportOption.DoNotIncludeTests.class)
class CodeRulesTest {
    /** Each module that needs real time has one place for it. */
    private static final DescribedPredicate<JavaClass> TIME_CLASSES = DescribedPredicate.describe(
            "are a module's one place of time",
            type -> type.getName().matches("io\\.fabricmirror\\.core\\..*\\bSystemPacer")
                    || type.getName().matches("io\\.fabricmirror\\.fabric\\..*\\bSystemClock")
                    || type.getPackageName().equals("io.fabricmirror.testkit.internal.time"));

    @ArchTest
    static final ArchRule time_isRead_inOneClassOfAModule = noClasses()
            .that(DescribedPredicate.not(TIME_CLASSES))
            .should()
            .callMethodWhere(readsTheClock())
            .because("tests skip time; read it from the Pacer handed in (the client: FabricClock)");

    @ArchTest
    static final ArchRule waiting_happens_inOneClassOfAModule = noClasses()
            .that(DescribedPredicate.not(TIME_CLASSES))
            .should()
            .callMethodWhere(sleeps())
            .because("a wait has a limit and tests skip it; call the Pacer handed in (the client: FabricClock)");

    @ArchTest
    static final ArchRule console_isWritten_byExamplesOnly = noClasses()
            .that()
            .resideOutsideOfPackage("io.fabricmirror.examples..")
            .should(ACCESS_STANDARD_STREAMS)
            .because("a library logs through SLF4J and reports through its listener");

    private static DescribedPredicate<JavaCall<?>> readsTheClock() {
        DescribedPredicate<JavaCall<?>> system = target(owner(assignableTo(System.class)))
                .and(target(nameMatching("currentTimeMillis|nanoTime")))
                .forSubtype();
        return system.or(target(owner(assignableTo(Clock.class))).and(target(nameMatching("system.*|tick.*"))))
                .or(DescribedPredicate.describe(
                        "now() of a java.time type",
                        call -> call.getTargetOwner().getPackageName().equals(Instant.class.getPackageName())
                                && call.getName().equals("now")
                                && takesNoClock(call)))
                .as("read the system's clock");
    }

    private static boolean takesNoClock(JavaCall<?> call) {
        return call.getTarget().getRawParameterTypes().stream().noneMatch(type -> type.isEquivalentTo(Clock.class));
    }

    private static DescribedPredicate<JavaCall<?>> sleeps() {
        return target(owner(assignableTo(Thread.class)))
                .and(target(name("sleep")))
                .or(target(owner(assignableTo(TimeUnit.class))).and(target(name("sleep"))))
                .or(target(owner(assignableTo(LockSupport.class))).and(target(nameMatching("park(Nanos|Until)"))))
                .<JavaCall<?>>forSubtype()
                .as("sleep");
    }
}
