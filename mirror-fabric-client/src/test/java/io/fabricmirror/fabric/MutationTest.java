package io.fabricmirror.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever comes back, a call gives a value or a FabricException, after a bounded number of requests and with bounded memory. */
class MutationTest {
    private static final int MUTATIONS = 102_300;
    private static final long SEED = Long.getLong("mutation.seed", 20260129);
    private static final long MOST_BYTES = 16L << 20;
    private static final int MOST_REQUESTS = 100;

    private static final Pattern POLL = Pattern.compile("/v1/operations/[^/]+");

    private final Wire wire = new Wire();
    private final FabricClient fabric = wire.builder()
            .requestsPerMinute(Integer.MAX_VALUE)
            .limits(FabricLimits.builder()
                    .attempts(3)
                    .operation(Duration.ofSeconds(25))
                    .build())
            .build();
    private int values;
    private int errors;

    @Test
    @Timeout(300)
    void answers_mutated_giveAValueOrATypedError() {
        List<Calls.Call> calls = Calls.all();
        Random random = new Random(SEED);
        com.sun.management.ThreadMXBean memory = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < MUTATIONS; i++) {
            Calls.Call call = calls.get(i % calls.size());
            long seed = random.nextLong();
            long before = memory.getCurrentThreadAllocatedBytes();
            try {
                use(call, new Mutation(seed));
            } catch (Throwable e) {
                throw new AssertionError(text(i, call, seed) + wire.sent, e);
            }
            long bytes = memory.getCurrentThreadAllocatedBytes() - before;
            if (bytes > MOST_BYTES || wire.sent.size() > MOST_REQUESTS) {
                throw new AssertionError(text(i, call, seed) + bytes + " bytes, " + wire.sent.size() + " requests");
            }
        }

        assertThat(values).as("values").isGreaterThan(MUTATIONS / 20);
        assertThat(errors).as("typed errors").isGreaterThan(MUTATIONS / 20);
    }

    private static String text(int i, Calls.Call call, long seed) {
        return "mutation " + i + " of " + call + ", seed " + SEED + " then " + seed + ": ";
    }

    private void use(Calls.Call call, Mutation mutation) {
        wire.reset();
        List<String> answers = new ArrayList<>(call.answers());
        wire.always(request -> answer(request, answers, mutation));
        try {
            Object value = call.run().apply(fabric);
            if (value.toString().isEmpty()) {
                throw new AssertionError("nothing");
            }
            if (value instanceof ItemDefinition definition) {
                definition.platform();
                definition.mirroring().toBuilder().tables(List.of()).build();
            }
            values++;
        } catch (FabricException e) {
            if (e.getMessage().contains(Samples.PASSWORD)) {
                throw new AssertionError("a secret", e);
            }
            errors++;
        } catch (IllegalStateException e) {
            // A definition that was read, but is no good to send: the builder says so.
            assertThat(e).hasMessageStartingWith("Invalid MirroringDefinition");
            errors++;
        }
    }

    private static HttpResponse answer(HttpRequest request, List<String> answers, Mutation mutation) {
        String body = answers.size() > 1 ? answers.remove(0) : answers.get(0);
        if (POLL.matcher(request.getUrl().getPath()).matches()) {
            body = "{\"status\":\"Succeeded\",\"percentComplete\":100,\"error\":null}";
        }
        return Wire.response(
                request, mutation.status(), mutation.body(body.getBytes(StandardCharsets.UTF_8)), mutation.headers());
    }
}
