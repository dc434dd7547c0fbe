package io.fabricmirror.core.internal.reach;

import io.fabricmirror.GatewayMode;
import io.fabricmirror.NetworkFacts;
import io.fabricmirror.spi.FabricControl.Gateway;
import java.util.Optional;

/**
 * What there is to get through with.
 *
 * @param mode how the plan wants Fabric to reach the server
 * @param gateway the plan's gateway, if one is named and visible
 * @param gatewayTrouble what keeps that gateway from working, if anything does
 * @param facts what the caller knows of the network
 */
public record Means(GatewayMode mode, Optional<Gateway> gateway, Optional<String> gatewayTrouble, NetworkFacts facts) {}
