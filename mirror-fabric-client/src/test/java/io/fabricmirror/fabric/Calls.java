package io.fabricmirror.fabric;

import static io.fabricmirror.fabric.Samples.CAPACITY;
import static io.fabricmirror.fabric.Samples.CONNECTION;
import static io.fabricmirror.fabric.Samples.GATEWAY;
import static io.fabricmirror.fabric.Samples.MIRROR;
import static io.fabricmirror.fabric.Samples.OPERATION;
import static io.fabricmirror.fabric.Samples.PASSWORD;
import static io.fabricmirror.fabric.Samples.PRINCIPAL;
import static io.fabricmirror.fabric.Samples.WORKSPACE;
import static io.fabricmirror.fabric.Samples.json;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/** Every call the client has, each with all that can be given, and a good answer. {@code CallsTest} checks that none is missing. */
final class Calls {
    private static final UUID STAGE = UUID.fromString("db1577e0-0132-4d6d-92b9-952c359988f2");
    private static final UUID NEXT_STAGE = UUID.fromString("f1c39546-6282-4590-8af3-847a6226ad16");
    private static final UUID PIPELINE = UUID.fromString("a5ded933-57b7-41f4-b072-ed4c1f9d5824");
    private static final String SHA = "eaa737b48cda41b37ffefac772ea48f6fed3eac4";

    private static final String ROLE = "{'id':'" + PRINCIPAL + "','principal':{'id':'" + PRINCIPAL
            + "','displayName':'p','type':'ServicePrincipal'},'role':'Contributor'}";
    private static final String WORKSPACE_ANSWER = "{'id':'" + WORKSPACE
            + "','displayName':'w','description':'d','type':"
            + "'Workspace','capacityId':'" + CAPACITY + "','capacityAssignmentProgress':'Completed','capacityRegion':"
            + "'West Europe','workspaceIdentity':{'applicationId':'" + CONNECTION + "','servicePrincipalId':'"
            + PRINCIPAL
            + "'}}";
    private static final String CAPACITY_ANSWER =
            "{'id':'" + CAPACITY + "','displayName':'c','sku':'F8','region':'West Europe','state':'Active'}";
    private static final String CONNECTION_ANSWER =
            "{'connectionDetails':{'path':'s;d','type':'AzurePostgreSQL'},'id':'"
                    + CONNECTION + "','displayName':'orders-pg','gatewayId':'" + GATEWAY
                    + "','connectivityType':'ShareableCloud',"
                    + "'privacyLevel':'None','credentialDetails':{'credentialType':'Basic','singleSignOnType':'None',"
                    + "'connectionEncryption':'Encrypted','skipTestConnection':false},'connectionRecency':{'createdDateTime':"
                    + "'2026-01-29T08:43:07Z'}}";
    private static final String MIRROR_ANSWER = "{'id':'" + MIRROR
            + "','type':'MirroredDatabase','displayName':'orders',"
            + "'description':'d','workspaceId':'" + WORKSPACE + "','properties':{'oneLakeTablesPath':'https://o/T',"
            + "'sqlEndpointProperties':{'connectionString':'h','id':'" + PRINCIPAL
            + "','provisioningStatus':'Success'},"
            + "'defaultSchema':'public'}}";
    private static final String DEFINITION_ANSWER = "{'definition':{'parts':[{'path':'mirroring.json','payload':'"
            + ItemDefinition.of(Samples.definition()).parts().get(0).payload()
            + "','payloadType':'InlineBase64'},{'path':'.platform','payload':'e30=','payloadType':'InlineBase64'}]}}";
    private static final String ITEM_ANSWER = "{'id':'" + MIRROR + "','type':'MirroredDatabase','displayName':'orders',"
            + "'description':'','workspaceId':'" + WORKSPACE + "'}";
    private static final String GATEWAY_ANSWER = "{'displayName':'g','capacityId':'" + CAPACITY
            + "','virtualNetworkAzureResource':{'virtualNetworkName':'v','subnetName':'s','resourceGroupName':'r',"
            + "'subscriptionId':'" + PRINCIPAL
            + "'},'inactivityMinutesBeforeSleep':30,'numberOfMemberGateways':1,'id':'"
            + GATEWAY + "','type':'VirtualNetwork'}";
    private static final String STATE_ANSWER = "{'status':'Succeeded','createdTimeUtc':'2025-09-03T06:42:09.1859199',"
            + "'lastUpdatedTimeUtc':'2025-09-03T06:42:10.5609602','percentComplete':100,'error':null}";
    private static final String DEPLOYMENT_ANSWER = "{'id':'" + OPERATION + "','type':'Deploy','status':'Succeeded',"
            + "'lastUpdatedTime':'2020-12-13T09:26:43.153','executionStartTime':'2020-12-13T09:25:43.153Z','sourceStageId':'"
            + STAGE + "','targetStageId':'" + NEXT_STAGE + "','executionPlan':{'steps':[{'index':0,'description':'x',"
            + "'status':'Succeeded','preDeploymentDiffState':'New','sourceAndTarget':{'sourceItemId':'" + MIRROR
            + "','sourceItemDisplayName':'orders','itemType':'MirroredDatabase'}}]},'note':{'content':'n'},'performedBy':"
            + "{'id':'" + PRINCIPAL + "','type':'User'}}";
    private static final String STAGE_ANSWER = "{'id':'" + STAGE + "','order':0,'displayName':'Dev','workspaceId':'"
            + WORKSPACE + "','workspaceName':'w','isPublic':false}";
    private static final String CREDENTIALS_ANSWER =
            "{'source':'ConfiguredConnection','connectionId':'" + CONNECTION + "'}";

