package io.fabricmirror.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabricmirror.testkit.internal.fabric.FabricService;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page docs/testkit.md says what is there. */
class PageTest {
    private static final Path PAGE = Path.of("../docs/testkit.md");

    @Test
    void listing_isTheTestThatRuns() throws IOException {
        String page = Files.readString(PAGE);
        String source = Files.readString(Path.of("src/test/java/io/fabricmirror/testkit/OrdersJobTest.java"));
        String listing = page.substring(page.indexOf("```java\n") + 8);

        assertThat(source).endsWith(listing.substring(0, listing.indexOf("```")));
    }

    @Test
    void operation_thatFabricDoesNotSpecify_isListed() throws IOException {
        String page = Files.readString(PAGE);
        try (LocalAzure azure = LocalAzure.builder().withoutHttp().start()) {
            List<String> names = azure.services().gate.services().stream()
                    .filter(service -> !(service instanceof FabricService))
                    .flatMap(service -> service.routes().all().stream())
                    .map(route -> "`" + route.call().name() + "`")
                    .toList();

            assertThat(names)
                    .hasSizeGreaterThan(30)
                    .allSatisfy(name -> assertThat(page).contains(name));
        }
    }

    @Test
    void fault_thatCanBeSet_isListed() throws IOException {
        String page = Files.readString(PAGE);

        assertThat(Stream.of(Faults.On.class, Faults.How.class)
                        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                        .filter(method -> Modifier.isPublic(method.getModifiers()))
                        .map(Method::getName))
                .hasSizeGreaterThan(10)
                .allSatisfy(name -> assertThat(page).contains("`." + name + "("));
    }
}
