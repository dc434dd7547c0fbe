package io.fabricmirror.core;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import io.fabricmirror.core.internal.sql.JdbcSourceDatabase;
import io.fabricmirror.spi.SourceDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.core.publisher.Mono;

/**
 * Stands between an executor and the world, counts every external call (a request, a login, a statement, a commit) and breaks one of
 * them. Used by one run.
 */
final class Breaker implements HttpClient, SourceDatabase {
    /** How a call is broken. */
    enum Way {
        /** It never leaves. */
        FAILS_BEFORE,
        /** It is done, but the connection breaks before the answer is there. */
        ANSWER_LOST,
        /** It is done, and the process that sent it is killed: nothing else ever leaves it, and its sessions end. */
        KILLED
    }

    /** SQLSTATE of a connection that broke. */
    private static final String BROKEN = "08006";

    private final HttpClient http;
    private final SourceDatabase database;
    private final int point;
    private final Way way;
    private final List<String> calls = new ArrayList<>();
    private final List<Connection> sessions = new CopyOnWriteArrayList<>();
    private boolean dead;

    Breaker(HttpClient http, Map<String, String> jdbcProperties, int point, Way way) {
        this.http = http;
        this.database = new JdbcSourceDatabase(jdbcProperties);
        this.point = point;
        this.way = way;
    }

    /** Returns what was called, in order. */
    synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    /** Tells whether the point was reached. */
    synchronized boolean fired() {
        return calls.size() > point;
    }

    private synchronized boolean breaksAt(String call) {
        calls.add(call);
        return calls.size() - 1 == point;
    }

    private synchronized void checkAlive() throws IOException {
        if (dead) {
            throw new ConnectException("killed");
        }
    }

    private void breakDown() throws IOException {
        if (way == Way.KILLED) {
            synchronized (this) {
                dead = true;
            }
            sessions.forEach(Breaker::abort);
        }
        throw new IOException("Connection reset");
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request) {
        return send(request, Context.NONE);
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request, Context context) {
        return Mono.fromCallable(() -> exchange(request, context));
    }

    @Override
    public HttpResponse sendSync(HttpRequest request, Context context) {
        try {
            return exchange(request, context);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse exchange(HttpRequest request, Context context) throws IOException {
        checkAlive();
        String call = request.getHttpMethod() + " " + request.getUrl().getPath().replaceAll("[0-9a-f-]{36}", "*");
        boolean breaks = breaksAt(call);
        if (breaks && way == Way.FAILS_BEFORE) {
            throw new ConnectException("Connection refused");
        }

        HttpResponse answer = http.sendSync(request, context);
        if (breaks) {
            answer.close();
            breakDown();
        }
        return answer;
    }

    @Override
    public Connection connect(Login login) throws SQLException {
        return (Connection) broken("log in as " + login.user() + " to " + login.database(), () -> {
            Connection session = database.connect(login);
            sessions.add(session);
            return proxy(Connection.class, session, session);
        });
    }

    private Object onSession(Connection session, Object target, Method method, Object[] arguments) throws Throwable {
        if (method.getName().startsWith("execute") || method.getName().equals("commit")) {
            try {
                return broken(method.getName() + " " + what(target, arguments), () -> call(target, method, arguments));
            } catch (SQLException e) {
                if (BROKEN.equals(e.getSQLState())) {
                    abort(session);
                }
                throw e;
            }
        }

        Object result = call(target, method, arguments);
        if (result instanceof PreparedStatement statement) {
            return proxy(PreparedStatement.class, statement, session);
        } else if (result instanceof Statement statement && target instanceof Connection) {
            return proxy(Statement.class, statement, session);
        }
        return result;
    }

    private static String what(Object target, Object[] arguments) {
        String sql = arguments != null && arguments.length > 0
                ? String.valueOf(arguments[0])
                : target instanceof PreparedStatement ? "prepared" : "";
        return sql.replaceAll("\\s+", " ").replaceAll("'[^']*'", "'*'").strip();
    }

    private Object broken(String call, SqlCall work) throws SQLException {
        try {
            checkAlive();
            boolean breaks = breaksAt(call);
            if (breaks && way == Way.FAILS_BEFORE) {
                throw new SQLException("This connection has been closed.", BROKEN);
            }

            Object result = work.call();
            if (breaks) {
                breakDown();
            }
            return result;
        } catch (IOException e) {
            throw new SQLException("An I/O error occurred while sending to the backend.", BROKEN, e);
        }
    }

    private <T> T proxy(Class<T> type, T target, Connection session) {
        return type.cast(Proxy.newProxyInstance(
                Breaker.class.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> onSession(session, target, method, arguments)));
    }

    private static Object call(Object target, Method method, Object[] arguments) throws SQLException {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof SQLException refused) {
                throw refused;
            }
            throw new IllegalStateException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void abort(Connection session) {
        try {
            session.abort(Runnable::run);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Something that the driver does. */
    private interface SqlCall {
        Object call() throws SQLException;
    }
}
