package io.fabricmirror.core.contract;

import io.fabricmirror.SecretRef;
import io.fabricmirror.ServerId;
import io.fabricmirror.WorkspaceRef;
import io.fabricmirror.spi.FabricControl;
import io.fabricmirror.spi.FabricControl.NewConnection;
import io.fabricmirror.spi.SecretStore;
import io.fabricmirror.spi.ServerControl;
import io.fabricmirror.spi.SourceDatabase;
import io.fabricmirror.spi.SourceDatabase.Login;
import io.fabricmirror.testkit.contract.FabricControlContract;
import io.fabricmirror.testkit.contract.SecretStoreContract;
import io.fabricmirror.testkit.contract.ServerControlContract;
import io.fabricmirror.testkit.contract.SourceDatabaseContract;
import java.util.UUID;
import org.junit.jupiter.api.Nested;

/** The contracts of the ports, run by the real adapters on some ground: the local Azure, or a tenant. */
abstract class Ground {
    abstract ServerControl serverControl();

    abstract ServerId server();

    abstract SecretStore secrets();

    abstract String vault();

    abstract SourceDatabase source();

    abstract Login login();

    abstract FabricControl fabricControl();

    abstract WorkspaceRef workspaceRef();

    private static String unusedName() {
        return "contract-" + UUID.randomUUID().toString().substring(0, 8);
    }

    @Nested
    class ServerControlOfArm extends ServerControlContract {
        @Override
        protected ServerControl control() {
            return serverControl();
        }

        @Override
        protected ServerId server() {
            return Ground.this.server();
        }
    }

    @Nested
    class SecretStoreOfKeyVault extends SecretStoreContract {
        @Override
        protected SecretStore store() {
            return secrets();
        }

        @Override
        protected SecretRef unusedSecret() {
            return SecretRef.keyVault(vault(), unusedName());
        }
    }

    @Nested
    class SourceDatabaseOfTheDriver extends SourceDatabaseContract {
        @Override
        protected SourceDatabase database() {
            return source();
        }

        @Override
        protected Login login() {
            return Ground.this.login();
        }
    }

    @Nested
    class FabricControlOfTheClient extends FabricControlContract {
        @Override
        protected FabricControl fabric() {
            return fabricControl();
        }

        @Override
        protected WorkspaceRef workspace() {
            return workspaceRef();
        }

        @Override
        protected NewConnection unusedConnection() {
            Login login = Ground.this.login();
            return new NewConnection(
                    unusedName(), null, login.host(), login.database(), login.user(), login.password());
        }
    }
}
