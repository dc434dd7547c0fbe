package io.fabricmirror.testkit.internal.http;

import io.fabricmirror.testkit.Call;
import io.fabricmirror.testkit.RecordedCall;
import io.fabricmirror.testkit.internal.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way into the model for every transport: finds the service by host, lets faults act, keeps the list of calls. */
public final class Gate {
    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

    private final List<Service> services;
    private final Meddler meddler;
    private final List<RecordedCall> calls = new ArrayList<>();

    /** Opens the way to the services. */
    public Gate(List<Service> services, Meddler meddler) {
        this.services = List.copyOf(services);
        this.meddler = meddler;
    }

    /** Returns the services behind it. */
    public List<Service> services() {
        return services;
    }

    /** Tells whether some service answers for the host. */
    public boolean serves(String host) {
        return service(host).isPresent();
    }

    /** Answers a request; throws {@link AnswerLost} when the connection has to break instead. */
    public Answer answer(Request request) {
        Optional<Service> service = service(request.host());
        if (service.isEmpty()) {
            return Answer.empty(404).with("Content-Type", "text/plain");
        }

        Call call = service.get().call(request);
        int status = 0;
        try {
            Answer answer = service.get().finish(meddler.around(call, request, () -> answer(service.get(), request)));
            status = answer.status();
            return answer;
        } finally {
            record(new RecordedCall(call, request.method(), request.host(), request.path(), status));
        }
    }

    private static Answer answer(Service service, Request request) {
        try {
            return service.answer(request);
        } catch (RuntimeException e) {
            LOG.error("The local Azure failed at {}", request, e);
            return Answer.json(
                    500, Json.object("error", Json.object("code", "LocalAzureFailed", "message", e.toString())));
        }
    }

    private Optional<Service> service(String host) {
        return services.stream().filter(service -> service.serves(host)).findFirst();
    }

    private synchronized void record(RecordedCall call) {
        calls.add(call);
    }

    /** Returns the calls so far, oldest first. */
    public synchronized List<RecordedCall> calls() {
        return List.copyOf(calls);
    }

    /** Forgets the calls so far. */
    public synchronized void forgetCalls() {
        calls.clear();
    }
}
