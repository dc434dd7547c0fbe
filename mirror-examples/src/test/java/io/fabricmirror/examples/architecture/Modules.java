package io.fabricmirror.examples.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.List;

/** Says which module a class belongs to; each module owns one package prefix. */
final class Modules {
    static final String ROOT = "io.fabricmirror";
    static final String API = "mirror-api";
    static final List<String> OTHERS = List.of("fabric", "testkit", "core", "examples");

    /** What other modules and users can see: public types outside the internal packages. */
    static final DescribedPredicate<JavaClass> EXPORTED =
            DescribedPredicate.describe("are exported", Modules::isExported);

    private Modules() {}

    static boolean isOurs(JavaClass type) {
        return type.getPackageName().equals(ROOT) || type.getPackageName().startsWith(ROOT + ".");
    }

    static boolean isInternal(JavaClass type) {
        return isOurs(type) && (type.getPackageName() + ".").contains(".internal.");
    }

    static DescribedPredicate<JavaClass> areIn(String module) {
        return DescribedPredicate.describe(
                "are in " + module, type -> isOurs(type) && moduleOf(type).equals(module));
    }

    static String moduleOf(JavaClass type) {
        return OTHERS.stream()
                .filter(name -> (type.getPackageName() + ".").startsWith(ROOT + "." + name + "."))
                .map(name -> name.equals("fabric") ? "mirror-fabric-client" : "mirror-" + name)
                .findFirst()
                .orElse(API);
    }

    private static boolean isExported(JavaClass type) {
        return isOurs(type)
                && !isInternal(type)
                && isVisible(type)
                && !moduleOf(type).equals("mirror-examples");
    }

    private static boolean isVisible(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(Modules::isVisible).orElse(true);
    }
}
