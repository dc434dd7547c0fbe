package io.fabricmirror.fabric.internal;

/** How this client names itself to the service. */
final class UserAgent {
    private UserAgent() {}

    static String of(String applicationId) {
        String version = UserAgent.class.getPackage().getImplementationVersion();
        String own = "fabric-mirror-client/" + (version == null ? "dev" : version) + " (Java "
                + Runtime.version().feature() + ")";
        return applicationId.isEmpty() ? own : applicationId + " " + own;
    }
}
