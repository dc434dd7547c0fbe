package io.fabricmirror.fabric;

import java.util.UUID;

/** Values that many tests need. */
final class Samples {
    static final UUID WORKSPACE = UUID.fromString("0cfd9c66-3bf0-4e43-8257-4b76aa86581e");
    static final UUID MIRROR = UUID.fromString("8c2bfeae-c5a8-4eab-b19e-61d0cb8e9927");
    static final UUID CONNECTION = UUID.fromString("27dd58fd-a90d-4be6-976f-596e2729e887");
    static final UUID GATEWAY = UUID.fromString("f7c93889-76d7-4ac7-8345-89f683ca7c45");
    static final UUID OPERATION = UUID.fromString("f25ec016-05d6-4ac2-aacf-ee69509977ab");
    static final UUID PRINCIPAL = UUID.fromString("2186d0ea-d02b-4f04-9d4a-305791e2c4c3");
    static final UUID CAPACITY = UUID.fromString("b7d4a7f8-1d2e-4a5b-9f10-2f1f0e9a6c11");
    static final String PASSWORD = "s3cr\"et/+ü-value";

    private Samples() {}

    static NewConnection.Builder connection() {
        return NewConnection.cloud("orders-pg")
                .type("AzurePostgreSQL", "AzurePostgreSQL.Database")
                .parameter("server", "orders.postgres.database.azure.com")
                .parameter("database", "orders")
                .credentials(Credentials.basic("fabric_user", PASSWORD));
    }

    static String connectionAnswer() {
        return json("{'connectionDetails':{'path':'orders;orders','type':'AzurePostgreSQL'},'id':'" + CONNECTION
                + "','displayName':'orders-pg','connectivityType':'ShareableCloud'}");
    }

    static NewMirroredDatabase mirror() {
        return NewMirroredDatabase.of("orders", ItemDefinition.of(definition())).build();
    }

    static MirroringDefinition definition() {
        return MirroringDefinition.postgresql(CONNECTION, "orders").build();
    }

    /** JSON written with single quotes, so that it can be read here. */
    static String json(String text) {
        return text.replace('\'', '"');
    }
}
