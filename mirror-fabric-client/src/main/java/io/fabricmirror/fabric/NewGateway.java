package io.fabricmirror.fabric;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabricmirror.fabric.internal.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** A virtual network data gateway to create; the service lets clients create no other kind for mirroring. Immutable. */
public final class NewGateway {
    private static final Set<Integer> SLEEP_MINUTES = Set.of(30, 60, 90, 120, 150, 240, 360, 480, 720, 1440);

    private final String displayName;
    private final UUID capacityId;
    private final Gateway.Subnet subnet;
    private final int sleepMinutes;
    private final int fewestMembers;
    private final int mostMembers;

    private NewGateway(Builder builder) {
        this.displayName = builder.displayName;
        this.capacityId = builder.capacityId;
        this.subnet = builder.subnet;
        this.sleepMinutes = builder.sleepMinutes;
        this.fewestMembers = builder.fewestMembers;
        this.mostMembers = builder.mostMembers;
    }

    /**
     * Starts a gateway in a virtual network.
     *
     * @param displayName the name, at most 200 characters, unique in the tenant
     * @param capacityId the Fabric capacity that pays for it
     * @param subnet where it is; a subnet delegated to {@code Microsoft.PowerPlatform/vnetaccesslinks}
     * @return a builder
     */
    public static Builder virtualNetwork(String displayName, UUID capacityId, Gateway.Subnet subnet) {
        return new Builder(displayName, capacityId, subnet);
    }

    /**
     * Returns the name.
     *
     * @return the name
     */
    public String displayName() {
        return displayName;
    }

    ObjectNode json() {
        ObjectNode json = Json.object()
                .put("type", GatewayType.VIRTUAL_NETWORK.value())
                .put("displayName", displayName)
                .put("capacityId", capacityId.toString())
                .put("inactivityMinutesBeforeSleep", sleepMinutes);
        // The service refuses a number together with a range.
        if (fewestMembers == mostMembers) {
            json.put("numberOfMemberGateways", fewestMembers);
        } else {
            json.put("minMemberGatewayCount", fewestMembers).put("maxMemberGatewayCount", mostMembers);
        }
        json.putObject("virtualNetworkAzureResource")
                .put("subscriptionId", subnet.subscriptionId().toString())
                .put("resourceGroupName", subnet.resourceGroup())
                .put("virtualNetworkName", subnet.virtualNetwork())
                .put("subnetName", subnet.name());
        return json;
    }

    @Override
    public String toString() {
        return "NewGateway[" + displayName + "]";
    }

    /** Collects the settings of a gateway. Not thread-safe. */
    public static final class Builder {
        private final String displayName;
        private final UUID capacityId;
        private final Gateway.Subnet subnet;
        private int sleepMinutes = 1440;
        private int fewestMembers = 1;
        private int mostMembers = 1;

        private Builder(String displayName, UUID capacityId, Gateway.Subnet subnet) {
            this.displayName = Objects.requireNonNull(displayName, "displayName");
            this.capacityId = Objects.requireNonNull(capacityId, "capacityId");
            this.subnet = Objects.requireNonNull(subnet, "subnet");
        }

        /**
         * Sets after how many idle minutes it goes to sleep; 1440, the longest, unless set.
         *
         * @param minutes one of 30, 60, 90, 120, 150, 240, 360, 480, 720, 1440
         * @return this
         */
        public Builder sleepAfterMinutes(int minutes) {
            this.sleepMinutes = minutes;
            return this;
        }

        /**
         * Sets the number of members; 1 unless set.
         *
         * @param number 1 to 9
         * @return this
         */
        public Builder members(int number) {
            return members(number, number);
        }

        /**
         * Sets a range within which the service chooses the number of members.
         *
         * @param fewest 1 to 9
         * @param most at least as many, at most 9
         * @return this
         */
        public Builder members(int fewest, int most) {
            this.fewestMembers = fewest;
            this.mostMembers = most;
            return this;
        }

        /**
         * Builds it. Nothing is sent.
         *
         * @return the gateway to create
         * @throws IllegalStateException if something is out of range; the message names all that is
         */
        public NewGateway build() {
            List<String> wrong = new ArrayList<>();
            if (displayName.isBlank() || displayName.length() > 200) {
                wrong.add("displayName has " + displayName.length() + " characters; give 1 to 200");
            }
            if (!SLEEP_MINUTES.contains(sleepMinutes)) {
                wrong.add(
                        "sleepAfterMinutes is " + sleepMinutes + "; give one of 30 60 90 120 150 240 360 480 720 1440");
            }
            if (fewestMembers < 1 || mostMembers > 9 || fewestMembers > mostMembers) {
                wrong.add("members are " + fewestMembers + " to " + mostMembers + "; stay within 1 to 9");
            }
            if (!wrong.isEmpty()) {
                throw new IllegalStateException("Invalid NewGateway: " + String.join("; ", wrong));
            }
            return new NewGateway(this);
        }
    }
}
