package io.fabricmirror.fabric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.AccessToken;
import java.net.URI;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

@Tag("G50")
class CloudTest {
    private static final FabricEndpoint FABRIC = FabricEndpoint.of("https://api.fabric.example.us");

    @ParameterizedTest
    @MethodSource("clouds")
    void cloud_ofAClient_givesHostAndScope(Cloud cloud) {
        List<String> scopes = new ArrayList<>();
        Wire wire = new Wire();
        wire.answer(200, "{\"value\":[]}");

        FabricClient.builder(request -> {
                    scopes.addAll(request.getScopes());
                    return Mono.just(new AccessToken(
                            "t", OffsetDateTime.now(ZoneOffset.UTC).plusHours(1)));
                })
                .httpClient(wire)
                .clock(wire)
                .cloud(cloud)
                .build()
                .workspaces()
                .list();

        assertThat(wire.sent)
                .extracting(Wire.Sent::host)
                .containsExactly(cloud.fabric().base().getHost());
        assertThat(scopes).containsExactly(cloud.fabric().scope());
    }

    static List<Cloud> clouds() {
        return List.of(
                Cloud.PUBLIC, Cloud.usGovernment(FABRIC), Cloud.china(FabricEndpoint.of("https://f.example.cn")));
    }

    /** A token made for one cloud is worthless in another, but a host there would have seen it. */
    @Test
    void clouds_shareNothing() {
        List<String> parts = clouds().stream()
                .flatMap(cloud -> List.of(
                        cloud.name(),
                        cloud.authority().getHost(),
                        cloud.resourceManager().getHost(),
                        cloud.resourceManagerScope(),
                        cloud.vaultSuffix(),
                        cloud.databaseScope(),
                        cloud.fabric().base().getHost(),
                        cloud.fabric().scope())
                        .stream())
                .toList();

        assertThat(parts).doesNotHaveDuplicates().hasSize(24);
    }

    @Test
    void withFabric_changesNothingElse() {
        FabricEndpoint privateLink = FabricEndpoint.PUBLIC.withWorkspaceHosts();

        Cloud cloud = Cloud.PUBLIC.withFabric(privateLink);

        assertThat(cloud.fabric()).isEqualTo(privateLink);
        assertThat(cloud.withFabric(FabricEndpoint.PUBLIC)).isEqualTo(Cloud.PUBLIC);
    }

    @ParameterizedTest
    @CsvSource({
        "kv-main.vault.azure.net, true",
        "KV-MAIN.VAULT.AZURE.NET, true",
        "kv-main.vault.usgovcloudapi.net, false",
        "kv-main.vault.azure.net.evil.example, false",
        "evilvault.azure.net, false",
        "vault.azure.net, false"
    })
    void ownsVault_hostsOfThisCloudOnly(String host, boolean expected) {
        assertThat(Cloud.PUBLIC.ownsVault(host)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "'', https://a.example, https://b.example/.default, vault.example, the name is blank",
        "x, http://a.example, https://b.example/.default, vault.example, authority is http://a.example",
        "x, https://a.example, b.example, vault.example, databaseScope is \"b.example\"",
        "x, https://a.example, https://b.example/.default, .vault.example, vaultSuffix is \".vault.example\"",
    })
    void cloud_ofOnesOwn_isChecked(String name, String authority, String scope, String suffix, String message) {
        assertThatThrownBy(() -> new Cloud(
                        name,
                        URI.create(authority),
                        URI.create("https://m.example"),
                        "https://m.example/.default",
                        suffix,
                        scope,
                        FABRIC))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Invalid cloud: " + message);
    }
}
