package io.fabricmirror.examples.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
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
            .accessTargetWhere(readsTheClock())
            .because("tests skip time; read it from the Pacer handed in (the client: FabricClock)");

    @ArchTest
    static final ArchRule waiting_happens_inOneClassOfAModule = noClasses()
            .that(DescribedPredicate.not(TIME_CLASSES))
            .should()
            .accessTargetWhere(sleeps())
            .because("a wait has a limit and tests skip it; call the Pacer handed in (the client: FabricClock)");

    @ArchTest
    static final ArchRule console_isWritten_byExamplesOnly = noClasses()
            .that()
            .resideOutsideOfPackage("io.fabricmirror.examples..")
            .should(ACCESS_STANDARD_STREAMS)
            .because("a library logs through SLF4J and reports through its listener");

    /** Method references count as well as calls. */
    private static DescribedPredicate<JavaAccess<?>> readsTheClock() {
        return DescribedPredicate.describe("read the system's clock", access -> {
            JavaClass owner = access.getTargetOwner();
            String name = access.getTarget().getName();
            return (owner.isEquivalentTo(System.class) && name.matches("currentTimeMillis|nanoTime"))
                    || (owner.isEquivalentTo(Clock.class) && name.matches("(system|tick).*"))
                    || (owner.getPackageName().equals("java.time")
                            && name.equals("now")
                            && !isGivenAClock(access.getTarget()));
        });
    }

    private static boolean isGivenAClock(AccessTarget target) {
        return target instanceof CodeUnitAccessTarget unit
                && unit.getRawParameterTypes().stream().anyMatch(type -> type.isEquivalentTo(Clock.class));
    }

    private static DescribedPredicate<JavaAccess<?>> sleeps() {
        return DescribedPredicate.describe("sleep", access -> {
            JavaClass owner = access.getTargetOwner();
            String name = access.getTarget().getName();
            return (owner.isAssignableTo(Thread.class) && name.equals("sleep"))
                    || (owner.isEquivalentTo(TimeUnit.class) && name.equals("sleep"))
                    || (owner.isEquivalentTo(LockSupport.class) && name.matches("park(Nanos|Until)"));
        });
    }
}
