package io.fabricmirror.core.internal.reach;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabricmirror.GatewayMode;
import io.fabricmirror.NetworkFacts;
import io.fabricmirror.core.internal.reach.Posture.Kind;
import io.fabricmirror.core.internal.reach.Verdict.Answer;
import io.fabricmirror.spi.FabricControl.Gateway;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReachabilityTest {
    private static final GatewayMode GATEWAY = GatewayMode.virtualNetwork("8a1f0f3e-5f4c-4a58-9c1d-0d9d5d1a2b3c");

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "PUBLIC_WITH_AZURE, plain, OPEN",
        "PUBLIC_WITH_AZURE, admitting, OPEN",
        "PUBLIC, plain, CLOSED AZURE_SERVICES_NOT_ADMITTED",
        "PUBLIC, admitting, OPENS_WITH_RULE",
        "PRIVATE_ENDPOINT, plain, CLOSED SERVER_PRIVATE",
        "PRIVATE_ENDPOINT, admitting, CLOSED SERVER_PRIVATE",
        "VNET_INJECTED, admitting, CLOSED SERVER_PRIVATE",
        "PRIVATE_ENDPOINT, gateway, OPEN",
        "VNET_INJECTED, gateway, OPEN",
        "PUBLIC, gateway, OPEN",
        "VNET_INJECTED, invisible gateway, CLOSED GATEWAY_NOT_FOUND",
        "VNET_INJECTED, on-premises gateway, CLOSED GATEWAY_OF_OTHER_KIND",
        "VNET_INJECTED, offline gateway, CLOSED GATEWAY_OFFLINE",
    })
    @Tag("G09")
    @Tag("G12")
    void assess_fabricToServer_followsPostureAndMode(Kind posture, String means, String expected) {
        Verdict verdict = Reachability.assess(
                End.FABRIC, End.SERVER, Purpose.MIRROR, "pg-orders", new Posture(posture, "seen"), means(means));

        assertThat(verdict.answer() + verdict.problem().map(p -> " " + p.code()).orElse(""))
                .isEqualTo(expected);
        assertThat(verdict.problem().stream())
                .allSatisfy(p -> assertThat(p.remedy()).isPresent());
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "PUBLIC, UNKNOWN, OPEN",
        "PRIVATE_ENDPOINT, UNKNOWN, OPEN",
        "VNET_INJECTED, UNKNOWN, NOT_VISIBLE",
        "VNET_INJECTED, ALLOWED, OPEN",
        "VNET_INJECTED, BLOCKED, CLOSED",
    })
    @Tag("G14")
    void assess_serverToOneLake_isJudgedApart(Kind posture, NetworkFacts.Outbound known, Answer expected) {
        Means means = new Means(
                GATEWAY, Optional.empty(), Optional.empty(), new NetworkFacts(known, "rule deny-internet of nsg-data"));

        Verdict verdict = Reachability.assess(
                End.SERVER, End.ONELAKE, Purpose.MIRROR, "pg-orders", new Posture(posture, "seen"), means);

        assertThat(verdict.answer()).isEqualTo(expected);
        assertThat(verdict.problem().flatMap(p -> p.seen()).orElse("rule deny-internet of nsg-data"))
                .contains("rule deny-internet of nsg-data");
    }

    private static Means means(String words) {
        Gateway gateway = new Gateway("id", "gw", words.startsWith("on-premises") ? "OnPremises" : "VirtualNetwork");
        return new Means(
                switch (words) {
                    case "plain" -> GatewayMode.publicAccess();
                    case "admitting" -> GatewayMode.publicAccess().admitAzureServices();
                    default -> GATEWAY;
                },
                words.startsWith("invisible") ? Optional.empty() : Optional.of(gateway),
                words.startsWith("offline") ? Optional.of("Offline") : Optional.empty(),
                NetworkFacts.unknown());
    }
}
