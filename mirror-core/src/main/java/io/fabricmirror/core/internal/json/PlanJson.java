package io.fabricmirror.core.internal.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.AdminAccess;
import io.fabricmirror.Area;
import io.fabricmirror.ConnectionSpec;
import io.fabricmirror.GatewayMode;
import io.fabricmirror.MirrorException;
import io.fabricmirror.MirrorPlan;
import io.fabricmirror.NetworkFacts;
import io.fabricmirror.Plan;
import io.fabricmirror.PlanException;
import io.fabricmirror.Problem;
import io.fabricmirror.SecretRef;
import io.fabricmirror.ServerId;
import io.fabricmirror.TableSelection;
import io.fabricmirror.WorkspaceRef;
import io.fabricmirror.WorkspaceRole;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Reads and writes plans. A plan holds references to secrets, never a secret, and so does its JSON. */
public final class PlanJson {
    /** The version this library writes. It reads this one and all before it. */
    public static final int VERSION = 1;

    private static final String MIRROR = "mirror";

    private PlanJson() {}

    /**
     * Writes a plan.
     *
     * @param plan the plan
     * @return an object with every field, defaults too
     * @throws MirrorException if plans of this kind have no JSON
     */
    public static ObjectNode write(Plan plan) {
        if (!(plan instanceof MirrorPlan mirror)) {
            throw new MirrorException(Problem.of(
                            "PLAN_HAS_NO_JSON", "a " + plan.getClass().getSimpleName() + " cannot be written as JSON")
                    .remedy("keep the plan it was made of, and make this one of it again"));
        }

        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("version", VERSION).put("kind", MIRROR).put("name", mirror.name());
        json.put("server", mirror.server().armId()).put("database", mirror.database());
        json.set(
                "admin",
                mirror.admin() instanceof AdminAccess.Entra entra
                        ? JsonNodeFactory.instance.objectNode().put("entra", entra.roleName())
                        : object("secret", secret(mirror.admin().password().orElseThrow())));
        json.set("connection", connection(mirror.connection()));
        WorkspaceRef workspace = mirror.workspace();
        json.set(
                "workspace",
                JsonNodeFactory.instance
                        .objectNode()
                        .put(workspace.kind() == WorkspaceRef.Kind.ID ? "id" : "name", workspace.value()));
        json.put("serverRole", mirror.serverRole().value());
        json.set("tables", tables(mirror.tables()));
        json.set("gateway", gateway(mirror.gateway()));
        json.put("seedTable", mirror.seedTable());
        json.set(
                "checkOnly",
                texts(mirror.checkOnly().stream().map(Area::name).sorted().toList()));
        ObjectNode ignored = JsonNodeFactory.instance.objectNode();
        new TreeMap<>(mirror.ignoredRules()).forEach(ignored::put);
        json.set("ignoredRules", ignored);
        json.set(
                "network",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("outbound", mirror.network().outbound().name())
                        .put("evidence", mirror.network().evidence()));
        json.put("formerOwnersKeepDdl", mirror.formerOwnersKeepDdl());
        mirror.defaultSchema().ifPresent(schema -> json.put("defaultSchema", schema));
        mirror.retentionDays().ifPresent(days -> json.put("retentionDays", days));
        return json;
    }

    /**
     * Reads a plan.
     *
     * @param text the document
     * @param where where it comes from, for messages, such as {@code plans/orders.json}; empty text if nobody knows
     * @return the plan
     * @throws PlanException if anything is wrong; it names every mistake with its line, column and path
     */
    public static MirrorPlan read(String text, String where) {
        Mistakes mistakes = new Mistakes();
        Optional<Node> root = Node.parse(text, mistakes);
        Optional<MirrorPlan> plan = root.flatMap(node -> Fields.read(node, mistakes, f -> read(f, mistakes)));
        if (plan.isEmpty() || !mistakes.isEmpty()) {
            String name = root.flatMap(Node::members)
                    .map(members -> members.get("name"))
                    .map(member -> " \"" + (member.node().value() instanceof String s ? s : "?") + "\"")
                    .orElse("");
            throw PlanException.in("the plan" + name + (where.isEmpty() ? "" : " (" + where + ")"), mistakes.texts());
        }

        return plan.get();
    }

