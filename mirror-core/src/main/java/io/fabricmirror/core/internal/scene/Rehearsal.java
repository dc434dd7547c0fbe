package io.fabricmirror.core.internal.scene;

import io.fabricmirror.spi.Secret;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes down the statements a connection would send instead of sending them. Questions, which are prepared statements here, go
 * through. Not thread-safe.
 */
final class Rehearsal {
    /** Stands for a password that need not exist yet. */
    static final Secret PASSWORD = Secret.of("rehearsal");

    private static final Pattern VERIFIER = Pattern.compile("'SCRAM-SHA-256\\$[^']*'");
    private static final String PLACEHOLDER = "'<SCRAM-SHA-256 verifier of the secret>'";

    private final List<String> statements = new ArrayList<>();

    List<String> statements() {
        return List.copyOf(statements);
    }

    Connection on(Connection real) {
        return proxy(Connection.class, (method, arguments) -> switch (method.getName()) {
            case "createStatement" -> statement();
            case "setAutoCommit" -> {
                if (Boolean.FALSE.equals(arguments[0])) {
                    statements.add("begin");
                }
                yield null;
            }
            case "commit", "rollback" -> {
                statements.add(method.getName());
                yield null;
            }
            default -> method.invoke(real, arguments);
        });
    }

    private Statement statement() {
        return proxy(Statement.class, (method, arguments) -> switch (method.getName()) {
            case "execute" -> {
                statements.add(VERIFIER.matcher(String.valueOf(arguments[0])).replaceAll(PLACEHOLDER));
                yield false;
            }
            case "close" -> null;
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                Rehearsal.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        return call.answer(method, arguments == null ? new Object[0] : arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                }));
    }

    /** Answers a call. */
    @FunctionalInterface
    private interface Call {
        @Nullable
        Object answer(Method method, Object[] arguments) throws Exception;
    }
}
