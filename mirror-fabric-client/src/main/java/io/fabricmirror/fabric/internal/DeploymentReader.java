package io.fabricmirror.fabric.internal;

import io.fabricmirror.fabric.Deployment;
import io.fabricmirror.fabric.DeploymentDifference;
import io.fabricmirror.fabric.DeploymentPipeline;
import io.fabricmirror.fabric.DeploymentStage;
import io.fabricmirror.fabric.DeploymentStageItem;
import io.fabricmirror.fabric.DeploymentStatus;
import io.fabricmirror.fabric.ItemType;

/** Reads deployment pipelines and what was deployed. */
public final class DeploymentReader {
    private DeploymentReader() {}

    public static DeploymentPipeline pipeline(Fields fields) {
        return new DeploymentPipeline(
                fields.id("id"),
                fields.text("displayName"),
                fields.textOrEmpty("description"),
                fields.list("stages", "stage").stream()
                        .map(DeploymentReader::stage)
                        .toList());
    }

    public static DeploymentStage stage(Fields fields) {
        return new DeploymentStage(
                fields.id("id"),
                (int) Math.max(0, Math.min(Integer.MAX_VALUE, fields.number("order", 0))),
                fields.textOrEmpty("displayName"),
                fields.idOrNull("workspaceId"),
                fields.textOrEmpty("workspaceName"));
    }

    public static DeploymentStageItem item(Fields fields) {
        return new DeploymentStageItem(
                fields.id("itemId"),
                new ItemType(fields.text("itemType")),
                fields.textOrEmpty("itemDisplayName"),
                fields.idOrNull("sourceItemId"),
                fields.idOrNull("targetItemId"),
                fields.timeOrNull("lastDeploymentTime"));
    }

    public static Deployment deployment(Fields fields) {
        Fields who = fields.object("performedBy");
        return new Deployment(
                fields.id("id"),
                new DeploymentStatus(fields.text("status")),
                fields.idOrNull("sourceStageId"),
                fields.idOrNull("targetStageId"),
                fields.timeOrNull("executionStartTime"),
                fields.timeOrNull("executionEndTime"),
                who.idOrNull("id") == null ? null : Roles.principal(who),
                fields.object("note").textOrEmpty("content"),
                fields.object("executionPlan").list("steps", "step").stream()
                        .map(DeploymentReader::step)
                        .toList());
    }

    private static Deployment.Step step(Fields fields) {
        Fields pair = fields.object("sourceAndTarget");
        String type = pair.textOrNull("itemType");
        String difference = fields.textOrNull("preDeploymentDiffState");
        return new Deployment.Step(
                new DeploymentStatus(fields.text("status")),
                fields.textOrEmpty("description"),
                type == null ? null : new ItemType(type),
                pair.idOrNull("sourceItemId"),
                pair.textOrEmpty("sourceItemDisplayName"),
                pair.idOrNull("targetItemId"),
                difference == null ? null : new DeploymentDifference(difference),
                ErrorReader.of(fields.object("error"), Redaction.NONE));
    }
}