    private final List<Call> all = new ArrayList<>();

    /** A call and its answers in order. */
    record Call(String name, Function<FabricClient, Object> run, List<String> answers) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Call> all() {
        Calls calls = new Calls();
        calls.workspaces();
        calls.gateways();
        calls.connections();
        calls.mirroredDatabases();
        calls.items();
        calls.operations();
        calls.git();
        calls.pipelines();
        return calls.all;
    }

    private void workspaces() {
        Principal principal = Principal.servicePrincipal(PRINCIPAL);
        get("workspaces.list", f -> f.workspaces().list(), list(WORKSPACE_ANSWER));
        get("workspaces.get", f -> f.workspaces().get(WORKSPACE), WORKSPACE_ANSWER);
        get(
                "workspaces.create",
                f -> f.workspaces()
                        .create(NewWorkspace.named("w")
                                .description("d")
                                .capacity(CAPACITY)
                                .build()),
                WORKSPACE_ANSWER);
        get(
                "workspaces.assignToCapacity",
                f -> f.workspaces().assignToCapacity(WORKSPACE, CAPACITY),
                "",
                WORKSPACE_ANSWER);
        get(
                "workspaces.provisionIdentity",
                f -> f.workspaces().provisionIdentity(WORKSPACE),
                "{'applicationId':'" + CONNECTION + "','servicePrincipalId':'" + PRINCIPAL + "'}");
        run("workspaces.deprovisionIdentity", f -> f.workspaces().deprovisionIdentity(WORKSPACE));
        get("workspaces.roleAssignments", f -> f.workspaces().roleAssignments(WORKSPACE), list(ROLE));
        get(
                "workspaces.addRoleAssignment",
                f -> f.workspaces().addRoleAssignment(WORKSPACE, principal, WorkspaceRole.CONTRIBUTOR),
                ROLE);
        get(
                "workspaces.updateRoleAssignment",
                f -> f.workspaces().updateRoleAssignment(WORKSPACE, PRINCIPAL, WorkspaceRole.MEMBER),
                ROLE);
        run("workspaces.deleteRoleAssignment", f -> f.workspaces().deleteRoleAssignment(WORKSPACE, PRINCIPAL));
        get("capacities.list", f -> f.capacities().list(), list(CAPACITY_ANSWER));
        get("capacities.get", f -> f.capacities().get(CAPACITY), CAPACITY_ANSWER);
    }

