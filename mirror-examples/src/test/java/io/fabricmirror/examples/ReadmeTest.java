package io.fabricmirror.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    private static final Path ROOT = Path.of("..");

    @Test
    void firstListing_isTheProgramThatIsCompiledAndTested() throws IOException {
        assertThat(firstListing()).isEqualTo(program());
    }

    @Test
    void firstListing_fitsInTwentyLinesOfCode() throws IOException {
        List<String> code = firstListing()
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("/**"))
                .toList();

        assertThat(code).hasSizeLessThanOrEqualTo(20);
    }

    @Test
    void links_ofEveryPage_leadToFilesThatExist() throws IOException {
        try (Stream<Path> root = Files.list(ROOT);
                Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            List<Path> pages = Stream.concat(root, docs)
                    .filter(p -> p.toString().endsWith(".md"))
                    .toList();
            assertThat(pages).hasSizeGreaterThan(4);
            for (Path page : pages) {
                Matcher link = Pattern.compile("\\]\\((?!http)([^)#]+)").matcher(Files.readString(page));
                while (link.find()) {
                    assertThat(page.resolveSibling(link.group(1)))
                            .as(page + " links to")
                            .exists();
                }
            }
        }
    }

    private static String firstListing() throws IOException {
        Matcher listing = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(ROOT.resolve("README.md")));
        assertThat(listing.find()).isTrue();
        return listing.group(1);
    }

    private static String program() throws IOException {
        String source = Files.readString(Path.of("src/main/java/io/fabricmirror/examples/MirrorOrders.java"));
        int begin = source.indexOf("// readme:begin\n") + "// readme:begin\n".length();
        return source.substring(begin, source.indexOf("// readme:end"));
    }
}
