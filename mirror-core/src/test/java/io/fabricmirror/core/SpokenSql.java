package io.fabricmirror.core;

import io.fabricmirror.spi.SourceDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A way to PostgreSQL that writes down what is sent to one database apart from questions. */
final class SpokenSql implements SourceDatabase {
    private final SourceDatabase real;
    private final String database;
    private final List<String> statements = new ArrayList<>();

    SpokenSql(SourceDatabase real, String database) {
        this.real = real;
        this.database = database;
    }

    List<String> statements() {
        return List.copyOf(statements);
    }

    @Override
    public Connection connect(Login login) throws SQLException {
        Connection connection = real.connect(login);
        return login.database().equals(database) ? proxy(Connection.class, connection, this::listen) : connection;
    }

    @Override
    public void knock(String host, String user) {
        real.knock(host, user);
    }

    private void listen(Method method, Object[] arguments) {
        switch (method.getName()) {
            case "setAutoCommit" -> {
                if (Boolean.FALSE.equals(arguments[0])) {
                    statements.add("begin");
                }
            }
            case "commit", "rollback" -> statements.add(method.getName());
            case "execute" -> statements.add(String.valueOf(arguments[0]));
            default -> {
                // A question.
            }
        }
    }

    private <T> T proxy(Class<T> type, T real, Ear ear) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (p, method, arguments) -> {
                    ear.hear(method, arguments == null ? new Object[0] : arguments);
                    try {
                        Object answer = method.invoke(real, arguments);
                        return method.getName().equals("createStatement")
                                ? proxy(Statement.class, (Statement) answer, ear)
                                : answer;
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                }));
    }

    @FunctionalInterface
    private interface Ear {
        void hear(Method method, Object[] arguments);
    }
}