    private void connections() {
        String types = "{'type':'AzurePostgreSQL','creationMethods':[{'name':'AzurePostgreSQL.Database','parameters':"
                + "[{'name':'server','dataType':'Text','required':true,'allowedValues':null}]}],'supportedCredentialTypes':"
                + "['Basic'],'supportedConnectionEncryptionTypes':['Encrypted'],'supportsSkipTestConnection':false}";
        get("connections.supportedTypes", f -> f.connections().supportedTypes(), list(types));
        get("connections.supportedTypes gateway", f -> f.connections().supportedTypes(GATEWAY), list(types));
        get("connections.list", f -> f.connections().list(), list(CONNECTION_ANSWER));
        get("connections.get", f -> f.connections().get(CONNECTION), CONNECTION_ANSWER);
        create("basic", Samples.connection());
        create(
                "all parameter types",
                Samples.connection()
                        .parameter("CommandTimeout", ParameterType.DURATION, "PT10M")
                        .parameter("n", ParameterType.NUMBER, "1.5")
                        .parameter("b", ParameterType.BOOLEAN, "true")
                        .privacyLevel(PrivacyLevel.PRIVATE)
                        .encryption(ConnectionEncryption.ANY)
                        .withoutTest());
        create("vault", Samples.connection().credentials(Credentials.basicFromKeyVault("u", CONNECTION, "s")));
        create("key", Samples.connection().credentials(Credentials.key(PASSWORD)));
        create(
                "service principal",
                Samples.connection().credentials(Credentials.servicePrincipal(PRINCIPAL, CONNECTION, PASSWORD)));
        create("windows", Samples.connection().credentials(Credentials.windows("u", PASSWORD)));
        create("workspace identity", Samples.connection().credentials(Credentials.workspaceIdentity()));
        create("anonymous", Samples.connection().credentials(Credentials.anonymous()));
        create("virtual network", through(NewConnection.virtualNetworkGateway("c", GATEWAY)));
        get(
                "connections.create on-premises",
                f -> f.connections()
                        .create(through(NewConnection.onPremisesGateway("c", GATEWAY))
                                .build()),
                list(member()),
                CONNECTION_ANSWER);
        for (Connectivity connectivity : List.of(Connectivity.CLOUD, Connectivity.VIRTUAL_NETWORK_GATEWAY)) {
            get(
                    "connections.update " + connectivity,
                    f -> f.connections()
                            .update(
                                    there(connectivity),
                                    ConnectionUpdate.builder()
                                            .displayName("n")
                                            .privacyLevel(PrivacyLevel.PUBLIC)
                                            .credentials(Credentials.basic("u", PASSWORD))
                                            .build()),
                    CONNECTION_ANSWER);
        }
        get(
                "connections.updateCredentials",
                f -> f.connections().updateCredentials(there(Connectivity.CLOUD), Credentials.basic("u", PASSWORD)),
                CONNECTION_ANSWER);
        get(
                "connections.updateCredentials on-premises",
                f -> f.connections()
                        .updateCredentials(there(Connectivity.ON_PREMISES_GATEWAY), Credentials.basic("u", PASSWORD)),
                list(member()),
                CONNECTION_ANSWER);
        get(
                "connections.updateCredentials personal",
                f -> f.connections()
                        .updateCredentials(
                                there(Connectivity.ON_PREMISES_GATEWAY_PERSONAL), Credentials.basic("u", PASSWORD)),
                "{'id':'" + GATEWAY + "','type':'OnPremisesPersonal','publicKey':" + key() + "}",
                CONNECTION_ANSWER);
        get(
                "connections.test",
                f -> f.connections().test(CONNECTION),
                "{'status':'Offline','errors':[{'errorCode':'E','message':'m'}]}");
        run("connections.delete", f -> f.connections().delete(CONNECTION));
        get("connections.roleAssignments", f -> f.connections().roleAssignments(CONNECTION), list(ROLE));
        get(
                "connections.addRoleAssignment",
                f -> f.connections().addRoleAssignment(CONNECTION, Principal.group(PRINCIPAL), ConnectionRole.OWNER),
                ROLE);
        get(
                "connections.updateRoleAssignment",
                f -> f.connections().updateRoleAssignment(CONNECTION, PRINCIPAL, ConnectionRole.USER_WITH_RESHARE),
                ROLE);
        run("connections.deleteRoleAssignment", f -> f.connections().deleteRoleAssignment(CONNECTION, PRINCIPAL));
    }

    private void create(String variant, NewConnection.Builder connection) {
        get("connections.create " + variant, f -> f.connections().create(connection.build()), CONNECTION_ANSWER);
    }

