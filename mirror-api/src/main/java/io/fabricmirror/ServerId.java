package io.fabricmirror;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names one Azure Database for PostgreSQL flexible server. Immutable.
 *
 * @param subscriptionId the subscription, as Azure writes it
 * @param resourceGroup the resource group
 * @param name the server's short name, without any DNS suffix
 */
public record ServerId(String subscriptionId, String resourceGroup, String name) {
    private static final Pattern ARM_ID = Pattern.compile(
            "/subscriptions/([^/]+)/resourceGroups/([^/]+)/providers/Microsoft\\.DBforPostgreSQL/flexibleServers/([^/]+)/?",
            Pattern.CASE_INSENSITIVE);

    /**
     * Rejects missing and blank parts.
     *
     * @param subscriptionId must not be blank
     * @param resourceGroup must not be blank
     * @param name must not be blank
     */
    public ServerId {
        requireText(subscriptionId, "subscriptionId");
        requireText(resourceGroup, "resourceGroup");
        requireText(name, "name");
    }

    /**
     * Returns the id made of its three parts.
     *
     * @param subscriptionId the subscription
     * @param resourceGroup the resource group
     * @param name the server's short name
     * @return the id
     * @throws IllegalArgumentException if a part is blank
     */
    public static ServerId of(String subscriptionId, String resourceGroup, String name) {
        return new ServerId(subscriptionId, resourceGroup, name);
    }

    /**
     * Returns the id written as an ARM resource id.
     *
     * @param armId {@code /subscriptions/.../providers/Microsoft.DBforPostgreSQL/flexibleServers/...}
     * @return the id
     * @throws IllegalArgumentException if the text is not the ARM id of a flexible server
     */
    public static ServerId parse(String armId) {
        Matcher matcher = ARM_ID.matcher(Objects.requireNonNull(armId, "armId").strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + armId + "\" is not the ARM id of a flexible server. Give"
                    + " /subscriptions/{id}/resourceGroups/{group}/providers/Microsoft.DBforPostgreSQL/flexibleServers/{name},"
                    + " or ServerId.of(subscription, resourceGroup, name)");
        }

        return new ServerId(matcher.group(1), matcher.group(2), matcher.group(3));
    }

    /**
     * Returns the ARM resource id.
     *
     * @return the resource id, starting with a slash
     */
    public String armId() {
        return "/subscriptions/" + subscriptionId + "/resourceGroups/" + resourceGroup
                + "/providers/Microsoft.DBforPostgreSQL/flexibleServers/" + name;
    }

    private static void requireText(String value, String what) {
        if (Objects.requireNonNull(value, what).isBlank()) {
            throw new IllegalArgumentException(what + " is blank");
        }
    }
}
