package io.fabricmirror.core;

import io.fabricmirror.MirrorException;
import io.fabricmirror.MirrorPlan;
import io.fabricmirror.Plan;
import io.fabricmirror.PlanException;
import io.fabricmirror.Preview;
import io.fabricmirror.Problem;
import io.fabricmirror.Report;
import io.fabricmirror.core.internal.json.Documents;
import io.fabricmirror.core.internal.json.PlanJson;
import io.fabricmirror.core.internal.json.PreviewJson;
import io.fabricmirror.core.internal.json.ReportJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Writes plans, previews and reports as JSON and reads them again without loss. Each document carries its kind and version. None ever
 * holds a secret; previews and reports hold names of tables, roles and servers, so treat them as internal. Thread-safe.
 */
public final class MirrorJson {
    private MirrorJson() {}

    /**
     * Writes a plan.
     *
     * @param plan a mirror plan
     * @return the document, with every default written out
     * @throws MirrorException if plans of this kind have no JSON
     */
    public static String write(Plan plan) {
        return Documents.text(PlanJson.write(plan));
    }

    /**
     * Writes a preview, so that somebody may read, approve and apply it later.
     *
     * @param preview the preview
     * @return the document
     * @throws MirrorException if plans of its kind have no JSON
     */
    public static String write(Preview preview) {
        return Documents.text(PreviewJson.write(preview));
    }

    /**
     * Writes a report.
     *
     * @param report the report
     * @return the document
     */
    public static String write(Report report) {
        return Documents.text(ReportJson.write(report));
    }

    /**
     * Reads a plan. Fields that have a default may be missing; an unknown field is a mistake. Plans of earlier versions are read too.
     *
     * @param json the document, as {@link #planSchema()} describes it
     * @return the plan
     * @throws PlanException if anything is wrong; it names every mistake with its line, column and path
     */
    public static MirrorPlan readPlan(String json) {
        return PlanJson.read(json, "");
    }

    /**
     * Reads every plan of a folder: its files that end with {@code .json}, in the order of their names.
     *
     * @param folder the folder; folders in it are left out
     * @return the plans
     * @throws PlanException if anything is wrong; it names every mistake of every file
     * @throws MirrorException if the folder or a file cannot be read
     */
    public static List<MirrorPlan> readPlans(Path folder) {
        List<MirrorPlan> plans = new ArrayList<>();
        List<String> mistakes = new ArrayList<>();
        for (Path file : files(folder)) {
            try {
                plans.add(PlanJson.read(Files.readString(file), String.valueOf(file.getFileName())));
            } catch (PlanException e) {
                e.mistakes().forEach(mistake -> mistakes.add(file.getFileName() + ", " + mistake));
            } catch (IOException e) {
                throw unreadable(file, e);
            }
        }
        if (!mistakes.isEmpty()) {
            throw PlanException.in("the plans of " + folder, mistakes);
        }

        return plans;
    }

    /**
     * Reads a preview.
     *
     * @param json what {@link #write(Preview)} wrote
     * @return the preview
     * @throws MirrorException with code {@code PREVIEW_VERSION} if another version of this library wrote it, or {@code
     *     PREVIEW_UNREADABLE} with every mistake
     */
    public static Preview readPreview(String json) {
        return PreviewJson.read(json);
    }

    /**
     * Reads a report.
     *
     * @param json what {@link #write(Report)} wrote
     * @return the report
     * @throws MirrorException with code {@code REPORT_VERSION} if another version of this library wrote it, or {@code
     *     REPORT_UNREADABLE} with every mistake
     */
    public static Report readReport(String json) {
        return ReportJson.read(json);
    }

    /**
     * Returns the JSON schema of a plan, for editors and checks before a plan is read.
     *
     * @return the schema, draft 2020-12
     */
    public static String planSchema() {
        try (InputStream file =
                Objects.requireNonNull(MirrorJson.class.getResourceAsStream("plan.schema.json"), "plan.schema.json")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(
                            file -> Files.isRegularFile(file) && file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    private static MirrorException unreadable(Path file, IOException e) {
        return new MirrorException(
                Problem.of("FILE_UNREADABLE", file + " cannot be read").seen(e.toString()), e);
    }
}