    private static NewConnection.Builder through(NewConnection.Builder connection) {
        return connection
                .type("PostgreSQL", "PostgreSql")
                .parameter("server", "s")
                .credentials(Credentials.basic("u", PASSWORD));
    }

    private static Connection there(Connectivity connectivity) {
        return new Connection(CONNECTION, "c", connectivity, GATEWAY, "PostgreSQL", "s;d", null, null, null, null);
    }

    private void gateways() {
        Gateway.Subnet subnet = new Gateway.Subnet(PRINCIPAL, "rg", "vnet", "subnet");
        get("gateways.list", f -> f.gateways().list(), list(GATEWAY_ANSWER));
        get("gateways.get", f -> f.gateways().get(GATEWAY), GATEWAY_ANSWER);
        get("gateways.members", f -> f.gateways().members(GATEWAY), list(member()));
        get(
                "gateways.create",
                f -> f.gateways()
                        .create(NewGateway.virtualNetwork("g", CAPACITY, subnet)
                                .sleepAfterMinutes(30)
                                .build()),
                GATEWAY_ANSWER);
        get(
                "gateways.create range",
                f -> f.gateways()
                        .create(NewGateway.virtualNetwork("g", CAPACITY, subnet)
                                .members(2, 5)
                                .build()),
                GATEWAY_ANSWER);
        run("gateways.delete", f -> f.gateways().delete(GATEWAY));
        get(
                "gateways.checkStatus",
                f -> f.gateways().checkStatus(GATEWAY),
                "{'status':'Online','gatewayVersion':'1','errorDetails':[{'errorCode':'E','message':'m'}]}");
        get("gateways.roleAssignments", f -> f.gateways().roleAssignments(GATEWAY), list(ROLE));
        get(
                "gateways.addRoleAssignment",
                f -> f.gateways().addRoleAssignment(GATEWAY, Principal.user(PRINCIPAL), GatewayRole.CONNECTION_CREATOR),
                ROLE);
        get(
                "gateways.updateRoleAssignment",
                f -> f.gateways().updateRoleAssignment(GATEWAY, PRINCIPAL, GatewayRole.ADMIN),
                ROLE);
        run("gateways.deleteRoleAssignment", f -> f.gateways().deleteRoleAssignment(GATEWAY, PRINCIPAL));
    }

    private void mirroredDatabases() {
        NewMirroredDatabase full = NewMirroredDatabase.of(
                        "orders",
                        ItemDefinition.of(Samples.definition().toBuilder()
                                        .retentionDays(7)
                                        .tables(List.of(new MountedTable("public", "orders")))
                                        .build())
                                .with(PlatformFile.of(ItemType.MIRRORED_DATABASE, "orders", MIRROR)))
                .description("d")
                .folder(CAPACITY)
                .build();
        get("mirroredDatabases.list", f -> f.mirroredDatabases().list(WORKSPACE), list(MIRROR_ANSWER));
        get("mirroredDatabases.get", f -> f.mirroredDatabases().get(WORKSPACE, MIRROR), MIRROR_ANSWER);
        get("mirroredDatabases.create", f -> f.mirroredDatabases().create(WORKSPACE, full), MIRROR_ANSWER);
        get("mirroredDatabases.rename", f -> f.mirroredDatabases().rename(WORKSPACE, MIRROR, "n"), MIRROR_ANSWER);
        get("mirroredDatabases.describe", f -> f.mirroredDatabases().describe(WORKSPACE, MIRROR, "d"), MIRROR_ANSWER);
        run("mirroredDatabases.delete", f -> f.mirroredDatabases().delete(WORKSPACE, MIRROR));
        run("mirroredDatabases.deletePermanently", f -> f.mirroredDatabases().deletePermanently(WORKSPACE, MIRROR));
        get(
                "mirroredDatabases.definition",
                f -> f.mirroredDatabases().definition(WORKSPACE, MIRROR),
                DEFINITION_ANSWER);
        run(
                "mirroredDatabases.updateDefinition",
                f -> f.mirroredDatabases()
                        .updateDefinition(WORKSPACE, MIRROR, ItemDefinition.of(Samples.definition())));
        run("mirroredDatabases.start", f -> f.mirroredDatabases().start(WORKSPACE, MIRROR));
        run("mirroredDatabases.stop", f -> f.mirroredDatabases().stop(WORKSPACE, MIRROR));
        get(
                "mirroredDatabases.status",
                f -> f.mirroredDatabases().status(WORKSPACE, MIRROR),
                "{'status':'Running','error':{'errorCode':'E','message':'m','moreDetails':[]}}");
        get(
                "mirroredDatabases.tablesStatus",
                f -> f.mirroredDatabases().tablesStatus(WORKSPACE, MIRROR),
                "{'data':[{'sourceObjectType':'Table','sourceSchemaName':'public','sourceTableName':'orders','status':"
                        + "'Replicating','metrics':{'processedBytes':1247,'processedRows':6,'lastSyncDateTime':"
                        + "'2024-10-08T05:07:11.0663362Z','lastSyncLatencyInSeconds':48}}],'continuationToken':null}");
    }

