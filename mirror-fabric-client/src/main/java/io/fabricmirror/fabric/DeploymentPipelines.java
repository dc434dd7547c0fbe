package io.fabricmirror.fabric;

import io.fabricmirror.fabric.internal.DeploymentReader;
import io.fabricmirror.fabric.internal.FabricRequest;
import io.fabricmirror.fabric.internal.LongOperations;
import io.fabricmirror.fabric.internal.Transport;
import java.util.List;
import java.util.UUID;

/**
 * The calls about deployment pipelines. Thread-safe.
 *
 * <p>Permissions: admin of the pipeline for every call but {@link #list()}. Deployment rules have no API.
 *
 * <p>Source of permissions, limits and errors: <a href="https://learn.microsoft.com/rest/api/fabric/core/deployment-pipelines">Microsoft's
 * reference</a>, as of August 2026.
 */
public final class DeploymentPipelines {
    private static final String PATH = "deploymentPipelines";

    private final Transport transport;

    DeploymentPipelines(Transport transport) {
        this.transport = transport;
    }

    /**
     * Lists the pipelines the caller has a role on.
     *
     * @return the pipelines, without stages
     */
    public List<DeploymentPipeline> list() {
        FabricRequest request = FabricRequest.get("list deployment pipelines", PATH);
        return transport.pages(request, "value", DeploymentReader::pipeline);
    }

    /**
     * Reads a pipeline.
     *
     * @param pipelineId the pipeline
     * @return the pipeline, with its stages
     */
    public DeploymentPipeline get(UUID pipelineId) {
        FabricRequest request = FabricRequest.get("read deployment pipeline " + pipelineId, PATH, pipelineId);
        return transport.call(request, DeploymentReader::pipeline);
    }

    /**
     * Lists the stages of a pipeline, 2 to 10 of them.
     *
     * @param pipelineId the pipeline
     * @return the stages
     */
    public List<DeploymentStage> stages(UUID pipelineId) {
        FabricRequest request =
                FabricRequest.get("list stages of deployment pipeline " + pipelineId, PATH, pipelineId, "stages");
        return transport.pages(request, "value", DeploymentReader::stage);
    }

    /**
     * Lists the items of a stage that can be deployed.
     *
     * <p>Permissions: also contributor of the workspace of the stage.
     *
     * @param pipelineId the pipeline
     * @param stageId the stage
     * @return the items
     */
    public List<DeploymentStageItem> stageItems(UUID pipelineId, UUID stageId) {
        FabricRequest request = FabricRequest.get(
                "list items of deployment stage " + stageId, PATH, pipelineId, "stages", stageId, "items");
        return transport.pages(request, "value", DeploymentReader::item);
    }

    /**
     * Deploys and waits for the end, within {@link FabricLimits#operation()}. A mirrored database is deployed, but not started.
     *
     * <p>Permissions: also contributor of both workspaces; a delegated token needs scope {@code Pipeline.Deploy}. A service
     * principal may deploy if every item involved supports it. Limit: 300 items.
     *
     * <p>Errors: {@code PrincipalTypeNotSupported}.
     *
     * @param pipelineId the pipeline
     * @param deployment what to deploy
     * @return what was done
     */
    public Deployment deploy(UUID pipelineId, NewDeployment deployment) {
        FabricRequest request = FabricRequest.create(
                        "deploy in deployment pipeline " + pipelineId, PATH, pipelineId, "deploy")
                .body(deployment.json());
        return new LongOperations(transport).call(request, DeploymentReader::deployment);
    }

    /**
     * Lists the latest deployments of a pipeline, at most 20.
     *
     * @param pipelineId the pipeline
     * @return the deployments, without steps
     */
    public List<Deployment> deployments(UUID pipelineId) {
        FabricRequest request = FabricRequest.get(
                "list deployments of deployment pipeline " + pipelineId, PATH, pipelineId, "operations");
        return transport.pages(request, "value", DeploymentReader::deployment);
    }

    /**
     * Reads a deployment.
     *
     * @param pipelineId the pipeline
     * @param deploymentId the deployment
     * @return the deployment, with its steps
     */
    public Deployment deployment(UUID pipelineId, UUID deploymentId) {
        FabricRequest request =
                FabricRequest.get("read deployment " + deploymentId, PATH, pipelineId, "operations", deploymentId);
        return transport.call(request, DeploymentReader::deployment);
    }
}
