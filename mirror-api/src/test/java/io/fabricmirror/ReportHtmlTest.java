package io.fabricmirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

@Tag("G48")
class ReportHtmlTest {
    private static final String EVIL = "<script>alert('x')</script>&\"";

    @Test
    void html_textFromOutside_isEscapedEverywhere() throws Exception {
        Document page = parsed(report().html());

        assertThat(page.getElementsByTagName("script").getLength()).isZero();
        assertThat(page.getDocumentElement().getTextContent()).contains(EVIL);
        NodeList bars = page.getElementsByTagName("span");
        assertThat(bars.item(bars.getLength() - 1)
                        .getAttributes()
                        .getNamedItem("title")
                        .getTextContent())
                .contains(EVIL);
    }

    @Test
    void html_page_loadsNothing() {
        assertThat(report().html())
                .contains("default-src 'none'")
                .doesNotContainPattern("(?i)(src|href|url)\\s*[=(]")
                .doesNotContain("@import", "http://", "https://");
    }

    @Test
    void html_timeline_showsStepsCallsAndWaitsInTheirPlace() {
        assertThat(report().html())
                .contains("CHG-4711", "Timeline", "All 3 entries")
                .contains("class=\"step good\" style=\"left:0.00%;width:50.00%\"")
                .contains("class=\"call bad\" style=\"left:10.00%;width:20.00%\"")
                .contains("class=\"wait \" style=\"left:30.00%;width:20.00%\"");
    }

    private static Report report() {
        Problem problem = Problem.of("BROKEN", EVIL).remedy(EVIL);
        return Report.of(
                        EVIL,
                        Milestone.REPLICATING,
                        List.of(
                                StepResult.of(
                                        StepKey.SERVER, Outcome.CHANGED, EVIL, List.of(new Change(EVIL, EVIL, EVIL))),
                                StepResult.of(StepKey.START, Outcome.NEEDS_ACTION, problem, List.of())),
                        List.of(new TableProgress(new TableName(EVIL, EVIL), EVIL, 1, 2, EVIL)),
                        Duration.ofSeconds(10))
                .run(RunFacts.of("run", Instant.EPOCH)
                        .reference("CHG-4711")
                        .timeline(List.of(
                                entry(TimelineEntry.Kind.STEP, "done", 0, 5, "changed"),
                                entry(TimelineEntry.Kind.CALL, "azure: server", 1, 2, "AuthorizationFailed"),
                                entry(TimelineEntry.Kind.WAIT, EVIL, 3, 2, ""))));
    }

    private static TimelineEntry entry(TimelineEntry.Kind kind, String what, int start, int took, String result) {
        return new TimelineEntry(
                kind, StepKey.SERVER, what, Duration.ofSeconds(start), Duration.ofSeconds(took), result);
    }

    /** HTML is no XML; made one by closing its void elements. */
    private static Document parsed(String html) throws Exception {
        String xml = html.replace("<!DOCTYPE html>", "").replaceAll("<meta([^>]*)>", "<meta$1/>");
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }
}