    private void items() {
        get("items.list", f -> f.items().list(WORKSPACE), list(ITEM_ANSWER));
        get("items.list type", f -> f.items().list(WORKSPACE, ItemType.MIRRORED_DATABASE), list(ITEM_ANSWER));
        get("items.get", f -> f.items().get(WORKSPACE, MIRROR), ITEM_ANSWER);
        get(
                "items.connections",
                f -> f.items().connections(WORKSPACE, MIRROR),
                list("{'id':'" + CONNECTION + "','displayName':'c','connectivityType':'ShareableCloud',"
                        + "'connectionDetails':{'type':'SQL','path':'s;d'}}"));
        get("items.definition", f -> f.items().definition(WORKSPACE, MIRROR), DEFINITION_ANSWER);
        run(
                "items.updateDefinition",
                f -> f.items().updateDefinition(WORKSPACE, MIRROR, ItemDefinition.of(Samples.definition())));
        run(
                "items.updateDefinitionAndMetadata",
                f -> f.items()
                        .updateDefinitionAndMetadata(
                                WORKSPACE,
                                MIRROR,
                                ItemDefinition.of(Samples.definition())
                                        .with(PlatformFile.of(ItemType.MIRRORED_DATABASE, "n", MIRROR))));
        run("items.delete", f -> f.items().delete(WORKSPACE, MIRROR));
    }

    private void operations() {
        get("operations.state", f -> f.operations().state(OPERATION), STATE_ANSWER);
        get("operations.await", f -> f.operations().await(OPERATION), STATE_ANSWER);
        get("operations.result", f -> f.operations().result(OPERATION), "{'a':1}");
    }

    private void git() {
        GitRepository devops = GitRepository.azureDevOps("org", "project", "repo")
                .withBranch("main")
                .withDirectory("fabric");
        GitStatus.Change change = new GitStatus.Change(
                ItemType.MIRRORED_DATABASE, "orders", MIRROR, MIRROR, GitChangeType.MODIFIED, null, GitConflict.NONE);
        get(
                "git.connection",
                f -> f.git().connection(WORKSPACE),
                "{'gitProviderDetails':{'organizationName':'o','projectName':'p','gitProviderType':'AzureDevOps',"
                        + "'repositoryName':'r','branchName':'b','directoryName':'/d'},'gitSyncDetails':{'head':'" + SHA
                        + "','lastSyncTime':'2021-11-20T09:26:43.153'},'gitConnectionState':'ConnectedAndInitialized'}");
        run("git.connect devops", f -> f.git().connect(WORKSPACE, devops, GitCredentials.automatic()));
        run(
                "git.connect github",
                f -> f.git()
                        .connect(
                                WORKSPACE,
                                GitRepository.github("owner", "repo"),
                                GitCredentials.connection(CONNECTION)));
        run("git.disconnect", f -> f.git().disconnect(WORKSPACE));
        get(
                "git.initialize",
                f -> f.git().initialize(WORKSPACE, GitPreference.REMOTE),
                "{'requiredAction':'UpdateFromGit','workspaceHead':'" + SHA + "','remoteCommitHash':'" + SHA + "'}");
        get(
                "git.status",
                f -> f.git().status(WORKSPACE),
                "{'workspaceHead':'" + SHA + "','remoteCommitHash':'" + SHA + "','changes':[{'itemMetadata':"
                        + "{'itemIdentifier':{'logicalId':'" + MIRROR + "','objectId':'" + MIRROR + "'},'itemType':"
                        + "'MirroredDatabase','displayName':'orders'},'remoteChange':'Modified','conflictType':'None'}]}");
        run("git.commit all", f -> f.git().commit(WORKSPACE, SHA, "comment"));
        run("git.commit some", f -> f.git().commit(WORKSPACE, SHA, "comment", List.of(change)));
        run(
                "git.update",
                f -> f.git()
                        .update(
                                WORKSPACE,
                                GitUpdate.to(SHA, SHA)
                                        .resolvingConflicts(GitPreference.WORKSPACE)
                                        .overridingItems()));
        get("git.credentials", f -> f.git().credentials(WORKSPACE), CREDENTIALS_ANSWER);
        for (GitCredentials credentials :
                List.of(GitCredentials.connection(CONNECTION), GitCredentials.automatic(), GitCredentials.none())) {
            get(
                    "git.updateCredentials " + credentials.source(),
                    f -> f.git().updateCredentials(WORKSPACE, credentials),
                    CREDENTIALS_ANSWER);
        }
    }

