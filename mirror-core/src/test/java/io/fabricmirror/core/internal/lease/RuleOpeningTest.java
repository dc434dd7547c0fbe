package io.fabricmirror.core.internal.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabricmirror.spi.ServerControl.FirewallRule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("G16")
class RuleOpeningTest {
    private static final Instant UNTIL = Instant.parse("2026-10-12T09:45:00Z");
    private static final FirewallRule RULE = new RuleLease("1a2b3c4d", "203.0.113.10", UNTIL).rule();

    @Test
    void rule_ofALease_saysItAllInItsName() {
        assertThat(RULE.name()).isEqualTo("fabric-mirror-203-0-113-10-until-20261012T094500Z-1a2b3c4d");
        assertThat(RuleLease.of(RULE)).contains(new RuleLease("1a2b3c4d", "203.0.113.10", UNTIL));
        assertThat(new RuleLease("1a2b3c4d", "255.255.255.255", UNTIL).rule().name())
                .as("Azure takes 128 characters")
                .hasSizeLessThan(128);
    }

    @Test
    void overdue_rules_areOnlyOursThatAreOverAndAsWeMadeThem() {
        List<FirewallRule> rules = List.of(
                RULE,
                new FirewallRule(RULE.name().replace("1a2b3c4d", "ffffffff"), "203.0.113.0", "203.0.113.255"),
                new FirewallRule(RULE.name().replace("20261012", "20271012"), "203.0.113.10", "203.0.113.10"),
                new FirewallRule("fabric-mirror-by-hand", "203.0.113.10", "203.0.113.10"),
                new FirewallRule("AllowAzureServices", "0.0.0.0", "0.0.0.0"));

        assertThat(RuleOpening.overdue(rules, UNTIL)).containsExactly(RULE);
        assertThat(RuleOpening.overdue(rules, UNTIL.minus(Duration.ofSeconds(1))))
                .isEmpty();
    }
}
