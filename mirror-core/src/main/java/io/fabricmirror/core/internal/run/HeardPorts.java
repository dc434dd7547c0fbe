package io.fabricmirror.core.internal.run;

import io.fabricmirror.MirrorEvent.Plane;
import io.fabricmirror.MirrorException;
import io.fabricmirror.spi.FabricControl;
import io.fabricmirror.spi.SecretStore;
import io.fabricmirror.spi.ServerControl;
import io.fabricmirror.spi.SourceDatabase;
import io.fabricmirror.spi.VaultControl;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Lets a run hear of every call its steps make. */
final class HeardPorts {
    private final Run run;

    private HeardPorts(Run run) {
        this.run = run;
    }

    static Ports of(Ports ports, Run run) {
        HeardPorts heard = new HeardPorts(run);
        return new Ports(
                heard.of(ServerControl.class, ports.server(), Plane.AZURE),
                heard.of(VaultControl.class, ports.vaults(), Plane.AZURE),
                heard.of(SecretStore.class, ports.secrets(), Plane.VAULT),
                heard.of(SourceDatabase.class, ports.source(), Plane.SQL),
                heard.of(FabricControl.class, ports.fabric(), Plane.FABRIC),
                ports.databaseToken(),
                ports.pacer());
    }

    private <T> T of(Class<T> port, T real, Plane plane) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(),
                new Class<?>[] {port},
                (proxy, method, arguments) -> call(real, method, arguments, plane)));
    }

    private @Nullable Object call(Object real, Method method, @Nullable Object @Nullable [] arguments, Plane plane)
            throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return method.invoke(real, arguments);
        }

        Instant begin = run.now();
        Signals.Ear before = Signals.listen(run::paused);
        String failure = "";
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            Throwable cause = e.getTargetException();
            failure = cause instanceof MirrorException known
                    ? known.code()
                    : cause.getClass().getSimpleName();
            throw cause;
        } finally {
            Signals.listen(before);
            run.called(plane, words(method.getName()), begin, failure);
        }
    }

    /** Returns {@code create connection} for {@code createConnection}. */
    private static String words(String name) {
        return name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }
}