    /** Reads the fields of a plan; notes all mistakes. */
    static Optional<MirrorPlan> read(Fields fields, Mistakes mistakes) {
        checkVersion(fields);
        Optional<ServerId> server = fields.require("server", "give the server's ARM id, /subscriptions/...")
                ? fields.text("server", ServerId::parse)
                : Optional.empty();
        Optional<AdminAccess> admin = fields.require("admin", "give {\"secret\": {\"vault\": ..., \"name\": ...}}")
                ? fields.object("admin", PlanJson::admin)
                : Optional.empty();
        Optional<ConnectionSpec> connection =
                fields.require("connection", "give {\"secret\": {\"vault\": ..., \"name\": ...}}")
                        ? fields.object("connection", PlanJson::connection)
                        : Optional.empty();
        Optional<WorkspaceRef> workspace = fields.require("workspace", "give {\"name\": ...} or {\"id\": ...}")
                ? fields.object("workspace", PlanJson::workspace)
                : Optional.empty();
        boolean named = fields.require("name", "give the name to show in Fabric");
        MirrorPlan.Builder builder = MirrorPlan.named(fields.text("name").orElse("?"));
        server.ifPresent(builder::server);
        fields.text("database").ifPresent(builder::database);
        admin.ifPresent(builder::admin);
        connection.ifPresent(builder::connection);
        workspace.ifPresent(builder::workspace);
        fields.text("serverRole", WorkspaceRole::new).ifPresent(builder::serverRole);
        fields.object("tables", PlanJson::tables).ifPresent(builder::tables);
        fields.object("gateway", PlanJson::gateway).ifPresent(builder::gateway);
        fields.truth("seedTable").filter(wanted -> !wanted).ifPresent(unwanted -> builder.withoutSeedTable());
        fields.converted(
                        "checkOnly",
                        () -> fields.texts("checkOnly").stream()
                                .map(Area::valueOf)
                                .toArray(Area[]::new))
                .ifPresent(builder::checkOnly);
        fields.map("ignoredRules").forEach(builder::ignoreRule);
        fields.object("network", PlanJson::network).ifPresent(builder::network);
        fields.truth("formerOwnersKeepDdl").filter(wanted -> wanted).ifPresent(wanted -> builder.formerOwnersKeepDdl());
        fields.text("defaultSchema").ifPresent(builder::defaultSchema);
        fields.number("retentionDays")
                .ifPresent(days -> builder.retentionDays((int) Math.min(days, Integer.MAX_VALUE)));
        return named ? built(builder, fields, mistakes) : Optional.empty();
    }

    /** Gives each mistake that the builder finds the place of its field; a field that could not be read is not missing as well. */
    private static Optional<MirrorPlan> built(MirrorPlan.Builder builder, Fields fields, Mistakes mistakes) {
        try {
            return Optional.of(builder.build());
        } catch (PlanException e) {
            for (String mistake : e.mistakes()) {
                String field = mistake.split("\\W", 2)[0];
                if (!mistake.startsWith(field + " is missing") || !mistakes.within(field)) {
                    fields.wrong(field, mistake);
                }
            }
            return Optional.empty();
        }
    }

    private static void checkVersion(Fields fields) {
        if (fields.require("version", "give " + VERSION)) {
            fields.number("version")
                    .filter(version -> version < 1 || version > VERSION)
                    .ifPresent(version -> fields.wrong(
                            "version",
                            "is " + version + "; this library reads up to " + VERSION + ", so take a newer one"));
        }
        if (fields.require("kind", "give \"" + MIRROR + "\"")) {
            fields.text("kind")
                    .filter(kind -> !kind.equals(MIRROR))
                    .ifPresent(kind -> fields.wrong("kind", "is \"" + kind + "\"; give \"" + MIRROR + "\""));
        }
    }

    private static Optional<AdminAccess> admin(Fields fields) {
        if (fields.has("entra")) {
            if (fields.has("secret")) {
                fields.wrong("secret", "does not go with \"entra\", whose login takes no password; leave one out");
            }
            return fields.text("entra", AdminAccess::entra);
        }

        return fields.require("secret", "give {\"vault\": ..., \"name\": ...}")
                ? fields.object("secret", PlanJson::secret).map(AdminAccess::password)
                : Optional.empty();
    }

    private static Optional<ConnectionSpec> connection(Fields fields) {
        String mode = fields.text("mode").orElse("fabricUser");
        Optional<ConnectionSpec> spec = switch (mode) {
            case "admin" -> {
                leaveOut(fields, mode, "which logs in as the administrator", "secret", "user", "leastRights");
                yield Optional.of(ConnectionSpec.admin());
            }
            case "entraRole" -> {
                leaveOut(fields, mode, "which logs in with tokens", "secret", "leastRights");
                yield fields.require("user", "give the role's name")
                        ? fields.text("user", ConnectionSpec::entraRole)
                        : Optional.empty();
            }
            case "fabricUser" -> fabricUser(fields);
            default -> {
                fields.wrong("mode", "is \"" + mode + "\"; give \"fabricUser\", \"admin\" or \"entraRole\"");
                yield Optional.empty();
            }
        };
        Optional<String> displayName = fields.text("displayName");
        return spec.map(s -> displayName.map(s::displayName).orElse(s));
    }

    private static void leaveOut(Fields fields, String mode, String why, String... unwanted) {
        for (String field : unwanted) {
            if (fields.has(field)) {
                fields.wrong(field, "does not go with mode \"" + mode + "\", " + why + "; leave it out");
            }
        }
    }

