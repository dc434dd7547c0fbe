package io.fabricmirror;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Writes a report as one HTML page. The page loads nothing and runs nothing, and says so to the browser. */
final class ReportHtml {
    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>%1$s</title>
            <style>
            :root { color-scheme: light dark; --line: #8884; --good: #2a8a4a; --bad: #c0392b; --wait: #c98a1b; --call: #3b6fb5; }
            body { font: 15px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
            h1 { font-size: 1.4rem; margin: 0; }
            h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
            .verdict { font-weight: 700; }
            .good { color: var(--good); } .bad { color: var(--bad); } .open { color: var(--wait); }
            dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem; margin: .5rem 0; }
            dt { opacity: .7; } dd { margin: 0; overflow-wrap: anywhere; }
            table { border-collapse: collapse; width: 100%%; }
            th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid var(--line); }
            td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
            .lane { display: grid; grid-template-columns: 9rem 1fr; align-items: center; border-bottom: 1px solid var(--line); }
            .track { position: relative; height: 1.9rem; }
            .track span { position: absolute; min-width: 2px; border-radius: 2px; }
            .step { top: .2rem; height: .4rem; background: var(--good); }
            .step.bad { background: var(--bad); } .step.open { background: var(--wait); }
            .call { top: .8rem; height: .4rem; background: var(--call); }
            .call.bad { background: var(--bad); }
            .wait, .pause { top: 1.35rem; height: .3rem; background: var(--wait); }
            pre { white-space: pre-wrap; border-left: 3px solid var(--wait); padding-left: 1rem; font-size: .9em; }
            .changes { margin: 0; padding-left: 1.1rem; }
            </style>
            </head>
            <body>
            """;

    private final StringBuilder page = new StringBuilder();
    private final Report report;

    private ReportHtml(Report report) {
        this.report = report;
    }

    static String of(Report report) {
        return new ReportHtml(report).page();
    }

    private String page() {
        page.append(HEAD.formatted(escaped(report.planName() + ": " + words(report.verdict()))));
        appendHeader();
        appendSteps();
        appendProblems();
        appendTables();
        appendTimeline();
        return page.append("</body>\n</html>\n").toString();
    }

    private void appendHeader() {
        String look = switch (report.verdict()) {
            case DONE, NOTHING_TO_CHANGE -> "good";
            case IN_PROGRESS, ACTION_NEEDED -> "open";
            default -> "bad";
        };
        page.append("<h1>").append(escaped(report.planName())).append("</h1>\n");
        page.append("<p><span class=\"verdict ").append(look).append("\">").append(escaped(words(report.verdict())));
        page.append("</span> ").append(escaped(report.summary())).append("</p>\n<dl>\n");
        report.run().begin().ifPresent(begin -> fact("begun", begin.toString()));
        fact("took", Report.seconds(report.elapsed()));
        if (!report.run().id().isEmpty()) {
            fact("run", report.run().id());
        }
        report.run().reference().ifPresent(reference -> fact("approved by", reference));
        page.append("</dl>\n");
    }

    private void fact(String name, String value) {
        page.append("<dt>")
                .append(name)
                .append("</dt><dd>")
                .append(escaped(value))
                .append("</dd>\n");
    }

    private void appendSteps() {
        page.append(
                "<h2>Steps</h2>\n<table>\n<tr><th class=\"number\">#</th><th>step</th><th>outcome</th><th></th></tr>\n");
        int number = 0;
        for (StepResult step : report.steps()) {
            page.append("<tr><td class=\"number\">").append(++number);
            page.append("</td><td>").append(escaped(step.key().value()));
            page.append("</td><td class=\"").append(look(step.outcome())).append("\">");
            page.append(escaped(step.outcome().value())).append("</td><td>").append(escaped(step.detail()));
            appendChanges(step.changes());
            page.append("</td></tr>\n");
        }
        page.append("</table>\n");
    }

    private void appendChanges(List<Change> changes) {
        if (changes.isEmpty()) {
            return;
        }

        page.append("<ul class=\"changes\">");
        changes.forEach(
                change -> page.append("<li>").append(escaped(change.toString())).append("</li>"));
        page.append("</ul>");
    }

    private void appendProblems() {
        List<Problem> problems =
                report.steps().stream().flatMap(step -> step.problem().stream()).toList();
        if (problems.isEmpty()) {
            return;
        }

        page.append("<h2>Problems</h2>\n");
        problems.forEach(
                problem -> page.append("<pre>").append(escaped(problem.text())).append("</pre>\n"));
    }

    private void appendTables() {
        if (report.tables().isEmpty()) {
            return;
        }

        page.append("<h2>Tables</h2>\n<table>\n<tr><th>table</th><th>state</th><th class=\"number\">source</th>"
                + "<th class=\"number\">processed</th><th></th></tr>\n");
        for (TableProgress table : report.tables()) {
            page.append("<tr><td>").append(escaped(table.table().toString()));
            page.append("</td><td class=\"")
                    .append(table.arrived() ? "good" : "open")
                    .append("\">");
            page.append(escaped(table.state())).append("</td>");
            number(table.sourceRows());
            number(table.processedRows());
            page.append("<td>").append(escaped(table.error())).append("</td></tr>\n");
        }
        page.append("</table>\n");
    }

    private void number(long value) {
        page.append("<td class=\"number\">")
                .append(value < 0 ? "" : String.format(Locale.ROOT, "%,d", value))
                .append("</td>");
    }

    private void appendTimeline() {
        List<TimelineEntry> entries = report.run().timeline();
        if (entries.isEmpty()) {
            return;
        }

        page.append(
                        "<h2>Timeline</h2>\n<p>Above: the step. Middle: calls. Below: waits and pauses. The whole width is ")
                .append(Report.seconds(report.elapsed()))
                .append(".</p>\n");
        for (StepResult step : report.steps()) {
            page.append("<div class=\"lane\"><div>").append(escaped(step.key().value()));
            page.append("</div><div class=\"track\">");
            entries.stream().filter(e -> e.step().equals(step.key())).forEach(this::bar);
            page.append("</div></div>\n");
        }
        appendEntries(entries);
    }

    private void bar(TimelineEntry entry) {
        double whole = Math.max(1, report.elapsed().toMillis());
        String look = entry.kind().equals(TimelineEntry.Kind.STEP)
                ? look(new Outcome(entry.result()))
                : entry.result().isEmpty() ? "" : "bad";
        page.append(String.format(
                Locale.ROOT,
                "<span class=\"%s %s\" style=\"left:%.2f%%;width:%.2f%%\" title=\"%s\"></span>",
                escaped(entry.kind().value()),
                look,
                100 * entry.start().toMillis() / whole,
                100 * entry.took().toMillis() / whole,
                escaped(line(entry))));
    }

    private void appendEntries(List<TimelineEntry> entries) {
        page.append("<details><summary>All ").append(entries.size()).append(" entries</summary>\n<table>\n");
        page.append(
                "<tr><th class=\"number\">after</th><th class=\"number\">took</th><th>step</th><th></th><th></th><th></th></tr>\n");
        for (TimelineEntry entry : entries) {
            page.append("<tr><td class=\"number\">").append(Report.seconds(entry.start()));
            page.append("</td><td class=\"number\">").append(shown(entry.took()));
            page.append("</td><td>").append(escaped(entry.step().value()));
            page.append("</td><td>").append(escaped(entry.kind().value()));
            page.append("</td><td>").append(escaped(entry.what()));
            page.append("</td><td>").append(escaped(entry.result())).append("</td></tr>\n");
        }
        page.append("</table>\n</details>\n");
    }

    private static String line(TimelineEntry entry) {
        return entry.kind() + ", " + shown(entry.took()) + ": " + entry.what()
                + (entry.result().isEmpty() ? "" : " (" + entry.result() + ")");
    }

    private static String shown(Duration took) {
        return took.toMillis() < 1000 ? took.toMillis() + " ms" : Report.seconds(took);
    }

    private static String look(Outcome outcome) {
        if (outcome.equals(Outcome.SATISFIED) || outcome.equals(Outcome.CHANGED)) {
            return "good";
        }

        return outcome.equals(Outcome.FAILED) || outcome.equals(Outcome.UNKNOWN) ? "bad" : "open";
    }

    private static String words(Verdict verdict) {
        return verdict.name().replace('_', ' ');
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
