package io.fabricmirror.core.internal.run;

import io.fabricmirror.spi.FabricControl;
import io.fabricmirror.spi.SecretStore;
import io.fabricmirror.spi.ServerControl;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads each thing once, for those who look at much at the same moment and change nothing. Not thread-safe. */
final class OneLook {
    private final Map<List<Object>, Answer> answers = new HashMap<>();

    private OneLook() {}

    static Ports of(Ports ports) {
        OneLook look = new OneLook();
        return new Ports(
                look.of(ServerControl.class, ports.server()),
                ports.vaults(),
                look.of(SecretStore.class, ports.secrets()),
                ports.source(),
                look.of(FabricControl.class, ports.fabric()),
                ports.databaseToken(),
                ports.pacer());
    }

    private <T> T of(Class<T> port, T real) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(),
                new Class<?>[] {port},
                (proxy, method, arguments) -> method.getDeclaringClass() == Object.class
                        ? method.invoke(real, arguments)
                        : answer(real, method, arguments)));
    }

    private @Nullable Object answer(Object real, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        List<Object> question = List.of(method, Arrays.asList(arguments == null ? new Object[0] : arguments));
        Answer answer = answers.get(question);
        if (answer == null) {
            answer = ask(real, method, arguments);
            answers.put(question, answer);
        }
        if (answer.refusal() != null) {
            throw answer.refusal();
        }
        return answer.value();
    }

    private static Answer ask(Object real, Method method, @Nullable Object @Nullable [] arguments)
            throws IllegalAccessException {
        try {
            return new Answer(method.invoke(real, arguments), null);
        } catch (InvocationTargetException e) {
            return new Answer(null, e.getTargetException());
        }
    }

    private record Answer(@Nullable Object value, @Nullable Throwable refusal) {}
}
