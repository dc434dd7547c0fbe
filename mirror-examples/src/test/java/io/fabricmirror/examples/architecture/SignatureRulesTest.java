package io.fabricmirror.examples.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What users see. */
@AnalyzeClasses(packages = Modules.ROOT, importOptions = ImportOption.DoNotIncludeTests.class)
class SignatureRulesTest {
    /** What a caller hands in; the testkit also is a JUnit extension. */
    private static final Set<String> ALLOWED = Set.of("com.azure.core.credential", "com.azure.core.http");

    private static final String JUNIT = "org.junit.jupiter.api.extension";

    @ArchTest
    static final ArchRule signatures_exported_showNoLibrary = classes()
            .that(Modules.EXPORTED)
            .should(showNoLibrary())
            .because("an exported signature ties users to the library it names; use a type of ours or of the JDK"
                    + " (allowed: " + ALLOWED + ")");

    @ArchTest
    static final ArchRule methods_exported_takeNoBoolean = methods()
            .that()
            .areDeclaredInClassesThat(Modules.EXPORTED)
            .and(DescribedPredicate.<JavaMethod>describe(
                    "are visible and override nothing", SignatureRulesTest::isOurOwn))
            .should(takeNoBoolean())
            .because("nobody can read stop(true); give each case a method: stop() and stopAndForget()");

    @ArchTest
    static final ArchRule methods_exported_areNotNamedGet = methods()
            .that()
            .areDeclaredInClassesThat(Modules.EXPORTED)
            .and(DescribedPredicate.<JavaMethod>describe(
                    "are visible and override nothing", SignatureRulesTest::isOurOwn))
            .should()
            .haveNameNotMatching("(get|is)[A-Z].*")
            .because("accessors are nouns (displayName()) and predicates read in an if (succeeded())");

    private static ArchCondition<JavaClass> showNoLibrary() {
        return new ArchCondition<>("show no third-party type") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                Stream<JavaType> supertypes =
                        Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
                supertypes.forEach(shown -> report(type, type.getName(), shown, events));
                type.getFields().stream()
                        .filter(SignatureRulesTest::isVisible)
                        .forEach(field -> reportField(type, field, events));
                Stream.concat(type.getMethods().stream(), type.getConstructors().stream())
                        .filter(SignatureRulesTest::isVisible)
                        .forEach(unit -> reportUnit(type, unit, events));
            }
        };
    }

    private static void reportField(JavaClass type, JavaField field, ConditionEvents events) {
        report(type, field.getFullName(), field.getType(), events);
    }

    private static void reportUnit(JavaClass type, JavaCodeUnit unit, ConditionEvents events) {
        report(type, unit.getFullName(), unit.getReturnType(), events);
        unit.getParameterTypes().forEach(shown -> report(type, unit.getFullName(), shown, events));
        unit.getExceptionTypes().forEach(shown -> report(type, unit.getFullName(), shown, events));
    }

    private static void report(JavaClass type, String where, JavaType shown, ConditionEvents events) {
        Set<String> foreign = shown.getAllInvolvedRawTypes().stream()
                .map(JavaClass::getBaseComponentType)
                .filter(raw -> !isAllowed(type, raw))
                .map(JavaClass::getName)
                .collect(Collectors.toSet());
        if (!foreign.isEmpty()) {
            events.add(SimpleConditionEvent.violated(type, where + " shows " + foreign));
        }
    }

    private static boolean isAllowed(JavaClass type, JavaClass shown) {
        if (Modules.isOurs(shown)) {
            return !Modules.isInternal(shown);
        }

        String name = shown.getPackageName();
        return shown.isPrimitive()
                || name.startsWith("java.")
                || name.startsWith("javax.")
                || ALLOWED.contains(name)
                || (name.equals(JUNIT) && Modules.moduleOf(type).equals("mirror-testkit"));
    }

    private static ArchCondition<JavaMethod> takeNoBoolean() {
        return new ArchCondition<>("take no boolean") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                if (method.getRawParameterTypes().stream().anyMatch(type -> type.isEquivalentTo(boolean.class))) {
                    events.add(SimpleConditionEvent.violated(method, method.getFullName()));
                }
            }
        };
    }

    private static boolean isOurOwn(JavaMethod method) {
        JavaClass owner = method.getOwner();
        String[] parameters =
                method.getRawParameterTypes().stream().map(JavaClass::getName).toArray(String[]::new);

        return isVisible(method)
                && Stream.concat(owner.getAllRawSuperclasses().stream(), owner.getAllRawInterfaces().stream())
                        .noneMatch(type ->
                                type.tryGetMethod(method.getName(), parameters).isPresent());
    }

    private static boolean isVisible(JavaMember member) {
        Set<JavaModifier> modifiers = member.getModifiers();
        return !modifiers.contains(JavaModifier.SYNTHETIC)
                && (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED));
    }
}