    private static Optional<ConnectionSpec> fabricUser(Fields fields) {
        if (!fields.require("secret", "give {\"vault\": ..., \"name\": ...}; absent in the vault is fine")) {
            return Optional.empty();
        }

        Optional<String> user = fields.text("user");
        boolean leastRights = fields.truth("leastRights").orElse(false);
        return fields.object("secret", PlanJson::secret)
                .map(ConnectionSpec::fabricUser)
                .map(s -> user.map(s::user).orElse(s))
                .map(s -> leastRights ? s.leastRights() : s);
    }

    private static Optional<SecretRef> secret(Fields fields) {
        fields.require("vault", "give the vault's URI, such as https://kv-main.vault.azure.net");
        fields.require("name", "give the secret's name");
        Optional<String> vault = fields.text("vault");
        Optional<String> name = fields.text("name");
        if (vault.isEmpty() || name.isEmpty()) {
            return Optional.empty();
        }

        // One at a time, so that each mistake is noted at its own field.
        return fields.converted("vault", () -> SecretRef.keyVault(vault.get(), "any"))
                .flatMap(any -> fields.converted("name", () -> SecretRef.keyVault(vault.get(), name.get())));
    }

    private static Optional<WorkspaceRef> workspace(Fields fields) {
        if (fields.has("id") == fields.has("name")) {
            fields.wrong(fields.has("name") ? "name" : "id", "give either \"name\" or \"id\"");
            return Optional.empty();
        }

        return fields.has("id") ? fields.text("id", WorkspaceRef::id) : fields.text("name", WorkspaceRef::named);
    }

    private static Optional<TableSelection> tables(Fields fields) {
        List<String> named = fields.texts("named");
        List<String> matching = fields.texts("matching");
        List<String> except = fields.texts("except");
        boolean followAll = fields.truth("followAll").orElse(false);
        long ways = List.of(!named.isEmpty(), !matching.isEmpty(), followAll).stream()
                .filter(way -> way)
                .count();
        if (ways != 1) {
            fields.wrong("matching", "give one of \"matching\", \"named\" and \"followAll\", not empty");
            return Optional.empty();
        }

        String[] none = {};
        Optional<TableSelection> selection = followAll
                ? Optional.of(TableSelection.followAll())
                : named.isEmpty()
                        ? fields.converted("matching", () -> TableSelection.matching(matching.toArray(none)))
                        : fields.converted("named", () -> TableSelection.named(named.toArray(none)));
        return except.isEmpty()
                ? selection
                : selection.flatMap(s -> fields.converted("except", () -> s.except(except.toArray(none))));
    }

    private static Optional<GatewayMode> gateway(Fields fields) {
        boolean through = fields.has("virtualNetwork");
        Optional<Boolean> admit = fields.truth("admitAzureServices");
        if (through && admit.isPresent()) {
            fields.wrong("admitAzureServices", "does not go with \"virtualNetwork\"; leave one out");
            return Optional.empty();
        } else if (through) {
            return fields.text("virtualNetwork", GatewayMode::virtualNetwork);
        }

        GatewayMode.PublicAccess direct = GatewayMode.publicAccess();
        return Optional.of(admit.orElse(false) ? direct.admitAzureServices() : direct);
    }

    private static Optional<NetworkFacts> network(Fields fields) {
        String evidence = fields.text("evidence").orElse("");
        return fields.require("outbound", "give \"UNKNOWN\", \"ALLOWED\" or \"BLOCKED\"")
                ? fields.text("outbound", NetworkFacts.Outbound::valueOf)
                        .map(outbound -> new NetworkFacts(outbound, evidence))
                : Optional.empty();
    }

    private static ObjectNode connection(ConnectionSpec spec) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        switch (spec.mode()) {
            case ADMIN -> json.put("mode", "admin");
            case ENTRA_ROLE -> json.put("mode", "entraRole").put("user", spec.user());
            case FABRIC_USER -> {
                json.put("mode", "fabricUser");
                spec.secret().ifPresent(secret -> json.set("secret", secret(secret)));
                json.put("user", spec.user());
                json.put("leastRights", !spec.attributes().contains("createrole"));
            }
        }
        spec.displayName().ifPresent(name -> json.put("displayName", name));
        return json;
    }

    private static ObjectNode secret(SecretRef secret) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("vault", secret.vault().toString())
                .put("name", secret.name());
    }

    private static ObjectNode tables(TableSelection tables) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (tables.followsAll()) {
            return json.put("followAll", true);
        }

        json.set(tables.namedTables().isEmpty() ? "matching" : "named", texts(tables.patterns()));
        if (!tables.exceptions().isEmpty()) {
            json.set("except", texts(tables.exceptions()));
        }
        return json;
    }

    private static ObjectNode gateway(GatewayMode gateway) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        return gateway instanceof GatewayMode.VirtualNetwork through
                ? json.put("virtualNetwork", through.gatewayId())
                : json.put(
                        "admitAzureServices",
                        gateway instanceof GatewayMode.PublicAccess direct && direct.azureServicesAdmitted());
    }

    private static ArrayNode texts(List<String> values) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        values.forEach(json::add);
        return json;
    }

    private static ObjectNode object(String name, ObjectNode value) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set(name, value);
        return json;
    }
}