    private void pipelines() {
        String pipeline =
                "{'id':'" + PIPELINE + "','displayName':'p','description':'d','stages':[" + STAGE_ANSWER + "]}";
        get("deploymentPipelines.list", f -> f.deploymentPipelines().list(), list(pipeline));
        get("deploymentPipelines.get", f -> f.deploymentPipelines().get(PIPELINE), pipeline);
        get("deploymentPipelines.stages", f -> f.deploymentPipelines().stages(PIPELINE), list(STAGE_ANSWER));
        get(
                "deploymentPipelines.stageItems",
                f -> f.deploymentPipelines().stageItems(PIPELINE, STAGE),
                list("{'itemId':'" + MIRROR
                        + "','itemDisplayName':'orders','itemType':'MirroredDatabase','targetItemId':'" + PRINCIPAL
                        + "','lastDeploymentTime':'2020-12-13T09:26:43.153Z'}"));
        get(
                "deploymentPipelines.deploy all",
                f -> f.deploymentPipelines()
                        .deploy(
                                PIPELINE,
                                NewDeployment.between(STAGE, NEXT_STAGE).build()),
                DEPLOYMENT_ANSWER);
        get(
                "deploymentPipelines.deploy some",
                f -> f.deploymentPipelines()
                        .deploy(
                                PIPELINE,
                                NewDeployment.between(STAGE, NEXT_STAGE)
                                        .addItem(MIRROR, ItemType.MIRRORED_DATABASE)
                                        .note("n")
                                        .newWorkspace("w")
                                        .acrossRegions()
                                        .build()),
                DEPLOYMENT_ANSWER);
        get(
                "deploymentPipelines.deployments",
                f -> f.deploymentPipelines().deployments(PIPELINE),
                list(DEPLOYMENT_ANSWER));
        get(
                "deploymentPipelines.deployment",
                f -> f.deploymentPipelines().deployment(PIPELINE, OPERATION),
                DEPLOYMENT_ANSWER);
    }

    private void get(String name, Function<FabricClient, Object> run, String... answers) {
        List<String> read = new ArrayList<>();
        for (String answer : answers) {
            read.add(json(answer));
        }
        all.add(new Call(name, run, read));
    }

    private void run(String name, Consumer<FabricClient> run) {
        Function<FabricClient, Object> function = fabric -> {
            run.accept(fabric);
            return name;
        };
        all.add(new Call(name, function, List.of("")));
    }

    private static String list(String entry) {
        return "{'value':[" + entry + "],'continuationToken':null,'continuationUri':null}";
    }

    private static String member() {
        return "{'id':'" + PRINCIPAL + "','displayName':'m','version':'3000.1','enabled':true,'publicKey':" + key()
                + "}";
    }

    private static String key() {
        RSAPublicKey key = (RSAPublicKey) Keys.PAIR.getPublic();
        Base64.Encoder base64 = Base64.getEncoder();
        return "{'exponent':'" + base64.encodeToString(key.getPublicExponent().toByteArray()) + "','modulus':'"
                + base64.encodeToString(key.getModulus().toByteArray()) + "'}";
    }

    private static final class Keys {
        static final KeyPair PAIR = make();

        private static KeyPair make() {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(2048);
                return generator.generateKeyPair();
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
