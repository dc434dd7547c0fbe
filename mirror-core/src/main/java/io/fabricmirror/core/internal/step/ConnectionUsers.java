package io.fabricmirror.core.internal.step;

import io.fabricmirror.MirrorException;
import io.fabricmirror.spi.FabricControl;
import io.fabricmirror.spi.FabricControl.Mirror;
import io.fabricmirror.spi.FabricControl.Workspace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells which mirrored databases of all visible workspaces use which connection. */
final class ConnectionUsers {
    private ConnectionUsers() {}

    /** Returns the users by the connection's id; what the caller may not read is not visible. */
    static Map<String, List<User>> of(FabricControl fabric) {
        Map<String, List<User>> users = new HashMap<>();
        for (Workspace workspace : fabric.workspaces()) {
            for (Mirror mirror : fabric.mirrors(workspace.id())) {
                try {
                    users.computeIfAbsent(fabric.definition(mirror).connectionId(), id -> new ArrayList<>())
                            .add(new User(workspace, mirror));
                } catch (MirrorException e) {
                    // Somebody else's item may be protected or broken; that is no reason to stop.
                }
            }
        }
        return users;
    }

    /**
     * A mirrored database that uses a connection.
     *
     * @param workspace its workspace
     * @param mirror the mirrored database
     */
    record User(Workspace workspace, Mirror mirror) {
        @Override
        public String toString() {
            return "\"" + mirror.name() + "\" in " + workspace.name();
        }
    }
}
